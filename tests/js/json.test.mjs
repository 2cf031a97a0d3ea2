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

test('text for a judging reader marks each member that JSON cannot express, and keeps the others', () => {
  const tab = openTab();
  tab.modules();
  const lines = 'const order = { lines: [{ id: 1 }, { id: 2 }] }; order.lines.forEach((l) => (l.order = order))';
  const mark = '"\\u0000\\u0000"';
  const cases = {
    '{ a: 7n, b: 1 }': `{"a":${mark},"b":1}`,
    '{ a: NaN, b: Infinity, c: Symbol("s") }': `{"a":${mark},"b":${mark},"c":${mark}}`,
    '{ d: new Date(NaN), e: null, f: undefined, g() {} }': `{"d":${mark},"e":null}`,
    '{ get a() { throw Error("no") }, b: [1, 2n] }': `{"a":${mark},"b":[1,${mark}]}`,
    '{ a: { toJSON() { throw Error("no") } }, b: 1 }': `{"a":${mark},"b":1}`,
    [`(() => { ${lines}; return order })()`]: `{"lines":[{"id":1,"order":${mark}},{"id":2,"order":${mark}}]}`,
    'Proxy.revocable({}, {}).proxy': 'null',
    '7n': mark,
  };
  for (const [code, text] of Object.entries(cases)) {
    const written = tab.evaluate(`(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke();
      return js.toMarkedJson(${code.startsWith('Proxy') ? 'proxy' : code}) })()`);
    assert.equal(written, code.startsWith('Proxy') ? mark : text, code);
  }
});

test('text for a judging reader reads only the members that are asked for, and names the others', () => {
  const tab = openTab();
  tab.modules();
  const text = tab.evaluate(`js.toMarkedJson(
    { orderId: 'o', get note() { throw Error('read') }, items: [{ itemId: 'a', unitPrice: () => 1, self: window }] },
    ['orderId', 'items', 'itemId', 'unitPrice'])`);
  assert.equal(text, '{"orderId":"o","note":null,"items":[{"itemId":"a","unitPrice":"\\u0000\\u0000","self":null}]}');
});

test('a tangle of objects that all know each other is written in a moment, and not too deep for the core', () => {
  const tab = openTab();
  tab.modules();
  const text = tab.evaluate(`(() => {
    const nodes = Array.from({ length: 30 }, (_, id) => ({ id }));
    nodes.forEach((node) => (node.others = nodes));
    let deep = { leaf: true };
    for (let i = 0; i < 1000; i++) deep = { deep };
    return js.toMarkedJson({ nodes, deep, last: 1 });
  })()`);
  assert.ok(text.length < 100_000);
  const { nodes, deep, last } = JSON.parse(text);
  assert.equal(nodes[0].id, 0);
  assert.equal(last, 1);
  let levels = 0;
  for (let at = deep; typeof at === 'object'; at = at.deep) levels++;
  assert.ok(levels > 20 && levels < 40, String(levels));
});
