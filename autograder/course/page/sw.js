// Keeps the whole course in the browser, so that it works without a network. VERSION and FILES are filled in by `make site`.
const VERSION = '', FILES = [];
const NAME = `h-to-eta-${VERSION}`;

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil((async () => {
  for (const old of await caches.keys()) if (old.startsWith('h-to-eta-') && old !== NAME) await caches.delete(old);
  await self.clients.claim();
})()));

/** Fetches what is not kept yet, one file after the other: a learner's own work goes first. */
async function keepAll() {
  const store = await caches.open(NAME);
  for (const file of FILES) if (!await store.match(file)) await store.add(file).catch(() => {});
}
self.addEventListener('message', (event) => { if (event.data === 'keep') event.waitUntil(keepAll()); });

self.addEventListener('fetch', (event) => {
  const { request } = event, url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  event.respondWith((async () => {
    const store = await caches.open(NAME), page = url.pathname.endsWith('/') ? `${url.pathname}index.html` : url.pathname;
    const kept = await store.match(page, { ignoreSearch: true });
    if (kept) return kept;
    const got = await fetch(request);
    if (got.ok && got.status === 200) store.put(page, got.clone()).catch(() => {});
    return got;
  })());
});
