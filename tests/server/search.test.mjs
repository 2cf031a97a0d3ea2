import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fixture, startServer } from './server.mjs';
import { ask, idsOf } from './wire.mjs';

let server;
before(async () => (server = await startServer({ root: fixture })));
after(() => server.stop());

const find = (query, members) => idsOf(server, '/search/text', { query, topK: 24, ...members });

test('finds by name, brand, category, colour, tag, description and id', async () => {
  assert.deepEqual(await find('turntable'), ['T-11']);
  assert.deepEqual((await find('brae')).toSorted(), ['T-10', 'T-11', 'T-12']);
  assert.equal((await find('garden')).length, 6);
  assert.deepEqual(await find('terracotta'), ['T-14']);
  assert.deepEqual(await find('vinyl'), ['T-11']);
  assert.deepEqual(await find('laptop'), ['T-20']);
  assert.deepEqual(await find('T-11'), ['T-11']);
});

test('a word in the name counts more than one in the description', async () => {
  const kitchen = await find('kitchen');
  assert.deepEqual(kitchen.slice(0, 6).toSorted(), ['T-01', 'T-02', 'T-03', 'T-04', 'T-05', 'T-06']);
  assert.equal(kitchen[6], 'T-12');
  assert.equal((await find('copper'))[0], 'T-05');
});

test('products must match all words; if none does, those that match the most are found', async () => {
  assert.deepEqual(await find('blue speaker'), ['T-09']);
  assert.deepEqual((await find('walnut unobtainium')).toSorted(), ['T-04', 'T-10']);
  assert.deepEqual(await find('the bag for a camera'), ['T-23']);
});

test('finds by prefix, by plural, and without accents or capitals', async () => {
  assert.deepEqual((await find('headph')).toSorted(), ['T-07', 'T-08']);
  assert.deepEqual((await find('mugs')).toSorted(), ['T-01', 'T-02']);
  assert.deepEqual(await find('creme BRULEE'), ['T-03']);
  assert.deepEqual(await find('CRÈME'), ['T-03']);
});

test('forgives a typo in a word of four letters and two in one of eight', async () => {
  assert.deepEqual(await find('turntabel'), ['T-11']);
  assert.deepEqual(await find('bakpak'), []);
  assert.deepEqual(await find('bakpack'), ['T-20']);
  assert.deepEqual(await find('haedfones'), []);
  assert.deepEqual((await find('haedphones')).toSorted(), ['T-07', 'T-08']);
  assert.deepEqual(await find('mgu'), []);
});

test('finds nothing for words that no product has', async () => {
  const { status, body } = await ask(server, '/search/text', { query: 'zeppelin', topK: 5 });
  assert.equal(status, 200);
  assert.deepEqual([body.totalResults, body.results], [0, []]);
});

test('the total includes products beyond topK', async () => {
  const { body } = await ask(server, '/search/text', { query: 'audio', topK: 2 });
  assert.equal(body.results.length, 2);
  assert.equal(body.totalResults, 6);
  assert.equal(body.results[0].score, 1);
});

test('sorts by price, rating, votes and name, either way', async () => {
  const column = async (sortBy, member) =>
    (await ask(server, '/search/text', { query: 'audio', topK: 9, sortBy })).body.results.map(
      (result) => result.metadata[member],
    );
  assert.deepEqual(await column('price_asc', 'price'), [59, 79, 149, 199, 259, 329]);
  assert.deepEqual(await column('price_desc', 'price'), [329, 259, 199, 149, 79, 59]);
  assert.deepEqual(await column({ field: 'price', order: 'desc' }, 'price'), [329, 259, 199, 149, 79, 59]);
  assert.deepEqual(await column({ field: 'price' }, 'price'), [59, 79, 149, 199, 259, 329]);
  assert.deepEqual(await column('rating_desc', 'rating'), [4.9, 4.6, 4.5, 4.3, 4.1, 3.9]);
  assert.deepEqual(await column('ratingCount_desc', 'ratingCount'), [530, 340, 221, 75, 58, 33]);
  assert.equal((await column('name_asc', 'name'))[0], 'Pocket Speaker');
  assert.deepEqual(await find('audio', { sortBy: 'relevance' }), await find('audio'));
});

test('refuses unknown sort orders and bad queries', async () => {
  for (const sortBy of [
    'price',
    'newest',
    'price_up',
    '',
    7,
    [],
    { field: 'stock' },
    { order: 'asc' },
    { field: 'price', order: 'up' },
    { field: 5 },
  ]) {
    const { status, body } = await ask(server, '/search/text', { query: 'mug', topK: 3, sortBy });
    assert.deepEqual([status, body.error.field], [400, 'sortBy'], JSON.stringify(sortBy));
  }
  for (const query of ['', 5, 'x'.repeat(501)])
    assert.equal((await ask(server, '/search/text', { query, topK: 3 })).body.error.field, 'query');
});

test('queries of other scripts or of punctuation alone do no harm', async () => {
  for (const query of ['茶碗', '🫖', '---', '%', "'; DROP TABLE events; --", '\u0000', 'a'.repeat(500)])
    assert.equal((await ask(server, '/search/text', { query, topK: 3 })).status, 200, query);
});

test('filters and visual weight apply to search', async () => {
  assert.deepEqual(await find('mug', { filters: [{ field: 'metadata.stock', operator: 'gt', value: 0 }] }), ['T-01']);
  const place = async (visualWeight) => (await find('copper', { visualWeight })).length;
  assert.equal(await place(0.1), await place(1));
});
