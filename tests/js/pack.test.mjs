import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pack } from '../../tools/pack.mjs';
import { openTab } from './doubles/tab.mjs';

const { unpack } = openTab({ WebAssembly: { Instance: WebAssembly.Instance, Module: WebAssembly.Module } }).modules();

test('every byte, and every pair of bytes, is unpacked as it was packed', () => {
  const bytes = Uint8Array.from({ length: 2 * 65_536 }, (_, i) => (i & 1 ? i >> 1 : i >> 9) & 255);
  assert.deepEqual(Buffer.from(unpack(pack(bytes))), Buffer.from(bytes));
  assert.equal(unpack(pack(new Uint8Array())).length, 0);
});

test('the packed text is ASCII that needs no escapes, so no bundler or charset changes it', () => {
  const text = pack(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  const wrong = [...text].filter((sign) => sign === '\0' || sign > '\x7f' || sign === '\n' || sign === '\r');
  assert.deepEqual(wrong, []);
});
