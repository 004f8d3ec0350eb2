// A lesson's notebook as data: its cells, what a cell needs to have run before it, export and import. No page, no engine.

const text = (source) => (Array.isArray(source) ? source.join('') : source || '');
const gradeId = (cell) => cell.metadata?.nbgrader?.grade_id || '';

/** The code cells in order: {id, source, kind, exercise}; kind is answer, check or story. */
export function cellsOf(notebook) {
  return notebook.cells.filter((cell) => cell.cell_type === 'code').map((cell) => {
    const exercise = cell.metadata?.exercise || '';
    const kind = !exercise ? 'story' : gradeId(cell) === `check-${exercise}` ? 'check' : gradeId(cell) === exercise ? 'answer' : 'story';
    return { id: cell.id, source: text(cell.source), kind, exercise };
  });
}

/** The cells above `id` that have to run before it: those that did not run since they were last changed. A check is needed by nobody. */
export function before(cells, id, ranAs, sourceOf) {
  const above = cells.slice(0, cells.findIndex((cell) => cell.id === id));
  return above.filter((cell) => cell.kind !== 'check' && ranAs.get(cell.id) !== sourceOf(cell));
}

/** The notebook with what was written in it, and what its checks said last. `work` is {id: {source, outputs}}. */
export function exported(notebook, work) {
  const copy = structuredClone(notebook);
  let count = 0;
  for (const cell of copy.cells) {
    const kept = work[cell.id];
    if (cell.cell_type !== 'code' || !kept) continue;
    if (kept.source !== undefined && cell.metadata?.editable !== false) cell.source = kept.source.match(/[^\n]*\n|[^\n]+$/g) || [];
    const outputs = (kept.outputs || []).map(asNotebook).filter(Boolean);
    if (!outputs.length) continue;
    cell.execution_count = ++count;
    cell.outputs = outputs.map((output) => (output.output_type === 'execute_result' ? { ...output, execution_count: count } : output));
  }
  return `${JSON.stringify(copy, null, 1)}\n`;
}

/** An output as a notebook file has it; null for what lives only in the page. */
function asNotebook({ type, name, text: said, data, ename, evalue, traceback }) {
  if (type === 'stream') return { output_type: 'stream', name, text: said };
  if (type === 'error') return { output_type: 'error', ename, evalue, traceback: traceback.split('\n') };
  if (data?.['application/vnd.jupyter.widget-view+json']) return null;
  return type === 'result' ? { output_type: 'execute_result', data, metadata: {} } : { output_type: 'display_data', data, metadata: {} };
}

/**
 * What is written in the notebook file `json`, by the ids of this lesson's cells: {id: source}. Raises `Error` with a sentence.
 * Answers are always taken. The cells between them are, where all of this lesson's are in the file: in a notebook of an earlier version
 * they are the earlier version's own, and would take the place of imports and predictions that the page needs.
 */
export function imported(notebook, json) {
  let file;
  try { file = JSON.parse(json); } catch { throw new Error('This file is no notebook: it holds no JSON. Choose a file that ends with .ipynb.'); }
  if (!Array.isArray(file?.cells)) throw new Error('This file is no notebook: it has no cells. Choose a file that ends with .ipynb.');
  const given = new Map();
  for (const cell of file.cells) {
    if (cell?.cell_type !== 'code') continue;
    for (const key of [gradeId(cell), cell.id]) if (key && !given.has(key)) given.set(key, text(cell.source));
  }
  const found = {}, ours = notebook.cells.filter((cell) => cell.cell_type === 'code' && cell.metadata?.editable !== false);
  const sameVersion = ours.every((cell) => given.has(gradeId(cell) || cell.id));
  for (const cell of ours) {
    if (!gradeId(cell) && !sameVersion) continue;
    const source = given.get(gradeId(cell) || cell.id) ?? given.get(cell.id);
    if (source !== undefined) found[cell.id] = source;
  }
  const answers = notebook.cells.filter((cell) => gradeId(cell) && cell.metadata?.editable !== false);
  if (!answers.some((cell) => cell.id in found)) throw new Error('This notebook is not of this lesson: none of its exercises is in it.');
  return found;
}
