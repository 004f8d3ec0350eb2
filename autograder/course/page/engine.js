// Python for a page, behind five verbs: start, run, call, interrupt, stop. Nobody else knows which engine it is.
// Another engine stands beside this one as another worker with the same messages (worker.js).
import { changed } from './image.js';

// the smallest module with an instruction that old browsers lack: exceptions of the second kind, which this Python is built with
const TRY_TABLE = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 8, 1, 6, 0, 31, 64, 0, 11, 11];
const OWN = new Set(['stream', 'result', 'display', 'error', 'clear']), STARTING = new Set(['begin', 'rest']);

/** Why there is no Python on this page, in one sentence. */
export class NoEngine extends Error {}
/** A cell that was ended from outside; the names are as they were before it. */
export class Stopped extends Error {}

/** Raises `NoEngine` for a browser that cannot run the engine. */
export function needsSupport(has = globalThis) {
  const able = has.WebAssembly && has.Worker && has.DecompressionStream && has.indexedDB;
  let wasm = false;
  try { wasm = able && has.WebAssembly.validate(Uint8Array.from(TRY_TABLE)); } catch { /* it says no */ }
  if (!wasm) throw new NoEngine('This browser is too old to run Python in a page: Chrome 137, Firefox 131 or Safari 18.4 and newer can. You can read here, and write in JupyterLab.');
}

export class Engine {
  #worker = null; #busy = null; #waiting = []; #image = null; #compiled = null; #study = []; #timer = 0; #room = null;

  /** `worker` makes the thread; `parts` are {base, version, bytes}; `hears` has comm(message), changed(study), reset(exercise) and bring(message). */
  constructor({ worker, parts, study = [], hears = {} }) {
    Object.assign(this, { worker, parts, hears });
    this.#study = study;
  }

  /** Loads and starts Python; `progress(what, part)` hears how far it is, 0 to 1. Raises `NoEngine`. */
  async start(progress = () => {}) {
    this.progress = (bytes) => progress('Loading Python', Math.min(bytes / this.parts.bytes, 1));
    try {
      await this.#begin(null);
      await this.call({ do: 'begin' });
    } catch (error) {
      this.stop();
      throw new NoEngine(/memory|RangeError/i.test(error.message)
        ? 'There is not enough memory for Python here; close other pages and open this one again. Until then you can read.'
        : `Python could not be loaded (${error.message}). You can read here; open the page again to try once more.`);
    }
    progress('', 1);
  }

  /** Runs a cell; `hears(message)` gets what it shows. Ended after `limit` seconds with `Stopped`; without `keep` that takes its names too. */
  run(source, { hears, show = true, limit = 60, keep = true } = {}) {
    return this.call({ do: 'cell', source, show }, { hears, limit, keep });
  }

  /** Asks the kernel for something with data. `keep` takes an image after it, to which an interrupt goes back. */
  call(request, { hears = () => {}, limit = 0, keep = false, type = 'ask', ...more } = {}) {
    return new Promise((done, failed) => {
      this.#waiting.push({ message: { type, request, keep, ...more }, hears, limit, done, failed, answer: {} });
      this.#next();
    });
  }

  /** Loads a further part of the engine; `name` is its file. */
  add(name) { return this.call(null, { type: 'add', url: this.parts.base + name }); }

  /** Ends what runs and puts the kernel back as it was before it, with its names. */
  async interrupt(why = 'It was stopped; your names are as they were before.') {
    const one = this.#busy, waiting = this.#waiting;
    this.stop();
    one?.failed(new Stopped(why));
    for (const other of waiting) other.failed(new Stopped(why));
    // both at once: what a learner asks for meanwhile comes after them
    await Promise.all([this.#begin(this.#image), this.call({ do: this.#image ? 'rest' : 'begin' })]);
  }

  /** Ends the engine. */
  stop() {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = this.#busy = null;
    this.#waiting = [];
  }

  #begin(image) {
    this.#worker = this.worker();
    this.#worker.onmessage = ({ data }) => this.#heard(data);
    this.#worker.onerror = (event) => this.#heard({ type: 'failed', text: event.message || 'its script is missing' });
    return this.call(null, { type: 'start', base: this.parts.base, image, compiled: this.#compiled, study: this.#study });
  }

  #next() {
    if (this.#busy || !this.#waiting.length || !this.#worker) return;
    const one = this.#busy = this.#waiting.shift();
    if (one.limit) this.#timer = setTimeout(() => this.interrupt(`It ran for more than ${one.limit} s and was stopped; your names are as they were before.`).catch(() => {}), 1000 * one.limit);
    // what brought the last changes brings the next
    const room = one.message.keep ? this.#room : null;
    if (room) this.#room = null;
    this.#worker.postMessage({ ...one.message, room }, room ? [room] : []);
  }

  #heard(message) {
    const one = this.#busy, { type } = message;
    if (type === 'loaded') this.progress?.(message.bytes);
    else if (type === 'image') this.#changed(message);
    else if (type === 'wake') setTimeout(() => this.#worker && this.call({ do: 'ring' }, { hears: one?.hears }), 1000 * message.seconds);
    else if (type === 'comm') this.hears.comm?.(message, one);
    else if (type === 'reset') this.hears.reset?.(message.exercise);
    else if (type === 'bring') this.hears.bring?.(message);
    else if (type === 'done') one.answer = message;
    else if (type === 'free') {
      this.#study = message.study;
      this.hears.changed?.(message.study);
      this.#settle(one);
      clearTimeout(this.#timer);
      if (!one.message.keep) this.#over();
    } else if (type === 'failed') this.#failed(one, message);
    else if (OWN.has(type)) one?.hears(message);
  }

  #changed({ image, compiled }) {
    this.#image = changed(this.#image, image);
    this.#compiled = compiled;
    this.#room = image.bytes;
    this.#room.resize(0); // what it held is free at once, and it is not for the browser to find
    this.#over();
  }

  #settle({ answer, done, failed }) {
    if (answer.problem) failed(new Error(answer.problem));
    else done(answer);
  }

  #over() {
    this.#busy = null;
    this.#next();
  }

  #failed(one, { text }) {
    if (one?.message.type === 'start' || STARTING.has(one?.message.request?.do)) { this.#busy = null; clearTimeout(this.#timer); one?.failed(new Error(text)); return; }
    const why = /stack/i.test(text)
      ? 'It called itself too deeply and was stopped; your names are as they were before.'
      : `Python ended (${text}) and was started again; your names are as they were before.`;
    this.interrupt(why).catch(() => {}); // ended once more meanwhile: that one tells
  }
}
