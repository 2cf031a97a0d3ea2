// The npm entry. Importing it touches nothing: the core is compiled by the first `new Vitrine`, also on a server.

import wasm from 'vitrine:wasm';
import { compileBase64, useModule } from './core.js';

useModule(() => compileBase64(wasm));

export type { AddToCartDetail } from '../widget/cart.js';
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
