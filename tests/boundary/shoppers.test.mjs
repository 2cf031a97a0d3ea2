// One server process that works for many shoppers: `vitrine.as`.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import v8 from 'node:v8';
import vm from 'node:vm';
import { ValidationError, Vitrine } from '../../dist/index.js';

v8.setFlagsFromString('--expose-gc');
const collectGarbage = vm.runInNewContext('gc');
const oneTurn = () => new Promise((resolve) => setImmediate(resolve));

const asked = [];
const events = [];
const realFetch = globalThis.fetch;
/** A service whose replies come later and out of order. Each product is named after whom the call was about. */
const reply = async (url, { body }) => {
  const given = JSON.parse(body);
  if (url.endsWith('/events')) {
    events.push(...given.events);
    return new Response(JSON.stringify({ status: 'success' }));
  }
  const number = asked.push(given);
  for (let turns = (number * 7) % 11; turns > 0; turns--) await oneTurn();
  const product = { productId: 'p', metadata: { name: `${given.userId} ${given.visitorId}`, price: 1 } };
  return new Response(JSON.stringify({ status: 'success', serveId: `s${number}`, results: [product] }));
};

let shop;
before(() => {
  globalThis.fetch = reply;
  shop = new Vitrine({
    provider: { name: 'refine', apiKey: 'pk', organizationId: 'o', catalogId: 'c' },
    // No event leaves by the time that has passed.
    events: { url: 'https://shop.test/events', flushInterval: 3_600_000 },
  });
});
after(async () => {
  await shop.close();
  globalThis.fetch = realFetch;
});

const query = { configId: 'picks', topK: 2 };

test('a thousand shoppers at once: each gets the own products, and each event names its own shopper', async () => {
  const numbers = Array.from({ length: 1000 }, (_, i) => i);
  const titles = await Promise.all(
    numbers.map(async (i) => {
      const shopper = shop.as({ userId: `user_${i}`, visitorId: `visitor-${i}`, sessionId: i });
      shopper.setCart([`item_${i}`]);
      const calls = [shopper.recs.forUser(query), shopper.recs.forVisitor(query), shopper.recs.forUser(query)];
      const slates = await Promise.all(calls);
      shopper.events.trackPurchase({
        orderId: `order_${i}`,
        value: 1,
        currency: 'EUR',
        items: [{ itemId: 'a', quantity: 1, unitPrice: 1 }],
      });
      await shopper.close();
      return slates.map(({ results }) => results[0].title);
    }),
  );
  titles.forEach(([known, visited, again], i) => {
    assert.equal(known, `user_${i} visitor-${i}`);
    assert.match(visited, new RegExp(`visitor-${i}$`));
    assert.equal(again, known);
  });
  const orders = events.filter(({ type }) => type === 'purchase');
  assert.equal(orders.length, 1000);
  for (const { orderId, userId, visitorId, sessionId } of orders) {
    const i = orderId.slice('order_'.length);
    assert.deepEqual([userId, visitorId, sessionId], [`user_${i}`, `visitor-${i}`, i]);
  }
  assert.equal(events.filter(({ type }) => type === 'identify').length, 0);
});

test('consent is the own one, and ids of nobody are in the calls of a shopper without it', async () => {
  const other = shop.as({ visitorId: 'v_seen', consent: 'anonymous' });
  assert.equal(other.getConsent(), 'anonymous');
  assert.equal(shop.getConsent(), 'granted');
  await other.recs.forVisitor(query);
  assert.ok(!JSON.stringify(asked.at(-1)).includes('v_seen'));
  await assert.rejects(other.recs.forUser(query), ValidationError);
  await other.close();
});

test('an instance that nobody holds any more sends its events and is freed', async () => {
  const before = events.length;
  (() => shop.as({ userId: 'forgotten' }).events.track('mail_opened', { campaign: 7 }))();
  for (let turn = 0; events.length === before; turn++) {
    assert.ok(turn < 2000, 'the instance is never freed');
    collectGarbage();
    await oneTurn();
  }
  assert.deepEqual(
    events.slice(before).map(({ name, userId }) => [name, userId]),
    [['mail_opened', 'forgotten']],
  );
});

test('a call in flight keeps its instance', async () => {
  const call = (() => shop.as({ userId: 'u' }).recs.forUser(query))();
  for (let i = 0; i < 20; i++) {
    collectGarbage();
    await oneTurn();
  }
  assert.equal((await call).results.length, 1);
});

test('bad ids are reported and ignored', async (t) => {
  const warn = t.mock.method(console, 'warn', () => {});
  const other = shop.as({ visitorId: ' ', userId: 'x'.repeat(257), sessionId: 's' });
  assert.equal(other.getUserId(), null);
  assert.match(other.getVisitorId(), /^v_\w{24}$/);
  assert.equal(other.getSessionId(), 's');
  await other.close();
  assert.equal(warn.mock.callCount(), 2);
  assert.match(String(warn.mock.calls[0].arguments), /"identity\.visitorId" must be an id/);
});

test("with each service, a shopper's own session counts before the configuration's", async () => {
  /** @type {{provider: any, sessionOf: (url: string, body: any) => string, query?: object, own?: string[]}[]} */
  const services = [
    {
      provider: { name: 'depict', tenant: 't', market: 'm' },
      sessionOf: (_url, body) => body.session_id,
      own: ['v1', 'v2'], // Depict's session is the visitor.
    },
    {
      provider: { name: 'richrelevance', apiKey: 'pk', apiClientKey: 'pk' },
      sessionOf: (url) => new URL(url).searchParams.get('sessionId'),
    },
    {
      provider: { name: 'doofinder', configs: { trending: 'w' } },
      sessionOf: (_url, body) => body.session_id,
      query: { url: 'https://shop.test/p' },
    },
  ];
  const ask = globalThis.fetch;
  const requests = [];
  globalThis.fetch = async (url, { body }) => {
    requests.push([String(url), body && JSON.parse(body)]);
    return new Response('{}');
  };
  try {
    for (const { provider, sessionOf, query, own = ['s1', 's2'] } of services) {
      requests.length = 0;
      const shared = new Vitrine({ provider: { ...provider, sessionId: 'shared' }, events: { enabled: false } });
      const users = [1, 2].map((i) => shared.as({ userId: `u${i}`, visitorId: `v${i}`, sessionId: `s${i}` }));
      for (const user of [shared, ...users]) await user.recs.trending({ topK: 2, ...query }).catch(() => {});
      for (const one of [...users, shared]) await one.close();
      const sessions = requests.map(([url, body]) => sessionOf(url, body));
      assert.deepEqual(sessions, ['shared', ...own], provider.name);
    }
  } finally {
    globalThis.fetch = ask;
  }
});
