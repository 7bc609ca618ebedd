/** The process answers. Whether it can do its work is `/readyz`. */
export const GET = () => new Response('ok\n', { headers: { 'cache-control': 'no-store' } });
