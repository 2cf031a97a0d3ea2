// Where an npm module has its core from: out of itself. Nothing is compiled before the first `new Vitrine`, also on a server.

import wasm from 'vitrine:wasm';
import { compile, mayRunWasm, plain, useCore } from './core.js';
import type { PlainCore } from '../types/types.js';

let fallback: PlainCore | undefined;

/** What tools/pack.mjs has packed; in place, since nothing grows. */
export const unpack = (text: string): Uint8Array => {
  const bytes = new TextEncoder().encode(text);
  let length = 0;
  for (let i = 0; i < bytes.length; ) {
    const byte = bytes[i++]!;
    bytes[length++] = byte === 0x1e ? bytes[i++]! + 96 : byte === 0x1f ? bytes[i++]! + 160 : byte;
  }
  return bytes.subarray(0, length);
};

useCore(() => (fallback && !mayRunWasm() ? plain(fallback) : compile(unpack(wasm))));

/**
 * For pages whose Content Security Policy refuses WebAssembly: `usePlainCore(core)` before the first `new Vitrine`, with `core` from
 * `vitrine/vitrine-core.js` (of `vitrine/tracking`: from `vitrine/vitrine-tracking-core.js`). It is used there and nowhere else.
 */
export const usePlainCore = (core: PlainCore): void => {
  fallback = core;
};
