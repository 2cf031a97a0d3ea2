// A shop with a collector of its own and no service, against a real server.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { after, before, beforeEach, test } from 'node:test';
import * as tracking from '../../dist/tracking.js';
import * as whole from '../../dist/index.js';

/** @type {any[]} */
const received = [];
const server = createServer(async (request, response) => {
  received.push(...JSON.parse(await text(request)).events);
  response.writeHead(204).end();
});
let url = '';
before(async () => {
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
  url = `http://127.0.0.1:${/** @type {any} */ (server.address()).port}/collect`;
});
beforeEach(() => void (received.length = 0));
after(() => server.close());

const order = { orderId: 'o', value: 1, currency: 'EUR', items: [{ itemId: 'a', quantity: 1 }] };

for (const [name, { Vitrine }] of Object.entries({ tracking, whole }))
  for (const provider of [undefined, { name: 'none' }])
    test(`${name}: with provider ${JSON.stringify(provider)} every event goes to events.url`, async () => {
      const faults = [];
      const config = /** @type {any} */ ({ provider, events: { url }, onError: (error) => faults.push(error.code) });
      const vitrine = new Vitrine(config);
      vitrine.identify('u');
      vitrine.events.trackItemsServed({ surface: 'home', source: 'curated', itemIds: ['a'] }).trackClick('a', 0);
      vitrine.events.trackPurchase(order);
      assert.deepEqual(await vitrine.events.flush(), { delivered: 4, remaining: 0 });
      assert.deepEqual(
        received.map(({ type }) => type),
        ['identify', 'itemsServed', 'click', 'purchase'],
      );
      await assert.rejects(vitrine.recs.trending(), { code: name === 'whole' ? 'no-service' : 'left-out' });
      assert.deepEqual(faults, []);
      await vitrine.close(0);
    });

test('under a misspelt provider nothing is sent, the events wait, and one line names the right name', async () => {
  const faults = [];
  const config = /** @type {any} */ ({
    provider: { name: 'depikt', tenant: 't' },
    events: { url },
    onError: (error) => faults.push([error.code, error.message]),
  });
  const vitrine = new whole.Vitrine(config);
  vitrine.events.trackPurchase(order);
  assert.deepEqual(await vitrine.events.flush(), { delivered: 0, remaining: 1, reason: 'no-service' });
  await assert.rejects(vitrine.recs.trending(), { type: 'validation', code: 'unknown-provider' });
  assert.equal(received.length, 0);
  assert.equal(faults.length, 1);
  assert.match(faults[0][1], /"depikt".* Did you mean "depict"\?$/);
  await vitrine.close(0);
});

test('without a provider and a collector the events wait, and one line says what is missing', async () => {
  const faults = [];
  const vitrine = new tracking.Vitrine({ onError: (error) => faults.push(error.code) });
  vitrine.events.trackPurchase(order);
  assert.deepEqual(await vitrine.events.flush(), { delivered: 0, remaining: 1, reason: 'no-service' });
  assert.deepEqual(faults, ['no-service']);
  assert.deepEqual(vitrine.events.getMetrics().dropped, {});
  await vitrine.close(0);
});
