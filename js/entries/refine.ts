// The npm entry `vitrine/refine`: a drop-in for @refine-ai/sdk. A shop that was written for it changes only its import.

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
export type * from '../types/types.js';
