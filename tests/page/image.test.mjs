// image.js: the first memory and an image of what changed since make the memory again. Run by tests/page/test_page.py.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Changes, changed, restore } from '../../autograder/course/page/image.js';

test('a memory comes back after every change: written, emptied, grown', () => {
  const memory = new WebAssembly.Memory({ initial: 4 }), changes = new Changes(), bytes = () => new Uint8Array(memory.buffer);
  bytes().fill(7, 100_000, 200_000);
  const first = memory.buffer.slice(0);
  changes.look(memory.buffer);
  let image = null;
  const keep = () => {
    const now = changes.in(memory.buffer), again = new WebAssembly.Memory({ initial: 1 });
    image = changed(image, now);
    restore(again, first, image);
    assert.ok(Buffer.from(again.buffer).equals(Buffer.from(memory.buffer)));
    return now.places;
  };
  assert.deepEqual(keep(), []);
  bytes()[5] = 1;
  bytes().fill(0, 114_688, 131_072);
  assert.deepEqual(keep(), [0, 7]);
  const words = new Int32Array(memory.buffer, 147_456, 2);
  words.set([1, 2]);
  keep();
  words.set([2, 1]); // the same words in another order
  assert.deepEqual(keep(), [9]);
  memory.grow(1);
  bytes()[5 * 65536 - 1] = 9;
  assert.deepEqual(keep(), [19]);
  bytes()[5 * 65536 - 1] = 0;
  assert.deepEqual(keep(), [19]);
});

test('what goes on from an image tells what differs from it', () => {
  const was = new WebAssembly.Memory({ initial: 3 }), changes = new Changes();
  new Uint8Array(was.buffer).fill(3, 70_000);
  const first = was.buffer.slice(0);
  changes.look(was.buffer);
  new Uint8Array(was.buffer).fill(4, 90_000);
  const image = changed(null, changes.in(was.buffer)), memory = new WebAssembly.Memory({ initial: 1 }), after = new Changes();
  restore(memory, first, image);
  after.look(memory.buffer);
  new Uint8Array(memory.buffer).fill(0, 70_000);
  const later = new WebAssembly.Memory({ initial: 1 });
  restore(later, first, changed(image, after.in(memory.buffer)));
  assert.ok(Buffer.from(later.buffer).equals(Buffer.from(memory.buffer)));
});
