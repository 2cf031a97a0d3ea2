// Replies cannot run code: published XSS payloads in every field, under a strict policy and Trusted Types.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { answering } from './answers.mjs';
import { inEachEngine } from './each_engine.mjs';
import { openSite } from './open_site.mjs';

// Where they come from and under which licence stands beside them.
const payloads = JSON.parse(readFileSync(new URL('payloads.json', import.meta.url), 'utf8')).flatMap(
  (source) => source.payloads,
);
const kPerSlate = 50;

/** Each makes a reply of a list of payloads: one field of a product, or of the slate, that carries one. */
const fields = {
  productId: (product, payload) => ({ ...product, productId: payload }),
  ...Object.fromEntries(
    ['name', 'brand', 'url', 'imageUrl', 'currency', 'description', 'html', 'strategyMessage', 'price', 'badge'].map(
      (name) => [name, (product, payload) => ({ ...product, metadata: { ...product.metadata, [name]: payload } })],
    ),
  ),
  badges: (product, payload) => ({ ...product, metadata: { ...product.metadata, badges: [payload, payload] } }),
  attributeName: (product, payload) => ({
    ...product,
    metadata: { ...product.metadata, [payload]: payload, attributes: { [payload]: payload } },
  }),
};

const slate = (list, change, frame = {}) =>
  JSON.stringify({
    serveId: 'sv_1',
    ...frame,
    results: list.map((payload, i) =>
      change(
        {
          productId: `p${i}`,
          metadata: {
            name: 'Shoe',
            brand: 'Brand',
            url: '/p',
            imageUrl: '/none.svg',
            price: 9,
            originalPrice: 12,
            currency: 'EUR',
            rating: 4,
            ratingCount: 2,
            badges: ['New'],
            description: 'Long',
            html: 'x',
            strategyMessage: 'y',
          },
        },
        payload,
      ),
    ),
  });

inEachEngine('payloads', (_engine, browser) => {
  for (const [kind, options] of Object.entries({
    grid: { template: 'grid' },
    carousel: { template: 'carousel' },
    'own template': { own: true },
  })) {
    test(`${payloads.length} payloads in every field of a reply run nothing and write nothing, ${kind}`, {
      timeout: 120_000,
    }, async (t) => {
      assert.ok(payloads.length >= 300);
      const site = await openSite(t, browser(), {
        before: answering + readFileSync(new URL('pages/payloads.js', import.meta.url), 'utf8'),
      });
      const showIn = (what) => tab.run((some) => window.show(some), what);
      const tab = await site.open('blank.html', 'window');
      const harmless = await showIn({
        ...options,
        text: slate(Array(kPerSlate).fill(''), (product) => product, { title: 'Heading' }),
      });
      assert.deepEqual([harmless.state, harmless.count, harmless.ran], ['ready', kPerSlate, []]);
      const known = new Set(harmless.shapes);
      // A part that has nothing to show is left out, and with it an attribute or two.
      const isKnown = (shape) =>
        known.has(shape) ||
        [...known].some(
          (other) =>
            other.split(' ')[0] === shape.split(' ')[0] &&
            shape
              .split(' ')[1]
              .split(',')
              .every((name) => other.split(' ')[1].split(',').includes(name)),
        );
      const expectSafe = (seen, what) => {
        assert.deepEqual(seen.ran, [], `${what} ran`);
        assert.deepEqual(
          seen.shapes.filter((shape) => !isKnown(shape)),
          [],
          `${what} wrote`,
        );
        assert.deepEqual(seen.wrong, [], `${what} is an address`);
        assert.equal(seen.here, '/blank.html', what);
      };
      for (const [name, change] of Object.entries(fields)) {
        for (let from = 0; from < payloads.length; from += kPerSlate) {
          const text = slate(payloads.slice(from, from + kPerSlate), change);
          // Alternately as the first thing that a widget shows and as a patch of what it shows.
          const seen = await showIn({ ...options, text, refresh: (from / kPerSlate) % 2 === 1 });
          assert.equal(seen.state, 'ready', `${name} from ${from}`);
          assert.ok(
            name === 'productId' || seen.count === Math.min(kPerSlate, payloads.length - from),
            `${name}: ${seen.count}`,
          );
          expectSafe(seen, `${name} from ${from}`);
        }
      }
      const slates = payloads.map((payload) => slate([''], (product) => product, { title: payload, serveId: payload }));
      expectSafe(await tab.run((some, texts) => window.showEach(some, texts), options, slates), 'a title');
    });
  }
});
