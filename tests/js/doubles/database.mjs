// IndexedDB of one origin, reduced to one store of texts. Transactions end one task later than they start.

const later = (callback) => setImmediate(callback);

export class Database {
  items = new Map();
  /** 'absent': no indexedDB; 'refused': it cannot be opened; 'silent': it never replies; 'full': transactions abort;
   * 'unlisted': an engine without databases(). */
  fault = '';
  transactions = 0;
  exists = false;
  opened = 0;
  /** Calls of open(), also those that opened nothing. */
  requests = 0;
  connections = 0;
  #connections = [];

  constructor(fault = '') {
    this.fault = fault;
  }

  get #isBroken() {
    return this.fault && this.fault !== 'unlisted';
  }

  get globals() {
    if (this.fault === 'absent') return {};
    return {
      indexedDB: {
        open: () => this.#open(),
        deleteDatabase: () => this.#remove(),
        databases: this.fault === 'unlisted' ? undefined : () => this.#list(),
      },
      IDBKeyRange: { bound: (from, to) => ({ from, to }) },
    };
  }

  async #list() {
    if (this.fault === 'silent') await new Promise(() => {});
    return this.exists ? [{ name: 'vitrine' }] : [];
  }

  #open() {
    this.requests++;
    let isAborted = false;
    const request = { result: this.#connection(), transaction: { abort: () => (isAborted = true) } };
    if (this.fault !== 'silent')
      later(() => {
        if (this.fault === 'refused') return request.onerror(new Error('InvalidStateError'));
        if (!this.exists) request.onupgradeneeded();
        if (isAborted) return request.onerror(new Error('AbortError'));
        this.exists = true;
        this.opened++;
        this.connections++;
        request.onsuccess();
      });
    return request;
  }

  #remove() {
    this.upgrade();
    this.items.clear();
    this.exists = false;
  }

  /** Deletes or upgrades the database: its connections receive versionchange. */
  upgrade() {
    for (const connection of this.#connections) connection.onversionchange?.();
  }

  #connection() {
    let isOpen = true;
    const connection = {
      createObjectStore() {},
      close: () => {
        if (isOpen) this.connections--;
        isOpen = false;
      },
      transaction: () => {
        if (!isOpen) throw new Error('InvalidStateError');
        this.transactions++;
        const transaction = { objectStore: () => this.#store() };
        later(() =>
          later(() =>
            this.fault === 'full' ? transaction.onabort?.(new Error('QuotaExceededError')) : transaction.oncomplete?.(),
          ),
        );
        return transaction;
      },
    };
    this.#connections.push(connection);
    return connection;
  }

  #store() {
    const { items } = this;
    return {
      put: (value, key) => this.#isBroken || items.set(key, value),
      delete: (key) => this.#isBroken || items.delete(key),
      count: () => {
        const request = {};
        later(() => request.onsuccess({ target: { result: items.size } }));
        return request;
      },
      openCursor: ({ from, to }) => {
        const keys = [...items.keys()].filter((key) => key >= from && key <= to).sort();
        const request = {};
        const step = (i) => {
          const cursor =
            i < keys.length ? { key: keys[i], value: items.get(keys[i]), continue: () => step(i + 1) } : null;
          request.onsuccess({ target: { result: cursor } });
        };
        later(() => step(0));
        return request;
      },
    };
  }
}
