// A localStorage for tests.

/** The storage of a test. */
export interface TestStorage {
  /** The stored values, by key. A test may change them, as another tab does. */
  readonly items: Map<string, string>;
  /** Makes every write fail, as a full storage does; `false` ends that. */
  refuseWrites(isFull?: boolean): void;
  /** Gives the page its own storage back. */
  restore(): void;
}

/**
 * Replaces `localStorage` by an empty one, also where there is none. Call it before Vitrine is made. Without a
 * document, as in Node, Vitrine keeps everything in memory and uses no storage.
 */
export const useTestStorage = (): TestStorage => {
  const items = new Map<string, string>();
  let isFull = false;
  const storage = {
    get length() {
      return items.size;
    },
    key: (index: number) => [...items.keys()][index] ?? null,
    getItem: (key: string) => items.get(String(key)) ?? null,
    setItem(key: string, value: string) {
      if (isFull) throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
      items.set(String(key), String(value));
    },
    removeItem: (key: string) => void items.delete(String(key)),
    clear: () => items.clear(),
  };
  const real = Object.getOwnPropertyDescriptor(globalThis, 'localStorage');
  Object.defineProperty(globalThis, 'localStorage', { value: storage, configurable: true, writable: true });
  return {
    items,
    refuseWrites(refuses = true) {
      isFull = refuses;
    },
    restore() {
      if (real) Object.defineProperty(globalThis, 'localStorage', real);
      else Reflect.deleteProperty(globalThis, 'localStorage');
    },
  };
};
