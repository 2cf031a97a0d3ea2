// Requests whose outcome always comes, exactly once: a status, 0 for a network error, -1 for a timeout, -2 for "could not be sent".

/** What happened to a request; `retryAfter` is the header's text or '', `body` the reply's bytes as they came, or ''. */
export type Done = (requestId: number, status: number, retryAfter: string, body: Uint8Array | '') => void;

/** Sends requests and reports each outcome to the `Done` it was made with. */
export interface Net {
  /**
   * `timeoutMs` covers what is waited for: the reply with its body, or with `isHeadEnough` its status alone. A page that is being left hears
   * the first bytes of an answer when there is no time for the last.
   */
  start(requestId: number, timeoutMs: number, url: string, init: RequestInit, isHeadEnough?: boolean): void;
  /** Aborts; no outcome is reported any more. False if there is no such request. */
  cancel(requestId: number): boolean;
  /** Whether an outcome is still to come. */
  isBusy(): boolean;
}

const canKeepAlive = (): boolean => typeof Request !== 'function' || 'keepalive' in Request.prototype;

export const openNet = (done: Done): Net => {
  /** By request, what ends it. Whatever comes second (a late reply, the abort's own rejection) finds nothing to end. */
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
      const timer = setTimeout(() => {
        finish(-1);
        controller.abort();
      }, timeoutMs);
      open.set(requestId, () => (clearTimeout(timer), controller));
      try {
        // An accepted beacon tells nothing more. Saying "network error" has the same event ids sent again; a guess would lose them.
        if (init.keepalive && init.method === 'POST' && !init.headers && !canKeepAlive())
          finish(navigator.sendBeacon(url, init.body) ? 0 : -2);
        else
          fetch(url, { ...init, credentials: 'omit', signal: controller.signal })
            .then(async (reply) => {
              // What a page may not read has at least arrived.
              const head = [
                reply.type === 'opaque' ? 204 : reply.status,
                reply.headers.get('retry-after') || '',
              ] as const;
              if (isHeadEnough) finish(...head);
              // Read in any case, so that the connection serves again. Bytes, because the core takes no others: text would be decoded here
              // to be encoded again at the seam.
              finish(...head, new Uint8Array(await reply.arrayBuffer()));
            })
            .catch(() => finish(0));
      } catch {
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
