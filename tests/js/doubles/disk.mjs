// localStorage of one origin, shared by the tabs that open it.

export class Disk {
  items = new Map();
  /** 'full' refuses writes; 'broken' throws on every access; 'deaf' takes writes and keeps nothing. */
  fault = '';
  /** Number of writes. */
  writes = 0;
  #views = new Set();

  /** Returns a tab's localStorage. `onStorage(event)` receives the writes of other tabs. */
  open(onStorage) {
    const view = { onStorage };
    this.#views.add(view);
    const tell = (key, newValue) => {
      for (const other of this.#views) if (other !== view) other.onStorage?.({ key, newValue });
    };
    const check = (fault) => {
      if (this.fault === 'broken' || this.fault === fault) throw new Error('QuotaExceededError');
    };
    const { items } = this;
    return {
      get length() {
        check();
        return items.size;
      },
      key: (i) => [...items.keys()][i] ?? null,
      getItem: (key) => {
        check();
        return items.get(key) ?? null;
      },
      setItem: (key, value) => {
        check('full');
        this.writes++;
        if (this.fault === 'deaf') return;
        items.set(key, String(value));
        tell(key, String(value));
      },
      removeItem: (key) => {
        check();
        if (items.delete(key)) tell(key, null);
      },
      clear: () => {
        items.clear();
        tell(null, null);
      },
    };
  }
}

/**
 * localStorage of one origin in a browser with a process for each tab: a tab sees the writes of others `lagMs` late.
 * In the end all see the last write.
 */
export class SlowDisk {
  items = new Map();
  #views = [];
  #writes = 0;

  constructor(clock, lagMs) {
    this.clock = clock;
    this.lagMs = lagMs;
  }

  open() {
    const view = { items: new Map(this.items), orders: new Map() };
    this.#views.push(view);
    const apply = (to, key, value, order) => {
      if (order < (to.orders.get(key) ?? 0)) return;
      to.orders.set(key, order);
      if (value === null) to.items.delete(key);
      else to.items.set(key, value);
    };
    const write = (key, value) => {
      const order = ++this.#writes;
      if (value === null) this.items.delete(key);
      else this.items.set(key, value);
      apply(view, key, value, order);
      for (const other of this.#views)
        if (other !== view) this.clock.setTimeout(() => apply(other, key, value, order), this.lagMs);
    };
    return {
      get length() {
        return view.items.size;
      },
      key: (i) => [...view.items.keys()][i] ?? null,
      getItem: (key) => view.items.get(key) ?? null,
      setItem: (key, value) => write(key, String(value)),
      removeItem: (key) => view.items.has(key) && write(key, null),
    };
  }
}

/** The browser's lock manager of one origin. Each tab has its own view, and loses its locks when it is closed. */
export class LockTable {
  #owners = new Map();

  open() {
    const tab = {};
    return {
      close: () => {
        for (const [name, owner] of this.#owners) if (owner === tab) this.#owners.delete(name);
      },
      manager: {
        request: async (name, options, callback) => {
          await null;
          if (!options.ifAvailable) throw new Error('this double supports only ifAvailable');
          if (this.#owners.has(name)) return callback(null);
          this.#owners.set(name, tab);
          try {
            return await callback({ name });
          } finally {
            if (this.#owners.get(name) === tab) this.#owners.delete(name);
          }
        },
      },
    };
  }

  get held() {
    return [...this.#owners.keys()];
  }
}
