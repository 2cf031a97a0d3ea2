import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTab } from './doubles/tab.mjs';

const js = openTab().modules();

test('lone surrogates become U+FFFD and pairs stay, with and without native toWellFormed', () => {
  const old = openTab();
  old.evaluate('delete String.prototype.toWellFormed');
  for (const { wellFormed } of [js, old.modules()]) {
    assert.equal(wellFormed('plain'), 'plain');
    assert.equal(wellFormed('\ud83d\ude00'), '\ud83d\ude00');
    assert.equal(wellFormed('\ud800'), '\ufffd');
    assert.equal(wellFormed('a\udc00b\ud800'), 'a\ufffdb\ufffd');
    assert.equal(wellFormed('\ud800\ud83d\ude00\udc00'), '\ufffd\ud83d\ude00\ufffd');
  }
});

test('JSON text has no escapes of lone surrogates; everything else is unchanged', () => {
  const values = ['\ud800', { '\udfff': ['a\\ud800', '\\', '\\\\ud900', '"', '\n', '\ud83d\ude00'] }];
  assert.deepEqual(
    values.map((value) => JSON.parse(js.toJson(value))),
    ['\ufffd', { '\ufffd': values[1]['\udfff'] }],
  );
  assert.doesNotMatch(js.toJson(values), /[^\\]\\ud/);
});

test('functions and undefined are left out; undefined as the whole value is null', () => {
  assert.equal(js.toJson({ a: 1, b() {}, c: undefined }), '{"a":1}');
  assert.equal(js.toJson(undefined), 'null');
});

test('a value that JSON cannot express is a ValidationError', () => {
  const cycle = {};
  cycle.self = cycle;
  for (const value of [cycle, { price: 10n }])
    assert.throws(
      () => js.toJson(value),
      (/** @type {any} */ error) => error instanceof js.ValidationError && error.code === 'not-serialisable',
    );
});

test('effects are split into records and fields; an empty text has none', () => {
  assert.deepEqual([...js.parseEffects('')], []);
  assert.deepEqual(
    Array.from(js.parseEffects('save\x1fk\x1f\x1eforget\x1fk\x1e'), (effect) => [...effect]),
    [
      ['save', 'k', ''],
      ['forget', 'k'],
    ],
  );
});

test('each error type has its class, its name and its details', () => {
  const types = {
    validation: 'ValidationError',
    auth: 'AuthError',
    forbidden: 'ForbiddenError',
    notFound: 'NotFoundError',
    rateLimit: 'RateLimitError',
    timeout: 'TimeoutError',
    server: 'ServerError',
    network: 'NetworkError',
    abort: 'AbortError',
  };
  for (const [type, name] of Object.entries(types)) {
    const error = js.errorFrom(
      JSON.stringify({ type, code: 'c', message: 'm', status: 418, field: 'f', retryable: true }),
    );
    assert.ok(error instanceof js[name] && error instanceof js.VitrineError, name);
    assert.ok(error instanceof js[name === 'VitrineError' ? 'RefineError' : `Refine${name}`], `Refine${name}`);
    assert.deepEqual(
      [error.name, error.type, error.code, error.message, error.status, error.field, error.retryable],
      [name, type, 'c', 'm', 418, 'f', true],
    );
  }
  const plain = js.errorFrom('{"type":"from a later version","message":"m"}');
  assert.deepEqual([plain.name, plain.code, plain.retryable], ['VitrineError', '', false]);
  assert.equal(js.errorFrom('').message, 'unknown error');
});

test('an id is a text or a finite number; of an object the first of productId, itemId and id counts', () => {
  assert.deepEqual(['a', ' ', 7, 0, -1.5].map(js.idTextOf), ['a', ' ', '7', '0', '-1.5']);
  // JavaScript has rounded whole numbers from 2^53 on, so two ids may have become one.
  assert.deepEqual([2 ** 53, -(2 ** 53), 1e21].map(js.idTextOf), ['null', 'null', 'null']);
  const none = [NaN, Infinity, true, null, undefined, {}, [1], ['a'], Promise.resolve(1), () => 1, Symbol('s'), 7n];
  for (const value of [...none, new String('a'), { toString: () => 'a' }]) assert.equal(js.idTextOf(value), 'null');
  const items = [{ productId: 'p', itemId: 'i' }, { itemId: 'i', id: 'x' }, { id: 7 }, { productId: null, id: 'x' }];
  assert.deepEqual(items.map(js.idOf), ['p', 'i', '7', 'x']);
  const hostile = {
    get productId() {
      throw Error('no');
    },
  };
  assert.deepEqual([hostile, {}, [], { id: { id: 1 } }].map(js.idOf), ['null', 'null', 'null', 'null']);
});
