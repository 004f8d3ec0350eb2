// One cell on the page: its editor, its buttons, what it shows. What running means is page.js's business.
import { editor } from './editor.js';
import { Outputs } from './outputs.js';

function button(label, does, name = '') {
  const node = document.createElement('button');
  Object.assign(node, { type: 'button', textContent: label, onclick: does, className: `eta-button ${name}` });
  return node;
}

/** `cell` is one of cellsOf, `node` its element, `actions` what its buttons do: run, check, ask, changed, reset, bringBack. */
export class Cell {
  constructor(cell, node, actions, { kept = {}, widget }) {
    const { source, ...what } = cell;
    Object.assign(this, { ...what, node, actions, released: source, written: kept.source ?? source, earlier: kept.earlier || [] });
    this.first = node.querySelector('.jp-Cell-outputArea');
    let area = this.first;
    if (!area) {
      area = Object.assign(document.createElement('div'), { className: 'jp-OutputArea jp-Cell-outputArea' });
      const wrapper = Object.assign(document.createElement('div'), { className: 'jp-Cell-outputWrapper' });
      wrapper.append(area);
      node.append(wrapper);
    }
    this.outputs = new Outputs(area, widget);
    this.hasExplorer = Boolean(node.querySelector('.jupyter-widgets'));
    if (this.kind === 'check') { node.hidden = true; return; }
    this.bar = Object.assign(document.createElement('div'), { className: 'eta-bar' });
    this.bar.setAttribute('role', 'group');
    this.bar.setAttribute('aria-label', this.exercise || `cell ${cell.number}`);
    node.querySelector('.jp-Cell-inputWrapper').after(this.bar);
    node.querySelector('.jp-Cell-inputWrapper').removeAttribute('tabindex');
    this.#buttons();
    if (this.kind === 'answer') this.outputs.clear();
  }

  /** Makes the editor; until then the page shows the cell as it was printed. */
  edit() {
    if (this.editor || this.kind === 'check') return;
    const place = this.node.querySelector('.jp-InputArea-editor');
    place.replaceChildren();
    place.classList.add('eta-editor');
    this.editor = editor(place, {
      source: this.written, label: this.exercise ? `Your code for ${this.exercise}` : `Python, cell ${this.number}`,
      changed: (source) => { this.written = source; this.actions.changed(this); },
      keys: { 'Shift-Enter': () => this.actions.run(this), 'Mod-Enter': () => (this.exercise ? this.actions.check(this) : this.actions.run(this)) },
    });
  }

  get source() { return this.written; }

  /** Puts `source` into the cell, as if somebody had typed it. */
  write(source) {
    if (this.editor) this.editor.source = source;
    else { this.written = source; this.actions.changed(this); }
    this.edit();
  }

  #buttons() {
    this.bar.append(button('Run', () => this.actions.run(this)));
    if (this.exercise) {
      this.bar.append(button('Check', () => this.actions.check(this), 'eta-check'), button('Hint', () => this.actions.ask(this, 'hint')));
      // what takes nothing is chosen, a letter or an example: there is no line to look for
      if (!/^def \w+\(\):/m.test(this.released)) this.bar.append(button('Where', () => this.actions.ask(this, 'where')));
    }
    this.back = button('Bring back', () => this.actions.bringBack(this));
    this.bar.append(button('Reset', () => this.actions.reset(this)), this.back);
    this.offer();
  }

  /** Shows the button that brings back what was written before a reset, where there is something. */
  offer() {
    const had = document.activeElement === this.back;
    this.back.hidden = !this.earlier.length;
    if (had && this.back.hidden) this.back.previousElementSibling.focus(); // a hidden button would lose it
  }
}
