// A lesson as a place to work: reads the page's cells, keeps what is written, runs it. Made by begin.js; nothing here knows which engine.
import { Cell } from './cell.js';
import { Stopped } from './engine.js';
import { before, cellsOf, exported, imported } from './notebook.js';
import { Files, Store } from './store.js';
import { Sliders } from './widgets.js';

const PICTURES = /\bmatplotlib\b/;
const idle = () => new Promise((next) => (globalThis.requestIdleCallback ? requestIdleCallback(next, { timeout: 1000 }) : setTimeout(next, 50)));

export class Page {
  ran = new Map(); // what of each cell Python knows: its source when it ran last
  outputs = {}; // what each cell said last, for the exported notebook
  #near = new Set(); #seen = new Set(); // the cells of explorers that are in sight, and those that were run for it
  #working = 0; // how many cells run, or wait for it

  constructor({ lesson, notebook, store, kept, study, engine, bar }) {
    Object.assign(this, { lesson, notebook, store, engine, bar, files: new Files(), sliders: new Sliders(engine) });
    engine.hears = { comm: (message, one) => this.sliders.heard(message, one), changed: (list) => this.#remember(list), reset: (exercise) => this.#resetNamed(exercise), bring: (wanted) => this.#bring(wanted) };
    bar.does({ stop: () => engine.interrupt().catch(() => {}), save: () => this.save(), open: (file) => this.open(file) });
    this.study = JSON.stringify(study.map(([, bytes]) => [...bytes]));
    const actions = { run: (cell) => this.run(cell), check: (cell) => this.check(cell), ask: (cell, what) => this.ask(cell, what), changed: (cell) => this.keep(cell), reset: (cell) => this.reset(cell), bringBack: (cell) => this.bringBack(cell) };
    this.cells = cellsOf(notebook).map((cell, i) => {
      const node = document.getElementById(`cell-id=${cell.id}`), was = kept[cell.id] || {};
      const one = new Cell({ ...cell, number: i + 1 }, node, actions, { kept: was, widget: (id, place) => this.sliders.show(id, place) });
      this.outputs[cell.id] = was.outputs || [];
      return one;
    });
    for (const cell of this.cells) this.#showKept(cell);
  }

  /** Makes the editors: the first answer's at once, the others as they come near, and all of them soon after it is `settled` whether there is Python. */
  async edit(settled) {
    const near = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) if (isIntersecting) this.cells.find((one) => one.node === target).edit();
    }, { rootMargin: '600px' });
    for (const cell of this.cells) near.observe(cell.node);
    this.cells.find((cell) => cell.kind === 'answer')?.edit();
    await settled;
    await new Promise((next) => setTimeout(next, 3000)); // what is asked of Python first goes before them
    for (const cell of this.cells) { await idle(); cell.edit(); }
    near.disconnect();
  }

  /** Runs a cell, and before it what it needs. */
  async run(cell, { clearWithNext = false } = {}) {
    await this.#shown(cell, cell.id, async () => this.#own(cell), { clearWithNext });
  }

  /** Judges an answer: its cell, then its check. */
  async check(cell) {
    const check = this.cells.find((other) => other.kind === 'check' && other.exercise === cell.exercise);
    const { source } = cell;
    await this.#shown(cell, check.id, (others) => this.#about(cell, check.released, others));
    cell.judged = source;
  }

  /** Asks for a hint or the place: said above the verdict on this very answer, which stays to be read beside it. */
  async ask(cell, what) {
    await this.#shown(cell, '', (others) => this.#about(cell, `from autograder import ${what}; ${what}(${cell.exercise})`, others), { above: cell.judged === cell.source });
  }

  /** Runs what is asked about an answer, and before it the answer if that has changed; `others` tells whether cells above ran for it too. One image,
   * after what somebody waits for; and none of a question alone, which leaves no names that an interrupt would have to bring back. */
  async #about(cell, question, others) {
    const { source } = cell, fresh = this.ran.get(cell.id) !== source;
    if (fresh && !await this.#python(source, cell, { keep: false })) { await this.#run('', { show: false }); return; }
    await this.#python(question, cell, { keep: fresh || others });
    if (fresh) this.ran.set(cell.id, source);
  }

  async #own(cell) {
    if (!await this.#python(cell.source, cell)) return false;
    this.ran.set(cell.id, cell.source);
    return true;
  }

  /** Shows what `work` makes Python say below `cell`, and keeps it as the outputs of the cell `id`. */
  async #shown(cell, id, work, { clearWithNext = false, above = false } = {}) {
    if (!this.bar.isReady) { this.bar.wait(); return; }
    if (above) cell.outputs.above();
    else if (clearWithNext) cell.outputs.clearWithNext();
    else cell.outputs.clear();
    cell.node.setAttribute('aria-busy', 'true');
    const slow = setTimeout(() => this.bar.running(true), 300);
    this.#working++;
    try {
      // one image for all of them and what was asked for: who is stopped in between finds none of them done
      const needed = before(this.cells, cell.id, this.ran, (one) => one.source).map(({ id: name, source }) => [name, source]);
      for (const [, source] of needed) await this.#run(source, { show: false, keep: false });
      await work(needed.length > 0);
      if (cell.outputs.waiting) cell.outputs.clear();
      for (const [name, source] of needed) this.ran.set(name, source);
    } catch (problem) {
      if (!(problem instanceof Stopped)) throw problem;
      cell.outputs.tell(problem.message);
    } finally {
      clearTimeout(slow);
      this.bar.running(false);
      cell.node.removeAttribute('aria-busy');
      this.#working--;
      this.#enliven();
    }
    if (id) this.#keepOutputs(id, cell.outputs.list);
  }

  async #python(source, cell, how = {}) {
    return (await this.#run(source, { ...how, hears: (message) => cell.outputs.add(message) })).ok;
  }

  async #run(source, how) {
    if (PICTURES.test(source) && !this.pictures) { this.pictures = true; await this.engine.add('pictures.zip.bin'); }
    return this.engine.run(source, how);
  }

  /** Keeps what is written in a cell. */
  keep(cell) {
    const kept = this.#put(cell);
    this.bar.kept(this.store.lasting);
    return kept;
  }

  #put(cell) { return this.store.put(cell.id, { source: cell.source, outputs: this.outputs[cell.id], earlier: cell.earlier }); }

  /** Gives a cell back as it was handed out. What was written in it is kept before it goes, and the button Bring back gives it back. */
  async reset(cell) {
    if (cell.source !== cell.released && !cell.earlier.includes(cell.source)) cell.earlier.push(cell.source);
    await this.keep(cell);
    for (const one of this.cells) if (one === cell || cell.exercise && one.kind === 'check' && one.exercise === cell.exercise) this.#forget(one);
    cell.write(cell.released);
    cell.outputs.clear();
    cell.offer();
  }

  /** Brings back what was written before the last reset, and then what was before that; what stands there meanwhile comes back after them. */
  async bringBack(cell) {
    const back = cell.earlier.pop(), now = cell.source;
    if (now !== cell.released && now !== back && !cell.earlier.includes(now)) cell.earlier.unshift(now);
    cell.write(back);
    cell.offer();
  }

  #resetNamed(exercise) {
    const cell = this.cells.find((one) => one.kind === 'answer' && one.exercise === exercise);
    if (cell) this.reset(cell);
    else this.bar.answer(`${exercise} is no exercise of this page.`);
  }

  /** Puts functions of other lessons, as they are kept in this browser, into the cell that asked for them; Bring back gives what stood there. */
  async #bring({ names, lessons, source }) {
    const written = {}, cell = this.cells.find((one) => one.source === source);
    for (const lesson of lessons) {
      const kept = Object.entries(await new Store(lesson).load());
      written[lesson] = kept.length ? kept.map(([id, one]) => [id, one.source ?? '']) : null;
    }
    const { text, told } = await this.engine.call({ do: 'bring', names, written, source });
    if (text && cell) {
      cell.earlier.push(cell.source);
      cell.write(text);
      cell.offer();
    }
    if (cell) cell.outputs.tell(told);
  }

  #forget(cell) {
    this.outputs[cell.id] = [];
    this.#put(cell);
  }

  #keepOutputs(id, list) {
    this.outputs[id] = list.filter((message) => !message.data?.['application/vnd.jupyter.widget-view+json']);
    const cell = this.cells.find((one) => one.id === id);
    this.#put(cell);
  }

  #remember(list) {
    const now = JSON.stringify(list.map(([, bytes]) => [...bytes]));
    if (now !== this.study) { this.study = now; this.files.keep(list); }
  }

  #showKept(cell) {
    const check = cell.kind === 'answer' && this.cells.find((other) => other.kind === 'check' && other.exercise === cell.exercise);
    const list = check && this.outputs[check.id].length ? this.outputs[check.id] : this.outputs[cell.id];
    if (cell.kind === 'check' || !list.length) return;
    cell.outputs.clear();
    for (const message of list) cell.outputs.add(message);
  }

  /** Runs the cells of explorers as they come into sight: from then on every control works. Not below somebody's fingers, nor while something runs: then afterwards. */
  live() {
    const seen = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) this.#near[isIntersecting ? 'add' : 'delete'](this.cells.find((one) => one.node === target));
      this.#enliven();
    }, { rootMargin: '200px' });
    for (const cell of this.cells) if (cell.hasExplorer && cell.source === cell.released) seen.observe(cell.node);
    document.addEventListener('focusout', () => setTimeout(() => this.#enliven())); // what has the focus next is known after it
  }

  #enliven() {
    const next = [...this.#near].find((cell) => !this.#seen.has(cell) && !cell.outputs.area.contains(document.activeElement));
    if (!next || this.#working) return;
    this.#seen.add(next);
    if (next.node.querySelector('.eta-live')) this.#enliven();
    else this.run(next, { clearWithNext: true }); // the prepared picture stays until Python's is there
  }

  /** Gives the lesson as a notebook file. */
  save() {
    const work = Object.fromEntries(this.cells.map((cell) => [cell.id, { source: cell.source, outputs: this.outputs[cell.id] }]));
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([exported(this.notebook, work)], { type: 'application/x-ipynb+json' }));
    link.download = `${this.lesson}.ipynb`;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  /** Takes what is written in a notebook file into the page's cells. */
  async open(file) {
    try {
      const found = imported(this.notebook, await file.text());
      for (const cell of this.cells) if (cell.id in found && found[cell.id] !== cell.source) { cell.write(found[cell.id]); cell.outputs.clear(); }
      const all = this.cells.every((cell) => cell.kind === 'check' || cell.id in found);
      const said = all ? `What is written in ${file.name} is on the page now.` : `The answers of ${file.name} are on the page now. It is of another version of the lesson: its other cells were left out.`;
      this.bar.answer(`${said} Undo in a cell brings back what was there.`);
    } catch (problem) { this.bar.answer(problem.message); }
  }
}
