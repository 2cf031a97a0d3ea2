// Calls that a page queued but never gave to a core, because it went away while the core was loading: kept for the next page.

import { PREFIX, type Store } from '../ports/storage.js';
import type { CommonConfig } from '../types/types.js';

/** One queued call: when it was made (epoch ms), and its arguments, the first of them the call's name. */
export type Call = [timeMs: number, args: unknown[]];

const KEY = PREFIX + 'early';
// A page makes a handful; a runaway loop must not fill the shop's storage.
const MOST_CALLS = 200;
const MOST_CHARS = 64 * 1024;

// Pages that end at the same time share the key: each has its calls under a name of its own.
type Kept = Record<string, Call[]>;
const page = Math.random().toString(36).slice(2);

const read = (store: Store): Kept => {
  try {
    const kept: unknown = JSON.parse(store.get(KEY) || '{}');
    return kept && typeof kept === 'object' ? (kept as Kept) : {};
  } catch {
    return {};
  }
};

const write = (store: Store, kept: Kept): boolean => {
  const text = JSON.stringify(kept);
  if (text !== '{}') return text.length <= MOST_CHARS && store.set(KEY, text);
  store.remove(KEY);
  return true;
};

const isCall = (call: unknown): call is Call =>
  Array.isArray(call) &&
  Number.isFinite(call[0]) &&
  call[0] > 0 &&
  Array.isArray(call[1]) &&
  typeof call[1][0] === 'string';

// Functions are this page's own, and the next page makes its own init.
const isKeepable = (call: Call): boolean =>
  isCall(call) && call[1][0] !== 'init' && !call[1].some((argument) => typeof argument === 'function');

/** Whether a configuration lets anything be stored before the core can be asked. In doubt it does not. */
export const mayKeep = (config: CommonConfig | undefined, store: Store): boolean =>
  !!config &&
  (config.consent || 'granted') === 'granted' &&
  config.events?.enabled !== false &&
  config.events?.persistence !== 'memory' &&
  (config.privacy?.gpc === 'ignore' || !(navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl) &&
  !store.get(PREFIX + 'optout');

/** Keeps this page's queued calls in place of what it kept before. Answers which are stored; undefined when nothing has changed. */
export const keepCalls = (calls: Call[], store: Store): Call[] | undefined => {
  const keepable = calls.filter(isKeepable).slice(0, MOST_CALLS);
  return keepable.length && write(store, { ...read(store), [page]: keepable }) ? keepable : undefined;
};

/** Forgets what this page kept. False when there is nothing, which may mean that another page has taken it. */
export const forgetOwn = (store: Store): boolean => {
  const { [page]: own, ...others } = read(store);
  return !!own && write(store, others);
};

/** Takes what other pages kept, oldest first. */
export const takeCalls = (store: Store): Call[] => {
  const lists = Object.values(read(store)).filter(Array.isArray);
  write(store, {});
  return lists.flatMap((list) => list.filter(isKeepable)).sort((a, b) => a[0] - b[0]);
};
