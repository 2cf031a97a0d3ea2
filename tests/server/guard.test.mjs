// Tests which requests are served, and for how long: hosts, origins, deadlines and limits of connections.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { fixture, launch, startServer } from './server.mjs';
import { event, fault, post, send, stored } from './wire.mjs';

let server;
before(async () => (server = await startServer({ root: fixture, hosts: ['Shop.test', 'other.test:8080'] })));
after(async () => assert.equal(await server.stop(), 0));

/** A server without deadlines would let these tests wait for ever. */
const ends = { timeout: 120_000 };

/** Opens a connection, writes `bytes` to it, and collects the reply: {socket, closed: Promise<string>}. */
async function open(bytes) {
  let reply = '';
  const socket = connect(server.port, '127.0.0.1');
  const closed = new Promise((resolve) => socket.on('close', () => resolve(reply)));
  socket.on('data', (part) => (reply += part)).on('error', () => {});
  await new Promise((resolve) => socket.write(bytes, resolve));
  return { socket, closed };
}

/** Sends a request with exactly these header lines, and resolves to the reply's text. fetch() cannot set Host. */
async function raw(method, path, lines, body = '') {
  const head = [`${method} ${path} HTTP/1.1`, ...lines];
  if (body) head.push(`Content-Length: ${Buffer.byteLength(body)}`);
  return (await open(`${head.join('\r\n')}\r\n\r\n${body}`)).closed;
}

const statusOf = (reply) => Number(reply.match(/^HTTP\/1\.1 (\d+) /)?.[1]);
const withHost = async (host, path = '/_health') => statusOf(await raw('GET', path, [`Host: ${host}`]));

test('a hundred clients that send a byte at a time delay nobody and are disconnected', ends, async () => {
  const start = `POST /refine/events HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n`;
  // Half of them never end the head, the others never end the body.
  const clients = await Promise.all(
    Array.from({ length: 100 }, (_, n) => open(n % 2 ? `${start}X: ` : `${start}Content-Length: 1000\r\n\r\n`)),
  );
  const drip = setInterval(() => clients.forEach(({ socket }) => socket.writable && socket.write('a')), 500);
  let closed = 0;
  const all = Promise.all(clients.map((client) => client.closed.then(() => ++closed)));
  assert.equal((await send(server, 'GET', '/_health')).status, 200);
  assert.equal((await post(server, [event('view')])).status, 200);
  assert.equal(closed, 0, 'the requests were served while all clients were still sending');
  await all;
  clearInterval(drip);
});

test('a request that is handled for longer than the deadline of a request gets its reply', ends, async () => {
  await fault(server, { target: 'recs', delayMs: 7000 });
  const slow = send(server, 'POST', '/refine/recs', { body: '{}' });
  const unused = await open('');
  await unused.closed;
  assert.equal((await slow).status, 401);
});

test('more clients than the server has threads are all served in turn', ends, async () => {
  const idle = await Promise.all(Array.from({ length: 300 }, () => open('')));
  assert.equal((await send(server, 'GET', '/_health')).status, 200);
  await Promise.all(idle.map((client) => client.closed));
});

test('the own names of the server are served with its own port only', async () => {
  for (const name of ['127.0.0.1', 'localhost', 'LocalHost', '[::1]']) {
    assert.equal(await withHost(`${name}:${server.port}`), 200, name);
    assert.equal(await withHost(`${name}:${server.port + 1}`), 421, name);
    assert.equal(await withHost(name), 421, name);
  }
});

test('names of the option --host are served, with any port if they have none', async () => {
  for (const host of ['shop.test', 'SHOP.test:1', `shop.test:${server.port}`, 'other.test:8080'])
    assert.equal(await withHost(host), 200, host);
  for (const host of ['other.test', 'other.test:80', 'a.shop.test', 'shop.test.evil.test', 'shop.test:1:2'])
    assert.equal(await withHost(host), 421, host);
});

test('a request for any other host gets 421 at every address, and a text that names the option', async () => {
  await post(server, [event('view', { visitorId: 'v_secret' })]);
  const port = server.port;
  const hosts = ['evil.test', `evil.test:${port}`, `127.0.0.1:${port}.evil.test`, `localhost.evil.test:${port}`];
  for (const host of [...hosts, '', `127.0.0.1:${port}@evil.test`, `127.0.0.1:${port}/`])
    for (const path of ['/', '/_events', '/refine/recs', '/nothing', '/ssr', '/dist/index.js']) {
      const reply = await raw('GET', path, [`Host: ${host}`]);
      assert.equal(statusOf(reply), 421, `${host} ${path}`);
      assert.doesNotMatch(reply, /v_secret/);
    }
  const refused = await raw('POST', '/_faults', ['Host: evil.test'], '{"target":"all","status":500}');
  assert.match(refused, /^HTTP\/1\.1 421 [\s\S]*\r\n\r\n[^\n]*--host NAME[^\n]*\n$/);
  assert.deepEqual((await send(server, 'GET', '/_faults')).body, { pending: [] });
});

test('a request without a Host header, or with two, gets 421', async () => {
  assert.equal(statusOf(await raw('GET', '/_events', ['Accept: */*'])), 421);
  const own = `Host: 127.0.0.1:${server.port}`;
  assert.equal(statusOf(await raw('GET', '/_events', [own, 'Host: evil.test'])), 421);
  assert.equal(statusOf(await raw('GET', '/_events', ['Host: evil.test', own])), 421);
});

/** Requests that a page of any origin can send without a preflight, and some that need one. */
const guarded = [
  ['GET', '/_events'],
  ['DELETE', '/_events'],
  ['GET', '/_faults'],
  ['POST', '/_faults', '{"target":"all","status":500}'],
  ['DELETE', '/_faults'],
  ['OPTIONS', '/_faults'],
  ['GET', '/_health'],
  ['GET', '/ssr?service=richrelevance'],
  ['POST', '/ssr/render', '{"account":{},"widget":{},"reply":"x"}'],
];
const foreign = [
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { origin: '' },
  { origin: 'http://127.0.0.1' },
  { origin: 'http://127.0.0.1:1' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
];
test('a page of another origin can neither read nor change events, faults or pages made of replies', async () => {
  await post(server, [event('view')]);
  const { total } = await stored(server);
  assert.ok(total > 0);
  for (const [method, path, body] of guarded)
    for (const headers of foreign) {
      const reply = await send(server, method, path, { body, headers: { 'content-type': 'text/plain', ...headers } });
      const what = `${method} ${path} ${JSON.stringify(headers)}`;
      assert.deepEqual([reply.status, reply.body.error.code], [403, 'foreign-origin'], what);
      assert.equal(reply.headers.get('access-control-allow-origin'), null);
    }
  assert.equal((await stored(server)).total, total);
  assert.deepEqual((await send(server, 'GET', '/_faults')).body, { pending: [] });
});

test('pages of the server itself and clients without a page may use the controls', async () => {
  for (const headers of [{ origin: server.url }, { 'sec-fetch-site': 'same-origin' }, { 'sec-fetch-site': 'none' }, {}])
    for (const [method, path] of guarded.filter(([method]) => method !== 'POST'))
      assert.ok((await send(server, method, path, { headers })).status < 300, `${method} ${path}`);
  const order = { body: '{"target":"search","status":500}', headers: { origin: server.url } };
  assert.equal((await send(server, 'POST', '/_faults', order)).status, 200);
  assert.equal((await send(server, 'DELETE', '/_faults', { headers: { origin: server.url } })).status, 200);
  const lines = ['Host: shop.test', 'Origin: https://shop.test'];
  assert.equal(statusOf(await raw('GET', '/_events', lines)), 200, 'behind a proxy that speaks TLS');
});

test('pages of other origins may still call the services and load files', async () => {
  const headers = { origin: 'https://shop.example', 'sec-fetch-site': 'cross-site', 'content-type': 'text/plain' };
  const body = JSON.stringify({ batchId: 'b', events: [event('view')] });
  assert.equal((await send(server, 'POST', '/refine/events', { body, headers })).status, 200);
  assert.equal((await send(server, 'GET', '/', { headers })).status, 200);
});

test('heads without a sensible size are refused before they fill the memory', async () => {
  const start = `GET /_health HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n`;
  const piece = 'a'.repeat(64 * 1024);
  const heads = {
    'a header of 64 KiB': [`${start}X: ${piece}\r\n\r\n`, 0],
    'a header of 100 MB': [`${start}X: `, 1600],
    'an address of 100 MB': ['GET /', 1600],
    'a hundred thousand headers': [start + 'X: a\r\n'.repeat(100_000) + '\r\n', 0],
    'a hundred headers of 8 KB': [start + `X: ${'a'.repeat(8000)}\r\n`.repeat(100) + '\r\n', 0],
    'an endless size of a chunk': [`${start.replace('GET', 'POST')}Transfer-Encoding: chunked\r\n\r\n1;`, 1600],
  };
  for (const [name, [head, pieces]] of Object.entries(heads)) {
    const client = await open(head);
    for (let i = 0; i < Number(pieces) && client.socket.writable; ++i)
      await new Promise((resolve) => client.socket.write(piece, resolve));
    assert.match(await client.closed, /^$|^HTTP\/1\.1 4\d\d /, name);
    assert.equal((await send(server, 'GET', '/_health')).status, 200, name);
  }
});

test('addresses of up to 8,000 characters are served', async () => {
  assert.equal((await send(server, 'GET', `/${'a'.repeat(8000)}`)).status, 404);
  assert.equal((await send(server, 'GET', `/_events?visitorId=${'a'.repeat(7900)}`)).status, 200);
});

test('a form of several parts is a 415', async () => {
  const body = new FormData();
  body.set('a', 'b');
  const { status, body: reply } = await send(server, 'POST', '/refine/events', { body });
  assert.deepEqual([status, reply.error.code], [415, 'unsupported-media-type']);
});

test('the help text describes all options', async () => {
  const { child, exit } = await launch(['--help']);
  assert.equal(exit ?? (await new Promise((resolve) => child.once('exit', resolve))), 0);
  for (const args of [['--host'], ['--host', '']]) assert.match((await launch(args)).errors, /--host NAME/);
});
