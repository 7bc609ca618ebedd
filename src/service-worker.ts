/// <reference types="@sveltejs/kit" />
/// <reference no-default-lib="true"/>
/// <reference lib="esnext" />
/// <reference lib="webworker" />
/**
 * Keeps the program, never what it shows: built files, icons and one empty shell. `/graphql` is not touched, and no
 * page that the server drew for a person is stored.
 */
import { build, files, prerendered, version } from '$service-worker';

const worker = self as unknown as ServiceWorkerGlobalScope;
const cacheName = `program-${version}`;
const kept = new Set([...build, ...files, ...prerendered]);

worker.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(cacheName)
      .then((cache) => cache.addAll([...kept]))
      .then(() => worker.skipWaiting())
  );
});

worker.addEventListener('activate', (event) => {
  const old = async () => {
    for (const name of await caches.keys()) if (name !== cacheName) await caches.delete(name);
    await worker.clients.claim();
  };
  event.waitUntil(old());
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin || url.pathname === '/graphql') return;
  // Sound goes past us whole: a range that a worker answers breaks in Safari and older Chromes, and none of it is kept.
  if (url.pathname.startsWith('/slots/') || request.headers.has('range')) return;
  if (kept.has(url.pathname)) {
    event.respondWith(fromCache(url.pathname, request));
    return;
  }
  // A page comes from the network; without one, the shell boots the router at the address that was asked for.
  if (request.mode === 'navigate') event.respondWith(fetch(request).catch(() => fromCache('/shell', request)));
});

async function fromCache(pathname: string, request: Request): Promise<Response> {
  const cached = await caches.match(pathname);
  return cached ?? fetch(request);
}
