// Makes text that the core can read: UTF-8 has no lone surrogates, and a JSON parser refuses their escapes.

import { EVERY, memberOf, membersOf, stringify, UNWRITABLE } from '../ports/json.js';
import { ValidationError } from '../types/errors.js';

/** The members that are read of an order, of an item of a list, and of a product outside any list. */
// biome-ignore format: one line each would be longer than the rest of the file
export const SOLD: readonly string[] = [
  'orderId', 'value', 'currency', 'items', 'itemId', 'quantity', 'unitPrice', 'title', 'availability', 'serve',
  'position',
];

/** Returns the text with each lone surrogate replaced by U+FFFD. */
export const wellFormed = (text: string): string => {
  const native = (text as { toWellFormed?: () => string }).toWellFormed;
  // With the u flag a surrogate pair is one code point, so the class matches lone halves only.
  return native ? native.call(text) : text.replace(/[\ud800-\udfff]/gu, '\ufffd');
};

// JSON.stringify writes a lone surrogate as \udXXX. Pairs of backslashes are skipped, so that "\\ud800" stays.
const mended = (text?: string) =>
  (text || 'null').replace(/\\\\|\\ud[89a-f]../g, (match) => (match[1] === 'u' ? '\ufffd' : match));

/**
 * Returns the JSON text of a value from the shop. Functions and undefined are left out, as in JSON.stringify.
 * Throws ValidationError for a value that JSON cannot express (a cycle, a BigInt).
 */
export const toJson = (value: unknown): string => {
  try {
    return mended(stringify(value));
  } catch (cause) {
    throw new ValidationError(`not serialisable: ${cause}`, { code: 'not-serialisable' });
  }
};

/**
 * Returns the JSON text of a value from the shop for a reader in the core that judges each member. A value that JSON
 * cannot express becomes a mark that no reader accepts. Never throws.
 * @param names names of the members to write, at any level; others become null, and functions are marked too. EVERY:
 * all members. Default: all, and functions are left out
 */
export const toMarkedJson = (value: unknown, names: readonly string[] = []): string => mended(stringify(value, names));

/**
 * Returns the plugins of a configuration, unchecked; [] if it has only its own hook for events; undefined if no hook of
 * it may receive events.
 */
export const pluginsOf = (config: unknown): unknown[] | undefined =>
  listOf(memberOf(config, 'plugins')) || (typeof memberOf(config, 'beforeTrack') === 'function' ? [] : undefined);

/** Returns whether the plugins' code is needed for a configuration. Its `onError` works without. */
export const hasHooks = (config: unknown): boolean =>
  !!pluginsOf(config) || ['onSend', 'onConsent'].some((name) => typeof memberOf(config, name) === 'function');

/**
 * Returns a copy of the shop's configuration, which may throw wherever it is read. Plugins are left out, because they
 * may lead to anything, as to the whole page.
 */
export const copyOf = (config: unknown): unknown => {
  const plugins = memberOf(config, 'plugins');
  const own = pluginsOf(config)
    ? { ...membersOf(config), beforeTrack: undefined, plugins: listOf(plugins) ? undefined : plugins }
    : config;
  return JSON.parse(toMarkedJson(own, EVERY));
};

/** As `toMarkedJson`, for a query. Throws ValidationError with the field that JSON cannot express. */
export const toQueryJson = (query: unknown): string => {
  const text = toMarkedJson(query);
  const at = text.indexOf(UNWRITABLE);
  if (at >= 0) {
    const [, field] = /.*"(\w+)":/s.exec(text.slice(0, at)) || [];
    refuse(field || 'query', 'a value that JSON can express');
  }
  return text;
};

/** Throws ValidationError: "<field> must be <rule>." */
export const refuse = (field: string, rule: string): never => {
  throw new ValidationError(`${field} must be ${rule}.`, { code: 'bad-argument', field });
};

/**
 * Returns the text of an id from the shop: a text as it is, the digits of a number. Any other value gives 'null', which
 * the core refuses as an id; so does a number from 2^53 on, because JavaScript has rounded it: two ids may be one.
 */
export const idTextOf = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : typeof value === 'number' && Math.abs(value) < 2 ** 53
      ? stringify(value)!
      : 'null';

/** Returns the text of a product's id; of an object, of the first of `productId`, `itemId` and `id`. */
export const idOf = (item: unknown): string =>
  idTextOf(
    item && typeof item === 'object'
      ? (memberOf(item, 'productId') ?? memberOf(item, 'itemId') ?? memberOf(item, 'id'))
      : item,
  );

/** Returns a copy of a list; undefined for any other value. */
export const listOf = (items: unknown): unknown[] | undefined => {
  try {
    return typeof items === 'object' ? [...(items as unknown[])] : undefined;
  } catch {
    return undefined;
  }
};

/** Returns the texts of the ids of a list of products; undefined for any other value. */
export const idsOf = (items: unknown): string[] | undefined => listOf(items)?.map((item) => idOf(item));

/** Returns the details of a product that stand in the item itself, as in a line of an order. */
export const detailsOf = (item: unknown): Record<string, unknown> => {
  const details: Record<string, unknown> = {};
  for (const name of ['quantity', 'unitPrice', 'currency', 'title']) details[name] = memberOf(item, name);
  return details;
};

/** Returns whether a text of the page's markup may be an id. The core refuses the same texts (wasm/model/ids.h). */
export const isId = (text: string): boolean =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the core counts them as blank
  !/^((undefined|null|NaN|[\s\0-\x1f\u200b-\u200f]*)$|\[object )/.test(text);

/**
 * Returns a position for the core, which reads -1 as "not given". NaN, from a failed parseInt in the shop's code, means
 * the same. Throws ValidationError for anything but a number or a text of one.
 */
export const position = (value: unknown): number => {
  const number = typeof value === 'string' ? +value : (value ?? -1);
  if (typeof number !== 'number') return refuse('position', 'a number');
  // biome-ignore lint/suspicious/noSelfCompare: only NaN differs from itself, and Number.isNaN takes more bytes
  return number === number ? number : -1;
};
