// The complete npm entry: tracking.ts, data calls, widgets and templates. Importing it has no side effects.

export * from './tracking.js';
export type { AddToCartDetail } from '../../widget/cart.js';
export { renderPlaceholder, renderWidget, type VendorReply, type WidgetOptions } from '../../widget/prerender.js';
export { defineWidget, type WidgetState } from '../../widget/element.js';
export {
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
} from '../types/errors.js';
export { Refine, type RefineConfig } from '../api/refine.js';
export { renderTemplate, validateTemplate, type TemplateOptions } from '../api/template.js';
