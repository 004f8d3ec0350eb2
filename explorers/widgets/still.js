// Moves the still picture of an explorer by its first controls and its marker (marker.js), on a day without a kernel. All its states are in an attribute,
// compressed (still.py); they are unpacked when somebody looks at the picture, which hides where the live widget is.
/* global followMarker */
(function (style) {
  var root = style.closest('.eta-still');
  if (!root || root.etaWatched || !window.DecompressionStream || !window.IntersectionObserver) return;
  root.etaWatched = true;
  function made(tag, attributes, parent) {
    var node = document.createElement(tag);
    Object.keys(attributes).forEach(function (key) { node.setAttribute(key, attributes[key]); });
    if (parent) parent.append(node);
    return node;
  }
  function driver(it, row, place) {
    var box = made('label', { style: 'display: inline-flex; flex-wrap: wrap; align-items: center; gap: 8px; min-height: 44px; margin: 0 12px 0 2px;' }, row);
    var name = made('span', {}, box), control, said;
    name.textContent = it.label;
    if (it.texts.length > 3) {
      control = made('input', { type: 'range', min: 0, max: it.texts.length - 1, value: it.at, style: 'width: 260px; max-width: 60vw; accent-color: #0072B2;' }, box);
      said = made('output', {}, box);
    } else {
      control = made('select', { style: 'min-height: 34px;' }, box);
      it.texts.forEach(function (text, i) { made('option', { value: i }, control).textContent = text; });
      control.value = it.at;
    }
    // JupyterLab and Notebook 7 would take the arrow keys, to move between cells
    control.setAttribute('data-lm-suppress-shortcuts', 'true');
    control.setAttribute('aria-label', it.label || 'control ' + (place + 1));
    control.etaSay = function () {
      if (!said) return;
      said.textContent = it.texts[control.value];
      control.setAttribute('aria-valuetext', it.texts[control.value]);
    };
    control.etaSay();
    return control;
  }
  function build(it) {
    var stage = document.createElement('div'), ready = made('template', {});
    stage.className = 'eta-explorer eta-' + it.name;
    stage.style.maxWidth = '960px';
    made('style', {}, stage).textContent = it.css;
    var row = made('div', { 'class': 'eta-controls', style: 'display: flex; flex-wrap: wrap;' }, stage);
    var pile = made('div', { style: 'display: grid; grid-template-columns: minmax(0, 1fr);' }, stage), cell = { style: 'grid-area: 1 / 1; align-self: end; min-width: 0;' };
    var under = made('div', Object.assign({ 'class': 'eta-under' }, cell), pile), screen = made('div', Object.assign({ 'class': 'eta-screen' }, cell), pile);
    ready.innerHTML = it.stops;
    under.append(ready.content.querySelector('template[data-under]').content);
    var controls = it.drivers.map(function (one, place) { return driver(one, row, place); });
    function show() {
      var stop = controls.map(function (one) { one.etaSay(); return one.value; }).join();
      var found = ready.content.querySelector('template[data-stop="' + stop + '"]');
      if (found) screen.replaceChildren(document.importNode(found.content, true));
    }
    controls.forEach(function (one) { one.addEventListener('input', show); });
    followMarker(stage, {
      prepared: function () { return ready.content.querySelectorAll('template[data-stop]'); },
      go: function (stop) { stop.split(',').forEach(function (at, place) { controls[place].value = at; }); show(); },
      first: '.eta-controls input, .eta-controls select',
    });
    show();
    root.querySelector('img').hidden = true;
    root.querySelector('p').textContent = 'Run this cell for the rest.';
    root.prepend(stage);
  }
  function begin() {
    var bytes = Uint8Array.from(atob(root.getAttribute('data-moves')), function (letter) { return letter.charCodeAt(0); });
    new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'))).json().then(build, function () {});
  }
  // The live widget may come a moment later than the picture: then nothing is to be unpacked.
  new IntersectionObserver(function (all, watch) {
    if (!all.some(function (one) { return one.isIntersecting; })) return;
    setTimeout(function () {
      if (!root.getClientRects().length || root.etaBegun) return;
      root.etaBegun = true;
      watch.disconnect();
      begin();
    }, 500);
  }).observe(root);
})(this)
