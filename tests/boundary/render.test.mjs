// Every template, for every service, in every language: the native core, wasm in a page's session, and renderWidget in
// Node write the same bytes.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readEffects } from '../../tools/seam.mjs';
import { load, openRuntime } from './core.mjs';

const replayTool = fileURLToPath(new URL('../../build/dev/vitrine-replay', import.meta.url));
const now = 1_700_000_000_000;

const refine = {
  serveId: 'sv_1',
  results: [
    {
      productId: 'a',
      title: 'Ärmel <b>',
      price: 12.9,
      currency: 'EUR',
      imageUrl: '/a.jpg',
      productUrl: '/p/a',
      metadata: { originalPrice: 20, brand: 'Ö & Co', rating: 4.45, ratingCount: 1, url: '/p/a' },
    },
    {
      productId: 'b"',
      title: 'B',
      price: 1234567.5,
      currency: 'SEK',
      metadata: { url: 'javascript:alert(1)', rating: 3, ratingCount: 2000000 },
    },
    { productId: 'c', title: 'C', price: 0, metadata: {} },
  ],
};
const vendors = {
  refine: [{ apiKey: 'k', organizationId: 'o', catalogId: 'c' }, refine],
  depict: [
    { tenant: 't', market: 'm', configs: { forVisitor: 'front_page' }, currency: 'SEK' },
    {
      recommendation_id: 'r1',
      displays: [
        {
          recommendation_id: 'd1',
          product_id: 'a',
          display_id: 'a',
          title: 'Ärmel',
          page_url: '/p/a',
          image_url: '/a.jpg',
          sale_price: 12.9,
          original_price: 20,
          price: 12.9,
          brand_name: 'Ö',
        },
        {
          recommendation_id: 'd2',
          product_id: 'b',
          display_id: 'b',
          title: 'B',
          page_url: '/p/b',
          image_url: '/b.jpg',
          price: 5,
        },
      ],
    },
  ],
  richrelevance: [
    { apiKey: 'k', apiClientKey: 'c', configs: { forVisitor: 'home_page.rec1' } },
    {
      status: 'ok',
      viewGuid: 'g',
      placements: [
        {
          placement: 'home_page.rec1',
          placementType: 'home_page',
          strategyMessage: 'You may <also> like',
          recommendedProducts: [
            {
              id: 'a',
              name: 'Ärmel',
              brand: 'Ö',
              priceCents: 2000,
              salePriceCents: 1290,
              imageURL: '/a.jpg',
              clickURL: 'https://x.example/a',
              productURL: '/p/a',
              rating: 4.5,
              numReviews: 3,
              attributes: { Color: ['red'] },
            },
            {
              id: 'b',
              name: 'B',
              priceCents: 500,
              imageURL: '/b.jpg',
              clickURL: 'https://x.example/b',
              productURL: '/p/b',
            },
          ],
        },
      ],
    },
  ],
  doofinder: [
    {
      zone: 'eu1',
      hashid: 'de8f052ea612f95b6950d4013dd6ef38',
      configs: { forVisitor: '5f3e0000-0000-4000-8000-000000000002' },
    },
    {
      id: 'w',
      title: 'Te <puede> gustar',
      results: [
        {
          id: 'a',
          title: 'Ärmel',
          link: '/p/a',
          url: '/p/a',
          image_link: '/a.jpg',
          price: 20,
          sale_price: 12.9,
          dfid: 'x@product@1',
          brand: 'Ö',
        },
      ],
      currency: {
        code: 'EUR',
        symbol: '€',
        prepend: false,
        format: '%v %s',
        decimal: ',',
        thousand: '.',
        precision: 2,
      },
    },
  ],
};
const templates = ['grid', 'carousel', 'list', 'strip', 'hero'];
const languages = ['en', 'de', 'fr', 'es', 'sv'];
const textsOf = (language) =>
  JSON.parse(readFileSync(new URL(`../../widget/strings/${language}.json`, import.meta.url), 'utf8'));

for (const [vendor, [options, reply]] of Object.entries(vendors)) {
  test(`${vendor}: ${templates.length} templates in ${languages.length} languages`, () => {
    const provider = { name: vendor, ...options };
    const boot = JSON.stringify({
      config: { provider, calls: { maxAge: 0, staleWhileRevalidate: 0 } },
      seed: '0'.repeat(32),
      page: { url: 'https://shop.example/' },
      visible: 1,
      online: 1,
      storage: 'memory',
    });
    const trace = [['new', boot, now]];
    const core = load();
    const runtime = openRuntime(boot, now, core);
    const act = (name, ...args) => {
      trace.push([name, ...args]);
      return runtime[name](...args);
    };
    const shown = [];
    const body = JSON.stringify(reply);
    for (const template of templates) {
      for (const language of languages) {
        const slot = shown.length + 1;
        const looks = {
          template,
          strings: textsOf(language),
          money: { currency: 'EUR', suffix: ' €', decimal: ',', group: '.' },
        };
        const request = {
          kind: 'forVisitor',
          query: { configId: 'home', topK: 4 },
          ...looks,
        };
        act('openSlot', slot, JSON.stringify(request), now);
        const asked = readEffects(act('drainEffects'));
        const ask = asked.find(({ verb }) => verb === 'ask');
        assert.ok(ask, `${vendor} sends a request: ${JSON.stringify(asked)}`);
        act('requestDone', ask.requestId, 200, '', body, now);
        const html = readEffects(act('drainEffects')).find(
          ({ verb, state }) => verb === 'show' && state === 'ready',
        )?.html;
        assert.ok(html, `${vendor} ${template} ${language} shows products`);
        // A reply without a serve id gets one of the session, which is not in the markup.
        const rendered = core.renderWidget(
          JSON.stringify({ ...looks, provider, reply: body, part: options.configs?.forVisitor }),
        );
        assert.equal(rendered, `=${html}`, `${vendor} ${template} ${language} in Node`);
        shown.push(html);
      }
    }
    const input = trace.map((line) => JSON.stringify(line)).join('\n');
    const native = execFileSync(replayTool, { input, encoding: 'utf8', maxBuffer: 1 << 26 })
      .split('\n')
      .filter((line) => line.startsWith('["show"'));
    assert.deepEqual(
      native
        .map((line) => JSON.parse(line))
        .filter(([, , , state]) => state === 'ready')
        .map(([, , , , html]) => html),
      shown,
    );
    assert.equal(new Set(shown).size, shown.length, 'no two renderings are equal');
    for (const html of shown) assert.doesNotMatch(html, /<b>|<also>|<puede>|javascript:/);
  });
}

test('a slate of a data call renders like the reply it came from', () => {
  const core = load();
  const slate = {
    serveId: 's',
    title: 'T',
    currency: 'EUR',
    results: [
      {
        productId: 'a',
        title: 'A',
        price: 12.9,
        originalPrice: 20,
        currency: 'EUR',
        url: '/a',
        imageUrl: '/a.jpg',
        brand: 'B',
        rating: 4.5,
        ratingCount: 3,
        badges: ['New'],
        metadata: { color: 'red' },
      },
      { productId: 'b', title: 'B', price: 1500, currency: 'JPY', metadata: {} },
      { title: 'no id' },
      7,
      null,
    ],
  };
  const html = core.renderWidget(JSON.stringify({ slate, template: 'list', partials: { head: '<h3>{{title}}</h3>' } }));
  assert.match(html, /^=<section class="vitrine vitrine-list" aria-label="T"[^>]*><h3>T<\/h3>/);
  for (const part of ['12.90 EUR', '20.00 EUR', '1,500 JPY', 'New', '−36%']) assert.ok(html.includes(part), part);
  assert.equal(html.match(/data-vitrine-item=/g).length, 2);
  assert.equal(core.renderWidget('{"slate":{"results":[]}}'), '=');
});

test('bad arguments and bad replies are typed errors', () => {
  const core = load();
  const code = (request) => JSON.parse(core.renderWidget(JSON.stringify(request)).replace(/^!/, '')).code;
  assert.equal(code({ slate: {}, template: 'cube' }), 'template-unknown');
  assert.equal(code({ slate: {}, partials: { card: '<b>' } }), 'markup-unclosed');
  assert.ok(code({ provider: { name: 'none' }, reply: '{}' }));
  assert.ok(code({ provider: { name: 'refine', ...vendors.refine[0] }, reply: '{}', status: 500 }));
});
