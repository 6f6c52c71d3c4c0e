// The officer's page when there is no network: its own files, and nothing of what the server says. The newest page comes
// from the network where that answers in time; the files it names never change under their names.
const FILES = __FILES__;
const CACHE = 'petugas-__VERSION__';
const PAGE = '/petugas';
const WITHIN_MS = 4000; // that the network has for the page itself; own

self.addEventListener('install', (event) => {
  const fresh = FILES.map((file) => new Request(file, { cache: 'reload' }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(fresh)).then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  const forget = (names) => Promise.all(names.filter((name) => name.startsWith('petugas-') && name !== CACHE).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(forget).then(() => self.clients.claim()));
});

const kept = (file) => caches.open(CACHE).then((cache) => cache.match(file));

async function page(request) {
  const late = AbortSignal.timeout(WITHIN_MS);
  try {
    const answer = await fetch(request, { signal: late });
    if (answer.ok) return answer;
  } catch {
    // no network, or none worth waiting for
  }
  return (await kept(PAGE)) ?? Response.error();
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const path = new URL(request.url).pathname;
  if (request.method !== 'GET') return;
  if (request.mode === 'navigate' && path === PAGE) event.respondWith(page(request));
  else if (FILES.includes(path)) event.respondWith(kept(path).then((answer) => answer ?? fetch(request)));
});
