// Shows what a cell said, in the markup of the page around it: texts, tables, pictures, errors, sliders.

const WIDGET = 'application/vnd.jupyter.widget-view+json';

function made(tag, name, content = '') {
  const node = document.createElement(tag);
  node.className = name;
  node.textContent = content;
  return node;
}

/** The node for a MIME bundle; `widget(id, node)` puts a live slider into a node. */
function shown(data, widget) {
  if (data[WIDGET] && widget) {
    const node = made('div', 'jupyter-widgets jp-OutputArea-output eta-live');
    widget(data[WIDGET].model_id, node);
    return node;
  }
  if (data['text/html']) {
    const node = made('div', 'jp-RenderedHTMLCommon jp-RenderedHTML jp-OutputArea-output');
    node.innerHTML = data['text/html'];
    return node;
  }
  if (data['image/svg+xml']) { const node = made('div', 'jp-OutputArea-output'); node.innerHTML = data['image/svg+xml']; return node; }
  if (data['image/png']) {
    const node = made('img', 'jp-OutputArea-output eta-plot');
    node.src = `data:image/png;base64,${data['image/png']}`;
    node.alt = data['text/plain'] || 'a picture';
    return node;
  }
  const node = made('div', 'jp-RenderedText jp-OutputArea-output');
  node.append(made('pre', '', data['text/markdown'] || data['text/plain'] || ''));
  return node;
}

/** The outputs of one cell inside `area`. */
export class Outputs {
  constructor(area, widget) {
    Object.assign(this, { area, widget, list: [] });
  }

  clear() {
    this.waiting = false;
    this.list = [];
    this.first = null;
    for (const node of this.area.querySelectorAll('.eta-live')) node.leave?.(); // sliders want to be told, and before they are gone
    this.area.replaceChildren();
  }

  /** What comes from now on stands above what is shown, beside the buttons, in place of what came there before. */
  above() {
    this.list = [];
    for (const node of this.area.querySelectorAll('.eta-above')) node.remove();
    this.first = this.area.firstElementChild;
  }

  /** As `clear`, but what is shown stays until there is something to show instead. */
  clearWithNext() { this.waiting = true; }

  /** Shows a message of the kernel, below those before. */
  add(message) {
    if (this.waiting) this.clear();
    if (message.type === 'clear') { this.clear(); return; }
    const last = this.list.at(-1);
    if (message.type === 'stream' && last?.type === 'stream' && last.name === message.name) {
      last.text += message.text;
      (this.first ? this.first.previousElementSibling : this.area.lastElementChild).querySelector('pre').textContent = last.text;
      return;
    }
    this.list.push({ ...message });
    this.#put(this.#node(message));
  }

  /** Shows a sentence of the page's own. */
  tell(sentence) {
    const node = made('p', 'eta-told', sentence);
    node.setAttribute('role', 'status');
    this.#put(node);
  }

  #put(node) {
    node.classList.toggle('eta-above', Boolean(this.first));
    if (this.first) this.first.before(node);
    else this.area.append(node);
  }

  #node(message) {
    const child = made('div', 'jp-OutputArea-child');
    if (message.type === 'stream') {
      const node = made('div', 'jp-RenderedText jp-OutputArea-output');
      node.append(made('pre', '', message.text));
      child.append(node);
    } else if (message.type === 'error') {
      const node = made('div', 'jp-RenderedText jp-OutputArea-output eta-error');
      node.setAttribute('role', 'alert');
      node.append(made('pre', '', message.traceback));
      child.append(node);
    } else child.append(shown(message.data, this.widget));
    return child;
  }
}
