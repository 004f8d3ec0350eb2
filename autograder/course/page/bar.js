// The line at the top of a lesson: how far Python is, what is kept, export and import, and the button that stops a cell.

export class Bar {
  isReady = false;

  constructor() {
    this.node = document.getElementById('eta-bar');
    this.said = this.node.querySelector('.eta-said-here');
    this.meter = this.node.querySelector('progress');
    this.stop = this.node.querySelector('.eta-stop');
    this.node.hidden = false;
  }

  /** What its buttons do; until then there are none. */
  does({ stop, save, open }) {
    const [saves, opens, file] = ['.eta-save', '.eta-open', 'input'].map((name) => this.node.querySelector(name));
    this.stop.onclick = stop;
    saves.onclick = save;
    opens.onclick = () => file.click();
    file.onchange = () => { if (file.files[0]) open(file.files[0]); file.value = ''; };
    saves.hidden = opens.hidden = false;
  }

  /** What came of something that was asked for: it stands until the next, whatever is told of Python meanwhile. */
  answer(sentence) { this.node.querySelector('.eta-answered').textContent = sentence; }

  tell(sentence) { if (this.said.textContent !== sentence) this.said.textContent = sentence; }

  progress(what, part, bytes) {
    if (!what) return;
    this.meter.hidden = false;
    this.meter.value = part;
    const megabytes = (value) => (value / 1e6).toFixed(0);
    // said in steps of a tenth, or a screen reader would speak of nothing else
    this.tell(part < 1 ? `${what}: ${megabytes(Math.floor(part * 10) / 10 * bytes)} of ${megabytes(bytes)} MB. You can read and write meanwhile.` : `${what} …`);
  }

  ready(lasting) {
    this.isReady = true;
    this.meter.hidden = true;
    this.tell(lasting ? 'Python is ready. What you write is kept in this browser.' : 'Python is ready. This browser keeps nothing: save the notebook before you close the page.');
  }

  kept(lasting) {
    if (this.isReady && !lasting) this.ready(false);
  }

  unable(sentence) {
    this.meter.hidden = true;
    this.impossible = sentence;
    this.tell(sentence);
  }

  /** Somebody asked for something before Python is there. */
  wait() {
    if (!this.impossible) this.node.classList.add('eta-asked');
    this.node.scrollIntoView({ block: 'nearest' });
  }

  running(now) {
    this.stop.hidden = !now;
  }
}
