// The npm entry. Importing it touches nothing: the core is compiled by the first `new Vitrine`, also on a server.

import wasm from 'vitrine:wasm';
import { compileBase64, mayRunWasm, plain, useCore } from './core.js';
import type { PlainCore } from './types.js';

let fallback: PlainCore | undefined;

useCore(() => (fallback && !mayRunWasm() ? plain(fallback) : compileBase64(wasm)));

/**
 * For pages whose Content Security Policy refuses WebAssembly: `usePlainCore(core)` before the first `new Vitrine`, with `core` from
 * `vitrine/vitrine-core.js`. It is used there and nowhere else.
 */
export const usePlainCore = (core: PlainCore): void => {
  fallback = core;
};

export type { AddToCartDetail } from '../widget/cart.js';
export { renderWidget, type VendorReply, type WidgetOptions } from '../widget/prerender.js';
export { defineWidget, type WidgetState } from '../widget/element.js';
export {
  AbortError,
  AuthError,
  ForbiddenError,
  NetworkError,
  NotFoundError,
  RateLimitError,
  ServerError,
  TimeoutError,
  ValidationError,
  VitrineError,
  AbortError as RefineAbortError,
  AuthError as RefineAuthError,
  ForbiddenError as RefineForbiddenError,
  NetworkError as RefineNetworkError,
  NotFoundError as RefineNotFoundError,
  RateLimitError as RefineRateLimitError,
  ServerError as RefineServerError,
  TimeoutError as RefineTimeoutError,
  ValidationError as RefineValidationError,
  VitrineError as RefineError,
  type ErrorDetails,
  type ErrorType,
} from './errors.js';
export { Refine, type RefineConfig } from './refine.js';
export { renderTemplate, validateTemplate, type TemplateOptions } from './template.js';
export type * from './types.js';
export { Vitrine } from './vitrine.js';
