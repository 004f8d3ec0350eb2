// widgets.js: a box is shown or taken away once its children, and theirs, have come. Run by tests/page/test_page.py.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Sliders } from '../../autograder/course/page/widgets.js';

/** A box of `children` that come late; as Jupyter's own, it cannot take a child once it is disposed of. */
function box(seen, ...children) {
  const view = { luminoWidget: { dispose() { seen.push('gone'); view.disposed = true; } } };
  const late = async (child) => {
    await new Promise((done) => setTimeout(done));
    if (view.disposed) throw new Error('Could not add child view to box');
    seen.push('child');
    return child;
  };
  view.children_views = { views: children.map(late) };
  return view;
}

/** What happens to a box with a slider and a box of two sliders, shown in a node that is on the page or not any more. */
async function shown(isConnected) {
  const seen = [], slider = {};
  globalThis.etaWidgets = async () => ({
    HTMLManager: class {
      async get_model() { return {}; }
      async create_view() { return box(seen, slider, box(seen, slider, slider)); }
      async display_view() { seen.push('shown'); }
    },
  });
  const node = { isConnected };
  await new Sliders({}).show('a box', node);
  return { seen, node };
}

test('a box is shown with all its children', async () => {
  const { seen, node } = await shown(true);
  assert.deepEqual(seen, ['child', 'child', 'child', 'child', 'shown']);
  node.leave();
  assert.equal(seen.at(-1), 'gone');
});

test('a box whose cell has run again meanwhile goes when its children have come', async () => {
  const { seen } = await shown(false);
  assert.deepEqual(seen, ['child', 'child', 'child', 'child', 'gone']);
});
