// Searches, listings and suggestions through the built package: one outcome for all services.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { ValidationError, Vitrine } from '../../dist/index.js';

const realFetch = globalThis.fetch;
/** Addresses and bodies of all requests, and the one reply to them. */
let asked;
let reply;
beforeEach(() => {
  asked = [];
  globalThis.fetch = async (url, { body }) => {
    asked.push(body ? JSON.parse(body) : url);
    return new Response(JSON.stringify(reply));
  };
});
afterEach(() => (globalThis.fetch = realFetch));

const shopOf = (t, provider) => {
  const vitrine = new Vitrine({ provider, events: { enabled: false } });
  t.after(() => vitrine.close());
  return vitrine;
};
const idsOf = ({ results }) => results.map(({ productId }) => productId);
const list = (count, entry) => Array.from({ length: count }, (_, i) => entry(`p${i + 1}`));
const depict = { name: 'depict', tenant: 't', market: 'm', locale: 'en' };

test('a page that the service does not have is cut by Vitrine from all pages up to it', async (t) => {
  const vitrine = shopOf(t, { name: 'refine', apiKey: 'pk', organizationId: 'o', catalogId: 'c' });
  reply = { serveId: 'sv', totalResults: 5, results: list(5, (productId) => ({ productId })) };
  const second = await vitrine.search.text({ query: 'q', topK: 2, page: 2 });
  assert.equal(asked[0].topK, 4);
  assert.deepEqual(idsOf(second), ['p3', 'p4']);
  assert.deepEqual([second.page, second.pages, second.appliedBy], [2, 3, { page: 'vitrine' }]);
  const third = await vitrine.search.text({ query: 'q', topK: 2, page: 3, excludeIds: ['p6'] });
  assert.equal(asked[1].topK, 6, 'a product that is left out is not replaced by one of the next page');
  assert.deepEqual(idsOf(third), ['p5']);
  const first = await vitrine.search.text({ query: 'q', topK: 2 });
  assert.deepEqual([idsOf(first), first.page, first.appliedBy], [['p1', 'p2'], 1, undefined]);
});

test('a page that the service has is the service’s', async (t) => {
  const vitrine = shopOf(t, { name: 'doofinder', hashid: 'h' });
  reply = {
    total: 31,
    facets: { brand: { label: 'Brand', terms: { buckets: [{ key: 'A', doc_count: 3 }] } } },
    results: list(10, (id) => ({ id, dfid: `h@product@${id}`, link: `https://shop/${id}` })),
  };
  const slate = await vitrine.search.category({ categoryId: 'Boots', topK: 10, page: 2 });
  assert.match(asked[0], /_search\?query=&.*&rpp=10&page=2&filter%5Bcategories%5D%5B0%5D=Boots$/);
  assert.deepEqual(
    [slate.results.length, slate.page, slate.pages, slate.totalResults, slate.appliedBy],
    [10, 2, 4, 31, { page: 'service' }],
  );
  assert.deepEqual(slate.facets, [{ field: 'brand', title: 'Brand', values: [{ value: 'A', count: 3 }] }]);
  assert.equal(slate.results[0].url, 'https://shop/p1');
});

test('suggestions are cut to the limit, and equal words make one request', async (t) => {
  const vitrine = shopOf(t, depict);
  reply = { suggestions_request_id: 'r', suggestions: list(5, (title) => ({ type: 'query', title })) };
  const { terms, results } = await vitrine.search.suggest({ query: 'p', limit: 2 });
  assert.deepEqual([terms, results], [[{ text: 'p1' }, { text: 'p2' }], []]);
  assert.equal((await vitrine.search.suggest({ query: 'p' })).terms.length, 5);
  assert.equal(asked.length, 1);
  reply = { suggestions_request_id: 'r', suggestions: [] };
  assert.deepEqual((await vitrine.search.suggest({ query: 'none' })).terms, []);
});

test('the cursor of an outcome leads to the products that follow', async (t) => {
  const vitrine = shopOf(t, depict);
  const display = (product_id) => ({ variant_displays: [{ product_id }], search_result_id: `r-${product_id}` });
  reply = { n_hits: 300, search_request_id: 's', cursor: 'next', displays: list(2, display) };
  const { cursor, results } = await vitrine.search.text({ query: 'q', topK: 2 });
  assert.deepEqual([cursor, results[0].reference], ['next', 'search_result_id:r-p1']);
  await vitrine.search.text({ query: 'q', topK: 2, cursor });
  assert.equal(asked[1].cursor, 'next');
});

test('a service without suggestions or listings rejects them with those that it has', async (t) => {
  const vitrine = shopOf(t, { name: 'refine', apiKey: 'pk', organizationId: 'o', catalogId: 'c' });
  for (const call of [vitrine.search.suggest({ query: 'q' }), vitrine.search.category({ categoryId: 'c', topK: 2 })]) {
    const error = await call.then(
      () => assert.fail('The call succeeds, and must be rejected.'),
      (problem) => problem,
    );
    assert.ok(error instanceof ValidationError);
    assert.equal(error.code, 'unsupported-kind');
    assert.match(error.message, /it has similarItems, forVisitor, forUser, searchText\. Call one of these\./);
  }
  assert.deepEqual(asked, []);
});
