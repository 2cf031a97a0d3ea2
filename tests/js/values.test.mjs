// Values that a shop passes to the public methods, with a fake of the core.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { effect } from './doubles/runtime.mjs';
import { openTab } from './doubles/tab.mjs';

/** @param {Record<string, any>} given `config` of the instance; the rest goes to openTab */
const open = ({ config, ...options } = {}) => {
  const tab = openTab(options);
  const js = tab.modules();
  const vitrine = new js.Vitrine({ provider: { name: 'refine' }, ...config });
  return { ...tab, js, vitrine };
};
const payload = (call) => JSON.parse(call[1]);

/** A core that refuses nothing, with the arguments of the calls of one name. */
const context = (vitrine) => vitrine.events.trackItemsServed({ surface: 's', source: 't', itemIds: ['a'] });

test('no value makes a method throw anything but a ValidationError, or stops the core', async () => {
  const { vitrine, js, core, said } = open();
  const list = context(vitrine);
  const hostile = new Proxy(
    {},
    {
      get() {
        throw Error('get');
      },
      ownKeys() {
        throw Error('keys');
      },
    },
  );
  const values = [undefined, null, 0, NaN, 7n, '', 'x', true, Symbol('s'), {}, [], [null], () => 1, hostile];
  const methods = {
    identify: (v) => vitrine.identify(v),
    setConsent: (v) => vitrine.setConsent(v),
    getVariant: (v) => vitrine.getVariant(v),
    setCart: (v) => vitrine.setCart(v),
    setCartOf: (v) => vitrine.setCart([v]),
    setViewing: (v) => vitrine.setViewing(v),
    navigate: (v) => vitrine.navigate(v),
    trackSearch: (v) => vitrine.events.trackSearch(v, v, v),
    trackSearchOf: (v) => vitrine.events.trackSearch('q', [v], { totalResults: v, filters: v }),
    trackRecommendations: (v) => vitrine.events.trackRecommendations(v, v, v, v, v),
    trackItemsServed: (v) => vitrine.events.trackItemsServed(v),
    trackPurchase: (v) => vitrine.events.trackPurchase(v),
    trackClick: (v) => list.trackClick(v, v),
    trackView: (v) => list.trackView('a', v),
    trackAddToCart: (v) => list.trackAddToCart('a', v),
    quantity: (v) => list.trackAddToCart('a', { quantity: v, position: v }),
  };
  for (const [name, call] of Object.entries(methods))
    for (const value of values)
      try {
        call(value);
      } catch (error) {
        assert.ok(error instanceof js.ValidationError, `${name}: ${error}`);
      }
  for (const value of values.slice(1).filter((v) => typeof v !== 'number'))
    await assert.rejects(vitrine.events.flushBeforeNavigation(value), { field: 'timeoutMs', code: 'bad-argument' });
  await assert.rejects(vitrine.recs.similarItems({ anchorId: 7n }), { field: 'anchorId', code: 'bad-argument' });
  await assert.rejects(vitrine.recs.trending(hostile), { field: 'query' });
  await assert.rejects(vitrine.recs.trending({}, { signal: 7 }), { field: 'signal' });
  assert.equal(core.of('request').length, 0);
  assert.equal(vitrine.events.getMetrics().runtime, 'wasm');
  assert.deepEqual(said, []);
});

test('a quantity reaches the core as it was given, and what JSON cannot express as a mark that is refused', () => {
  const { vitrine, core } = open();
  const list = context(vitrine);
  for (const quantity of [undefined, null, 0.75, 0, '2', 2n, true, NaN]) list.trackAddToCart('a', { quantity });
  list.trackAddToCart('a', null);
  assert.deepEqual(
    core.of('shopEvent').map(([, , json]) => JSON.parse(json).quantity),
    [undefined, null, 0.75, 0, '2', '\0\0', true, '\0\0', undefined],
  );
});

test('a configuration that throws wherever it is read starts the core with the rest of it', () => {
  const { js, core, said } = open();
  const config = {
    provider: { name: 'refine' },
    timeout: 10000n,
    calls: { retries: NaN },
    get consent() {
      throw Error('no');
    },
    events: {
      onMetrics() {},
      get url() {
        throw Error('no');
      },
    },
  };
  config.calls.owner = config;
  const { vitrine } = { vitrine: new js.Vitrine(config) };
  new js.Refine(undefined);
  new js.Refine({
    apiKey: 'k',
    get organizationId() {
      throw Error('no');
    },
  });
  const [, first, , last] = core.of('new').map((call) => JSON.parse(call[1]));
  const mark = '\0\0';
  assert.deepEqual(first.config, {
    provider: { name: 'refine' },
    timeout: mark,
    calls: { retries: mark, owner: mark },
    consent: mark,
    events: { onMetrics: mark, url: mark },
  });
  assert.equal(first.notify, 1);
  assert.deepEqual(last.config.provider, { name: 'refine', apiKey: 'k', organizationId: mark });
  assert.equal(vitrine.getConsent(), 'granted');
  assert.deepEqual(said, []);
});

test('navigate takes a text or an address object, and refuses everything else', () => {
  const { vitrine, core } = open();
  vitrine.navigate('https://shop.example/a');
  vitrine.navigate(new URL('https://shop.example/b'));
  assert.deepEqual(
    core.of('navigateBy').map((call) => call[2]),
    ['https://shop.example/a', 'https://shop.example/b'],
  );
  for (const url of [null, {}, Symbol('s'), 7n, true])
    assert.throws(() => vitrine.navigate(url), { name: 'ValidationError', field: 'url' });
});

test('the serve id of a search survives whatever the shop does with the results', async () => {
  const { vitrine, core } = open();
  let replies = 0;
  const search = async (query) => {
    const serveId = `sv_${query}_${++replies}`;
    const outcome = vitrine.search.text({ query });
    const results = ['a', 'b', 'c'].map((productId) => ({ productId, title: productId, metadata: {} }));
    core.next = effect('settle', {
      callId: core.of('request').at(-1)[1],
      ok: true,
      json: JSON.stringify({ serveId, results }),
    });
    return (await outcome).results;
  };
  const results = await search('boots');
  // As Vue's reactive() does: an own proxy for each object that is read, and none of them is the original.
  const reactive = (object) =>
    new Proxy(object, {
      get: (target, name) => {
        const value = Reflect.get(target, name);
        return typeof value === 'object' && value !== null ? reactive(value) : value;
      },
    });
  const served = (query, products, options) => {
    vitrine.events.trackSearch(query, products, options);
    return payload(core.of('serve').at(-1)).serveId;
  };
  const own = 'sv_boots_1';
  assert.equal(served('boots', results), own);
  assert.equal(served('boots, cleaned', results.slice(1)), own, 'the products themselves need no query');
  assert.equal(served('anything', results.filter(({ productId }) => productId !== 'b').reverse()), own);
  for (const products of [
    results.map((product) => ({ ...product })),
    results.map(({ productId }) => ({ id: productId })),
    results.map(({ productId }) => productId),
    JSON.parse(JSON.stringify(results)),
    structuredClone(JSON.parse(JSON.stringify(results))),
    reactive(results),
    reactive(results).slice(0, 2),
    new Set(results),
    [],
  ])
    assert.equal(served('boots', products), own);
  assert.equal(served('boots', results, { serveId: 'sv_mine' }), 'sv_mine', 'an explicit one is never overwritten');
  assert.equal(served('boots', ['a', 'b', 'c'], { serveId: 'sv_mine' }), 'sv_mine');
  assert.equal(served('boots', results, { serveId: undefined }), own);
  assert.equal(served('boots', ['a', 'z']), undefined, 'another list of the shop');
  assert.equal(served('sandals', ['a', 'b']), undefined, 'another search of the shop');
  const again = await search('boots');
  assert.equal(served('boots', ['a']), 'sv_boots_2', 'the latest search with these words');
  assert.equal(served('boots', results), own);
  assert.equal(served('boots', [results[0], again[1]]), 'sv_boots_2', 'products of two replies: by their ids');
  vitrine.events.trackItemsServed({ surface: 's', source: 't', itemIds: results });
  assert.equal(payload(core.of('serve').at(-1)).serveId, own);
  for (let i = 0; i < 12; i++) await search(`other ${i}`);
  assert.equal(served('boots', ['a']), undefined, 'too long ago');
  assert.equal(served('boots', results), own, 'the array itself is never forgotten');
});
