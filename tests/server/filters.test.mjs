import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fixture, startServer } from './server.mjs';
import { ask } from './wire.mjs';

let server;
before(async () => (server = await startServer({ root: fixture })));
after(() => server.stop());

/** Resolves to the sorted ids of all products that these filters allow. */
async function allowed(...filters) {
  const { status, body } = await ask(server, '/recs/visitor', { configId: 'popular', topK: 100, filters });
  assert.equal(status, 200, JSON.stringify(body));
  assert.equal(body.totalResults, body.results.length);
  return body.results.map((result) => result.productId).toSorted();
}
const where = (field, operator, value) => ({ field, operator, value });
const all = Array.from({ length: 24 }, (_, n) => `T-${String(n + 1).padStart(2, '0')}`);
const without = (...ids) => all.filter((id) => !ids.includes(id));

/** @type {[string, string[], any][]} */
const cases = [
  ['eq text', ['T-11'], where('name', 'eq', 'Turntable One')],
  ['eq is case-sensitive', [], where('name', 'eq', 'turntable one')],
  ['eq number', ['T-11'], where('price', 'eq', 329)],
  ['eq boolean', ['T-06'], where('organic', 'eq', true)],
  ['eq compares the type too', [], where('price', 'eq', '329')],
  ['eq null: the field is missing', ['T-24'], where('color', 'eq', null)],
  ['eq in a list', ['T-04', 'T-10', 'T-13'], where('tags', 'eq', 'wood')],
  ['ne', without('T-01', 'T-09', 'T-23'), where('color', 'ne', 'Blue')],
  ['ne of a missing field', ['T-06'], where('organic', 'ne', null)],
  ['ne in a list', without('T-04', 'T-10', 'T-13'), where('tags', 'ne', 'wood')],
  ['gt', ['T-10', 'T-11'], where('price', 'gt', 199)],
  ['gte', ['T-07', 'T-10', 'T-11'], where('price', 'gte', 199)],
  ['lt', ['T-03', 'T-24'], where('price', 'lt', 11)],
  ['lte', ['T-03', 'T-14', 'T-24'], where('price', 'lte', 11)],
  ['gt by text', ['T-21'], where('name', 'gt', 'Walnut Board')],
  ['gt of another type', [], where('name', 'gt', 5)],
  ['in', ['T-05', 'T-14', 'T-15'], where('metadata.color', 'in', ['Copper', 'Terracotta'])],
  ['in a list', ['T-04', 'T-05', 'T-10', 'T-13'], where('tags', 'in', ['wood', 'kettle'])],
  ['in an empty list', [], where('color', 'in', [])],
  ['nin', ['T-14', 'T-24'], where('color', 'nin', ['Blue', 'Red', 'White', 'Brown', 'Copper', 'Green', 'Black'])],
  ['nin an empty list', all, where('color', 'nin', [])],
  ['exists true', ['T-04', 'T-07', 'T-20'], where('originalPrice', 'exists', true)],
  ['exists false', ['T-24'], where('metadata.color', 'exists', false)],
  ['match', ['T-01', 'T-02'], where('name', 'match', 'MUG')],
  ['match without accents', ['T-03'], where('name', 'match', 'creme')],
  ['match in a list', ['T-20'], where('tags', 'match', 'waterp')],
  ['match of a number', [], where('price', 'match', '3')],
  ['match inside a word', ['T-07', 'T-08'], where('metadata.name', 'match', 'head')],
  ['the product id', ['T-02'], where('productId', 'eq', 'T-02')],
  ['a path through a text', [], where('metadata.name.first', 'eq', 'x')],
  ['a field that no product has', [], where('weight', 'lt', 5)],
];
for (const [name, expected, filter] of cases) test(name, async () => assert.deepEqual(await allowed(filter), expected));

test('all conditions must hold', async () => {
  assert.deepEqual(
    await allowed(where('category', 'eq', 'Audio'), where('price', 'lte', 200), where('stock', 'gt', 0)),
    ['T-07', 'T-08', 'T-09'],
  );
  assert.deepEqual(await allowed(), all);
});

const refused = [
  ['filters', 'price'],
  ['filters', { field: 'price', operator: 'eq', value: 1 }],
  ['filters', Array.from({ length: 65 }, () => where('price', 'eq', 1))],
  ['filters[0]', ['price']],
  ['filters[0].field', [{ operator: 'eq', value: 1 }]],
  ['filters[0].field', [where('', 'eq', 1)]],
  ['filters[0].field', [where('metadata..price', 'eq', 1)]],
  ['filters[0].field', [where(['price'], 'eq', 1)]],
  ['filters[1].operator', [where('price', 'eq', 1), where('price', 'equals', 1)]],
  ['filters[0].operator', [where('price', 5, 1)]],
  ['filters[0].operator', [{ field: 'price', value: 1 }]],
  ['filters[0].value', [{ field: 'price', operator: 'eq' }]],
  ['filters[0].value', [where('price', 'eq', {})]],
  ['filters[0].value', [where('price', 'ne', [1])]],
  ...['gt', 'gte', 'lt', 'lte'].flatMap((operator) =>
    [true, null, [1]].map((value) => ['filters[0].value', [where('price', operator, value)]]),
  ),
  ...['in', 'nin'].flatMap((operator) =>
    ['Blue', null, [[1]], [{}]].map((value) => ['filters[0].value', [where('color', operator, value)]]),
  ),
  ['filters[0].value', [where('color', 'exists', 'yes')]],
  ['filters[0].value', [where('color', 'match', 5)]],
];
for (const [field, filters] of refused) {
  test(`refused: ${JSON.stringify(filters).slice(0, 70)}`, async () => {
    const { status, body } = await ask(server, '/recs/visitor', { configId: 'popular', topK: 3, filters });
    assert.deepEqual([status, body.error.code, body.error.field], [400, 'invalid-field', field]);
  });
}
