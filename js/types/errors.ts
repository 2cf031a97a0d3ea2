// What a shop can catch. The core decides which error it is; this file only gives it a class.

/** Which kind of error it is; one class each. `core` means that the WebAssembly core could not start or has stopped. */
export type ErrorType =
  | 'validation'
  | 'auth'
  | 'forbidden'
  | 'notFound'
  | 'rateLimit'
  | 'timeout'
  | 'server'
  | 'network'
  | 'abort'
  | 'core';

/** What an error tells beside its message. */
export interface ErrorDetails {
  /** Machine-readable reason, stable across versions: the vendor's own code where it gave one. */
  code?: string;
  /** The argument or request field at fault, where one is known. */
  field?: string;
  /** HTTP status of the reply, where there was one. */
  status?: number;
  /** True when the same call may succeed later. Default false. */
  retryable?: boolean;
  /** Milliseconds the vendor asks to wait before the next try. */
  retryAfter?: number;
  /** Where in a template, from 1. */
  line?: number;
  column?: number;
  /** Every complaint about a field of the request, where the vendor lists several. */
  details?: { field: string; message: string }[];
}

/** Base of all errors of this package. */
export class VitrineError extends Error {
  /** Which kind of error it is. */
  declare readonly type: ErrorType;
  /** Machine-readable reason; '' when none is known. */
  declare readonly code: string;
  /** True when the same call may succeed later. */
  declare readonly retryable: boolean;
  /** The argument or request field at fault. */
  declare readonly field?: string;
  /** HTTP status of the reply. */
  declare readonly status?: number;
  /** Milliseconds to wait before the next try. */
  declare readonly retryAfter?: number;
  /** Where in a template, from 1. */
  declare readonly line?: number;
  declare readonly column?: number;
  /** Every complaint about a field of the request, where the vendor lists several. */
  declare readonly details?: { field: string; message: string }[];

  constructor(message: string, details?: ErrorDetails) {
    super(message);
    Object.assign(this, details);
  }
}

/** A missing or bad argument, or HTTP 400. Thrown by the method itself where there is a caller to see it. */
export class ValidationError extends VitrineError {}
/** HTTP 401: the API key is missing or wrong. */
export class AuthError extends VitrineError {}
/** HTTP 403: the key may not do this, or this origin may not use it. */
export class ForbiddenError extends VitrineError {}
/** HTTP 404: no such catalogue, configuration or product. */
export class NotFoundError extends VitrineError {}
/** HTTP 429. Retryable after `retryAfter` milliseconds. */
export class RateLimitError extends VitrineError {}
/** No reply in time, or HTTP 408 or 504. Retryable. */
export class TimeoutError extends VitrineError {}
/** HTTP 5xx, or a reply that cannot be read. Retryable. */
export class ServerError extends VitrineError {}
/** No connection. Retryable; has no `status`. */
export class NetworkError extends VitrineError {}
/** The caller's AbortSignal fired. Its `name` is 'AbortError', as a DOMException's would be. */
export class AbortError extends VitrineError {}

const classes: Record<string, typeof VitrineError> = {
  validation: ValidationError,
  auth: AuthError,
  forbidden: ForbiddenError,
  notFound: NotFoundError,
  rateLimit: RateLimitError,
  timeout: TimeoutError,
  server: ServerError,
  network: NetworkError,
  abort: AbortError,
};

// Names are spelled from the types because a minifier renames classes.
for (const type in classes)
  Object.assign(classes[type]!.prototype, { type, name: `${type[0]!.toUpperCase()}${type.slice(1)}Error` });
Object.assign(VitrineError.prototype, { type: 'core', name: 'VitrineError', code: '', retryable: false });

/** The error that an error text of the core describes; text that cannot be read gives a plain VitrineError. */
export const errorFrom = (json: string): VitrineError => {
  const { type, message, ...details } = JSON.parse(json || '{}') as ErrorDetails & { type?: string; message?: string };
  return new (classes[type!] || VitrineError)(message || 'unknown error', details);
};
