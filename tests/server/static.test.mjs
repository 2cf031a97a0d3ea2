import assert from 'node:assert/strict';
import { readFile, utimes } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fixture, startServer } from './server.mjs';
import { send } from './wire.mjs';

let server;
before(async () => (server = await startServer({ root: fixture })));
after(() => server.stop());

/** Requests exactly this target, which fetch would normalize, and resolves to the status line and headers. */
function rawStatus(target) {
  return new Promise((resolve, reject) => {
    let reply = '';
    const socket = connect(server.port, '127.0.0.1', () =>
      socket.write(`GET ${target} HTTP/1.1\r\nHost: localhost:${server.port}\r\nConnection: close\r\n\r\n`),
    );
    socket
      .on('data', (bytes) => (reply += bytes))
      .on('end', () => resolve(reply))
      .on('error', reject);
  });
}

const pages = {
  '/': 'home',
  '/category/kitchen': 'category',
  '/category/bags-and-more?page=2': 'category',
  '/product/T-01': 'product',
  '/search?q=mug': 'search',
  '/cart': 'cart',
  '/checkout': 'checkout',
  '/order-done': 'order-done',
  '/login': 'login',
};
for (const [address, page] of Object.entries(pages)) {
  test(`${address} is the ${page} page`, async () => {
    const { status, headers, text } = await send(server, 'GET', address);
    assert.equal(status, 200);
    assert.match(text, new RegExp(`<title>${page}</title>`));
    assert.equal(headers.get('content-type'), 'text/html; charset=utf-8');
  });
}

test('pages have a strict content security policy, other files have none', async () => {
  const policy = (await send(server, 'GET', '/')).headers.get('content-security-policy');
  for (const directive of [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
  ])
    assert.ok(policy.split('; ').includes(directive), directive);
  assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'/);
  assert.equal((await send(server, 'GET', '/shop.css')).headers.get('content-security-policy'), null);
});

test('the studio is a page, and only the studio may frame its canvas', async () => {
  assert.match((await send(server, 'GET', '/preview')).text, /preview/);
  const canvas = await send(server, 'GET', '/preview/canvas.html');
  assert.match(canvas.text, /canvas/);
  assert.match(canvas.headers.get('content-security-policy'), /frame-ancestors 'self'/);
  // A frame may ask a live endpoint of the shop; no other page may ask another host.
  assert.match(canvas.headers.get('content-security-policy'), /connect-src 'self' http: https:;/);
  assert.match(
    (await send(server, 'GET', '/preview')).headers.get('content-security-policy'),
    /frame-ancestors 'none'/,
  );
  assert.doesNotMatch((await send(server, 'GET', '/preview')).headers.get('content-security-policy'), /https:/);
  assert.equal((await send(server, 'GET', '/preview/../products.json')).status, 404);
});

test('the documentation is a folder of its own, whose addresses are relative to it', async () => {
  const reply = await fetch(`${server.url}/docs`, { redirect: 'manual' });
  assert.deepEqual([reply.status, reply.headers.get('location')], [308, '/docs/']);
  for (const address of ['/docs/', '/docs/page.html']) {
    const page = await send(server, 'GET', address);
    assert.match(page.text, /The documentation of the fixture/);
    assert.match(page.headers.get('content-security-policy'), /script-src 'self'/);
  }
  assert.equal((await send(server, 'GET', '/docs/nothing.html')).status, 404);
  assert.match(await rawStatus('/docs/../../package.json'), /^HTTP\/1.1 404/);
});

test('files have their content types', async () => {
  const type = async (address) => (await send(server, 'GET', address)).headers.get('content-type');
  assert.equal(await type('/dist/vitrine.js'), 'text/javascript; charset=utf-8');
  assert.equal(await type('/dist/vitrine.wasm'), 'application/wasm');
  assert.equal(await type('/shop.css'), 'text/css; charset=utf-8');
  assert.equal(await type('/img/t-01.svg'), 'image/svg+xml');
  assert.equal(await type('/catalog.json'), 'application/json');
  assert.equal((await send(server, 'GET', '/catalog.json')).body.length, 24);
});

test('binary files arrive unchanged', async () => {
  const reply = await fetch(`${server.url}/dist/vitrine.wasm`);
  const wasm = Buffer.from(await reply.arrayBuffer());
  assert.deepEqual(wasm, await readFile(join(fixture, 'dist', 'vitrine.wasm')));
  await WebAssembly.compileStreaming(fetch(`${server.url}/dist/vitrine.wasm`));
});

test('an unchanged file is not sent again', async () => {
  const { headers } = await send(server, 'GET', '/shop.css');
  const etag = headers.get('etag');
  assert.equal(headers.get('cache-control'), 'no-cache');
  assert.match((await send(server, 'GET', '/img/t-01.svg')).headers.get('cache-control'), /max-age=3600/);
  const again = await send(server, 'GET', '/shop.css', { headers: { 'if-none-match': `"other", ${etag}` } });
  assert.deepEqual([again.status, again.text, again.headers.get('etag')], [304, '', etag]);
  await utimes(join(fixture, 'demo', 'shop', 'shop.css'), new Date(), new Date());
  assert.equal((await send(server, 'GET', '/shop.css', { headers: { 'if-none-match': etag } })).status, 200);
});

test('HEAD returns only headers', async () => {
  const { status, headers, text } = await send(server, 'HEAD', '/shop.css', {
    headers: { 'accept-encoding': 'identity' },
  });
  assert.deepEqual([status, text, headers.get('content-length')], [200, '', '20']);
});

test('an unknown address is a JSON 404', async () => {
  for (const address of [
    '/nothing',
    '/category/',
    '/category',
    '/product/',
    '/product/a/b',
    '/product/.',
    '/dist/',
    '/dist/nothing.js',
    '/img',
    '/demo/shop/home.html',
    '/cart/',
    '//',
    '/refine',
    '/_other',
  ]) {
    const { status, body } = await send(server, 'GET', address);
    assert.deepEqual([status, body?.error?.code], [404, 'not-found'], address);
  }
});

test('no address leads out of the served folders', async () => {
  const targets = [
    '/../secret.txt',
    '/dist/../secret.txt',
    '/img/../products.json',
    '/img/../../../secret.txt',
    '/./shop.css',
    '/.hidden',
    '/dist//../../secret.txt',
  ];
  for (const target of targets)
    for (const form of [
      target,
      target.replaceAll('..', '%2e%2e'),
      target.replaceAll('/..', '%2f..'),
      target.replaceAll('/', '\\').replace('\\', '/'),
      target.replaceAll('..', '..%00'),
    ])
      assert.match(await rawStatus(form), /^HTTP\/1\.1 40[04] /, form);
  for (const target of ['/shop.css%00.html', '/product/%00', '/%ff%fe', '/%', '/%zz'])
    assert.match(await rawStatus(target), /^HTTP\/1\.1 (400|404|200) /, target);
  assert.doesNotMatch(await rawStatus('/dist/..%5c..%5csecret.txt'), /not to be served/);
  assert.equal((await send(server, 'GET', '/shop.css')).status, 200);
});
