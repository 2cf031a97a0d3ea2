// Searches, listings and suggestions of the demo server, in the protocol of each service.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { fixture, startServer } from './server.mjs';
import { fault, send, stored } from './wire.mjs';

let server;
before(async () => (server = await startServer({ root: fixture })));
after(() => server.stop());
beforeEach(() => send(server, 'DELETE', '/_events'));

const get = (path, parameters = {}) => send(server, 'GET', `${path}?${new URLSearchParams(parameters)}`);
const prices = { 'T-07': [199, 249] };

describe('Depict', () => {
  const shop = { merchant: 'osier', market: 'eu', locale: 'en' };
  const post = (path, body) =>
    send(server, 'POST', `/depict/v3/${path}`, {
      body: JSON.stringify({ ...shop, ...body }),
      headers: { 'content-type': 'application/json' },
    });
  const search = (body) => post('search/results', body);
  const idsOf = ({ body }) => body.displays.map(({ variant_displays: [display] }) => display.product_id);
  const wrong = ({ status, body }) => [
    status,
    ...body.detail.map(({ loc, type }) => `${loc.join('.')} ${type}`).sort(),
  ];

  test('a search has displays with an id each, a total, facets and orders', async () => {
    const { status, body } = await search({ query: 'mug', session_id: 's1', limit: 1 });
    assert.equal(status, 200);
    assert.equal(body.n_hits, 2);
    assert.match(body.search_request_id, /^[0-9a-f-]{36}$/);
    const [{ search_result_id, variant_index, variant_displays }] = body.displays;
    assert.match(search_result_id, /^[0-9a-f-]{36}$/);
    assert.equal(variant_index, 0);
    assert.equal(variant_displays[0].page_url, `${server.url}/product/${variant_displays[0].product_id}`);
    assert.deepEqual(
      body.filters.map(({ field, meta: { group_title, type } }) => [field, group_title, type]),
      [
        ['brand', 'Brand', 'checkbox'],
        ['color', 'Colour', 'checkbox'],
        ['category', 'Category', 'checkbox'],
        ['sale_price', 'Price', 'range'],
      ],
    );
    assert.deepEqual(body.filters[0].meta.values, ['Oda']);
    assert.deepEqual(body.filters[0].meta.counts, [2]);
    assert.deepEqual([body.filters[3].meta.min, body.filters[3].meta.max], [12.5, 14]);
    assert.ok(body.sorts.some(({ field, order }) => field === 'sale_price' && order === 'desc'));
  });

  test('the cursor continues behind the last product, and ends with the list', async () => {
    const first = await search({ query: 'audio', limit: 4, sort: { field: 'sale_price', order: 'asc' } });
    const { cursor } = first.body;
    const second = await search({ query: 'audio', limit: 4, sort: { field: 'sale_price', order: 'asc' }, cursor });
    const all = await search({ query: 'audio', sort: { field: 'sale_price', order: 'asc' } });
    assert.deepEqual([...idsOf(first), ...idsOf(second)], idsOf(all));
    assert.equal(idsOf(all).length, 6);
    assert.equal('cursor' in second.body, false);
  });

  test('a listing has the products of the category, and filters narrow it', async () => {
    const all = await post('listings/external_id/Audio/products', {});
    assert.equal(all.body.n_hits, 6);
    assert.match(all.body.displays[0].product_listing_result_id, /^[0-9a-f-]{36}$/);
    assert.match(all.body.product_listing_request_id, /^[0-9a-f-]{36}$/);
    const brae = await post('listings/external_id/Audio/products', {
      filters: [
        { field: 'brand', op: 'in', data: ['Brae'] },
        { field: 'sale_price', op: 'leq', data: 100 },
      ],
    });
    assert.ok(brae.body.n_hits < all.body.n_hits);
    for (const {
      variant_displays: [display],
    } of brae.body.displays)
      assert.ok(display.brand === 'Brae' && display.sale_price <= 100);
    // A second brand can still be chosen.
    assert.ok(brae.body.filters[0].meta.values.length > 1);
  });

  test('a request that the OpenAPI forbids is refused with all complaints', async () => {
    assert.deepEqual(wrong(await search({ limit: 251, cursor: 'x'.repeat(501), user_id: 'u' })), [
      422,
      'body.cursor string_too_long',
      'body.limit less_than_equal',
      'body.user_id extra_forbidden',
    ]);
    const unknown = [{ field: 'brand', op: 'match', data: 'x' }];
    assert.deepEqual(wrong(await search({ filters: unknown })), [422, 'body.filters.0.op enum']);
    assert.deepEqual(wrong(await search({ sort: { field: 'sale_price' } })), [422, 'body.sort.order missing']);
    assert.deepEqual(wrong(await search({ cursor: 'nonsense' })), [422, 'body.cursor value_error']);
    assert.deepEqual(wrong(await search({ merchant: 'other' })), [422, 'body.merchant value_error']);
    assert.equal((await get('/depict/v3/search/results')).status, 405);
  });

  test('suggestions are words and categories', async () => {
    const { body } = await get('/depict/v3/search/suggestions', { ...shop, query: 'ki', session_id: 's' });
    assert.match(body.suggestions_request_id, /^[0-9a-f-]{36}$/);
    const of = (type) => body.suggestions.filter((suggestion) => suggestion.type === type);
    assert.equal(of('query')[0].title, 'kitchen');
    assert.deepEqual([of('listing')[0].title, of('listing')[0].external_id], ['Kitchen', 'Kitchen']);
    assert.deepEqual(wrong(await get('/depict/v3/search/suggestions', { query: 'ki' })).slice(0, 2), [
      422,
      'body.locale missing',
    ]);
  });
});

describe('Doofinder', () => {
  const hashid = 'de8f052ea612f95b6950d4013dd6ef38';
  const search = (parameters) => get(`/doofinder/6/${hashid}/_search`, parameters);
  const idsOf = ({ body }) => body.results.map(({ id }) => id);

  test('a search has pages, a total and facets', async () => {
    const first = await search({ query: 'audio', rpp: 4, 'sort[0][best_price]': 'asc' });
    assert.equal(first.status, 200);
    const { total, page, results_per_page, facets, results } = first.body;
    assert.deepEqual([total, page, results_per_page], [6, 1, 4]);
    const second = await search({ query: 'audio', rpp: 4, page: 2, 'sort[0][best_price]': 'asc' });
    assert.deepEqual([idsOf(first).length, idsOf(second).length], [4, 2]);
    const sorted = [...results, ...second.body.results].map(({ best_price }) => best_price);
    assert.deepEqual(
      sorted,
      sorted.toSorted((a, b) => a - b),
    );
    assert.deepEqual(Object.keys(facets).toSorted(), ['best_price', 'brand', 'categories', 'color']);
    assert.equal(facets.categories.terms.buckets[0].key, 'Audio');
    const headphones = (await search({ query: 'T-07' })).body.results[0];
    assert.deepEqual([headphones.sale_price, headphones.price], prices['T-07']);
    assert.equal(headphones.link, `${server.url}/product/T-07`);
    assert.match(headphones.dfid, new RegExp(`^${hashid}@product@[0-9a-f]{32}$`));
  });

  test('without words it lists, and filters include, exclude and bound', async () => {
    const all = await search({ query: '', 'filter[categories][0]': 'Audio', 'indices[0]': 'product', random: 5 });
    assert.equal(all.body.total, 6);
    const brae = await search({ query: '', 'filter[categories][0]': 'Audio', 'filter[brand][0]': 'Brae' });
    const rest = await search({ query: '', 'filter[categories][0]': 'Audio', 'exclude[brand][0]': 'Brae' });
    assert.equal(brae.body.total + rest.body.total, 6);
    const cheap = await search({ query: '', 'filter[best_price][lte]': 20, 'filter[best_price][gt]': 9 });
    assert.ok(cheap.body.results.every(({ best_price }) => best_price > 9 && best_price <= 20));
    assert.ok(cheap.body.total > 0);
  });

  test('a wrong parameter is refused by its name', async () => {
    const details = async (parameters) => {
      const { status, body } = await search(parameters);
      return [status, ...Object.keys(body.details ?? {})];
    };
    assert.deepEqual(await details({ rpp: 101 }), [400, 'rpp']);
    assert.deepEqual(await details({ page: 0 }), [400, 'page']);
    assert.deepEqual(await details({ page: 1.5 }), [400, 'page']);
    assert.deepEqual(await details({ 'filter[size][0]': 'x' }), [400, 'filter[size][0]']);
    assert.deepEqual(await details({ 'filter[brand]': 'x' }), [400, 'filter[brand]']);
    assert.deepEqual(await details({ 'filter[best_price][gte]': 'x' }), [400, 'filter[best_price][gte]']);
    assert.deepEqual(await details({ 'sort[0][best_price]': 'up' }), [400, 'sort[0][best_price]']);
    assert.deepEqual(await details({ 'indices[0]': 'pages' }), [400, 'indices[0]']);
    assert.deepEqual(await details({ wrong: 1 }), [400, 'wrong']);
    assert.equal((await get('/doofinder/6/other/_search')).status, 404);
  });

  test('suggestions are terms', async () => {
    const { body } = await get(`/doofinder/6/${hashid}/_suggest`, { query: 'mu', 'indices[0]': 'product' });
    assert.equal(body.results[0].term, 'mug');
    assert.equal((await get(`/doofinder/6/${hashid}/_suggest`)).status, 400);
  });
});

describe('RichRelevance', () => {
  const base = '/richrelevance/rrserver/api/find/v1';
  const find = (parameters) =>
    get(`${base}/rr_demo_site`, { placement: 'search_page.find', sessionId: 's_1', userId: '', ...parameters });
  const docsOf = ({ body }) => body.placements[0].docs;
  const rows = async (type) => (await stored(server, { service: 'richrelevance', type })).events;

  test('a search has documents, a total and facets whose filters can be sent back', async () => {
    const all = await find({ query: 'audio', lang: 'en', ssl: true, rows: 3, start: 2, sort: 'salePriceCents DESC' });
    assert.equal(all.status, 200);
    const [placement] = all.body.placements;
    assert.equal(placement.numFound, 6);
    assert.match(placement.rcs, /^eF5j/);
    const cents = docsOf(all).map(({ salePriceCents }) => salePriceCents);
    assert.deepEqual([cents.length, cents.toSorted((a, b) => b - a)], [3, cents]);
    const { facet, values } = placement.facets[0];
    assert.equal(facet, 'brand_facet');
    const [{ filter, count, value }] = values;
    assert.equal(filter, `{!tag=brand_facet}brand:"${value}"`);
    const narrowed = await find({ query: 'audio', filter });
    assert.equal(narrowed.body.placements[0].numFound, count);
    assert.ok(docsOf(narrowed).every(({ brand }) => brand === value));
    const [served] = await rows('itemsServed');
    assert.equal(served.query, 'audio');
  });

  test('the address of a click is counted, and leads to the page of the product alone', async () => {
    const [{ id, clickUrl, linkId }] = docsOf(await find({ query: 'turntable' }));
    assert.deepEqual([id, linkId], ['T-11', '/product/T-11']);
    const follow = (url) => fetch(url, { redirect: 'manual' });
    const reply = await follow(clickUrl);
    assert.deepEqual([reply.status, reply.headers.get('location')], [302, `${server.url}/product/T-11`]);
    const [click] = await rows('click');
    assert.deepEqual([click.itemId, click.position, click.sent.query], ['T-11', 0, 'turntable']);
    const elsewhere = clickUrl.replace(/&ct=.*/, '&ct=https%3A%2F%2Fevil.example%2F');
    assert.equal((await (await follow(elsewhere)).json()).status, 'error');
    assert.equal((await rows('click')).length, 1);
  });

  test('a wrong parameter is an error with the status 200', async () => {
    const message = async (reply) => {
      const { status, body } = await reply;
      return [status, body.status, body.errormessage];
    };
    const invalid = (name) => [200, 'error', `Invalid value for parameter ${name}`];
    assert.deepEqual(await message(find({ query: '' })), [200, 'error', 'Missing required parameter: query']);
    assert.deepEqual(await message(find({ query: 'q', rows: 0 })), invalid('rows'));
    assert.deepEqual(await message(find({ query: 'q', start: -1 })), invalid('start'));
    assert.deepEqual(await message(find({ query: 'q', sort: 'price ASC' })), invalid('sort'));
    assert.deepEqual(await message(find({ query: 'q', sort: 'name UP' })), invalid('sort'));
    assert.deepEqual(await message(find({ query: 'q', filter: 'brand=Brae' })), invalid('filter'));
    assert.deepEqual(await message(find({ query: 'q', placement: 'home_page.a' })), invalid('placement'));
    assert.deepEqual(await message(get(`${base}/other`, { query: 'q' })), [200, 'error', 'Invalid apiKey']);
  });

  test('suggestions are a list of terms', async () => {
    const { body } = await get(`${base}/autocomplete/rr_demo_site`, { query: 'mu', lang: 'en', rows: 2 });
    assert.deepEqual(body.map(({ terms }) => terms).slice(0, 1), ['mug']);
    assert.equal(body.length, 2);
    const wrong = await get(`${base}/autocomplete/rr_demo_site`, { query: 'mu', rows: 'x' });
    assert.equal(wrong.body.errormessage, 'Invalid value for parameter rows');
  });
});

test('an ordered fault of searches reaches the search of each service', async () => {
  for (const [service, path] of [
    ['doofinder', '/doofinder/6/de8f052ea612f95b6950d4013dd6ef38/_search'],
    ['richrelevance', '/richrelevance/rrserver/api/find/v1/rr_demo_site'],
    ['depict', '/depict/v3/search/suggestions'],
  ]) {
    await fault(server, { service, target: 'search', mode: 'status', status: 503, count: 1 });
    assert.equal((await get(path)).status, 503, service);
  }
});
