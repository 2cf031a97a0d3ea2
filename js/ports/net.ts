// Requests whose outcome always comes, exactly once: a status, 0 for a network error, -1 for a timeout, -2 for "could not be sent".

/** What happened to a request; `retryAfter` is the header's text or '', `body` the reply's bytes as they came, or ''. */
export type Done = (requestId: number, status: number, retryAfter: string, body: Uint8Array | '') => void;

/** Sends requests and reports each outcome to the `Done` it was made with. */
export interface Net {
  /** `timeoutMs` covers the reply's body too. */
  start(requestId: number, timeoutMs: number, url: string, init: RequestInit): void;
  /** Aborts; no outcome is reported any more. */
  cancel(requestId: number): void;
}

const canKeepAlive = (): boolean => typeof Request !== 'function' || 'keepalive' in Request.prototype;

export const openNet = (done: Done): Net => {
  const open = new Map<number, () => void>();
  const close = (requestId: number) => {
    const stop = open.get(requestId);
    stop?.();
    // Whatever comes second (a late reply, the abort's own rejection) finds nothing to finish.
    return open.delete(requestId);
  };
  return {
    start(requestId, timeoutMs, url, init) {
      const finish = (status: number, retryAfter = '', body: Uint8Array | '' = '') => {
        if (close(requestId)) done(requestId, status, retryAfter, body);
      };
      const controller = new AbortController();
      const timer = setTimeout(finish, timeoutMs, -1);
      open.set(requestId, () => {
        clearTimeout(timer);
        controller.abort();
      });
      try {
        // An accepted beacon tells nothing more. Saying "network error" has the same event ids sent again; a guess would lose them.
        if (init.keepalive && init.method === 'POST' && !init.headers && !canKeepAlive()) finish(navigator.sendBeacon(url, init.body) ? 0 : -2);
        else
          fetch(url, { ...init, credentials: 'omit', signal: controller.signal })
            .then(async (reply) =>
              // What a page may not read has at least arrived. Bytes, because the core takes no others: text would be decoded here to be encoded again at the seam.
              finish(reply.type === 'opaque' ? 204 : reply.status, reply.headers.get('retry-after') || '', new Uint8Array(await reply.arrayBuffer())),
            )
            .catch(() => finish(0));
      } catch {
        finish(-2);
      }
    },
    cancel: close,
  };
};
