// What a learner wrote, kept in the browser: IndexedDB, and a journal that is written at once for what may not get there in time.

const NAME = 'h-to-eta', STORE = 'work';

/** Opens the store of a lesson; `load` gives what is kept, `put` keeps a cell. Where nothing can be kept, `lasting` is false. */
export class Store {
  constructor(lesson, { databases = globalThis.indexedDB, journal = globalThis.localStorage } = {}) {
    Object.assign(this, { lesson, databases, journal, lasting: true });
  }

  #key(id) { return `${this.lesson}/${id}`; }

  async #database() {
    this.opened ||= new Promise((done, failed) => {
      const asked = this.databases.open(NAME, 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => failed(asked.error);
    });
    return this.opened;
  }

  async #do(mode, work) {
    const transaction = (await this.#database()).transaction(STORE, mode, { durability: 'strict' }), asked = work(transaction.objectStore(STORE));
    return new Promise((done, failed) => {
      transaction.oncomplete = () => done(asked?.result);
      transaction.onerror = transaction.onabort = () => failed(transaction.error);
    });
  }

  /** All that is kept of the lesson: {id: {source, outputs, …}}; the journal is newer than the database. */
  async load() {
    const kept = {}, range = IDBKeyRange.bound(this.#key(''), this.#key('\uffff'));
    try {
      const [keys, values] = await Promise.all([this.#do('readonly', (all) => all.getAllKeys(range)), this.#do('readonly', (all) => all.getAll(range))]);
      keys.forEach((key, i) => { kept[key.slice(this.lesson.length + 1)] = values[i]; });
    } catch { this.lasting = false; }
    for (const key of this.#written()) {
      const id = key.slice(`eta:${this.lesson}/`.length);
      kept[id] = { ...kept[id], source: this.journal.getItem(key) };
      await this.put(id, kept[id]);
    }
    return kept;
  }

  /** Keeps `value` for a cell. Its source is safe when this returns, the rest when the promise is fulfilled. */
  async put(id, value) {
    const key = `eta:${this.#key(id)}`;
    try { if (value.source !== undefined) this.journal.setItem(key, value.source); } catch { /* full or forbidden: the database is asked all the same */ }
    try {
      await this.#do('readwrite', (all) => all.put(value, this.#key(id)));
      if (this.journal.getItem(key) === value.source) this.journal.removeItem(key);
    } catch { this.lasting = false; }
  }

  #written() {
    try { return Object.keys(this.journal).filter((key) => key.startsWith(`eta:${this.lesson}/`)); } catch { return []; }
  }
}

/** The files of the learner's memory (best points), the same for all lessons. */
export class Files {
  constructor(store = new Store('course')) { this.store = store; }

  async load() { return (await this.store.load()).files?.list || []; }

  keep(list) { return this.store.put('files', { list }); }
}
