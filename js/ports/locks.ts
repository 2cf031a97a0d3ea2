// Who owns a journal. A tab holds one lock per journal for as long as it lives, so that an orphan is known by its free lock.

import { PREFIX, segmentsOf, type Store } from './storage.js';

/** Hears whether a journal is ours. `isCurrent` says later whether this very claim has neither been released nor made again. */
export type Answer = (ours: boolean, isCurrent: () => boolean) => void;

/** Locks by journal id. Each `claim` is answered once, unless it was released before its answer. */
export interface Locks {
  /**
   * Tries to become the owner; answers at once or later. A `false` after a `true` says that a lease was lost. `isOwn`: the page has made
   * this journal itself, so where the browser fails to lock anything it is the page's all the same.
   */
  claim(journalId: string, answer: Answer, isOwn?: boolean): void;
  release(journalId: string): void;
  releaseAll(): void;
}

// An entry in `held` is the claim itself, so that an answer which arrives after a release finds that it is no longer wanted.
const table = (
  take: (id: string, isCurrent: () => boolean, answer: (ours: boolean) => void, isOwn?: boolean) => () => void,
): Locks => {
  const held = new Map<string, () => void>();
  const release = (id: string) => {
    const giveUp = held.get(id);
    held.delete(id);
    giveUp?.();
  };
  return {
    claim(id, answer, isOwn) {
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
          answer(ours, isCurrent);
        },
        isOwn,
      );
    },
    release,
    releaseAll: () => [...held.keys()].forEach(release),
  };
};

/** For state that no other page can see: everything is ours. */
export const noLocks: Locks = {
  claim: (_id, answer) => answer(true, () => true),
  release() {},
  releaseAll() {},
};

/** The browser's own locks: they end with the page however it ends. */
export const webLocks = (manager: LockManager): Locks =>
  table((id, isCurrent, answer, isOwn) => {
    let letGo = () => {};
    manager
      .request(`${PREFIX}j:${id}`, { ifAvailable: true }, (lock) => {
        answer(!!lock);
        // Not held for a claim that was released, before its answer or because of it.
        return lock && isCurrent() ? new Promise<void>((resolve) => (letGo = resolve)) : undefined;
      })
      .catch(() => answer(!!isOwn));
    return () => letGo();
  });

/** How often an owner renews its lease, milliseconds. */
export const BEAT_MS = 20_000;
// A hidden tab's timers run once a minute, so a lease must outlive two missed minutes before anyone may call its owner dead.
const LEASE_MS = 150_000;
// Two tabs can write the same lease at once; whoever finds its own name after this pause has won.
const SETTLE_MS = 60;

/**
 * Leases with a heartbeat in the store, for pages without Web Locks (plain http, old engines). Weaker: a tab that sleeps for longer
 * than its lease loses it and is told so with `answer(false)`; what both tabs then send has the same event ids.
 */
export const leases = (store: Store): Locks => {
  const name = Math.random().toString(36).slice(2);
  return table((id, _isCurrent, answer) => {
    const key = `${PREFIX}l:${id}`;
    const mine = () => store.get(key)?.split(' ')[0] === name;
    const write = () => store.set(key, `${name} ${Date.now() + LEASE_MS}`);
    let timer: ReturnType<typeof setTimeout>;
    const beat = () => {
      if (!mine()) return answer(false);
      write();
      timer = setTimeout(beat, BEAT_MS);
    };
    const settle = () => {
      // The lease first, then the news: what the owner does next may already release it.
      const ours = mine();
      if (ours) beat();
      answer(ours);
    };
    const until = +(store.get(key)?.split(' ')[1] ?? 0);
    const ended = !(until > Date.now()) || until > Date.now() + 2 * LEASE_MS; // a clock set back must not keep a dead tab alive
    if (!ended && !mine()) answer(false);
    else {
      write();
      // A journal that nobody has stored yet is known to nobody else, so there is nobody to wait for.
      if (Object.keys(segmentsOf(store, id)).length) timer = setTimeout(settle, SETTLE_MS);
      else settle();
    }
    return () => {
      clearTimeout(timer);
      if (mine()) store.remove(key);
    };
  });
};
