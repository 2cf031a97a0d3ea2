// Gives an npm module the core that is packed inside it. Nothing is compiled before the first `new Vitrine`, also on a
// server.

import wasm from 'vitrine:wasm';
import { compile, mayRunWasm, plain, useCore } from './core.js';
import type { PlainCore } from '../types/types.js';

let fallback: PlainCore | undefined;

/**
 * Returns the bytes that tools/pack.mjs has packed. Works in place, because the bytes are never longer than the text.
 */
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
 * Sets a core in plain JavaScript, for pages whose Content Security Policy refuses WebAssembly. Other pages do not use
 * it. Call it before the first `new Vitrine`. `core` comes from `vitrine/vitrine-core.js`, or, for `vitrine/tracking`,
 * from `vitrine/vitrine-tracking-core.js`.
 */
export const usePlainCore = (core: PlainCore): void => {
  fallback = core;
};
