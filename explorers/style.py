"""How explorers look (one style sheet) and the few lines of script that make their controls speak to screen readers."""

# Colours are the page's own: `currentColor` and JupyterLab's variables where there are any, so that the dark theme and an
# exported page both work. Read-outs have fixed places and tabular figures, so that nothing jumps while a slider moves.
CSS = """
.eta-explorer { color: var(--jp-content-font-color1, inherit); font-family: var(--jp-ui-font-family, system-ui, sans-serif); }
.eta-explorer .widget-html, .eta-explorer .widget-html-content { height: auto; overflow: visible; line-height: 1.4; }
.eta-explorer .eta-style { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); }
.eta-panels { display: flex; flex-flow: row wrap; gap: 4px; width: 100%; }
.eta-panels > .eta-panel { flex: 1 1 270px; min-width: 0; max-width: 474px; height: auto; font-family: inherit; }
.eta-text { paint-order: stroke; stroke: var(--jp-layout-color0, #fff); stroke-width: 3px; stroke-linejoin: round; font-weight: 600; }
.eta-readout { display: grid; grid-template-columns: repeat(auto-fit, minmax(128px, 1fr)); gap: 6px 10px; max-width: 948px; margin: 6px 0 0; }
.eta-cell { border-left: 3px solid rgba(128, 128, 128, .4); padding: 1px 0 1px 8px; font-size: 13px; min-height: 42px; }
.eta-cell b { display: block; font-size: 17px; font-weight: 600; font-variant-numeric: tabular-nums; white-space: nowrap; }
.eta-cell.eta-star { border-left-color: #CC79A7; }
.eta-sample { width: 26px; height: 8px; margin-right: 6px; vertical-align: middle; }
.eta-explorer .eta-sentence { margin: 8px 0 4px; min-height: 3em; max-width: 948px; font-size: 15px; line-height: 1.5; }
.eta-presets { align-items: center; gap: 2px; }
.eta-presets .widget-html { margin-right: 4px; }
.eta-explorer [role=slider]:focus-visible, .eta-explorer button:focus-visible { outline: 2px solid #0072B2; outline-offset: 2px; }
@media (prefers-reduced-motion: no-preference) { .eta-explorer .noUi-state-tap .noUi-origin { transition: none; } }
"""

# ipywidgets gives its slider handles no name, and lets them say the number of the stop instead of its value: copy the
# label and the read-out that stand beside them. The sentence is said when the reader has come to rest.
SCRIPT = """
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
    });
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
"""
