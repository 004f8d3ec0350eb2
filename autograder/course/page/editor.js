// An editor for Python: CodeMirror 6 with the keys of a notebook. Tab indents, Escape then Tab leaves.
import { EditorState } from '@codemirror/state';
import { EditorView, keymap, lineNumbers, drawSelection } from '@codemirror/view';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { python } from '@codemirror/lang-python';
import { tags } from '@lezer/highlight';

const colours = HighlightStyle.define([
  [tags.keyword, 'keyword'], [tags.comment, 'comment'], [tags.number, 'number'], [tags.operator, 'operator'],
  [[tags.string, tags.special(tags.string)], 'string'], [[tags.function(tags.definition(tags.variableName)), tags.definition(tags.className)], 'def'],
  [[tags.bool, tags.null], 'keyword'],
].map(([tag, name]) => ({ tag, color: `var(--jp-mirror-editor-${name}-color)` })));

/** Puts an editor into `parent`. `changed(source)` hears of every change; `keys` are {key: function} beside the usual ones. */
export function editor(parent, { source, label, changed, keys = {} }) {
  const own = Object.entries(keys).map(([key, run]) => ({ key, run: () => { run(); return true; }, preventDefault: true }));
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: source,
      extensions: [
        keymap.of(own), lineNumbers(), EditorView.lineWrapping, history(), drawSelection(), indentOnInput(), bracketMatching(), closeBrackets(), python(),
        indentUnit.of('    '), EditorState.tabSize.of(4), syntaxHighlighting(colours),
        keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab]),
        EditorView.contentAttributes.of({ 'aria-label': label, 'aria-description': 'Escape, then Tab leaves the editor. Shift and Enter runs it.', spellcheck: 'false', tabindex: '0' }),
        EditorView.updateListener.of((update) => update.docChanged && changed(update.state.doc.toString())),
      ],
    }),
  });
  return {
    get source() { return view.state.doc.toString(); },
    set source(now) { view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: now } }); },
    focus: () => view.focus(),
  };
}
