// Makes the controls of an explorer speak to screen readers. ipywidgets gives its slider handles no name, and lets them say
// the number of the stop instead of its value: copy the label and the read-out that stand beside them. JupyterLab takes the
// arrow keys from a menu, and Notebook 7 from a slider too, to move between cells: keep them. The sentence under the pictures
// is said when the reader has come to rest.
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
  new MutationObserver(function (all) {
    if (all.some(function (m) { return !said.contains(m.target); })) name();
  }).observe(root, { subtree: true, childList: true, attributes: true, attributeFilter: ['aria-valuetext', 'class'] });
  name();
})(this)
