// The first script of a lesson: Python begins to load before the page has its editor, its cells and its mathematics.
import { Bar } from './bar.js';
import { Engine, NoEngine, needsSupport } from './engine.js';
import { Files, Store } from './store.js';

const { lesson, parts } = JSON.parse(document.getElementById('eta-page').textContent);
const store = new Store(lesson), bar = new Bar();
const work = Promise.all([import('./page.js'), fetch(`notebooks/${lesson}.ipynb`).then((got) => got.json()), store.load(), read()]);
const study = await new Files().load();
const engine = new Engine({ parts, study, worker: thread });
const started = start();
const [{ Page }, notebook, kept] = await work.catch(missing);
try { sessionStorage.removeItem('eta:again'); } catch { /* it keeps nothing */ }
const page = new Page({ lesson, notebook, store, kept, study, engine, bar });
page.edit(started);
started.then(() => dispatchEvent(new Event('eta-settled')));
if (await started) {
  document.documentElement.classList.add('eta-ready');
  bar.ready(store.lasting);
  page.live();
  navigator.serviceWorker?.register('sw.js').then(() => navigator.serviceWorker.ready).then((it) => it.active.postMessage('keep')).catch(() => {});
}

/** A thread for Python; the first was made by the first line of the page, and is loading already. */
function thread() {
  const first = globalThis.etaThread;
  delete globalThis.etaThread;
  return first || new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
}

/** What the page is made of did not come: without it there is no use for Python either. */
function missing(problem) {
  console.error(problem);
  engine.stop();
  globalThis.etaMissing();
  return new Promise(() => {}); // nothing follows
}

/** When all of the page's text is there. */
function read() {
  return document.readyState !== 'loading' || new Promise((done) => document.addEventListener('readystatechange', done, { once: true }));
}

/** Loads Python; false when there is none, and then the bar says why. */
async function start() {
  try {
    needsSupport();
    await engine.start((what, part) => bar.progress(what, part, parts.bytes));
    return true;
  } catch (problem) {
    if (!(problem instanceof NoEngine)) throw problem;
    globalThis.etaThread?.terminate();
    bar.unable(problem.message);
    return false;
  }
}
