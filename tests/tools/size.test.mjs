import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complaintsAbout } from '../../tools/size.mjs';

const names = [
  'first event',
  'storefront',
  'storefront + own templates',
  'storefront + css',
  'tracking only',
  'first event, one service',
  'storefront, one service',
  'storefront + own templates, one service',
  'tracking only, one service',
  'npm',
  'npm tracking',
  'npm inline',
  'npm tracking inline',
  'npm, one service',
  'npm tracking, one service',
];
const all = (brotli) => Object.fromEntries(names.map((name) => [name, { raw: 4 * brotli, gzip: 2 * brotli, brotli }]));
const budget = { storefront: 1020, 'tracking only': 1020 };

test('the same size and growth of 1 % are accepted', () => {
  assert.deepEqual(complaintsAbout(all(1000), { ...all(1000), budget }), []);
  assert.deepEqual(complaintsAbout(all(1010), { ...all(1000), budget }), []);
  assert.deepEqual(complaintsAbout(all(500), { ...all(1000), budget }), []);
});

test('each thing that a page loads may not grow by more than 1 %', () => {
  for (const name of names) {
    const [complaint, ...more] = complaintsAbout({ ...all(1000), [name]: all(1011)[name] }, { ...all(1000), budget });
    assert.equal(complaint, `${name} has grown from 1000 to 1011 bytes. If that is intended: npm run size -- --write`);
    assert.deepEqual(more, []);
  }
});

test('a size over the budget is refused although sizes.json has accepted it', () => {
  assert.deepEqual(complaintsAbout(all(1021), { ...all(1021), budget }), [
    'storefront has 1021 bytes, and its budget in sizes.json is 1020.',
    'tracking only has 1021 bytes, and its budget in sizes.json is 1020.',
  ]);
});

test('something new must be written to sizes.json', () => {
  const { storefront, ...others } = all(1000);
  assert.equal(storefront.brotli, 1000);
  assert.deepEqual(complaintsAbout(all(1000), { ...others, budget }), [
    'storefront is not in sizes.json. Run: npm run size -- --write',
  ]);
});
