// Ownership of journals. A tab holds one lock per journal for as long as it lives, so a free lock marks an orphaned
// journal.

import { later, wallNow } from './clock.js';
import { memberOf } from './json.js';
import { earlyIds, earlyKey, JOURNAL, LEASE, segmentsOf, type Store } from './storage.js';

/**
 * Receives whether a journal is ours. `isCurrent` returns, also later, whether this same claim still stands: neither
 * released nor replaced by a new claim.
 */
export type Answer = (ours: boolean, isCurrent: () => boolean) => void;

/** Locks by journal id. Each `claim` calls back once, unless it is released before. */
export interface Locks {
  /**
   * Tries to become the owner; calls `notify` at once or later. A `false` after a `true` means that a lease was lost.
   * `isOwn`: the page created this journal itself, and remains the owner if the browser cannot lock anything.
   */
  claim(journalId: string, notify: Answer, isOwn?: boolean): void;
  release(journalId: string): void;
  releaseAll(): void;
  /** Returns false if another page owns the journal by now. Where locks cannot be lost, always true. */
  isOurs(journalId: string): boolean;
}

// The entries of `held` identify the claims, so that a result which arrives after a release is recognised and ignored.
const table = (
  take: (id: string, isCurrent: () => boolean, notify: (ours: boolean) => void, isOwn?: boolean) => () => void,
): Locks => {
  const held = new Map<string, () => void>();
  const release = (id: string) => {
    const giveUp = held.get(id);
    held.delete(id);
    giveUp?.();
  };
  return {
    claim(id, notify, isOwn) {
      release(id);
      let giveUp = () => {};
      const handle = () => giveUp();
      const isCurrent = () => held.get(id) === handle;
      held.set(id, handle);
      giveUp = take(
        id,
        isCurrent,
        (ours) => {
          if (!isCurrent()) return;
          if (!ours) held.delete(id);
          notify(ours, isCurrent);
        },
        isOwn,
      );
    },
    release,
    releaseAll: () => [...held.keys()].forEach(release),
    isOurs: () => true,
  };
};

/** Locks for storage that no other page can see: every journal is ours. */
export const noLocks: Locks = {
  claim: (_id, notify) => notify(true, () => true),
  release() {},
  releaseAll() {},
  isOurs: () => true,
};

/** Locks by the Web Locks API. They end with the page, however it ends. */
export const webLocks = (manager: LockManager): Locks =>
  table((id, isCurrent, notify, isOwn) => {
    let letGo = () => {};
    const claim = async () =>
      manager.request(JOURNAL + id, { ifAvailable: true }, (lock) => {
        notify(!!lock);
        // A claim that was released before `notify`, or by it, does not keep the lock.
        return lock && isCurrent() ? new Promise<void>((resolve) => (letGo = resolve)) : undefined;
      });
    claim().catch(() => notify(!!isOwn));
    return () => letGo();
  });

/** How often an owner renews its lease, milliseconds. */
export const BEAT_MS = 20_000;
// The timers of a hidden tab run once a minute, so a lease must outlive two missed minutes before its owner counts as
// dead.
const LEASE_MS = 150_000;
// Two tabs can write the same lease at once, and a browser with several processes shows a write to the others late. The
// tab that finds its own name after this pause owns the lease: both see the same last write if it takes less than half
// of the pause to reach them.
const SETTLE_MS = 1000;

// An end far in the future comes from a clock that was set back, and must not keep a dead tab's lease alive.
const isEnded = (store: Store, key: string): boolean => {
  const until = +(store.get(key)?.split(' ')[1] ?? 0);
  return !(until > wallNow()) || until > wallNow() + 2 * LEASE_MS;
};

/**
 * Leases with a heartbeat in the store, for pages without Web Locks (plain http, old browsers). A lease is stored
 * under `vitrine:1:l:<journal id>` as "<random name of the owner> <end in epoch ms>". Leases are weaker than locks: a
 * tab that sleeps longer than its lease loses it and gets `notify(false)`; events that both tabs then send have the
 * same ids.
 */
export const leases = (store: Store): Locks => {
  const name = Math.random().toString(36).slice(2);
  // The lease of a page that was killed behind its last event.
  for (const key of store.keys())
    if (key.startsWith(LEASE) && isEnded(store, key) && !Object.keys(segmentsOf(store, key.slice(LEASE.length))).length)
      store.remove(key);
  const ownerOf = (id: string) => store.get(LEASE + id)?.split(' ')[0];
  const locks = table((id, _isCurrent, notify, isOwn) => {
    const key = LEASE + id;
    const mine = () => ownerOf(id) === name;
    const write = () => store.set(key, `${name} ${wallNow() + LEASE_MS}`);
    let stopTimer = () => {};
    let isWritten = false;
    const beat = () => {
      if (!mine()) return notify(false);
      write();
      stopTimer = later(beat, BEAT_MS);
    };
    const settle = () => {
      // A storage that takes no lease takes no journal either, so no other page can find this one.
      if (isOwn && !isWritten) return notify(true);
      // Renews the lease before `notify`, which may already release it.
      const ours = mine();
      if (ours) beat();
      notify(ours);
    };
    if (!isEnded(store, key) && !mine()) notify(false);
    else {
      isWritten = write();
      // No other tab can know an own journal that is not stored yet, so there is no rival to wait for.
      if (isOwn && !Object.keys(segmentsOf(store, id)).length) settle();
      else stopTimer = later(settle, SETTLE_MS);
    }
    return () => {
      stopTimer();
      if (mine()) store.remove(key);
    };
  });
  return { ...locks, isOurs: (id) => (ownerOf(id) ?? name) === name };
};

/** Returns the locks for what is in the store. */
export const locksFor = (store: Store): Locks =>
  store.kind === 'memory'
    ? noLocks
    : memberOf(memberOf(navigator, 'locks'), 'request')
      ? webLocks(navigator.locks)
      : leases(store);

/** Removes the records of queued calls whose pages have ended. A page that is still loading runs its calls itself. */
export const removeEarly = (store: Store, locks: Locks): void =>
  earlyIds(store).forEach((id) =>
    locks.claim(id, (ours) => {
      if (ours) store.remove(earlyKey(id));
      locks.release(id);
    }),
  );
