// The script tag asks for the file with the service that the page names, at an address with the build.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settle } from './doubles/clock.mjs';
import { arrive, config, open, purchase, up } from './doubles/script_tag.mjs';

test('the file with the service that init names is loaded; an unknown name needs the file with all', async () => {
  const getter = (name) => Object.defineProperty({}, name, { enumerable: true, get: () => assert.fail() });
  /** @type {[unknown[] | undefined, string][]} */
  const cases = [
    [undefined, 'vitrine.wasm'],
    [[{ provider: { name: 'refine' } }], 'vitrine-refine.wasm'],
    [[{ provider: { name: 'depict' } }], 'vitrine-depict.wasm'],
    [[{ provider: { name: 'none' } }], 'vitrine-none.wasm'],
    [[{ events: {} }], 'vitrine-none.wasm'],
    [[], 'vitrine-none.wasm'],
    [[null], 'vitrine-none.wasm'],
    [[{ provider: { name: 'other' } }], 'vitrine.wasm'],
    [[{ provider: { name: 'refine.' } }], 'vitrine.wasm'],
    [[{ provider: { name: 'Refine' } }], 'vitrine.wasm'],
    [[{ provider: { name: '../refine' } }], 'vitrine.wasm'],
    [[{ provider: { name: { toString: () => 'refine' } } }], 'vitrine.wasm'],
    [[{ provider: { name: Symbol() } }], 'vitrine.wasm'],
    [[{ provider: getter('name') }], 'vitrine.wasm'],
    [[getter('provider')], 'vitrine-none.wasm'],
  ];
  for (const [index, [args, file]] of cases.entries()) {
    const tab = open();
    tab.page.vitrine('identify', 'u1');
    if (args) tab.page.vitrine('init', ...args);
    tab.script();
    assert.equal(tab.requests[0].url, `https://shop.example/dist/${file}?b=b0`, `case ${index}`);
    await arrive(tab);
    assert.equal(tab.requests.length, 1);
    assert.equal(tab.core.of('identify').length, args ? 1 : 0);
  }
});

test('an init that comes after the script cannot choose the file', async () => {
  const tab = open();
  tab.script();
  tab.page.vitrine('init', config);
  assert.equal(tab.requests[0].url, 'https://shop.example/dist/vitrine.wasm?b=b0');
  await arrive(tab);
  assert.deepEqual(tab.core.names(), ['new']);
});

test("the files are loaded from the script's folder, with its query and the build", async () => {
  /** @type {[string, string | undefined, string][]} */
  const cases = [
    ['https://cdn.example/a/vitrine.js', undefined, 'https://cdn.example/a/vitrine-refine.wasm?b=b0'],
    ['https://cdn.example/a/vitrine.js?', undefined, 'https://cdn.example/a/vitrine-refine.wasm?b=b0'],
    ['https://cdn.example/a/vitrine.js?v=2', undefined, 'https://cdn.example/a/vitrine-refine.wasm?v=2&b=b0'],
    ['https://cdn.example/a/vitrine.js', '/own/?v=3', 'https://shop.example/own/vitrine-refine.wasm?v=3&b=b0'],
  ];
  for (const [src, base, url] of cases) {
    const tab = open();
    Object.assign(tab.page.document, { baseURI: 'https://shop.example/' });
    tab.page.document.currentScript.src = src;
    tab.page.document.documentElement.lang = 'de';
    if (base) tab.page.vitrine.base = base;
    tab.page.vitrine('init', config);
    tab.script();
    await arrive(tab);
    tab.beIdle();
    await settle();
    assert.deepEqual(
      tab.requests.map((request) => request.url),
      [
        url,
        ...['strings/de.json', 'vitrine-refine-products.wasm'].map((name) => url.replace('vitrine-refine.wasm', name)),
      ],
    );
  }
});

test('the second and third file stand beside the first one, unless the page names them', async () => {
  /** @type {[Record<string, string>, ...string[]][]} */
  const cases = [
    [{}, '/dist/vitrine-refine-products.wasm?b=b0', '/dist/vitrine-refine-templates.wasm?b=b0'],
    [{ wasm: '/own/core.wasm?v=1#a' }, '/own/core-products.wasm?v=1#a', '/own/core-templates.wasm?v=1#a'],
    [{ wasm: '/own/core' }, '/own/core', '/own/core'],
    [
      { wasm: '/own/core.1a.wasm', products: '/own/rest.2b.wasm', templates: '/own/own.3c.wasm' },
      ...['/own/rest.2b.wasm', '/own/own.3c.wasm'],
    ],
  ];
  for (const [dataset, ...paths] of cases) {
    const tab = open();
    // The page has a widget with an own template.
    Object.assign(tab.page.document, { baseURI: 'https://shop.example/', querySelector: () => ({ dataset }) });
    Object.assign(tab.page.document.currentScript.dataset, dataset);
    tab.page.vitrine('init', config);
    tab.script();
    for (const path of paths)
      assert.ok(
        tab.requests.some((request) => request.url === `https://shop.example${path}`),
        `${path} in ${tab.requests.map((one) => one.url)}`,
      );
    await arrive(tab);
  }
});

test('the third file is fetched only for own templates', () => {
  for (const hasOwn of [false, true]) {
    const tab = open();
    const found = (selector) => /^vitrine-widget$/.test(selector) || (hasOwn && /template/.test(selector));
    Object.assign(tab.page.document, { querySelector: (selector) => (found(selector) ? {} : null) });
    tab.page.vitrine('init', config);
    tab.script();
    assert.equal(
      tab.requests.some(({ url }) => url.includes('-templates.wasm')),
      hasOwn,
    );
  }
});

test('the address in data-wasm is taken as it is, and no other wasm file is tried', async () => {
  const tab = open();
  tab.page.document.currentScript.dataset.wasm = 'https://cdn.example/core.wasm?own';
  tab.page.vitrine('init', config);
  await up(tab);
  assert.deepEqual(
    tab.requests.map(({ url }) => url),
    ['https://cdn.example/core.wasm?own'],
  );
  const missing = open();
  missing.page.document.currentScript.dataset.wasm = 'https://cdn.example/core.wasm?own';
  missing.page.vitrine('init', config);
  missing.script();
  await arrive(missing, 404);
  assert.equal(missing.requests.length, 1);
});

test('if the file of the one service is missing or another version, the file with all services runs', async () => {
  const other = { 'content-type': 'text/html' };
  const faults = {
    'HTTP 404': async (tab) => tab.requests[0].respond(404),
    'not the core of this version (text/html, Error: no wasm)': async (tab) => {
      tab.requests[0].respond(200, 'other', other);
      await settle();
      assert.deepEqual([tab.requests[1].url, tab.requests[1].cache], [tab.requests[0].url, 'reload']);
      tab.requests[1].respond(200, 'other', other);
    },
  };
  for (const [fault, fail] of Object.entries(faults)) {
    const compile = async (bytes) => {
      if (new TextDecoder().decode(bytes) !== 'wasm') throw new Error('no wasm');
      return {};
    };
    const tab = open({ WebAssembly: { compile } });
    tab.page.vitrine('init', config);
    tab.page.vitrine('events.trackPurchase', purchase);
    tab.script();
    await fail(tab);
    await settle();
    const last = tab.requests.at(-1);
    assert.equal(last.url, 'https://shop.example/dist/vitrine.wasm?b=b0');
    last.respond(200, 'wasm');
    await settle();
    assert.deepEqual(tab.core.names(), ['new', 'shopEvent']);
    assert.deepEqual(tab.said, [
      `warn: [vitrine] https://shop.example/dist/vitrine-refine.wasm?b=b0: ${fault}. Put the files of one version ` +
        'beside the script, or name them in data-wasm and data-core. Until then Vitrine loads a larger file. ' +
        '(core-not-loaded)',
    ]);
  }
});

test('if the server does not reply, no second wasm file is tried', async () => {
  const tab = open();
  tab.page.vitrine('init', config);
  tab.script();
  tab.requests[0].fail();
  await settle();
  assert.equal(tab.requests.filter(({ url }) => url.includes('.wasm')).length, 1);
  assert.match(tab.said[0], /vitrine-refine\.wasm\?b=b0: .*connect-src.*vitrine-core\.js\?b=b0: /);
});
