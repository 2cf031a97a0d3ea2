// Replies as scripts that call a function of the page (JSON-P), for services that refuse cross-origin requests. The
// script runs with all rights of the page, so it is used only if the shop has enabled it.

import { later } from './clock.js';
import { make, member } from './dom.js';
import { stringify } from './json.js';
import type { Done, Net } from './net.js';

let last = 0;

/** `start` appends the function's name to the address. A page with Trusted Types refuses such scripts: status -2. */
export const openScripts = (
  done: Done,
): Pick<Net, 'cancel'> & { start(requestId: number, timeoutMs: number, url: string): void } => {
  const page = globalThis as unknown as Record<string, unknown>;
  const open = new Map<number, () => void>();
  const cancel = (requestId: number) => {
    open.get(requestId)?.();
    return open.delete(requestId);
  };
  return {
    cancel,
    start(requestId, timeoutMs, url) {
      const name = `vitrine_reply_${++last}`;
      const script = make('script');
      const finish = (status: number, body: string = '') => {
        if (cancel(requestId)) done(requestId, status, '', body && new TextEncoder().encode(body));
      };
      const stopTimer = later(() => finish(-1), timeoutMs);
      open.set(requestId, () => {
        stopTimer();
        script.remove();
        // A cancelled script still runs when it arrives, and its call must find a function.
        page[name] = () => {};
      });
      page[name] = (reply: unknown) => finish(200, stringify(reply) || '');
      const end = (status: number) => {
        finish(status);
        delete page[name];
      };
      script.onerror = () => end(0);
      // A script that ran without calling the function was no reply.
      script.onload = () => end(200);
      try {
        script.src = url + name;
        member(document, 'head').append(script);
      } catch {
        end(-2);
      }
    },
  };
};
