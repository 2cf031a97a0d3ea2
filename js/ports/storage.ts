// The only access to localStorage. Nothing here throws: a storage that is absent, forbidden, full or read-only is
// reported by a return value.

/** In front of every key that this package writes. The number is the version of the layout (docs/storage.md). */
export const PREFIX = 'vitrine:1:';

/** In front of the key of a segment, `<journal>:<number>`; with the journal alone, the name of its Web Lock. */
export const JOURNAL = PREFIX + 'j:';

/** In front of the key of a lease, `<journal>`. */
export const LEASE = PREFIX + 'l:';

/** In front of the key of a record of calls that were queued before there was a core, `<record>`. */
export const EARLY = PREFIX + 'early:';

/** The key of the record of visitor, session and user. */
export const IDENTITY = PREFIX + 'id';

/** The key of the known orders. */
export const ORDERS = PREFIX + 'orders';

/** The key of the level that the shopper gave to setConsent() last. */
export const CONSENT = PREFIX + 'consent';

/** The key of the shopper's own refusal. */
export const OPT_OUT = PREFIX + 'optout';

/** Stored text by full key. */
export interface Store {
  /** `localStorage` if the state outlives the page. */
  readonly kind: 'localStorage' | 'memory';
  /** Returns the stored text, or null if there is none or it cannot be read. */
  get(key: string): string | null;
  /**
   * Writes. Returns false if the storage refused (full, read-only, gone) or only pretends to write, or if the key
   * lacks the prefix.
   */
  set(key: string, value: string): boolean;
  remove(key: string): void;
  /** Returns all keys with the prefix. */
  keys(): string[];
}

const memory = (): Store => {
  const map = new Map<string, string>();
  return {
    kind: 'memory',
    get: (key) => map.get(key) ?? null,
    set: (key, value) => !!map.set(key, value),
    remove: (key) => void map.delete(key),
    keys: () => [...map.keys()],
  };
};

/** Returns localStorage if it is wanted and can be read, else memory. Writes nothing to find out. */
export const openStore = (wanted: boolean): Store => {
  const attempt = <T>(step: () => T, failed: T): T => {
    try {
      return step();
    } catch {
      return failed;
    }
  };
  // Reading the property throws where cookies are blocked. In some web views it is null.
  const area = wanted && attempt(() => window.localStorage, null);
  if (!area || attempt(() => area.length, -1) < 0) return memory();
  // A storage that has once returned what was written is believed: reading back every write would double its cost.
  let isTrue = false;
  return {
    kind: 'localStorage',
    get: (key) => attempt(() => area.getItem(key), null),
    set: (key, value) =>
      attempt(() => {
        if (!key.startsWith(PREFIX)) return false;
        area.setItem(key, value);
        return (isTrue ||= area.getItem(key) === value);
      }, false),
    remove: (key) => attempt(() => area.removeItem(key), undefined),
    keys: () =>
      attempt(() => {
        const keys: string[] = [];
        for (let i = 0; i < area.length; i++) keys.push(area.key(i) ?? '');
        return keys.filter((key) => key.startsWith(PREFIX));
      }, []),
  };
};

/** Returns the names of all stored segments, `<journal>:<number>`. */
export const segmentNames = (store: Store): string[] =>
  store
    .keys()
    .filter((key) => key.startsWith(JOURNAL))
    .map((key) => key.slice(JOURNAL.length));

/** Returns the ids of the journals that have a segment in the store. */
export const journalIds = (store: Store): string[] => [
  ...new Set(segmentNames(store).map((name) => name.split(':')[0]!)),
];

/** Returns the segments of one journal, by their number. */
export const segmentsOf = (store: Store, journalId: string): Record<string, string> => {
  const segments: Record<string, string> = {};
  for (const name of segmentNames(store)) {
    const [id, number] = name.split(':');
    if (id === journalId) segments[number!] = store.get(JOURNAL + name) ?? '';
  }
  return segments;
};

/**
 * Returns the ids of the records of queued calls: their keys without PREFIX. Version 0.2.2 kept the calls of all pages
 * under one key without a colon.
 */
export const earlyIds = (store: Store): string[] =>
  store
    .keys()
    .filter((key) => (key + ':').startsWith(EARLY))
    .map((key) => key.slice(PREFIX.length));

/** Returns the key of the record of queued calls with this id. */
export const earlyKey = (id: string): string => PREFIX + id;

/**
 * Returns whether a write of this key by another tab concerns the core. Segments, leases and queued calls have one
 * owner, so they do not.
 */
export const isShared = (key: string): boolean =>
  key.startsWith(PREFIX) && !key.startsWith(JOURNAL) && !key.startsWith(LEASE) && !(key + ':').startsWith(EARLY);

/** Returns the core's state: all shared keys with their values. */
export const sharedState = (store: Store): Record<string, string> => {
  const state: Record<string, string> = {};
  for (const key of store.keys()) if (isShared(key)) state[key] = store.get(key) ?? '';
  return state;
};
