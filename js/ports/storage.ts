// The one door to stored state. Nothing here throws: absent, forbidden, full and read-only storage are answers, not exceptions.

/** In front of every key this package writes; the number is the version of the layout. */
export const PREFIX = 'vitrine:1:';

/** In front of the keys of segments, `<journal>:<number>`. */
export const JOURNAL = PREFIX + 'j:';

/** The key of what led to items, and of orders that are known. */
export const TOUCH = PREFIX + 'touch';

/** Stored text by full key. */
export interface Store {
  /** Whether what is written outlives the page. */
  readonly kind: 'localStorage' | 'memory';
  /** The stored text, or null when there is none or it cannot be read. */
  get(key: string): string | null;
  /** Writes; false when the storage refused (full, read-only, gone). A key without the prefix is refused. */
  set(key: string, value: string): boolean;
  remove(key: string): void;
  /** All keys under the prefix. */
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

/** localStorage where it is wanted and can be read, else memory. Writes nothing to find out. */
export const openStore = (wanted: boolean): Store => {
  const attempt = <T>(step: () => T, failed: T): T => {
    try {
      return step();
    } catch {
      return failed;
    }
  };
  // Reading the property itself throws where cookies are blocked; it is null in some web views.
  const area = wanted && attempt(() => window.localStorage, null);
  if (!area || attempt(() => area.length, -1) < 0) return memory();
  return {
    kind: 'localStorage',
    get: (key) => attempt(() => area.getItem(key), null),
    set: (key, value) =>
      attempt(() => {
        if (!key.startsWith(PREFIX)) return false;
        area.setItem(key, value);
        return true;
      }, false),
    remove: (key) => attempt(() => area.removeItem(key), undefined),
    keys: () =>
      attempt(() => Array.from({ length: area.length }, (_, i) => area.key(i)!), []).filter((key) =>
        key?.startsWith(PREFIX),
      ),
  };
};

/** Names of all stored segments, `<journal>:<number>`. */
export const segmentNames = (store: Store): string[] =>
  store
    .keys()
    .filter((key) => key.startsWith(JOURNAL))
    .map((key) => key.slice(JOURNAL.length));

/** Ids of the journals that have a segment in the store. */
export const journalIds = (store: Store): string[] => [
  ...new Set(segmentNames(store).map((name) => name.split(':')[0]!)),
];

/** The segments of one journal, by their number. */
export const segmentsOf = (store: Store, journalId: string): Record<string, string> => {
  const segments: Record<string, string> = {};
  for (const name of segmentNames(store)) {
    const [id, number] = name.split(':');
    if (id === journalId) segments[number!] = store.get(JOURNAL + name) ?? '';
  }
  return segments;
};

/** Whether another tab's write of this key concerns the core: not segments, leases and early calls, which have one owner. */
export const isShared = (key: string): boolean =>
  key.startsWith(PREFIX) && !/^(j:|l:|early$)/.test(key.slice(PREFIX.length));

/** The core's state: all shared keys with their values. */
export const sharedState = (store: Store): Record<string, string> => {
  const state: Record<string, string> = {};
  for (const key of store.keys()) if (isShared(key)) state[key] = store.get(key) ?? '';
  return state;
};
