// The npm entry for shops that only track: `vitrine/tracking`. Contains identity, events, viewability and attribution,
// but no widgets. Data calls reject with a ValidationError (code `left-out`), because the core of this bundle has none.

export { loadVitrine } from '../api/load_vitrine.js';
export { loadCore, usePlainCore } from '../core/embedded.js';
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
