// Prices and numbers are equal to Intl.NumberFormat in every locale, written by the core in WebAssembly and natively
// with a format that was handed in.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openTab } from '../js/doubles/tab.mjs';
import { load } from './core.mjs';

const replayTool = fileURLToPath(new URL('../../build/dev/vitrine-replay', import.meta.url));
const { moneyFormat, numberFormat } = openTab().modules();
const now = 1_700_000_000_000;

const locales =
  `af am ar ar-AE ar-EG ar-MA ar-SA as az be bg bn bn-IN bs ca ckb cs cy da de de-AT de-CH de-LI dz el en en-AU en-CA
  en-CH en-GB
  en-IN en-NZ en-SE en-ZA es es-AR es-CL es-CO es-MX es-UY et eu fa fa-AF ff-Adlm fi fil fr fr-BE fr-CA fr-CH fr-LU ga
  gl gu he hi hr hu hy id is it it-CH ja ka kea kk km kn ko ks ku ky lo lt lv mk ml mn mr ms my nb ne nl nl-BE nn or pa
  pa-Arab pl ps
  pt pt-AO pt-CV pt-PT ro ru sa sat sd si sk sl sq sr sr-Latn sv sw ta te th th-u-nu-thai tr uk ur ur-IN uz vi
  yue zh zh-Hant zh-u-nu-hanidec zu ccp`.split(/\s+/);
const currencies = ['EUR', 'USD', 'GBP', 'JPY', 'KWD', 'INR', 'CHF', 'PLN', 'CLF', 'CVE'];
const amounts = [
  0, 0.01, 0.1, 0.999, 1, 1.005, 2.675, 9.995, 12.9, 99.5, 123.456, 999.995, 1000, 1234.5, 1290, 9999.99,
];
amounts.push(12345.6, 123456, 1234567.89, 9876543210.12);
const ratings = [1, 2.05, 3.25, 3.884, 4.45, 4.5, 4.96, 5];
const discounts = [1, 7, 20, 33, 50, 99];

const textOf = (html) =>
  html.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name]);
const rowsOf = (html) => [...html.matchAll(/<li [^>]*>(.*?)<\/li>/gs)].map(([, row]) => textOf(row).split('|'));

const results = amounts.map((price, i) => ({
  productId: `p${i}`,
  title: 'x',
  price,
  metadata: {},
  rating: ratings[i % ratings.length],
  ratingCount: Math.min(Math.ceil(price), 2e9),
  ...(price > 1 && { originalPrice: price / (1 - discounts[i % discounts.length] / 100) }),
}));
const partials = {
  frame:
    '<ul>{{#items}}<li data-vitrine-item="{{id}}">{{price}}|{{rating.number}}|{{rating.count}}|' +
    '{{discount}}|{{place}}</li>{{/items}}</ul>',
};
const strings = { discount: '{percent}', place: '{n}/{count}' };

const rowsByIntl = (locale, currency) => {
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency });
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  return results.map(({ price, rating, ratingCount, originalPrice }, i) => [
    money.format(price),
    number.format(rating),
    ratingCount ? number.format(ratingCount) : '',
    // Prices that look alike are no discount.
    originalPrice && money.format(price) !== money.format(originalPrice)
      ? number.format(Math.round((1 - price / originalPrice) * 100))
      : '',
    `${number.format(i + 1)}/${number.format(results.length)}`,
  ]);
};
const requestOf = (locale, currency) => ({
  partials,
  strings,
  money: moneyFormat(currency, locale),
  numbers: numberFormat(locale),
});

test(`${locales.length} locales, ${currencies.length} currencies and ${amounts.length} amounts, in WebAssembly`, () => {
  assert.ok(locales.length > 100);
  assert.equal(new Set(Intl.NumberFormat.supportedLocalesOf(locales)).size, locales.length, 'Node has the locales');
  const core = load();
  for (const locale of locales) {
    for (const currency of currencies) {
      const html = core.renderWidget(JSON.stringify({ slate: { results }, ...requestOf(locale, currency) }));
      assert.deepEqual(rowsOf(html), rowsByIntl(locale, currency), `${locale} ${currency}`);
    }
  }
});

test('the same natively, with the formats handed in', () => {
  const config = {
    provider: { name: 'refine', apiKey: 'pk', organizationId: 'o', catalogId: 'c' },
    calls: { maxAge: 0, staleWhileRevalidate: 0 },
    events: { enabled: false },
  };
  const boot = { config, seed: '0'.repeat(32), page: { url: 'https://shop.example/' }, visible: 1, online: 1 };
  const reply = JSON.stringify({ results: results.map(({ productId, ...metadata }) => ({ productId, metadata })) });
  const trace = [['new', JSON.stringify({ ...boot, storage: 'memory' }), now]];
  locales.forEach((locale, i) => {
    const request = { kind: 'forVisitor', query: { configId: 'home', topK: results.length } };
    const look = requestOf(locale, currencies[i % currencies.length]);
    trace.push(['openSlot', i + 1, JSON.stringify({ ...request, ...look }), now], ['drainEffects']);
    trace.push(['requestDone', i + 1, 200, '', reply, now], ['drainEffects'], ['slotHtml', i + 1]);
  });
  const input = trace.map((line) => JSON.stringify(line)).join('\n');
  const shown = execFileSync(replayTool, { input, encoding: 'utf8', maxBuffer: 1 << 28 })
    .split('\n')
    .filter((line) => line.includes('<ul>') && !line.startsWith('['))
    .map((line) => JSON.parse(line));
  assert.equal(shown.length, locales.length);
  shown.forEach((html, i) =>
    assert.deepEqual(rowsOf(html), rowsByIntl(locales[i], currencies[i % currencies.length]), locales[i]),
  );
});
