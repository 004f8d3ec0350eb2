// A marker in the picture that is dragged: of the prepared pictures, that one is shown whose marker is nearest to the pointer. In a live widget
// and in its still picture. `prepared()` are the templates of the round on the screen, `go(stop)` shows one of them, `along(marker, at)` moves the
// controls that are not prepared, `first` is the selector of the control from which the arrow keys go on.
/* exported followMarker */
function followMarker(root, it) {
  var held = null;
  // Where the marker is in each prepared picture, in the units of its panel.
  function places(panel, which) {
    var all = [].map.call(it.prepared(), function (one) {
      var handle = one.content.querySelectorAll('.eta-panel')[panel].querySelectorAll('.eta-handle')[which];
      return handle && { stop: one.dataset.stop, x: handle.getAttribute('cx'), y: handle.getAttribute('cy') };
    }).filter(Boolean);
    return all.some(function (one) { return one.x !== all[0].x || one.y !== all[0].y; }) ? all : [];  // a marker that stands still moves no slider
  }
  function follow(event) {
    var panel = root.querySelectorAll('.eta-screen .eta-panel')[held.panel], to = panel.getScreenCTM();
    if (!to) return;
    var at = new DOMPoint(event.clientX, event.clientY).matrixTransform(to.inverse());
    function far(one) { return Math.hypot(one.x - at.x, one.y - at.y); }
    var best = held.all.reduce(function (a, b) { return far(b) < far(a) ? b : a; }, held.all[0]);
    if (best) it.go(best.stop);
    if (it.along) it.along(panel.querySelectorAll('.eta-handle')[held.which], at);
  }
  root.addEventListener('pointerdown', function (event) {
    var panel = event.target.closest && event.target.closest('.eta-screen .eta-panel');
    if (!panel || event.button || !panel.querySelector('.eta-handle')) return;
    // a mouse may press anywhere; a finger that is not on the marker scrolls the page
    if (event.pointerType !== 'mouse' && !event.target.classList.contains('eta-handle')) return;
    held = { panel: [].indexOf.call(root.querySelectorAll('.eta-screen .eta-panel'), panel), id: event.pointerId };
    var markers = [].slice.call(panel.querySelectorAll('.eta-handle'));
    held.which = markers.indexOf(markers.indexOf(event.target) < 0 ? markers[markers.length - 1] : event.target);
    held.all = places(held.panel, held.which);
    if (!held.all.length && !it.along) { held = null; return; }  // what it moves, nobody here can draw
    event.preventDefault();
    root.setPointerCapture(event.pointerId);
    root.classList.add('eta-dragged');
    follow(event);
    var handle = root.querySelector(it.first);
    if (handle) handle.focus({ preventScroll: true });  // the arrow keys go on from here
  });
  root.addEventListener('pointermove', function (event) { if (held && event.pointerId === held.id) follow(event); });
  ['pointerup', 'pointercancel', 'lostpointercapture'].forEach(function (end) {
    root.addEventListener(end, function () { held = null; root.classList.remove('eta-dragged'); });
  });
}
