// Loads what calls about products need: the core's second file, texts in the page's language, and for a shop's own
// templates the third file. Nothing of it is loaded before it is needed or, but for the third file, the page is idle.

import { now } from '../ports/clock.js';
import { report } from '../ports/report.js';
import { VitrineError } from '../types/errors.js';
import { lacks, loadPart, type Runtime } from './core.js';
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

/** Returns whether calls about products can be made, `withTemplates`: with a shop's own templates too. */
export const hasProducts = (withTemplates = false): boolean =>
  !lacks('products') && !fetchTexts && !(withTemplates && lacks('templates'));

/** Returns whether the JSON of a slot's request has a shop's own templates. */
export const hasTemplates = (json: unknown): boolean => /"partials":/.test(json as string);

const loadFirst = async () => {
  const fetching = fetchTexts?.().catch((error) => report('warn', `Texts stay English. ${error}`, 'texts-not-loaded'));
  await loadPart('products');
  // Without a file for the language the texts stay English.
  const fetched = await fetching;
  if (fetched) texts = toJson(fetched);
  fetchTexts = undefined;
};

/**
 * Loads what calls about products need. Rejects with a VitrineError (`products-not-loaded`); a later call tries again.
 * `withTemplates`: also loads what a shop's own templates need.
 */
export const loadProducts = async (withTemplates = false): Promise<void> => {
  try {
    if (!hasProducts()) await (loading ||= loadFirst());
    if (withTemplates) await loadPart('templates');
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
 * @param refuse called for each call that waits when a file cannot be loaded. A slot stays in the queue, so that the
 * next call that waits, or the slot's own, opens it
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

  // A call that also needs the third file waits a second time, so that it does not detain the others.
  const load = async (withTemplates: boolean) => {
    isLoading = true;
    try {
      await loadProducts(withTemplates);
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
      // A slot's calls stay in order.
      if (!hasProducts(hasTemplates(args[1])) || waiting.some(([, [id]]) => id === args[0])) {
        waiting.push([name, args]);
        if (!isLoading) void load(hasProducts());
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
