// Keeps the whole course in the browser, so that it works without a network. VERSION and FILES are filled in by `make site`.
const VERSION = '', FILES = [];
const NAME = `h-to-eta-${VERSION}`;

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil((async () => {
  for (const old of await caches.keys()) if (old.startsWith('h-to-eta-') && old !== NAME) await caches.delete(old);
  await self.clients.claim();
})()));

/** What is kept in place of `file`: a part of the engine is kept unpacked, for a page that begins with it again should not wait for that. */
const keptAs = (file) => file.replace(/\.bin$/, '');

/** `file` fetched, as it is to be kept. */
async function fetched(file) {
  const got = await fetch(file);
  if (got.status !== 200 || !file.endsWith('.bin')) return got;
  const type = file.endsWith('.wasm.bin') ? 'application/wasm' : 'application/octet-stream'; // browsers keep what they compiled of the former
  return new Response(got.body.pipeThrough(new DecompressionStream('gzip')), { headers: { 'Content-Type': type } });
}

/** Fetches what is not kept yet, one file after the other: a learner's own work goes first. */
async function keepAll() {
  const store = await caches.open(NAME), kept = new Set((await store.keys()).map(({ url }) => url));
  for (const file of FILES) {
    if (kept.has(new URL(keptAs(file), self.location).href)) continue;
    const got = await fetched(file).catch(() => null);
    if (got?.status === 200) await store.put(keptAs(file), got).catch(() => {});
  }
}
self.addEventListener('message', (event) => { if (event.data === 'keep') event.waitUntil(keepAll()); });

self.addEventListener('fetch', (event) => {
  const { request } = event, url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  event.respondWith((async () => {
    const store = await caches.open(NAME), page = url.pathname.endsWith('/') ? `${url.pathname}index.html` : url.pathname;
    const kept = await store.match(page, { ignoreSearch: true });
    if (kept) return kept;
    const packed = FILES.find((file) => file.endsWith('.bin') && new URL(keptAs(file), self.location).href === url.href);
    const got = await (packed ? fetched(packed) : fetch(request));
    if (got.ok && got.status === 200) store.put(page, got.clone()).catch(() => {});
    return got;
  })());
});
