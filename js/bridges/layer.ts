// Watches a data layer: the page's array, to which the shop, its tag manager and its consent banner push messages.
//
// The layer belongs to the page. Tag managers replace its `push` by their own, before or after this one, and pages
// replace the whole array. So `push` is wrapped, and the array is also looked at from time to time for messages that
// have come by another way. Each message counts once.

import { later } from '../ports/clock.js';
import { listen } from '../ports/dom.js';
import { guarded } from '../ports/guard.js';
import { memberOf } from '../ports/json.js';

const LOOK_MS = 1000;

const isObject = (value: unknown): value is object => !!value && typeof value === 'object';

/** A data layer. */
export interface Layer {
  /** Pushes a message that `watch` does not report. Does nothing if the page has no data layer. */
  push(message: unknown): void;
  /**
   * Calls `receive` with each message that is an object, in order, also with those that are there already.
   * @param makes makes the array if the page has none; else a page that makes one later is read from then on
   */
  watch(receive: (message: object) => void, makes: boolean): void;
}

/** Opens the data layer `window[name]`. */
export const openLayer = (name: string): Layer => {
  const page = globalThis as unknown as Record<string, unknown>;
  const own = new WeakSet<object>();

  return {
    push(message) {
      const layer = memberOf(page, name);
      if (!Array.isArray(layer)) return;
      if (isObject(message)) own.add(message);
      layer.push(message);
    },
    watch(receive, makes) {
      const seen = new WeakSet<object>();
      let wrapped: unknown;
      const take = guarded((message: unknown) => {
        if (!isObject(message) || own.has(message)) return;
        seen.add(message);
        receive(message);
      });
      const wrap = guarded((layer: unknown[]) => {
        const { push } = layer;
        const value = function (this: unknown[], ...messages: unknown[]) {
          const result = push.apply(this, messages);
          messages.forEach(take);
          return result;
        };
        // A page may copy the members that a loop over the array finds.
        Object.defineProperty(layer, 'push', { value, configurable: true, writable: true });
      });
      const look = guarded(() => {
        if (makes && memberOf(page, name) === undefined) page[name] = [];
        const layer = memberOf(page, name);
        // An element of the page may have this name.
        if (!Array.isArray(layer)) return;
        if (layer !== wrapped) wrap((wrapped = layer));
        for (const message of [...layer]) if (isObject(message) && !seen.has(message)) take(message);
      });
      const lookAgain = () => {
        look();
        later(lookAgain, LOOK_MS, false);
      };
      lookAgain();
      const always = new AbortController();
      listen(document, 'visibilitychange', look, always);
      listen(window, 'pagehide', look, always);
    },
  };
};
