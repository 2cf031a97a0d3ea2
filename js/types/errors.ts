// The errors that a shop can catch. The core decides the type of an error; this file maps the type to a class.

/**
 * Type of an error; each has a class. `core` means that the core could not start or has stopped, or, in `onError`, a
 * fault of no other type.
 */
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

/** Details of an error besides its message. */
export interface ErrorDetails {
  /** Machine-readable reason, stable across versions. The service's own code, if it gave one. */
  code?: string;
  /** The argument or request field at fault, if known. */
  field?: string;
  /** HTTP status of the reply, if there was a reply. */
  status?: number;
  /** True if the same call may succeed later. Default false. */
  retryable?: boolean;
  /** Time to wait before the next attempt, in milliseconds, if the service gave one. */
  retryAfter?: number;
  /** Line in a template, from 1. */
  line?: number;
  /** Column in a template, from 1. */
  column?: number;
  /** All faults of the request by field, if the service lists several. */
  details?: { field: string; message: string }[];
  /** The exception behind an error that `onError` receives, if there is one. */
  cause?: unknown;
}

/** Base of all errors of this package. */
export class VitrineError extends Error {
  /** Type of the error. */
  declare readonly type: ErrorType;
  /** Machine-readable reason, or '' if none is known. */
  declare readonly code: string;
  /** True if the same call may succeed later. */
  declare readonly retryable: boolean;
  /** The argument or request field at fault, if known. */
  declare readonly field?: string;
  /** HTTP status of the reply, if there was a reply. */
  declare readonly status?: number;
  /** Time to wait before the next attempt, in milliseconds. */
  declare readonly retryAfter?: number;
  /** Line in a template, from 1. */
  declare readonly line?: number;
  /** Column in a template, from 1. */
  declare readonly column?: number;
  /** All faults of the request by field, if the service lists several. */
  declare readonly details?: { field: string; message: string }[];

  constructor(message: string, details?: ErrorDetails) {
    super(message);
    Object.assign(this, details);
  }
}

/** A missing or bad argument, or HTTP 400. Synchronous methods throw it, data calls reject with it. */
export class ValidationError extends VitrineError {}
/** HTTP 401: the API key is missing or wrong. */
export class AuthError extends VitrineError {}
/** HTTP 403: the API key does not allow this call, or does not allow this origin. */
export class ForbiddenError extends VitrineError {}
/** HTTP 404: the catalogue, configuration or product does not exist. */
export class NotFoundError extends VitrineError {}
/** HTTP 429: too many requests. Retryable after `retryAfter` milliseconds. */
export class RateLimitError extends VitrineError {}
/** No reply within the time limit, or HTTP 408 or 504. Retryable. */
export class TimeoutError extends VitrineError {}
/** HTTP 5xx, or a reply that cannot be read. Retryable. */
export class ServerError extends VitrineError {}
/** No connection. Retryable. Has no `status`. */
export class NetworkError extends VitrineError {}
/** The caller's AbortSignal fired. The error's `name` is 'AbortError', as for a DOMException. */
export class AbortError extends VitrineError {}

// Without a prototype: pages add members to Object.prototype, which for…in and look-ups would find here.
const classes: Record<string, typeof VitrineError> = {
  __proto__: null as never,
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

// Defines members of a class's prototype. An assignment would throw where the page has frozen Error.prototype.
const define = (target: typeof VitrineError, members: Record<string, unknown>) => {
  for (const name in members)
    Object.defineProperty(target.prototype, name, {
      __proto__: null,
      value: members[name],
      writable: true,
      configurable: true,
    } as PropertyDescriptor);
};

// Builds the names from the types, because a minifier renames classes.
for (const type in classes)
  define(classes[type]!, {
    __proto__: null,
    type,
    name: `${type[0]!.toUpperCase()}${type.slice(1)}Error`,
  });
define(VitrineError, { __proto__: null, type: 'core', name: 'VitrineError', code: '', retryable: false });

/**
 * Makes the error that the core describes in JSON (`type`, `message` and the members of ErrorDetails). An unknown type
 * gives a plain VitrineError.
 */
export const errorFrom = (json: string): VitrineError => {
  const { type, message, ...details } = JSON.parse(json || '{}') as ErrorDetails & { type?: string; message?: string };
  return new (classes[type!] || VitrineError)(message || 'unknown error', details);
};
