// Keeps the queued calls of a page that may end before its core is up, for another page to run.
//
// A record is written once and never changed. Its lock belongs to the page that wrote it, for as long as that page may
// still run the calls, and then to the first page with a core that gets it. Only the owner of the lock removes the
// record, and then runs its calls. A record that cannot be locked stays: its calls run later.
//
// The JSON text of a record, under the key vitrine:1:early:<record>, is {"<shopper>": [[time in epoch ms, [name,
// ...arguments]], ...]}, with the visitor and the user as stored at that moment. Version 0.2.2 has kept the calls of
// all pages under the key vitrine:1:early, with the pages' names in place of the shopper.

import { toMarkedJson } from '../core/text.js';
import { later } from '../ports/clock.js';
import { memberOf } from '../ports/json.js';
import type { Locks } from '../ports/locks.js';
import { CONSENT, EARLY, earlyIds, earlyKey, IDENTITY, OPT_OUT, PREFIX, type Store } from '../ports/storage.js';
import type { CommonConfig } from '../types/types.js';

/** One queued call: the time it was made (epoch ms), and its arguments, the first of which is the call's name. */
export type Call = [timeMs: number, args: unknown[]];

// A page makes a handful of calls. The bounds keep a runaway loop from filling the shop's storage.
const MOST_CALLS = 200;
const MOST_CHARS = 64 * 1024;
// Another process of the browser may see a record for a moment after its removal, so the lock outlives the record.
const LINGER_MS = 1000;

/** Returns an argument of a call; a page may have queued anything. */
export const argumentOf = (call: unknown, at: '0' | '1'): unknown => memberOf(memberOf(call, '1'), at);

const parse = (text: string | null): object | undefined => {
  try {
    return JSON.parse(text!);
  } catch {
    return undefined;
  }
};

/** Returns the stored visitor and user as one text, which changes with each identify and reset that had an effect. */
const shopperIn = (store: Store): string =>
  store
    .get(IDENTITY)
    ?.match(/"[uv]":"[^"]*"/g)
    ?.join() || 'undefined';

// The calls of a page that has ended concern its own cart, lists and consent, except those that record something.
// Functions belong to their page. A page may have queued anything, also an object whose getter throws.
const isKeepable = (call: unknown): call is Call => {
  try {
    const [timeMs, args] = call as Call;
    return (
      Number.isFinite(timeMs) &&
      timeMs > 0 &&
      /^(events\.track|identify$|reset$)/.test(args[0] as string) &&
      !args.some((argument) => typeof argument === 'function')
    );
  } catch {
    return false;
  }
};

/**
 * Returns the consent that will be in force once the queued calls have run, for decisions before there is a core:
 * calls are stored under `granted` only. `unknown` if the configuration forbids storage. Stores or removes the
 * shopper's own refusal if `optOut` or `optIn` is queued.
 */
export const consentOf = (config: CommonConfig | undefined, calls: Call[], store: Store): string => {
  if (!config || config.events?.enabled === false || config.events?.persistence === 'memory') return 'unknown';
  let word: unknown;
  let consent: unknown;
  for (const call of calls) {
    const name = argumentOf(call, '0');
    if (name === 'setConsent') consent = argumentOf(call, '1');
    if (name === 'optOut' || name === 'optIn') word = name;
  }
  const said = store.get(CONSENT);
  if (consent === 'unknown') store.remove(CONSENT);
  if (consent === 'denied' || consent === 'anonymous' || consent === 'granted') store.set(CONSENT, consent);
  if (word === 'optOut') store.set(OPT_OUT, '1');
  if (word === 'optIn') store.remove(OPT_OUT);
  if (word === 'optOut' || store.get(OPT_OUT)) return 'denied';
  // The signal counts until the shop calls setConsent. In doubt nothing is stored.
  const hasSignal = (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl;
  if (!consent && hasSignal && config.privacy?.gpc !== 'ignore') return 'denied';
  // The shopper's word on another page counts if it is stricter than the configuration.
  if (!consent && (said !== 'granted' || config.consent === 'unknown')) consent = said;
  return (consent || config.consent || 'granted') as string;
};

/** The records of queued calls, seen from one page. */
export interface KeptCalls {
  /**
   * Stores those of the calls that are in no record yet. Without consent removes the records of this page.
   * @param isLast this page has no core for them, so any page may run them
   */
  keep(config: CommonConfig | undefined, calls: Call[], isLast: boolean): void;
  /** Claims the locks of all records. Calls `done` once, when each has a result; at once if there is none to claim. */
  claim(done: () => void): void;
  /**
   * Removes the records whose locks this page has. Returns the calls to run: those in the records of other pages,
   * oldest first, then `calls` without those that another page runs, or will.
   * @param calls the queue of this page
   */
  collect(calls: Call[]): Call[];
  /** Gives up all locks. Must be called when the page is left, because its records are then for any page. */
  letGo(): void;
}

const drop = (calls: Call[], call: Call) => {
  const at = calls.indexOf(call);
  if (at >= 0) calls.splice(at, 1);
};

export const openKeptCalls = (store: Store, locks: Locks): KeptCalls => {
  /** The calls in the records of this page, by the record's id. */
  const own = new Map<string, Call[]>();
  /** The claimed records: true once the lock is ours. */
  const held = new Map<string, boolean>();

  const claimOne = (id: string, done: (_: never) => void, isOwn?: boolean) => {
    held.set(id, false);
    locks.claim(id, (ours) => done((ours ? held.set(id, ours) : held.delete(id)) as never), isOwn);
  };

  const remove = (id: string) => {
    store.remove(earlyKey(id));
    own.delete(id);
    later(() => {
      held.delete(id);
      locks.release(id);
    }, LINGER_MS);
  };

  const letGo = () => {
    held.clear();
    locks.releaseAll();
  };

  return {
    keep(config, calls, isLast) {
      if (consentOf(config, calls, store) !== 'granted') {
        for (const id of own.keys()) if (held.get(id)) remove(id);
        return;
      }
      const known = [...own.values()].flat();
      const added = calls.filter((call) => known.indexOf(call) < 0 && isKeepable(call)).slice(0, MOST_CALLS);
      const text = toMarkedJson({ [shopperIn(store)]: added });
      let length = text.length;
      for (const id of earlyIds(store)) length += store.get(earlyKey(id))?.length || 0;
      // An order is worth more room.
      if (added.length && length <= MOST_CHARS * (text.includes('trackPurchase') ? 4 : 1)) {
        const id = EARLY.slice(PREFIX.length) + Math.random().toString(36).slice(2);
        if (!isLast) claimOne(id, () => {}, true);
        if (store.set(earlyKey(id), text)) own.set(id, added);
        else locks.release(id);
      }
      if (isLast) letGo();
    },

    claim(done) {
      let open = 1;
      const settle = () => --open || done();
      for (const id of earlyIds(store)) {
        if (held.has(id)) continue;
        open++;
        claimOne(id, settle);
      }
      settle();
    },

    collect(calls) {
      const shopper = shopperIn(store);
      const taken: Call[] = [];
      for (const id of [...own.keys(), ...held.keys()]) {
        const text = held.get(id) ? store.get(earlyKey(id)) : null;
        const record = parse(text) || {};
        const stored = Object.values(record).flat() as unknown[];
        const isSame = Object.keys(record)[0] === shopper;
        // An older identify or reset must not overrule what the shopper has said since.
        for (const call of own.get(id) || stored.filter(isKeepable))
          if (!text || (!isSame && !/^e/.test(call[1][0] as string))) drop(calls, call);
          else if (calls.indexOf(call) < 0) taken.push(call);
        if (held.get(id)) remove(id);
      }
      return [...taken.sort((a, b) => a[0] - b[0]), ...calls];
    },

    letGo,
  };
};
