// Makes the controls of an explorer speak to screen readers. ipywidgets gives its slider handles no name, and lets them say
// the number of the stop instead of its value: copy the label and the read-out that stand beside them. JupyterLab takes the
// arrow keys from a menu, and Notebook 7 from a slider too, to move between cells: keep them. The sentence under the pictures
// is said when the reader has come to rest. A step of an instant slider puts its prepared picture on the screen (stops.py), and
// a marker that is dragged moves that slider: among the prepared pictures, to the one whose marker is nearest to the pointer.
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
  // The marker: where it is in each prepared picture, in the units of its panel.
  var held = null;
  function places(panel, which) {
    var all = [].map.call(root.querySelectorAll('.eta-store template'), function (one) {
      var handle = one.content.querySelectorAll('.eta-panel')[panel].querySelectorAll('.eta-handle')[which];
      return handle && { stop: one.dataset.stop, x: handle.getAttribute('cx'), y: handle.getAttribute('cy') };
    }).filter(Boolean);
    return all.some(function (one) { return one.x !== all[0].x || one.y !== all[0].y; }) ? all : [];  // a marker that stands still moves no slider
  }
  // A marker may move controls that Python redraws, each along an axis: it says which, and where on the axis each value is (overlay.py).
  function along(handle, at) {
    ['x', 'y'].forEach(function (axis) {
      var told = handle && handle.dataset[axis] && handle.dataset[axis].split(':');
      var box = told && root.querySelectorAll('.eta-controls > *')[told[0]], target = box && box.querySelector('.noUi-target');
      if (!target || !target.noUiSlider) return;
      var far = told[1].split(',').map(function (place) { return Math.abs(place - at[axis]); });
      var best = far.indexOf(Math.min.apply(null, far));
      if (index(box) !== best) target.noUiSlider.set(best);
    });
  }
  function go(stop) {
    root.querySelectorAll('.eta-driver').forEach(function (driver, k) {
      var target = driver.querySelector('.noUi-target'), at = +stop.split(',')[k];
      if (index(driver) === at) return;
      if (target && target.noUiSlider) target.noUiSlider.set(at);
      else if (!target) driver.querySelectorAll('button')[at].click();
    });
  }
  function follow(event, all) {
    var panel = root.querySelectorAll('.eta-screen .eta-panel')[held.panel], to = panel.getScreenCTM();
    if (!to) return;
    var at = new DOMPoint(event.clientX, event.clientY).matrixTransform(to.inverse());
    function far(one) { return Math.hypot(one.x - at.x, one.y - at.y); }
    var best = all.reduce(function (a, b) { return far(b) < far(a) ? b : a; }, all[0]);
    if (best) go(best.stop);
    along(panel.querySelectorAll('.eta-handle')[held.which], at);
  }
  root.addEventListener('pointerdown', function (event) {
    var panel = event.target.closest && event.target.closest('.eta-screen .eta-panel');
    if (!panel || event.button || !panel.querySelector('.eta-handle')) return;
    held = { panel: [].indexOf.call(root.querySelectorAll('.eta-screen .eta-panel'), panel), id: event.pointerId };
    var markers = [].slice.call(panel.querySelectorAll('.eta-handle'));
    held.which = markers.indexOf(markers.indexOf(event.target) < 0 ? markers[markers.length - 1] : event.target);
    held.all = places(held.panel, held.which);
    // a mouse may press anywhere; a finger that is not on the marker scrolls the page
    if (event.pointerType !== 'mouse' && !event.target.classList.contains('eta-handle')) { held = null; return; }
    event.preventDefault();
    root.setPointerCapture(event.pointerId);
    root.classList.add('eta-dragged');
    follow(event, held.all);
    var handle = root.querySelector('.eta-driver [role=slider]');
    if (handle) handle.focus({ preventScroll: true });  // the arrow keys go on from here
  });
  root.addEventListener('pointermove', function (event) { if (held && event.pointerId === held.id) follow(event, held.all); });
  ['pointerup', 'pointercancel', 'lostpointercapture'].forEach(function (end) {
    root.addEventListener(end, function () { held = null; root.classList.remove('eta-dragged'); });
  });
  // Numbers that a reader has unfolded stay so in the next picture.
  // (The click says so at once; a toggle event comes later, when the next picture may have taken its place.)
  root.addEventListener('click', function (event) {
    var more = event.target.closest && event.target.closest('summary') && event.target.closest('.eta-more');
    if (more) root.etaOpen = !more.open;
  }, true);
  function unfold() {
    root.querySelectorAll('.eta-screen .eta-more').forEach(function (more) { if (root.etaOpen && !more.open) more.open = true; });
  }
  new MutationObserver(function (all) {
    show();
    unfold();
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
