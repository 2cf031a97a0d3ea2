import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, afterEach, before, test } from 'node:test';
import { fixture, startServer } from './server.mjs';
import { ask, event, post, send } from './wire.mjs';

let server;
before(async () => (server = await startServer({ root: fixture })));
after(async () => assert.equal(await server.stop(), 0));
afterEach(async () => assert.equal((await send(server, 'GET', '/_health')).body.status, 'ok'));

/** Writes bytes to a connection and reads until the server closes it. */
function converse(...parts) {
  return new Promise((resolve, reject) => {
    let reply = '';
    const socket = connect(server.port, '127.0.0.1', () => parts.forEach((part) => socket.write(part)));
    socket
      .on('data', (bytes) => (reply += bytes))
      .on('close', () => resolve(reply))
      .on('error', reject);
  });
}

/** The start of a POST of events, in bytes. */
const postHead = () => `POST /refine/events HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n`;

const json = (body) => ({ body, headers: { 'content-type': 'application/json', REFINE_API_KEY: 'pk_demo' } });
const endpoints = [
  '/refine/recs',
  '/refine/recs/visitor',
  '/refine/recs/user',
  '/refine/search/text',
  '/refine/events',
  '/_faults',
];

const badBodies = {
  nothing: '',
  'no JSON': 'hello',
  'half of JSON': '{"topK": 3,',
  'a list': '[]',
  'a number': '12',
  null: 'null',
  'JSON and more': '{} {}',
  'a comment': '{/* */}',
  'a number without end': '{"topK": 1e999}',
  'a lone surrogate': '{"query": "\\ud800"}',
  'a raw control character': '{"query": "\u0001"}',
  'malformed UTF-8': Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xc3, 0x28, 0xff, 0x22, 0x7d]),
  'overlong UTF-8': Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xc0, 0xaf, 0x22, 0x7d]),
  'deep lists': '{"a":' + '['.repeat(200_000) + ']'.repeat(200_000) + '}',
  'deep objects': '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000),
  'deep lists left open': '['.repeat(500_000),
};
for (const [name, body] of Object.entries(badBodies)) {
  test(`a body of ${name} is a 400 everywhere`, async () => {
    for (const endpoint of endpoints) {
      const reply = await send(server, 'POST', endpoint, json(body));
      assert.deepEqual(
        [reply.status, reply.body?.status, reply.body?.error?.code],
        [400, 'error', 'bad-json'],
        endpoint,
      );
    }
  });
}

test('brackets in texts do not count as nesting', async () => {
  assert.equal((await ask(server, '/search/text', { query: '[{"[{'.repeat(40), topK: 3 })).status, 200);
  assert.equal((await post(server, [event('itemsServed', { query: '["[\\"'.repeat(50) })])).status, 200);
});

test('a body of up to a mebibyte is accepted, a larger one is a 413', async () => {
  const padded = (bytes) => {
    const body = JSON.stringify({ batchId: 'b', events: [event('view')], padding: '' });
    return body.replace('"padding":""', `"padding":"${'x'.repeat(bytes - body.length)}"`);
  };
  assert.equal((await send(server, 'POST', '/refine/events', json(padded(1024 * 1024)))).status, 200);
  for (const bytes of [1024 * 1024 + 1, 5 * 1024 * 1024]) {
    const { status, body } = await send(server, 'POST', '/refine/events', json(padded(bytes)));
    assert.deepEqual([status, body.error.code], [413, 'body-too-large']);
  }
});

test('a body without an announced length is bounded too', async () => {
  const stream = (count) =>
    new ReadableStream({
      pull(controller) {
        if (count-- > 0) controller.enqueue(Buffer.alloc(64 * 1024, 32));
        else controller.close();
      },
    });
  const post = (body, more = {}) =>
    fetch(`${server.url}/refine/events`, /** @type {any} */ ({ method: 'POST', body, duplex: 'half', ...more }));
  const reply = await post(stream(40));
  assert.equal(reply.status, 413);
  const small = await post(new Blob([JSON.stringify({ batchId: 'b', events: [event('view')] })]).stream(), {
    headers: { 'content-type': 'text/plain' },
  });
  assert.equal(small.status, 200);
});

test('a body that is announced far beyond the bound is refused', async () => {
  assert.match(
    await converse(`${postHead()}Content-Length: 99999999999\r\nConnection: close\r\n\r\n`, 'x'),
    /^$|^HTTP\/1\.1 413 /,
  );
});

test('a known path with another method is a 405 that names the right ones', async () => {
  for (const [method, path, allowed] of [
    ['GET', '/refine/recs', 'OPTIONS, POST'],
    ['PUT', '/refine/events', 'OPTIONS, POST'],
    ['POST', '/_events', 'OPTIONS, DELETE, GET'],
    ['PATCH', '/_faults', 'OPTIONS, DELETE, GET, POST'],
    ['DELETE', '/_health', 'OPTIONS, GET'],
  ]) {
    const { status, headers, body } = await send(server, method, path);
    assert.deepEqual([status, headers.get('allow'), body.error.code], [405, allowed, 'method-not-allowed']);
  }
});

test('an unknown path is a 404 for every method', async () => {
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
    const { status, body } = await send(server, method, '/refine/nothing');
    assert.deepEqual([status, body.error.code], [404, 'not-found'], method);
  }
});

test('shops on other origins may call the service', async () => {
  for (const path of [
    '/refine/recs',
    '/refine/recs/visitor',
    '/refine/recs/user',
    '/refine/search/text',
    '/refine/events',
  ]) {
    const preflight = await send(server, 'OPTIONS', path, {
      headers: {
        origin: 'https://shop.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,refine_api_key',
      },
    });
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers.get('access-control-allow-origin'), '*');
    assert.match(preflight.headers.get('access-control-allow-methods'), /POST/);
    assert.match(preflight.headers.get('access-control-allow-headers').toLowerCase(), /content-type.*refine_api_key/);
  }
  for (const reply of [
    await ask(server, '/recs', {}),
    await ask(server, '/recs', { productId: 'T-01', topK: 1 }),
    await post(server, [event('view')]),
    await send(server, 'GET', '/refine/recs'),
  ])
    assert.equal(reply.headers.get('access-control-allow-origin'), '*');
  assert.equal((await send(server, 'GET', '/_events')).headers.get('access-control-allow-origin'), null);
});

test('malformed HTTP gets a reply or a closed connection and never stops the server', async () => {
  for (const bytes of [
    '\r\n\r\n',
    'nonsense\r\n\r\n',
    'GET\r\n\r\n',
    'GET / HTTP/9.9\r\n\r\n',
    'BREW /pot HTTP/1.1\r\n\r\n',
    `TRACE / HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nConnection: close\r\n\r\n`,
    `GET /${'a'.repeat(20_000)} HTTP/1.1\r\n\r\n`,
    `${postHead()}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\nZZZ\r\n`,
    `${postHead()}Content-Length: -5\r\nConnection: close\r\n\r\n`,
    `${postHead()}Connection: close\r\n\r\n`,
  ])
    assert.match(await converse(bytes), /^$|^HTTP\/1\.1 4\d\d /, bytes.slice(0, 40));
});

test('a client that disconnects in the middle of its body does no harm', async () => {
  await new Promise((resolve) => {
    const socket = connect(server.port, '127.0.0.1', () =>
      socket.write(`${postHead()}Content-Length: 1000\r\n\r\n{"batchId"`, () => {
        socket.destroy();
        resolve(undefined);
      }),
    );
  });
});

test('idle connections, as browsers open in advance, delay nobody', async () => {
  const idle = await Promise.all(
    Array.from(
      { length: 40 },
      () =>
        new Promise((resolve) => {
          const socket = connect(server.port, '127.0.0.1', () => resolve(socket));
          socket.on('error', () => {});
        }),
    ),
  );
  const replies = await Promise.all(
    Array.from({ length: 40 }, () => ask(server, '/recs', { productId: 'T-01', topK: 3 })),
  );
  assert.ok(replies.every((reply) => reply.status === 200));
  idle.forEach((socket) => socket.destroy());
});

test('a hundred concurrent shoppers all get replies', async () => {
  const shopper = async (n) => {
    const visitorId = `v_${n}`;
    const replies = [
      await post(server, [event('click', { visitorId, itemId: `T-${String(1 + (n % 24)).padStart(2, '0')}` })]),
      await ask(server, '/recs/visitor', { configId: 'home', visitorId, topK: 4 }),
      await ask(server, '/search/text', { query: 'mug', topK: 4 }),
      await send(server, 'GET', '/'),
    ];
    return replies.map((reply) => reply.status);
  };
  const statuses = await Promise.all(Array.from({ length: 100 }, (_, n) => shopper(n)));
  assert.ok(statuses.flat().every((status) => status === 200));
});
