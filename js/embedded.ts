// Where an npm module has its core from: out of itself. Nothing is compiled before the first `new Vitrine`, also on a server.

import wasm from 'vitrine:wasm';
import { compileBase64, mayRunWasm, plain, useCore } from './core.js';
import type { PlainCore } from './types.js';

let fallback: PlainCore | undefined;

useCore(() => (fallback && !mayRunWasm() ? plain(fallback) : compileBase64(wasm)));

/**
 * For pages whose Content Security Policy refuses WebAssembly: `usePlainCore(core)` before the first `new Vitrine`, with `core` from
 * `vitrine/vitrine-core.js` (of `vitrine/tracking`: from `vitrine/vitrine-tracking-core.js`). It is used there and nowhere else.
 */
export const usePlainCore = (core: PlainCore): void => {
  fallback = core;
};
