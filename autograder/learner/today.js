// Enter in a number field presses the button beside it. ipywidgets would tell Python of Enter before it tells what was typed.
(function (style) {
  var root = style.closest('.eta-predict');
  if (!root || root.etaEnter) return;
  root.etaEnter = true;
  root.addEventListener('keydown', function (event) {
    var row = event.key === 'Enter' && event.target.matches('input') && event.target.closest('.eta-answer-row');
    var button = row && row.querySelector('button');
    if (!button) return;
    event.preventDefault();
    event.stopPropagation();
    button.focus(); // leaving the field sends what was typed
    button.click();
  }, true);
})(this)
