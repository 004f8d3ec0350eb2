// Makes the controls of an explorer speak to screen readers. ipywidgets gives its slider handles no name, and lets them say
// the number of the stop instead of its value: copy the label and the read-out that stand beside them. JupyterLab takes the
// arrow keys from a menu, and Notebook 7 from a slider too, to move between cells: keep them. The sentence under the pictures
// is said when the reader has come to rest. And a step of an instant slider puts its prepared picture on the screen (stops.py).
(function (style) {
  var root = style.closest('.eta-explorer'), said = root && root.querySelector('.eta-said'), timer, last = null;
  if (!root || root.etaNamed) return;
  root.etaNamed = true;
  function put(node, key, value) { if (node && value && node.getAttribute(key) !== value) node.setAttribute(key, value); }
  function text(box, what) { var node = box.querySelector(what); return node ? node.textContent.trim() : ''; }
  function name() {
    root.querySelectorAll('.widget-slider').forEach(function (box) {
      var handle = box.querySelector('[role=slider]');
      put(handle, 'aria-label', text(box, '.widget-label'));
      put(handle, 'aria-valuetext', text(box, '.widget-readout'));
      put(handle, 'data-lm-suppress-shortcuts', 'true');
      var readout = box.querySelector('.widget-readout');
      if (box.classList.contains('eta-stops')) put(readout, 'contenteditable', 'false');
      else { put(readout, 'role', 'textbox'); put(readout, 'aria-label', text(box, '.widget-label') + ', type a value'); }
    });
    root.querySelectorAll('select').forEach(function (menu) { put(menu, 'data-lm-suppress-shortcuts', 'true'); });
    root.querySelectorAll('.widget-toggle-buttons').forEach(function (box) {
      put(box, 'role', 'group');
      put(box, 'aria-label', text(box, '.widget-label'));
      box.querySelectorAll('button').forEach(function (b) { put(b, 'aria-pressed', String(b.classList.contains('mod-active'))); });
    });
    clearTimeout(timer);
    timer = setTimeout(function () {
      var now = text(root, '.eta-sentence');
      if (last !== null && now !== last) said.textContent = now;
      last = now;
    }, 600);
  }
  function index(driver) {
    var handle = driver.querySelector('[role=slider]');
    if (handle) return Math.round(handle.getAttribute('aria-valuenow'));
    return [].findIndex.call(driver.querySelectorAll('button'), function (b) { return b.classList.contains('mod-active'); });
  }
  function show() {
    var layer = root.querySelector('.eta-instant'), screen = layer && layer.querySelector('.eta-screen > .widget-html-content');
    if (!screen) return;
    var ready = layer.querySelector('.eta-ready'), stop = [].map.call(root.querySelectorAll('.eta-driver'), index).join();
    var template = layer.querySelector('.eta-store template[data-stop="' + stop + '"]');
    if (ready && !ready.etaPressed) { ready.etaPressed = true; ready.click(); }
    if (!template || screen.etaTemplate === template) return;
    screen.etaTemplate = template;
    screen.replaceChildren(document.importNode(template.content, true));
  }
  // A goal is reached for good: the state on the screen says so by a hidden mark (goal.py).
  function reach() {
    var goal = root.querySelector('.eta-goal:not(.eta-goal-reached)');
    if (!goal || !root.querySelector('.eta-screen .eta-reached')) return;
    goal.classList.add('eta-goal-reached');
    goal.querySelector('.eta-goal-mark').textContent = '✓';
    goal.querySelector('.eta-goal-end').textContent = 'Reached.';
  }
  new MutationObserver(function (all) {
    show();
    reach();
    if (all.some(function (m) { return !said.contains(m.target); })) name();
  }).observe(root, { subtree: true, childList: true, attributes: true, attributeFilter: ['aria-valuetext', 'class'] });
  show();
  name();
  // JupyterLab goes on to the next cell and centres that: who has just run this cell shall see the whole picture.
  var cell = root.closest('.jp-Cell'), next = cell && cell.nextElementSibling;
  function active(node) { return node && node.classList.contains('jp-mod-active'); }
  if (active(cell) || active(next)) setTimeout(function () {
    root.scrollIntoView({ block: root.offsetHeight < innerHeight - 120 ? 'nearest' : 'start' });
  }, 300);
})(this)
