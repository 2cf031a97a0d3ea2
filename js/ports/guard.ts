// Keeps faults of what watches the page away from the page, and from the calls of the shop.

import { report, textOf } from './report.js';

let log: (level: 'error', message: string, code: string, cause: unknown) => void = report;
const known = new Set<string>();

/** Returns whether this is the first call with this text. */
export const isNew = (fault: string): boolean => known.size < known.add(fault).size;

/** Has faults reported by `next`, which knows the configuration's `onError`. */
export const logFaultsWith = (next: typeof log): void => {
  log = next;
};

/**
 * Returns a function that calls `step`, and reports an exception of it instead of throwing, the same one once. For
 * everything that the browser calls, and for the parts of autoTrack that run inside a call of the shop.
 */
export const guarded =
  <A extends unknown[]>(step: (...args: A) => unknown) =>
  (...args: A): void => {
    try {
      step(...args);
    } catch (error) {
      const what = textOf(error);
      if (isNew(what))
        log('error', `Watching the page failed: ${what}. All other tracking goes on.`, 'watching-failed', error);
    }
  };
