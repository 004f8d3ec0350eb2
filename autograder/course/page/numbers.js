// Numbers in the text that are dragged: each moves the first slider of the explorer in the cell that it names, and says where that stands.
// It stands in the page itself, so that it works where a page was opened from a disk, and asks for the slider anew each time, for Python makes another.
const numbers = [...document.querySelectorAll('.eta-number')];
const LENGTH = 320, LEAST = 4, MOST = 24; // pixels of a drag: through the whole slider, and at least and at most for a step

/** The slider that a number moves, or null where it is not on the page yet. */
function sliderOf(number) {
  const handle = document.getElementById(number.dataset.cell)?.querySelector('.eta-explorer .eta-controls [role=slider]');
  const target = handle?.closest('.noUi-target');
  if (!target?.noUiSlider) return null;
  const [at, least, most] = ['now', 'min', 'max'].map((which) => Math.round(handle.getAttribute(`aria-value${which}`)));
  return { handle, at, least, most, go: (to) => target.noUiSlider.set(Math.min(most, Math.max(least, to))) };
}

/** Where each key leads from `at`. */
function keyed(key, { at, least, most }) {
  const leap = Math.max(1, Math.round((most - least) / 10));
  return { ArrowRight: at + 1, ArrowUp: at + 1, ArrowLeft: at - 1, ArrowDown: at - 1, PageUp: at + leap, PageDown: at - leap, Home: least, End: most }[key];
}

/** Makes the number say what its slider says. */
function say(number) {
  const slider = sliderOf(number);
  if (!slider) return;
  const said = slider.handle.getAttribute('aria-valuetext');
  if (!number.hasAttribute('role')) begin(number, slider);
  if (!said || (number.textContent === said && number.getAttribute('aria-valuenow') === String(slider.at))) return;
  number.textContent = said;
  number.setAttribute('aria-valuetext', said);
  number.setAttribute('aria-valuenow', slider.at);
}

/** Makes a slider of the number. */
function begin(number, { handle, at, least, most }) {
  const name = handle.getAttribute('aria-label') || 'number';
  const told = { role: 'slider', tabindex: 0, 'aria-label': `${name}, of the picture below`, 'aria-valuemin': least, 'aria-valuemax': most, 'aria-valuenow': at, 'aria-valuetext': number.textContent, title: 'Drag it, or use the arrow keys: it moves the picture below' };
  for (const [key, value] of Object.entries(told)) number.setAttribute(key, value);
  number.addEventListener('keydown', (event) => {
    const slider = sliderOf(number), to = slider && keyed(event.key, slider);
    if (to === undefined || to === null || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    slider.go(to);
  });
  let held = null;
  number.addEventListener('pointerdown', (event) => {
    const slider = sliderOf(number);
    if (!slider || event.button) return;
    event.preventDefault();
    number.focus({ preventScroll: true });
    number.setPointerCapture(event.pointerId);
    held = { x: event.clientX, from: slider.at, step: Math.min(MOST, Math.max(LEAST, LENGTH / (slider.most - slider.least || 1))) };
  });
  number.addEventListener('pointermove', (event) => {
    const slider = held && sliderOf(number);
    if (!slider) return;
    const to = Math.min(slider.most, Math.max(slider.least, held.from + Math.round((event.clientX - held.x) / held.step)));
    if (to !== slider.at) slider.go(to);
  });
  for (const end of ['pointerup', 'pointercancel', 'lostpointercapture']) number.addEventListener(end, () => { held = null; });
}

if (numbers.length) {
  new MutationObserver(() => numbers.forEach(say)).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['aria-valuetext'] });
  numbers.forEach(say);
}
