// The page's modules that need no page: notebook.js and unzip.js. Run by tests/page/test_page.py with Node's own test runner.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { before, cellsOf, exported, imported } from '../../autograder/course/page/notebook.js';
import { entries, unpack } from '../../autograder/course/page/unzip.js';

const answer = (id) => ({ cell_type: 'code', id, source: [`def ${id}():\n`, '    raise NotImplementedError\n'], metadata: { exercise: id, nbgrader: { grade_id: id } }, outputs: [] });
const check = (id) => ({ cell_type: 'code', id: `check-${id}`, source: `check(${id})`, metadata: { exercise: id, editable: false, nbgrader: { grade_id: `check-${id}` } }, outputs: [] });
const story = (id, source) => ({ cell_type: 'code', id, source, metadata: {}, outputs: [], execution_count: null });
const LESSON = { cells: [{ cell_type: 'markdown', id: 'm', source: 'words' }, story('first', 'x = 1'), answer('f'), check('f'), story('bet', 'predict("up")'), story('look', 'f(2)')], metadata: {}, nbformat: 4, nbformat_minor: 5 };

test('cells know what they are', () => {
  const cells = cellsOf(LESSON);
  assert.deepEqual(cells.map((cell) => cell.kind), ['story', 'answer', 'check', 'story', 'story']);
  assert.equal(cells[1].source, 'def f():\n    raise NotImplementedError\n');
});

test('before a cell run those above it that Python does not know as they are now; never a check', () => {
  const cells = cellsOf(LESSON), source = (cell) => cell.source;
  assert.deepEqual(before(cells, 'look', new Map(), source).map((cell) => cell.id), ['first', 'f', 'bet']);
  assert.deepEqual(before(cells, 'look', new Map([['first', 'x = 1'], ['f', 'an older one']]), source).map((cell) => cell.id), ['f', 'bet']);
  assert.deepEqual(before(cells, 'first', new Map(), source), []);
});

test('an exported notebook holds what was written and said, all else as it was, and comes back', () => {
  const said = [{ type: 'result', data: { 'text/plain': '2' } }, { type: 'display', data: { 'application/vnd.jupyter.widget-view+json': {} } }];
  const file = exported(LESSON, { f: { source: 'def f():\n    return 1' }, 'check-f': { source: 'changed', outputs: said } });
  const made = JSON.parse(file);
  assert.deepEqual(made.cells[2].source, ['def f():\n', '    return 1']);
  assert.equal(made.cells[3].source, 'check(f)', 'a locked cell stays');
  assert.deepEqual(made.cells[3].outputs, [{ output_type: 'execute_result', data: { 'text/plain': '2' }, metadata: {}, execution_count: 1 }]);
  assert.deepEqual({ ...made, cells: 0 }, { ...LESSON, cells: 0 });
  assert.equal(imported(LESSON, file).f, 'def f():\n    return 1');
  assert.ok(!('check-f' in imported(LESSON, file)));
});

test('an answer is found by its name when the ids are others, and a strange file is refused with a sentence', () => {
  const moved = { cells: [{ ...answer('f'), id: 'other', source: 'def f(): return 2' }] };
  assert.equal(imported(LESSON, JSON.stringify(moved)).f, 'def f(): return 2');
  for (const wrong of ['Dear teacher', '{}', '{"cells": []}', '{"cells": [null, 3]}']) assert.throws(() => imported(LESSON, wrong), /This (file|notebook) is /);
});

test('of a notebook of an earlier version the answers are taken, and its imports do not replace the page\'s', () => {
  const older = { cells: [story('first', 'from autograder import check, hint'), { ...answer('f'), source: 'def f(): return 3' }, { ...answer('gone'), source: 'def gone(): return 4' }, story('bet', 'prediction = ""')] };
  assert.deepEqual(imported(LESSON, JSON.stringify(older)), { f: 'def f(): return 3' });
  const mine = { cells: [...older.cells, story('look', 'f(5)')] };
  assert.equal(imported(LESSON, JSON.stringify(mine)).look, 'f(5)', 'all cells of the lesson are there: it is of this version');
});

/** A ZIP of uncompressed entries, as engine_parts.py makes it. */
function zip(files) {
  const bytes = (text) => new TextEncoder().encode(text), chunks = [], central = [];
  let at = 0;
  const put = (list, chunk) => { list.push(chunk); return chunk.length; };
  for (const [name, content] of Object.entries(files)) {
    const head = new DataView(new ArrayBuffer(30)), entry = new DataView(new ArrayBuffer(46)), size = bytes(content).length;
    head.setUint32(0, 0x04034b50, true); head.setUint16(26, bytes(name).length, true);
    entry.setUint32(0, 0x02014b50, true); entry.setUint32(20, size, true); entry.setUint32(24, size, true); entry.setUint16(28, bytes(name).length, true); entry.setUint32(42, at, true);
    for (const chunk of [new Uint8Array(head.buffer), bytes(name), bytes(content)]) at += put(chunks, chunk);
    central.push(new Uint8Array(entry.buffer), bytes(name));
  }
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true); end.setUint16(10, Object.keys(files).length, true); end.setUint32(16, at, true);
  return Uint8Array.from([...chunks, ...central, new Uint8Array(end.buffer)].flatMap((chunk) => [...chunk])).buffer;
}

test('an archive comes out as folders and files', () => {
  const archive = zip({ 'a.py': 'x = 1', 'deep/er/b.py': 'y' });
  assert.deepEqual([...entries(archive)].map(([name, data]) => [name, new TextDecoder().decode(data)]), [['a.py', 'x = 1'], ['deep/er/b.py', 'y']]);
  const root = new Map();
  unpack(archive, root, (data) => new TextDecoder().decode(data), (contents) => ({ contents }));
  assert.equal(root.get('a.py'), 'x = 1');
  assert.equal(root.get('deep').contents.get('er').contents.get('b.py'), 'y');
});
