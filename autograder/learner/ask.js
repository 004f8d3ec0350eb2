// Answers a prediction in the browser, in a notebook and on a page alike: the answers lie sealed in the markup, and a click opens one.
// The kernel, where there is one, is told through hidden buttons and remembers. A page remembers by itself: Python may not be there yet.
(function (style) {
  var root = style.closest('.eta-predict'), ask = root && root.querySelector('.eta-ask');
  if (!ask || ask.etaAsked) return;
  ask.etaAsked = true;
  var buttons = [].slice.call(ask.querySelectorAll('button')), answer = ask.querySelector('.eta-answer');
  var key = 'eta-predicted:' + ask.dataset.name, page = document.getElementById('eta-page');
  function sealed() {
    var bytes = Uint8Array.from(atob(ask.dataset.sealed), function (letter) { return letter.charCodeAt(0); });
    return JSON.parse(new TextDecoder().decode(bytes));
  }
  function kept() { try { return page && localStorage.getItem(key); } catch (refused) { return null; } }
  function keep(option) { try { if (page) localStorage.setItem(key, option); } catch (refused) { /* a page without storage forgets */ } }
  function tell(at) { var hidden = root.querySelectorAll('.eta-tell')[at]; if (hidden) hidden.click(); }
  function show(at) {
    buttons.forEach(function (button, i) { button.setAttribute('aria-pressed', String(i === at)); });
    answer.innerHTML = sealed()[at][1]; // ours: words and MathML
  }
  buttons.forEach(function (button, at) {
    button.addEventListener('click', function () { show(at); keep(button.textContent); tell(at); });
  });
  var before = buttons.findIndex(function (button) { return button.textContent === kept(); });
  if (before >= 0 && buttons[before].getAttribute('aria-pressed') !== 'true') {
    show(before);
    setTimeout(function () { tell(before); }, 500); // the hidden buttons come after this markup
  }
})(this)
