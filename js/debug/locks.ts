// Owners of journals: this tab, another tab, or nobody. A page holds the lock of its journals for as long as it
// lives (js/ports/locks.ts).

import { wallNow } from '../ports/clock.js';
import { memberOf } from '../ports/json.js';
import { JOURNAL, LEASE, type Store } from '../ports/storage.js';

export type Owner = 'this tab' | 'another tab' | 'nobody' | 'unknown';

interface Manager {
  request(name: string, work: () => Promise<unknown>): Promise<unknown>;
  query(): Promise<{ held?: { name?: string; clientId?: string }[] }>;
}

/** Resolves to the owners by journal; undefined where the browser has no Web Locks. */
export const readLocks = async (): Promise<Map<string, Owner> | undefined> => {
  const manager = memberOf(navigator, 'locks') as Manager | undefined;
  if (!memberOf(manager, 'query')) return;
  // A lock of our own, held for this question alone, says which client this tab is.
  const own = `vitrine-debug ${Math.random()}`;
  let held: { name?: string; clientId?: string }[] = [];
  await manager!.request(own, async () => {
    held = (await manager!.query()).held ?? [];
  });
  const client = held.find(({ name }) => name === own)?.clientId;
  const owners = new Map<string, Owner>();
  for (const { name = '', clientId } of held)
    if (name.startsWith(JOURNAL))
      owners.set(name.slice(JOURNAL.length), clientId === client ? 'this tab' : 'another tab');
  return owners;
};

/** Returns who owns a journal. */
export const ownerOf = (
  journal: string,
  locks: Map<string, Owner> | undefined,
  isOurs: boolean,
  store: Store,
): Owner => {
  if (locks) return locks.get(journal) ?? 'nobody';
  if (isOurs) return 'this tab';
  const [, until] = store.get(LEASE + journal)?.split(' ') ?? [];
  if (until === undefined) return 'unknown';
  return +until > wallNow() ? 'another tab' : 'nobody';
};
