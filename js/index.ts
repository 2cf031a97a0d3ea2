// The npm entry with all there is. Importing it touches nothing.

export { usePlainCore } from './embedded.js';
export type { AddToCartDetail } from '../widget/cart.js';
export { renderPlaceholder, renderWidget, type VendorReply, type WidgetOptions } from '../widget/prerender.js';
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
