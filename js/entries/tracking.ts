// The npm entry of shops that only track: `vitrine/tracking`. Identity, events, viewability and attribution are all there. On the core that
// it is bundled with, what asks for products rejects with a ValidationError of the code `left-out`, and there are no widgets.

export { usePlainCore } from '../core/embedded.js';
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
  type ErrorDetails,
  type ErrorType,
} from '../types/errors.js';
export type * from '../types/types.js';
export { Vitrine } from '../api/vitrine.js';
