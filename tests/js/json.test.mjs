// The writer of JSON text, beside JSON.stringify as the oracle, and on pages that add toJSON methods.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTab } from './doubles/tab.mjs';

const samples = `[
  null, true, 0, -0, 1.5, NaN, Infinity, 'a "text"\\n', '', [], {}, [undefined, () => 1, Symbol('s')],
  { a: 1, b: undefined, c() {}, d: null, 'e f': [{ g: [[]] }] },
  new Date(0), [new Date(NaN)], new Map([[1, 2]]), new Number(3), new String('s'), new Boolean(false),
  { toJSON: () => 7 }, { toJSON: 5 }, { a: { toJSON: () => undefined } }, Object.create({ inherited: 1 }),
  [1, , 3], Object.create(null), /x/, new Error('e'), undefined, () => 1, Symbol('s'),
]`;

test('values are written as JSON.stringify writes them', () => {
  const tab = openTab();
  tab.modules();
  const rows = tab.evaluate(`${samples}.map((value) => [js.stringify(value), JSON.stringify(value)])`);
  assert.ok(rows.length > 25);
  for (const [ours, theirs] of rows) assert.equal(ours, theirs);
});

test('a cycle and a BigInt throw, the same object twice does not', () => {
  const tab = openTab();
  tab.modules();
  assert.equal(tab.evaluate('const one = {}; js.stringify([one, { one }])'), '[{},{"one":{}}]');
  for (const value of ['const a = []; a.push({ a }); js.stringify(a)', 'js.stringify({ n: 1n })'])
    assert.throws(
      () => tab.evaluate(`(() => { ${value.replace(/js\.stringify\((.*)\)$/, 'return js.stringify($1)')} })()`),
      {
        name: 'TypeError',
      },
    );
});

test('toJSON methods that a page has added to the prototypes of built-ins change nothing', () => {
  const order = '{"orderId":"o","items":[{"itemId":"a","quantity":2}],"at":"1970-01-01T00:00:00.000Z"}';
  for (const type of ['Object', 'Array', 'String', 'Number', 'Boolean', 'Function']) {
    const tab = openTab();
    tab.modules();
    tab.evaluate(`${type}.prototype.toJSON = function () { return 'spoilt'; }`);
    const text = tab.evaluate(`js.toJson({ orderId: 'o', items: [{ itemId: 'a', quantity: 2 }], at: new Date(0) })`);
    assert.equal(text, order, type);
  }
});
