// Keeps faults of what watches the page away from the page, and from the calls of the shop.

import type { VitrineError } from '../types/errors.js';
import { memberOf } from './json.js';
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

/**
 * Returns a function that passes a fault to the configuration's `onError`. A fault of `onError` itself is only written,
 * because it might fail again.
 */
export const onErrorOf = (config: unknown): ((error: VitrineError) => void) => {
  let isTelling = false;
  return (error) => {
    const onError = memberOf(config, 'onError');
    if (isTelling || typeof onError !== 'function') return;
    isTelling = true;
    try {
      onError.call(config, error);
    } catch (cause) {
      const line = `onError of the configuration has failed (${textOf(cause)}). Mend it.`;
      if (isNew(line)) report('error', line, 'onerror-failed', cause);
    }
    isTelling = false;
  };
};
