// Makes text that the core can read: UTF-8 has no lone surrogates, and a JSON parser refuses their escapes.

import { stringify } from '../ports/json.js';
import { ValidationError } from '../types/errors.js';

/** Returns the text with each lone surrogate replaced by U+FFFD. */
export const wellFormed = (text: string): string => {
  const native = (text as { toWellFormed?: () => string }).toWellFormed;
  // With the u flag a surrogate pair is one code point, so the class matches lone halves only.
  return native ? native.call(text) : text.replace(/[\ud800-\udfff]/gu, '\ufffd');
};

/**
 * Returns the JSON text of a value from the shop. Functions and undefined are left out, as in JSON.stringify.
 * Throws ValidationError for a value that JSON cannot express (a cycle, a BigInt).
 */
export const toJson = (value: unknown): string => {
  let text: string | undefined;
  try {
    text = stringify(value);
  } catch (cause) {
    throw new ValidationError(`not serialisable: ${cause}`, { code: 'not-serialisable' });
  }
  // JSON.stringify writes a lone surrogate as \udXXX. Pairs of backslashes are skipped, so that "\\ud800" stays
  // unchanged.
  return (text || 'null').replace(/\\\\|\\ud[89a-f]../g, (match) => (match[1] === 'u' ? '\ufffd' : match));
};
