// The package for shops that only track: it records the same events as the complete package, and rejects data calls
// with a clear error.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as tracking from '../../dist/tracking.js';
import * as whole from '../../dist/index.js';
import plainCore from '../../dist/vitrine-tracking-core.mjs';
import { serveRefine } from './refine_wire.mjs';

let service;
before(async () => (service = await serveRefine()));
after(() => service.close());

const open = ({ Vitrine }) =>
  new Vitrine({
    applicationType: 'server',
    consent: 'granted',
    provider: { name: 'refine', apiKey: 'k', organizationId: 'o', catalogId: 'c', apiUrl: service.url },
  });

/** Returns the events that one visit sends, without the values that differ from visit to visit. */
const eventsOf = async (vitrine) => {
  service.events.length = 0;
  vitrine.identify('user-1');
  const list = vitrine.events.trackSearch('boots', ['a', 'b'], { totalResults: 2 });
  list.trackClick('b', 1);
  list.trackAddToCart('b', { quantity: 2 });
  vitrine.setCart(['b']);
  vitrine.setViewing('b');
  vitrine.events.trackPurchase({
    orderId: 'o-1',
    value: 20,
    currency: 'EUR',
    items: [{ itemId: 'b', quantity: 2, unitPrice: 10 }],
  });
  vitrine.events.trackViewItem('c', { unitPrice: 10, currency: 'EUR' });
  vitrine.events.trackAddToCart('c');
  vitrine.events.trackRemoveFromCart('c');
  vitrine.events.trackSearch('boots');
  vitrine.events.track('signup', { form: 'footer' });
  assert.equal((await vitrine.events.flush()).delivered, 10);
  await vitrine.close();
  const differing = new Set(['eventId', 'at', 'serveId', 'visitorId', 'sessionId', 'pageId', 'touchedAt']);
  return JSON.parse(JSON.stringify(service.events, (key, value) => (differing.has(key) ? typeof value : value)));
};

test('it sends the same events as the complete package', async () => {
  assert.deepEqual(await eventsOf(open(tracking)), await eventsOf(open(whole)));
});

test('a data call rejects with an error that names the complete package, and tracking continues', async () => {
  const vitrine = open(tracking);
  const asked = service.asked.length;
  await assert.rejects(vitrine.recs.similarItems({ anchorId: 'a' }), {
    name: 'ValidationError',
    code: 'left-out',
    message: /use vitrine or vitrine.js/,
  });
  await assert.rejects(vitrine.search.text({ query: 'boots' }), { code: 'left-out' });
  assert.equal(service.asked.length, asked);
  assert.equal(vitrine.events.getMetrics().runtime, 'wasm');
  await vitrine.close();
});

test('its core exists as JavaScript too', () => {
  assert.equal(typeof plainCore, 'function');
  assert.equal(typeof tracking.usePlainCore, 'function');
});
