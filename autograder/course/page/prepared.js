// Brings the explorers of a page to life, those first that come near: Jupyter's widgets, in the state that the page was built with.
// No module, and no Python: it works on a page from a disk too.
(() => {
  const assets = new URL('../', document.currentScript.src);
  const told = document.querySelector('script[type="application/vnd.jupyter.widget-state+json"]');
  told?.remove(); // widgets.js would show all of it at once
  let widgets, manager, state;

  function load(name) {
    return new Promise((done, failed) => {
      const node = Object.assign(document.createElement('script'), { src: new URL(name, assets).href, onload: done });
      node.onerror = () => failed(new Error(`${name} could not be loaded`));
      document.head.append(node);
    });
  }

  /** Jupyter's widgets, loaded when somebody first asks for them. */
  globalThis.etaWidgets = () => (widgets ||= load('require.js').then(() => load('widgets.js'))
    .then(() => new Promise((done, failed) => { globalThis.require(['@jupyter-widgets/html-manager'], done, failed); })));

  /** Of the page's models the one called `id` and those that it is made of. */
  function madeOf(id, found = {}) {
    state ||= JSON.parse(told.textContent).state;
    if (found[id] || !state[id]) return found;
    found[id] = state[id];
    for (const [, part] of JSON.stringify(state[id].state).matchAll(/"IPY_MODEL_(\w+)"/g)) madeOf(part, found);
    return found;
  }

  async function show(view) {
    const { HTMLManager } = await globalThis.etaWidgets(), id = JSON.parse(view.textContent).model_id;
    manager ||= new HTMLManager();
    await manager.set_state({ version_major: 2, version_minor: 0, state: madeOf(id) });
    if (!view.isConnected) return; // Python's own has taken its place meanwhile
    const place = Object.assign(document.createElement('div'), { className: 'widget-subarea' });
    view.before(place);
    await manager.display_view(await manager.create_view(await manager.get_model(id)), place);
  }

  const waiting = new Set(document.querySelectorAll('.jupyter-widgets'));
  const near = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) if (isIntersecting) take(target);
  }, { rootMargin: '400px' });
  for (const node of waiting) near.observe(node);
  addEventListener('beforeprint', () => waiting.forEach(take));
  // the others when nobody waits for anything: Python, and what is asked of it first, goes before them (begin.js)
  if (location.protocol === 'file:') later();
  else addEventListener('eta-settled', () => setTimeout(later, 3000), { once: true });

  function later() {
    const [node] = waiting, idle = globalThis.requestIdleCallback || setTimeout;
    if (node) idle(() => { take(node); later(); });
  }

  function take(node) {
    near.unobserve(node);
    const view = waiting.delete(node) && node.querySelector('script[type="application/vnd.jupyter.widget-view+json"]');
    if (view) show(view).catch((problem) => console.error(problem));
  }
})();
