// The schema docs/event.schema.json accepts what the core sends and refuses what it never sends.
// The examples of docs/wire.md fit it too.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import Ajv from 'ajv/dist/2020.js';
import { readEffects } from '../../tools/seam.mjs';
import { openRuntime } from './core.mjs';

const schema = JSON.parse(readFileSync(new URL('../../docs/event.schema.json', import.meta.url), 'utf8'));
/** @type {((batch: unknown) => boolean) & { errors?: object[] }} */
const validate = new Ajv({ allErrors: true, strictRequired: false }).compile(schema);
const now = 1_700_000_000_000;

/** Returns the batch that is sent after a shopper has done everything that is recorded. */
const batch = (config = {}) => {
  const provider = { name: 'refine', apiKey: 'k', organizationId: 'o', catalogId: 'c', apiUrl: 'https://api.example' };
  const boot = {
    config: { provider, autoTrack: true, ...config },
    webdriver: 1,
    seed: '000102030405060708090a0b0c0d0e0f',
    page: { url: 'https://shop.example/?q=1', referrer: 'https://search.example/', viewing: 'b' },
    storage: 'memory',
  };
  const runtime = openRuntime(JSON.stringify(boot), now);
  const filters = [{ field: 'price', operator: 'lte', value: 20 }];
  const search = {
    surface: 'search_results',
    source: 'search',
    itemIds: ['a', 'b'],
    totalResults: 2,
    query: 'é',
    filters,
    sortBy: 'price_asc',
  };
  const context = runtime.serve(JSON.stringify(search), now);
  runtime.serve(
    JSON.stringify({
      surface: 'product_page',
      source: 'similar-items',
      itemIds: [],
      anchorId: 'a',
      serveId: 'sv_given',
    }),
    now,
  );
  runtime.itemEvent(context, 'view', 'a', 0, 0, now + 1);
  const watch = runtime.watch(context, 'b', 1, now + 1);
  runtime.itemVisible(watch, 300_000, 600_000, 500_000, 1);
  runtime.checkViews(1001, now + 2);
  runtime.itemEvent(context, 'click', 'b', -1, 0, now + 2);
  runtime.itemEvent(context, 'addToCart', 'b', 1, 3, now + 3);
  runtime.identify('u "1"', now + 4);
  const items = [
    { itemId: 'b', quantity: 3, unitPrice: 0.1 },
    { itemId: 'c', quantity: 0.75, unitPrice: -0.1 },
  ];
  runtime.shopEvent('purchase', JSON.stringify({ orderId: 'o1', value: 10.3, currency: 'EUR', items }), '', now + 6);
  const report = (kind, payload) => runtime.shopEvent(kind, JSON.stringify(payload), '', now + 7);
  const details = { title: 'Cape', unitPrice: 69.9, currency: 'EUR' };
  report('viewItem', { itemId: 'b', ...details });
  report('addToCart', { itemId: 'b', quantity: 0.5, ...details });
  report('removeFromCart', { itemId: 'b', quantity: 1, ...details });
  report('viewItem', { itemId: 'c', availability: 'out_of_stock' });
  report('clearCart', {});
  report('search', { query: 'boots', totalResults: 24, filters, sortBy: { field: 'price', order: 'ascending' } });
  report('custom', { name: 'newsletter_signup', properties: { form: 'footer', type: 'click' } });
  runtime.identify('u2', now + 8);
  const send = readEffects(runtime.drainEffects()).find(({ verb }) => verb === 'send');
  return JSON.parse(send.body);
};

test('every type of event that the core sends fits the schema', () => {
  const sent = batch();
  assert.deepEqual([...new Set(sent.events.map(({ type }) => type))].sort(), [
    'addToCart',
    'clearCart',
    'click',
    'custom',
    'identify',
    'itemsServed',
    'pageView',
    'purchase',
    'removeFromCart',
    'search',
    'view',
    'viewItem',
  ]);
  assert.ok(validate(sent), JSON.stringify(validate.errors, null, 1));
});

test('a measured view has its rule, an order its attribution, and an event of a program is marked', () => {
  const { events } = batch();
  const [, view] = events.filter(({ type }) => type === 'view');
  assert.deepEqual([view.itemId, view.rule, view.ratio, view.visibleMs], ['b', 'mrc-large-viewport', 0.6, 1000]);
  const [item, other] = events.find(({ type }) => type === 'purchase').items;
  assert.deepEqual(
    [item.attribution.source, item.attribution.touchedAt, other.attribution],
    ['search', now + 3, undefined],
  );
  assert.ok(events.every(({ bot }) => bot === 'webdriver'));
});

test('a page view has the id of the product that the page is about', () => {
  assert.equal(batch().events.find(({ type }) => type === 'pageView').itemId, 'b');
});

test('anonymous events fit the schema and carry no id', () => {
  const sent = batch({ consent: 'anonymous' });
  assert.ok(validate(sent), JSON.stringify(validate.errors, null, 1));
  for (const event of sent.events) for (const id of ['visitorId', 'sessionId', 'userId']) assert.ok(!(id in event));
});

test('the schema refuses what the core never sends', () => {
  const spoil = (change) => {
    const sent = batch();
    change(sent);
    return validate(sent);
  };
  const event = (sent, type) => sent.events.find((candidate) => candidate.type === type);
  assert.ok(spoil(() => {}));
  assert.ok(!spoil((sent) => (sent.events = [])));
  assert.ok(!spoil((sent) => (sent.extra = 1)));
  assert.ok(!spoil((sent) => (sent.events[0].type = 'hover')));
  assert.ok(!spoil((sent) => (sent.events[0].eventId = 'x')));
  assert.ok(!spoil((sent) => delete sent.events[0].pageId));
  assert.ok(!spoil((sent) => delete sent.events[0].sessionId));
  assert.ok(!spoil((sent) => (event(sent, 'click').email = 'a@b')));
  assert.ok(!spoil((sent) => (event(sent, 'view').position = -1)));
  assert.ok(!spoil((sent) => delete event(sent, 'addToCart').serveId));
  assert.ok(!spoil((sent) => (sent.events.findLast(({ type }) => type === 'addToCart').serveId = 'sv_1')));
  assert.ok(!spoil((sent) => delete event(sent, 'custom').name));
  assert.ok(!spoil((sent) => (event(sent, 'custom').properties = [])));
  assert.ok(!spoil((sent) => delete event(sent, 'search').query));
  assert.ok(!spoil((sent) => (event(sent, 'viewItem').quantity = 1)));
  assert.ok(!spoil((sent) => (event(sent, 'removeFromCart').quantity = 0)));
  assert.ok(!spoil((sent) => (event(sent, 'removeFromCart').availability = 'missing')));
  assert.ok(!spoil((sent) => (event(sent, 'clearCart').itemId = 'a')));
  assert.ok(!spoil((sent) => delete event(sent, 'addToCart').attribution.serveId));
  assert.ok(!spoil((sent) => (event(sent, 'view').rule = 'half')));
  assert.ok(!spoil((sent) => delete event(sent, 'pageView').url));
  assert.ok(!spoil((sent) => (event(sent, 'purchase').currency = 'eur')));
  assert.ok(!spoil((sent) => (event(sent, 'purchase').items = [])));
});

/** The JSON examples of docs/wire.md: one batch, then one event of each type. */
const examples = [
  ...readFileSync(new URL('../../docs/wire.md', import.meta.url), 'utf8').matchAll(/^```json\n(.*?)\n```$/gms),
].map(([, text]) => JSON.parse(text));

test('the examples of docs/wire.md fit the schema', () => {
  const [whole, ...events] = examples;
  assert.ok(validate(whole), JSON.stringify(validate.errors, null, 1));
  for (const event of events)
    assert.ok(validate({ ...whole, events: [event] }), `${event.type}: ${JSON.stringify(validate.errors, null, 1)}`);
});

test('docs/wire.md has one example of every event type, with its members in the order of the core', () => {
  const events = examples.slice(1);
  assert.deepEqual(events.map(({ type }) => type).sort(), [...schema.$defs.event.properties.type.enum].sort());
  const real = batch().events;
  for (const event of events) {
    const found = real.find(({ type }) => type === event.type);
    if (!found) continue;
    const common = Object.keys(event).filter((name) => name in found);
    assert.deepEqual(
      Object.keys(found).filter((name) => name in event),
      common,
      event.type,
    );
  }
});
