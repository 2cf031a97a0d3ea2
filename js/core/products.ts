// Loads what calls about products need: the core's second file, and texts in the page's language. Nothing of it is
// loaded before it is needed or the page is idle.

import { now } from '../ports/clock.js';
import { VitrineError } from '../types/errors.js';
import { lacksSecond, loadSecond, type Runtime } from './core.js';
import { toJson } from './text.js';

/** Fetches the texts in the page's language; undefined once that is done, and where the page wants none. */
let fetchTexts: (() => Promise<object | undefined>) | undefined;
/** JSON of the widgets' texts in the page's language; '' if there are none. */
let texts = '';
let loading: Promise<void> | undefined;

/** Makes calls about products wait for texts. `from`: fetches the texts in the page's language. */
export const fetchTextsLater = (from: typeof fetchTexts): void => {
  fetchTexts = from;
};

/** Returns whether calls about products can be made. */
export const hasProducts = (): boolean => !lacksSecond() && !fetchTexts;

/**
 * Loads what calls about products need. Rejects with a VitrineError (`products-not-loaded`); a later call tries again.
 */
export const loadProducts = async (): Promise<void> => {
  if (hasProducts()) return;
  const load = async () => {
    const fetching = fetchTexts?.().catch(() => undefined);
    await loadSecond();
    // Without a file for the language the texts stay English.
    const fetched = await fetching;
    if (fetched) texts = toJson(fetched);
    fetchTexts = undefined;
  };
  try {
    await (loading ||= load());
  } catch (error) {
    loading = undefined;
    throw new VitrineError(`Products cannot be loaded. ${error}`, { code: 'products-not-loaded' });
  }
};

type Name = keyof Runtime;
type Arguments = (number | string | Uint8Array)[];

/** Calls about products of one host, while they wait. */
export interface ProductsQueue {
  /** Keeps a call that must wait. Returns whether it must. */
  keeps(name: Name, args: Arguments): boolean;
  /** Forgets the calls whose first argument is `id`. Returns whether there were any. */
  withdraw(id: number): boolean;
}

/**
 * Opens the queue of a host.
 * @param run makes a call
 * @param refuse called for each call that waits when nothing can be loaded. A slot stays in the queue, so that the next
 * call about products opens it
 * @param fail called once then
 */
export const openProductsQueue = (
  run: (name: Name, args: Arguments) => void,
  refuse: (name: Name, id: number, error: VitrineError) => void,
  fail: (error: VitrineError) => void,
): ProductsQueue => {
  let waiting: [name: Name, args: Arguments][] = [];
  let isLoading = false;
  let hasTexts = false;

  const load = async () => {
    isLoading = true;
    try {
      await loadProducts();
      isLoading = false;
      // The last argument is the time of the call.
      for (const [name, args] of waiting.splice(0)) run(name, [...args.slice(0, -1), now()]);
    } catch (error) {
      isLoading = false;
      fail(error as VitrineError);
      const refused = waiting;
      waiting = waiting.filter(([name]) => name === 'openSlot');
      for (const [name, [id]] of refused) refuse(name, id as number, error as VitrineError);
    }
  };

  return {
    keeps(name, args) {
      if (!/^(request|openSlot|refreshSlot)$/.test(name)) return false;
      if (!hasProducts()) {
        waiting.push([name, args]);
        if (!isLoading) void load();
        return true;
      }
      if (texts && !hasTexts) {
        hasTexts = true;
        run('setTexts', [texts, now()]);
      }
      return false;
    },
    withdraw(id) {
      const { length } = waiting;
      waiting = waiting.filter(([, [other]]) => other !== id);
      return waiting.length < length;
    },
  };
};
