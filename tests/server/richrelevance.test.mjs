// The RichRelevance protocol of the demo server, by the service's integration guide.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { fixture, startServer } from './server.mjs';
import { fault, send, stored } from './wire.mjs';

let server;
before(async () => (server = await startServer({ root: fixture })));
after(() => server.stop());
beforeEach(() => send(server, 'DELETE', '/_events'));

const keys = { apiKey: 'rr_demo_site', apiClientKey: 'rr_demo_client', sessionId: 's_1', userId: '' };
const path = '/richrelevance/rrserver/api/rrPlatform/recsForPlacements';
const queryOf = (parameters) =>
  new URLSearchParams(Object.entries({ ...keys, ...parameters }).filter(([, value]) => value !== undefined));
const recs = (placements, parameters) => send(server, 'GET', `${path}?${queryOf({ placements, ...parameters })}`);
const idsOf = (reply, place = 0) => reply.body.placements[place].recommendedProducts.map(({ id }) => id);
const rowsOf = async (type) => (await stored(server, { service: 'richrelevance', type })).events;

test("an item page has a placement of similar items in the service's format", async () => {
  const { status, headers, body } = await recs('item_page.horizontal', { productId: 'T-01', count: 24 });
  assert.equal(status, 200);
  assert.equal(headers.get('access-control-allow-origin'), '*');
  assert.equal(headers.get('expires'), 'Thu, 01 Jan 1970 00:00:00 GMT');
  assert.equal(body.status, 'ok');
  assert.match(body.viewGuid, /^[0-9a-f-]{36}$/);
  assert.match(body.rcs, /^eF5j/);
  const [{ recommendedProducts, ...placement }] = body.placements;
  assert.deepEqual(placement, {
    htmlElementId: 'item_page_0',
    placementType: 'item_page',
    placement: 'item_page.horizontal',
    strategyMessage: 'Similar items',
    html: '',
  });
  assert.equal(recommendedProducts.length, 23);
  const { clickURL, clickTrackingURL, ...product } = recommendedProducts.find(({ id }) => id === 'T-07');
  assert.deepEqual(product, {
    id: 'T-07',
    name: 'Quiet Headphones',
    brand: 'Nod',
    genre: 'default',
    rating: 4.5,
    numReviews: 530,
    priceCents: 24900,
    priceRangeCents: [24900, 24900],
    salePriceCents: 19900,
    salePriceRangeCents: [19900, 19900],
    isRecommendable: true,
    regionPriceDescription: '',
    regionalProductSku: 'T-07',
    productURL: `${server.url}/product/T-07`,
    imageURL: `${server.url}/img/t-07.svg`,
    attributes: { Color: ['Black'], Currency: ['EUR'], Tags: ['wireless', 'headphones'] },
    categoryIds: ['Audio'],
    categories: [
      { hasChildren: false, name: 'Audio', childCategories: [], ancestorCategories: [], id: 'Audio', isActive: false },
    ],
  });
  const click = new URL(clickURL);
  assert.equal(click.origin + click.pathname, `${server.url}/richrelevance/rrserver/apiclick`);
  const position = recommendedProducts.findIndex(({ id }) => id === 'T-07');
  const { ct, mvtTs, ...said } = Object.fromEntries(click.searchParams);
  assert.equal(ct, product.productURL);
  assert.deepEqual(said, {
    a: 'rr_demo_site',
    cak: 'rr_demo_client',
    vg: body.viewGuid,
    stid: '100',
    pti: '0',
    pa: 'item_page.horizontal',
    pos: String(position),
    p: 'T-07',
    channelId: 'rr_demo_client',
    s: 's_1',
    u: '',
    mvtId: '-1',
  });
  assert.ok(!new URL(clickTrackingURL).searchParams.has('ct'));
});

const pages = {
  home_page: {},
  item_page: { productId: 'T-01' },
  add_to_cart_page: { atcid: 'T-01|T-02' },
  cart_page: { productId: 'T-01|T-07' },
  brand_page: { fpb: 'Oda' },
  category_page: { categoryId: 'Garden' },
  search_page: { searchTerm: 'mug' },
  purchase_complete_page: { productId: 'T-01|T-07', o: 'o-1', q: '2|1', pp: '12.50|199' },
  personal_page: {},
  generic_page: {},
  error_page: {},
};
for (const [page, parameters] of Object.entries(pages)) {
  test(`a ${page} gets a reply, and an error names missing parameters`, async () => {
    const { body } = await recs(`${page}.rr1`, parameters);
    assert.equal(body.status, 'ok', body.errormessage);
    assert.ok(body.placements[0].recommendedProducts.length > 0);
    for (const name of page === 'cart_page' ? [] : Object.keys(parameters)) {
      const { status, body: refused } = await recs(`${page}.rr1`, { ...parameters, [name]: undefined });
      assert.deepEqual([status, refused.status], [200, 'error']);
      assert.match(refused.errormessage, new RegExp(`Missing required parameter: ${name}\\b`));
    }
  });
}

test('each placement of a page has its own strategy and products', async () => {
  const reply = await recs('item_page.horizontal|item_page.vertical|item_page.foot', { productId: 'T-01', count: 5 });
  assert.deepEqual(
    reply.body.placements.map(({ placement, strategyMessage }) => [placement, strategyMessage]),
    [
      ['item_page.horizontal', 'Similar items'],
      ['item_page.vertical', 'Customers also bought'],
      ['item_page.foot', 'Shop Top Sellers'],
    ],
  );
  const ids = [0, 1, 2].flatMap((place) => idsOf(reply, place));
  assert.equal(ids.length, 15);
  assert.equal(new Set(ids).size, 15);
});

test('an error is a 200 with an error message', async () => {
  const cases = [
    [{ apiKey: undefined }, 'Missing required parameter: apiKey'],
    [{ apiKey: 'other' }, 'Invalid apiKey'],
    [{ apiClientKey: '' }, 'Missing required parameter: apiClientKey'],
    [{ sessionId: undefined }, 'Missing required parameter: sessionId'],
    [{ placements: undefined }, 'Missing required parameter: placements'],
    [{ placements: 'home_page' }, 'Invalid placement: home_page'],
    [{ placements: 'home_page.a|cart_page.b' }, 'All placements must be for the same page type'],
    [{ placements: 'moon_page.a' }, 'Invalid page type: moon_page'],
    [{ count: '0' }, 'Invalid value for parameter count: 0'],
    [
      { placements: 'search_page.a', searchTerm: 'x', productId: Array(16).fill('T-01').join('|') },
      'Parameter productId takes up to 15 products',
    ],
    [{ jsonp: 'true' }, 'Invalid value for parameter jcp'],
    [{ jsonp: 'true', jcp: 'alert(1)//' }, 'Invalid value for parameter jcp'],
  ];
  for (const [parameters, message] of cases) {
    const { status, body } = await recs('home_page.a', parameters);
    assert.deepEqual([status, body], [200, { errormessage: message, status: 'error' }]);
  }
  assert.equal((await stored(server)).total, 0);
});

test('an incomplete purchase is refused', async () => {
  const order = pages.purchase_complete_page;
  /** @type {[any, any][]} */
  const cases = [
    [{ pp: '12.50' }, /differ in length/],
    [{ q: '2' }, /differ in length/],
    [{ q: '2|none' }, /Invalid value for parameter q: none/],
    [{ pp: '12,50|199' }, /Invalid value for parameter pp: 12,50/],
    [{ pp: undefined, ppc: '12.5|199' }, /Invalid value for parameter ppc: 12.5/],
    [{ pp: undefined }, /Missing required parameter: pp or ppc/],
  ];
  for (const [parameters, message] of cases)
    assert.match((await recs('purchase_complete_page.a', { ...order, ...parameters })).body.errormessage, message);
  assert.equal((await stored(server)).total, 0);
});

test('JSON-P calls the named function', async () => {
  const { headers, text } = await recs('home_page.a', { jsonp: 'true', jcp: 'shop.onRecs', count: 1 });
  assert.match(headers.get('content-type'), /^application\/javascript/);
  const body = /^\/\*\*\/shop\.onRecs\((.*)\);$/s.exec(text)[1];
  assert.equal(JSON.parse(body).status, 'ok');
});

test("the page's subject and each placement's serve are rows", async () => {
  const { body } = await recs('item_page.a|item_page.b', { productId: 'T-01', userId: 'u_1', count: 2 });
  const [view] = await rowsOf('pageView');
  assert.deepEqual(
    [view.anchorId, view.visitorId, view.sessionId, view.userId, view.surface],
    ['T-01', 's_1', 's_1', 'u_1', 'item_page'],
  );
  const served = await rowsOf('itemsServed');
  assert.deepEqual(
    served.map(({ source, serveId, anchorId }) => [source, serveId, anchorId]),
    [
      ['item_page.a', body.viewGuid, 'T-01'],
      ['item_page.b', body.viewGuid, 'T-01'],
    ],
  );
  assert.deepEqual(
    served[0].itemIds,
    body.placements[0].recommendedProducts.map(({ id }) => id),
  );
  assert.equal(served[0].sent.placements, 'item_page.a|item_page.b');
});

test('an add-to-cart page puts its products into the cart', async () => {
  await recs('add_to_cart_page.a', { atcid: 'T-07|CON-NC4P-15454W2K' });
  assert.deepEqual(
    (await rowsOf('addToCart')).map(({ itemId, quantity }) => [itemId, quantity]),
    [
      ['T-07', 1],
      ['CON-NC4P-15454W2K', 1],
    ],
  );
  assert.ok(!idsOf(await recs('home_page.a', { count: 24 })).includes('T-07'));
});

for (const [name, prices] of Object.entries({ pp: '12.50|199', ppc: '1250|19900' })) {
  test(`an order with ${name} is a row with its lines, stored once per order id`, async () => {
    const order = { ...pages.purchase_complete_page, pp: undefined, [name]: prices };
    for (let i = 0; i < 2; ++i) await recs('purchase_complete_page.a', order);
    const { events, rawDeliveries } = await stored(server, { type: 'purchase' });
    assert.deepEqual([events.length, rawDeliveries], [1, 2]);
    assert.deepEqual([events[0].orderId, events[0].value], ['o-1', 224]);
    assert.deepEqual(events[0].items, [
      { itemId: 'T-01', quantity: 2, unitPrice: 12.5 },
      { itemId: 'T-07', quantity: 1, unitPrice: 199 },
    ]);
  });
}

test('following a click address counts the click and leads to the product', async () => {
  const { body } = await recs('home_page.a', { count: 3 });
  const { id, clickURL, clickTrackingURL, productURL } = body.placements[0].recommendedProducts[2];
  const followed = await fetch(clickURL, { redirect: 'manual' });
  assert.deepEqual([followed.status, followed.headers.get('location')], [302, productURL]);
  const counted = await fetch(clickTrackingURL);
  assert.deepEqual(
    [counted.status, counted.headers.get('content-type'), (await counted.arrayBuffer()).byteLength],
    [200, 'image/gif', 43],
  );
  const clicks = await rowsOf('click');
  assert.equal(clicks.length, 2);
  for (const click of clicks)
    assert.deepEqual(
      [click.itemId, click.position, click.source, click.serveId, click.sessionId],
      [id, 2, 'home_page.a', body.viewGuid, 's_1'],
    );
});

test('a click address redirects only to product pages of the shop', async () => {
  const { body } = await recs('home_page.a', { count: 1 });
  for (const ct of ['https://evil.example/', 'javascript:alert(1)//product/T-01', '//evil.example/product/x']) {
    const url = new URL(body.placements[0].recommendedProducts[0].clickURL);
    url.searchParams.set('ct', ct);
    const reply = await fetch(url, { redirect: 'manual' });
    assert.deepEqual([reply.status, (await reply.json()).status], [200, 'error'], ct);
  }
  assert.equal((await rowsOf('click')).length, 0);
});

test('the cookie connects the sessions of a browser, and a changed cookie is ignored', async () => {
  const first = await recs('item_page.a', { productId: 'T-07' });
  await recs('item_page.a', { productId: 'T-09', rcs: first.body.rcs });
  const audio = (reply) =>
    idsOf(reply)
      .slice(0, 4)
      .filter((id) => id >= 'T-07' && id <= 'T-12').length;
  const later = { sessionId: 's_2', count: 8 };
  const stranger = await recs('home_page.a', later);
  const known = await recs('home_page.a', { ...later, rcs: first.body.rcs });
  assert.ok(audio(known) > audio(stranger));
  assert.equal(known.body.rcs, first.body.rcs);
  for (const rcs of ['nonsense', 'eF5j', 'eF5j****', `${first.body.rcs}A`, `${first.body.rcs.slice(0, -2)}zz`]) {
    const reply = await recs('home_page.a', { ...later, rcs });
    assert.equal(reply.body.status, 'ok');
    assert.equal(audio(reply), audio(stranger), rcs);
  }
});

test('parameters can leave out parts of the reply', async () => {
  const productOf = async (parameters) =>
    (await recs('home_page.a', { count: 3, ...parameters })).body.placements[0].recommendedProducts[0];
  assert.equal((await productOf({ categoryData: 'false' })).categories, undefined);
  assert.equal((await productOf({ excludeItemAttributes: 'true' })).attributes, undefined);
  assert.deepEqual(Object.keys(await productOf({ returnMinimalRecItemData: 'true' })).sort(), [
    'clickTrackingURL',
    'clickURL',
    'id',
    'imageURL',
    'name',
    'productURL',
  ]);
  assert.equal(await productOf({ excludeRecItems: 'true' }), undefined);
  const all = idsOf(await recs('home_page.a', { count: 24 }));
  assert.ok(!idsOf(await recs('home_page.a', { count: 24, bi: `${all[0]}|${all[1]}` })).includes(all[0]));
  const cheap = (await recs('home_page.a', { count: 24, minPriceFilter: 1000, maxPriceFilter: 2000 })).body
    .placements[0].recommendedProducts;
  assert.ok(cheap.length > 0 && cheap.every(({ salePriceCents }) => salePriceCents >= 1000 && salePriceCents <= 2000));
});

test('brand, category and search pages list their own products first', async () => {
  const first = async (placement, parameters) =>
    (await recs(placement, { ...parameters, count: 3 })).body.placements[0].recommendedProducts[0];
  assert.equal((await first('brand_page.a', { fpb: 'nod' })).brand, 'Nod');
  assert.equal((await first('category_page.a', { categoryId: 'Garden' })).categoryIds[0], 'Garden');
  assert.match((await first('search_page.a', { searchTerm: 'headphones' })).name, /Headphones/);
  assert.equal((await first('brand_page.a', { fpb: 'No Such' })).genre, 'default', 'falls back on what is popular');
});

test("ordered faults keep their status, and other errors have the service's format", async () => {
  await fault(server, { target: 'recs', service: 'richrelevance', status: 503, retryAfter: '2' });
  const { status, headers, body } = await recs('home_page.a');
  assert.deepEqual([status, headers.get('retry-after'), body.status], [503, '2', 'error']);
  assert.deepEqual((await send(server, 'POST', path)).body.status, 'error');
});
