// Makes the controls of an explorer speak to screen readers. ipywidgets gives its slider handles no name, and lets them say
// the number of the stop instead of its value: copy the label and the read-out that stand beside them. JupyterLab takes the
// arrow keys from a menu, and Notebook 7 from a slider too, to move between cells: keep them. The sentence under the pictures
// is said when the reader has come to rest. A step of a control puts its picture on the screen where it is prepared (stops.py), and
// so does a marker that is dragged (marker.js).
/* global followMarker */
(function (style) {
  var root = style.closest('.eta-explorer'), said = root && root.querySelector('.eta-said'), timer, missed, last = null;
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
  function index(control) {
    var handle = control.querySelector('[role=slider]'), menu = control.querySelector('select');
    if (handle) return Math.round(handle.getAttribute('aria-valuenow'));
    return menu ? menu.selectedIndex : [].findIndex.call(control.querySelectorAll('button'), function (b) { return b.classList.contains('mod-active'); });
  }
  // What is prepared of the round on the screen, in the store or on a shelf (ahead.py); templates of another are of a state that has passed.
  function prepared(which) { return root.querySelectorAll('.eta-instant template[data-round="' + root.etaRound + '"]' + which); }
  // Makes what is in `place` like the prepared picture by changing what differs: new elements for all of it would take the page twice the time.
  function liken(place, fresh) {
    [].forEach.call(fresh.childNodes, function (its, i) {
      var mine = place.childNodes[i];
      if (!mine) place.append(document.importNode(its, true));
      else if (mine.nodeName !== its.nodeName) mine.replaceWith(document.importNode(its, true));
      else if (its.nodeType !== Node.ELEMENT_NODE) { if (mine.data !== its.data) mine.data = its.data; }
      else {
        [].forEach.call(its.attributes, function (one) { if (mine.getAttribute(one.name) !== one.value) mine.setAttribute(one.name, one.value); });
        [].slice.call(mine.attributes).forEach(function (one) { if (one.name !== 'open' && !its.hasAttribute(one.name)) mine.removeAttribute(one.name); });
        liken(mine, its);
      }
    });
    while (place.childNodes.length > fresh.childNodes.length) place.lastChild.remove();
  }
  function copy(place, template, key) {
    if (place.etaKey === key) return;
    place.etaKey = key;
    liken(place, template.content);
  }
  function show() {
    var screen = root.querySelector('.eta-picture .eta-screen'), frame = screen && screen.previousElementSibling;
    if (!screen) return;
    var ready = root.querySelector('.eta-ready'), note = screen.lastChild, drawn = note && note.nodeType === Node.COMMENT_NODE && note.data.match(/round (\S+) stop (\S+)/);
    if (drawn) { frame.etaKey = root.etaRound = drawn[1]; screen.etaKey = drawn[2] + ' of ' + drawn[1]; }  // by Python
    if (!root.etaRound) return;  // the picture is on its way
    if (ready && !ready.etaPressed) { ready.etaPressed = true; ready.click(); }
    var at = [].map.call(root.querySelectorAll('.eta-controls > *'), index), instant = root.querySelectorAll('.eta-driver').length;
    var stop = at.slice(0, instant).join(), asked = at.slice(instant).join() + root.etaRound.slice(root.etaRound.indexOf('/'));
    // without a kernel, and until it answers, the other controls move nothing
    [asked, root.etaRound].some(function (round) {
      var template = root.querySelector('.eta-instant template[data-round="' + round + '"][data-stop="' + stop + '"]');
      if (!template) return false;
      root.etaRound = round;
      copy(frame, root.querySelector('.eta-instant template[data-under="' + round + '"]'), round);
      copy(screen, template, stop + ' of ' + round);
      return true;
    });
    // a kernel that was put back may believe that it has sent what is not here
    clearTimeout(missed);
    if (ready && root.etaRound !== asked) missed = setTimeout(function () { ready.click(); }, 2000);
  }
  // A goal is reached for good: the state on the screen says so by a hidden mark (goal.py).
  function reach() {
    var goal = root.querySelector('.eta-goal:not(.eta-goal-reached)');
    if (!goal || !root.querySelector('.eta-screen .eta-reached')) return;
    goal.classList.add('eta-goal-reached');
    goal.querySelector('.eta-goal-mark').textContent = '✓';
    goal.querySelector('.eta-goal-end').textContent = 'Reached.';
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
  followMarker(root, { prepared: function () { return prepared(''); }, go: go, along: along, first: '.eta-driver [role=slider]' });
  // A film: a button beside the first slider goes through its prepared pictures, from the start again when it stands at the end.
  var playing = 0;
  function film() {
    var box = root.querySelector('.eta-film'), target = box && box.querySelector('.noUi-target');
    if (!target || !target.noUiSlider || box.querySelector('.eta-play')) return;
    var button = document.createElement('button'), last = Math.round(box.querySelector('[role=slider]').getAttribute('aria-valuemax'));
    function stop() { clearInterval(playing); playing = 0; button.textContent = '▶'; button.setAttribute('aria-label', 'Play ' + text(box, '.widget-label')); }
    button.type = 'button';
    button.className = 'eta-play jupyter-button widget-button';
    stop();
    button.addEventListener('click', function () {
      if (playing) return stop();
      if (index(box) >= last) target.noUiSlider.set(0);
      button.textContent = '❚❚';
      button.setAttribute('aria-label', 'Pause');
      playing = setInterval(function () {
        if (!root.isConnected || index(box) >= last) return stop();
        target.noUiSlider.set(index(box) + 1);
      }, matchMedia('(prefers-reduced-motion: reduce)').matches ? 600 : 100);
    });
    // who takes the slider ends the film
    box.addEventListener('pointerdown', function (event) { if (playing && event.target !== button) stop(); });
    box.addEventListener('keydown', function (event) { if (playing && event.target !== button) stop(); });
    box.append(button);
  }
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
    film();
    unfold();
    reach();
    if (all.some(function (m) { return !said.contains(m.target); })) name();
  }).observe(root, { subtree: true, childList: true, attributes: true, attributeFilter: ['aria-valuetext', 'class'] });
  root.addEventListener('change', show);  // a menu changes no element that could be observed
  name();
  show();
  film();
  // JupyterLab goes on to the next cell and centres that: who has just run this cell shall see the whole picture.
  var cell = root.closest('.jp-Cell'), next = cell && cell.nextElementSibling;
  function active(node) { return node && node.classList.contains('jp-mod-active'); }
  if (active(cell) || active(next)) setTimeout(function () {
    root.scrollIntoView({ block: root.offsetHeight < innerHeight - 120 ? 'nearest' : 'start' });
  }, 300);
})(this)
