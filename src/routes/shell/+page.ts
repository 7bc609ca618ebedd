/**
 * An empty page, made at build time, that boots the router at whatever address it is served for: the service worker
 * answers with it when there is no network. It holds nothing about anybody.
 */
export const prerender = true;
export const ssr = false;
