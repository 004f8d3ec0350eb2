// engine.js with a worker that is not one: order, errors, stopping and going on. Run by tests/page/test_page.py.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Engine, NoEngine, Stopped, needsSupport } from '../../autograder/course/page/engine.js';

const tick = () => new Promise((next) => setTimeout(next));

/** A thread that answers at once; `loop` never comes back, `boom` ends it. */
class Worker {
  static made = [];
  constructor() { this.asked = []; Worker.made.push(this); }
  terminate() { this.ended = true; }
  postMessage(message) {
    this.asked.push(message);
    setTimeout(() => {
      if (this.ended || message.request?.source === 'loop') return;
      const say = (data) => this.onmessage({ data });
      if (message.request?.source === 'boom') { say({ type: 'failed', text: 'Maximum call stack size exceeded' }); return; }
      if (message.request?.source === 'wrong') say({ type: 'done', problem: 'ImportError: no' });
      else if (message.request?.do === 'cell') { say({ type: 'stream', text: message.request.source }); say({ type: 'done', ok: true }); }
      say({ type: 'free', study: [] });
      if (message.keep) say({ type: 'image', image: { size: 65536, places: [], bytes: new ArrayBuffer(0, { maxByteLength: 0 }) }, compiled: 'compiled' });
    });
  }
}
const made = () => { Worker.made = []; return new Engine({ worker: () => new Worker(), parts: { base: '', version: '1', bytes: 10 } }); };

test('it starts, runs, and says what is heard to whoever asked', async () => {
  const engine = made(), heard = [];
  await engine.start();
  const [one, two] = await Promise.all([engine.run('a', { hears: (m) => heard.push(m.text) }), engine.run('b', { hears: (m) => heard.push(m.text) })]);
  assert.ok(one.ok && two.ok);
  assert.deepEqual(heard, ['a', 'b']);
});

test('what runs before a cell takes no image of its own', async () => {
  const engine = made();
  await engine.start();
  await engine.run('before', { keep: false });
  await engine.run('a');
  assert.deepEqual(Worker.made[0].asked.slice(2).map(({ keep }) => keep), [false, true]);
});

test('a cell that is stopped before any image was taken leaves a kernel as a new page has it', async () => {
  const engine = made();
  await engine.start();
  await assert.rejects(engine.run('loop', { limit: 0.05 }), Stopped);
  assert.ok((await engine.run('again')).ok);
  const [start, begin] = Worker.made[1].asked;
  assert.ok(start.image === null && begin.request.do === 'begin');
});

test('a cell that never ends is stopped, and the kernel goes on from the memory before it', async () => {
  const engine = made();
  await engine.start();
  await engine.run('before');
  const stopped = engine.run('loop').catch((error) => error), waited = engine.run('after').catch((error) => error);
  await tick();
  assert.equal(Worker.made[0].asked.at(-1).request.source, 'loop');
  await engine.interrupt();
  assert.ok(await stopped instanceof Stopped && await waited instanceof Stopped);
  assert.ok(Worker.made[0].ended);
  const [start, rest] = Worker.made[1].asked;
  assert.ok(start.image.size === 65536 && start.compiled === 'compiled' && rest.request.do === 'rest');
  assert.ok((await engine.run('again')).ok);
});

test('a limit ends it too, and so does an end of Python itself; each says which', async () => {
  const engine = made();
  await engine.start();
  await assert.rejects(engine.run('loop', { limit: 0.05 }), /ran for more than 0.05 s/);
  await assert.rejects(engine.run('boom'), /called itself too deeply/);
  await assert.rejects(engine.call({ do: 'cell', source: 'wrong' }), /ImportError: no/);
  assert.ok((await engine.run('again')).ok);
});

test('what cannot start says why in one sentence', async () => {
  class Broken extends Worker { postMessage() { setTimeout(() => this.onmessage({ data: { type: 'failed', text: 'python.wasm.bin: 404' } })); } }
  const engine = new Engine({ worker: () => new Broken(), parts: { base: '', version: '1', bytes: 10 } });
  await assert.rejects(engine.start(), (error) => error instanceof NoEngine && /could not be loaded \(python.wasm.bin: 404\)/.test(error.message));
  assert.throws(() => needsSupport({}), /too old/);
});
