// Requests that report exactly one outcome each: an HTTP status, 0 for a network error, -1 for a timeout, -2 if the
// request could not be sent.

import { later } from './clock.js';

/** Receives the outcome of a request. `retryAfter` is the header's text or ''; `body` is the reply's bytes, or ''. */
export type Done = (requestId: number, status: number, retryAfter: string, body: Uint8Array | '') => void;

/** Sends requests and reports each outcome to the `Done` that was given to `openNet`. */
export interface Net {
  /**
   * Sends a request. `timeoutMs` is the limit for the reply with its body or, with `isHeadEnough`, for its status
   * alone: a page that is being left may receive the first bytes of a reply but not the last.
   */
  start(requestId: number, timeoutMs: number, url: string, init: RequestInit, isHeadEnough?: boolean): void;
  /** Aborts the request, which then reports no outcome. Returns false if there is no such request. */
  cancel(requestId: number): boolean;
  /** Returns whether a request is in flight. */
  isBusy(): boolean;
}

const canKeepAlive = (): boolean => typeof Request !== 'function' || 'keepalive' in Request.prototype;

/** @param onThrow receives an exception of the page's own `fetch`, which sends nothing */
export const openNet = (done: Done, onThrow?: (error: unknown) => void): Net => {
  /** Functions that end a request, by its id. A second outcome (a late reply, the abort's rejection) finds none. */
  const open = new Map<number, () => AbortController>();
  const close = (requestId: number) => {
    const end = open.get(requestId);
    open.delete(requestId);
    return end?.();
  };
  return {
    start(requestId, timeoutMs, url, init, isHeadEnough) {
      const finish = (status: number, retryAfter = '', body: Uint8Array | '' = '') => {
        if (close(requestId)) done(requestId, status, retryAfter, body);
      };
      const controller = new AbortController();
      const stopTimer = later(() => {
        finish(-1);
        controller.abort();
      }, timeoutMs);
      open.set(requestId, () => {
        stopTimer();
        return controller;
      });
      try {
        // An accepted beacon reports no outcome. "Network error" makes the core send the same event ids again; assuming
        // success could lose them.
        if (init.keepalive && init.method === 'POST' && !init.headers && !canKeepAlive())
          finish(navigator.sendBeacon(url, init.body) ? 0 : -2);
        // A page's own fetch may return any thenable, or nothing.
        else
          Promise.resolve(fetch(url, { ...init, credentials: 'omit', signal: controller.signal }))
            .then(async (reply) => {
              // An opaque reply, which the page may not read, at least proves delivery.
              const head = [
                reply.type === 'opaque' ? 204 : reply.status,
                reply.headers?.get('retry-after') || '',
              ] as const;
              if (isHeadEnough) finish(...head);
              // The body is always read, so that the connection can be reused. It stays bytes: text would be decoded
              // here and encoded again at the seam.
              finish(...head, new Uint8Array(await reply.arrayBuffer()));
            })
            // Chromium rejects the requests of a page that is reloaded just before its pagehide, though they may
            // have arrived. The failure is told in a later task, when the page has handed them over.
            .catch(() => later(() => finish(0), 0));
      } catch (error) {
        onThrow?.(error);
        finish(-2);
      }
    },
    cancel(requestId) {
      const controller = close(requestId);
      controller?.abort();
      return !!controller;
    },
    isBusy: () => open.size > 0,
  };
};
