// Keeps the queued calls of a page that ended while its core was loading, for the next page to run. Stored as JSON
// under the key vitrine:1:early: {page's random name: [[time in epoch ms, [name, ...arguments]], ...]}.

import { toMarkedJson } from '../core/text.js';
import { EARLY, OPT_OUT, type Store } from '../ports/storage.js';
import type { CommonConfig } from '../types/types.js';

/** One queued call: the time it was made (epoch ms), and its arguments, the first of which is the call's name. */
export type Call = [timeMs: number, args: unknown[]];

// A page makes a handful of calls. The bounds keep a runaway loop from filling the shop's storage.
const MOST_CALLS = 200;
const MOST_CHARS = 64 * 1024;

// Pages that end at the same time share the key, so each page keeps its calls under a random name.
type Kept = Record<string, Call[]>;
let name = '';
const pageName = () => (name ||= Math.random().toString(36).slice(2));

const read = (store: Store): Kept => {
  try {
    const kept: unknown = JSON.parse(store.get(EARLY) || '{}');
    return kept && typeof kept === 'object' ? (kept as Kept) : {};
  } catch {
    return {};
  }
};

const write = (store: Store, kept: Kept): boolean => {
  const text = toMarkedJson(kept);
  // An order is worth more room.
  if (text !== '{}')
    return text.length <= MOST_CHARS * (text.includes('trackPurchase') ? 4 : 1) && store.set(EARLY, text);
  store.remove(EARLY);
  return true;
};

const isCall = (call: unknown): call is Call =>
  Array.isArray(call) &&
  Number.isFinite(call[0]) &&
  call[0] > 0 &&
  Array.isArray(call[1]) &&
  typeof call[1][0] === 'string';

// Functions belong to this page, and the next page calls `init` itself. A page may have queued anything, also an object
// whose getter throws.
const isKeepable = (call: Call): boolean => {
  try {
    return isCall(call) && call[1][0] !== 'init' && !call[1].some((argument) => typeof argument === 'function');
  } catch {
    return false;
  }
};

/**
 * Stores this page's queued calls in place of those it stored before, if the configuration and the calls themselves
 * allow storage. A queued `setConsent` or `optOut` counts before anything is stored, and an `optOut` is remembered.
 * Returns the stored calls.
 */
export const keepCalls = (config: CommonConfig | undefined, calls: Call[], store: Store): Call[] => {
  const keepable = calls.filter(isKeepable);
  const wasOptedOut = !!store.get(OPT_OUT);
  let isOptedOut = wasOptedOut;
  let consent: unknown;
  for (const [, [name, level]] of keepable) {
    if (name === 'setConsent') consent = level;
    if (name === 'optOut' || name === 'optIn') isOptedOut = name === 'optOut';
  }
  const hasSignal = (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl;
  // The signal counts until the shop calls setConsent. In doubt nothing is stored.
  if (!consent && hasSignal && config?.privacy?.gpc !== 'ignore') consent = 'denied';
  if (!config || config.events?.enabled === false || config.events?.persistence === 'memory') return [];
  if (isOptedOut && !wasOptedOut) store.set(OPT_OUT, '1');
  if (isOptedOut || (consent || config.consent || 'granted') !== 'granted') return [];
  const kept = keepable.slice(0, MOST_CALLS);
  return kept.length && write(store, { ...read(store), [pageName()]: kept }) ? kept : [];
};

/** Removes this page's kept calls. Returns false if there are none, for example because another page has taken them. */
export const forgetOwn = (store: Store): boolean => {
  const { [pageName()]: own, ...others } = read(store);
  return !!own && write(store, others);
};

/** Removes and returns the kept calls of all pages, oldest first. */
export const takeCalls = (store: Store): Call[] => {
  const kept = read(store);
  write(store, {});
  const calls: Call[] = [];
  for (const page of Object.keys(kept)) if (Array.isArray(kept[page])) calls.push(...kept[page].filter(isKeepable));
  return calls.sort((a, b) => a[0] - b[0]);
};
