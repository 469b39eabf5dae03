// Keeps the shell, so that the app opens without a network. Of the API it answers for recordings alone, and for those
// alone that a learner has taken along.
const SHELL = 'shell-{{boot}}';
const FILES = ['/', '/{{boot}}', '/{{script}}', '/{{loader}}', '/{{wasm}}', '/{{style}}', '/icon.svg', '/manifest.webmanifest'];
// Where pages put the recordings, each whole and by its address.
const RECORDINGS = 'recordings';
// Parts of the app that are kept once a page has needed them.
const CHUNKS = [{{chunks}}];

const old = (names) => names.filter((name) => name.startsWith('shell-') && name !== SHELL);
// What a part is called in every version. What several parts share is numbered anew in each, and nothing tells which
// number it has now: who needed one of these files keeps all of them.
const stem = (path) => path.replace(/-[0-9a-f]{16}\.wasm$/, '').replace(/^\/chunk_\d+$/, '/chunk');

// The parts that pages have needed of an older app: without a network they are needed of this one.
async function partsInUse() {
  const shells = await Promise.all(old(await caches.keys()).map((name) => caches.open(name)));
  const kept = (await Promise.all(shells.map((shell) => shell.keys()))).flat();
  const stems = new Set(kept.map((request) => stem(new URL(request.url).pathname)));
  return CHUNKS.filter((path) => stems.has(stem(path)));
}

async function keepShell() {
  const [cache, parts] = await Promise.all([caches.open(SHELL), partsInUse()]);
  await cache.addAll([...FILES, ...parts]);
  await self.skipWaiting();
}

self.addEventListener('install', (event) => event.waitUntil(keepShell()));

self.addEventListener('activate', (event) => {
  const forget = (names) => Promise.all(old(names).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(forget).then(() => self.clients.claim()));
});

async function fetchAndKeep(request) {
  const response = await fetch(request);
  if (response.ok) {
    const cache = await caches.open(SHELL);
    await cache.put(request, response.clone());
  }
  return response;
}

// A recording as players ask for it: whole, or from one byte to another.
async function answerRecording(request) {
  const kept = await caches.open(RECORDINGS).then((cache) => cache.match(request.url)).catch(() => undefined);
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get('range') ?? '');
  if (!kept || !range) return kept ?? fetch(request);
  const content = await kept.blob();
  const first = Number(range[1]);
  const last = Math.min(range[2] ? Number(range[2]) : content.size, content.size - 1);
  if (first > last) return new Response(null, { status: 416, headers: { 'content-range': `bytes */${content.size}` } });
  const headers = {
    'accept-ranges': 'bytes',
    'content-length': String(last - first + 1),
    'content-range': `bytes ${first}-${last}/${content.size}`,
    'content-type': kept.headers.get('content-type') ?? 'application/octet-stream',
  };
  return new Response(content.slice(first, last + 1), { status: 206, headers });
}

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  const isOurs = url.origin === self.location.origin && event.request.method === 'GET';
  if (isOurs && url.pathname.startsWith('/api/v1/recordings/')) {
    event.respondWith(answerRecording(event.request));
    return;
  }
  if (!isOurs || url.pathname.startsWith('/api/')) return;
  const isPage = !url.pathname.split('/').pop().includes('.');
  if (event.request.mode === 'navigate' && isPage) {
    // The newest page if there is a network, else the kept one.
    event.respondWith(fetch(event.request).catch(() => caches.match('/')));
  } else if (FILES.includes(url.pathname) || CHUNKS.includes(url.pathname)) {
    event.respondWith(caches.match(event.request).then((kept) => kept ?? fetchAndKeep(event.request)));
  }
});
