// The mirror: a copy of the journals, of the shopper's ids and of the shopper's consent in one small IndexedDB store,
// written shortly after localStorage. localStorage loses its last seconds when a browser is killed, and everything when
// a script of the shop clears it; IndexedDB does not. If IndexedDB is missing or fails,
// there is no mirror, and no error is reported.

import { later } from './clock.js';
import { IDENTITY } from './storage.js';

/** One write: a key and its new value. Without a value the key is removed. */
export type Change = [key: string, value?: string];

/** The mirror. Its keys are the full keys of the store. */
export interface Mirror {
  /**
   * Writes all changes in one transaction. Resolves when the transaction has ended, whether it succeeded or not. In
   * WebKit a transaction that begins in pagehide writes nothing. Once the shopper's ids have been removed, a write that
   * leaves the mirror empty removes the database too.
   */
  write(changes: Change[]): Promise<void>;
  /**
   * Returns the entries whose key begins with `prefix`; none if the mirror cannot be read within a second. Creates no
   * database, and neither does a `write` that only removes.
   */
  read(prefix: string): Promise<Record<string, string>>;
  /**
   * Closes the database, because an open one may keep the page out of the back/forward cache. The next call reopens
   * it.
   */
  close(): void;
}

const STORE = 'segments';
// Some versions of Safari had an IndexedDB that never replied.
const PATIENCE_MS = 1000;

/** Returns a mirror. The database is opened by the first call. */
export const openMirror = (): Mirror => {
  let opening: Promise<IDBDatabase> | undefined;
  let opened: IDBDatabase | undefined;
  let isCreating = false;
  // The ids leave the mirror only when the shopper wants nothing stored.
  let isRefused = false;
  let latest: IDBTransaction | undefined;

  // Opening a database that does not exist begins an upgrade. In Chromium a page that is frozen during an upgrade keeps
  // all other pages from opening the database until it is gone from the back/forward cache.
  const exists = async () => {
    if (indexedDB.databases && !(await indexedDB.databases()).some(({ name }) => name === 'vitrine'))
      throw new Error('no database');
  };

  const open = (creates: boolean): Promise<IDBDatabase> => {
    // A read may be finding out at this moment that there is no database.
    if (opening) return creates && !isCreating ? opening.catch(() => open(true)) : opening;
    isCreating = creates;
    const connect = () =>
      new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open('vitrine', 1);
        // A shopper who refuses gets no database, not even an empty one.
        request.onupgradeneeded = () => {
          if (creates) request.result.createObjectStore(STORE);
          else request.transaction!.abort();
        };
        request.onerror = reject;
        request.onsuccess = () => {
          const database = request.result;
          // A database that was closed while it opened must not be used.
          if (opening === mine) opened = database;
          database.onversionchange = database.onclose = close;
          resolve(database);
        };
      });
    const mine = (opening = creates ? connect() : exists().then(connect));
    // A read that found no database must not keep a write from creating one. It also ends this way if open() throws.
    mine.catch(() => {
      if (!creates && opening === mine) opening = undefined;
    });
    return mine;
  };

  const close = () => {
    opening?.then((database) => database.close()).catch(() => {});
    opening = opened = undefined;
  };

  const begin = (database: IDBDatabase, mode: IDBTransactionMode) =>
    database.transaction(STORE, mode, { durability: 'relaxed' });

  const ended = (transaction: IDBTransaction) =>
    new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = reject;
    });

  const put = (database: IDBDatabase, changes: Change[]) => {
    const transaction = begin(database, 'readwrite');
    const store = transaction.objectStore(STORE);
    const mine = (latest = transaction);
    for (const [key, value] of changes) {
      if (key === IDENTITY) isRefused = value === undefined;
      if (value === undefined) store.delete(key);
      else store.put(value, key);
    }
    // Other tabs close the database when it is about to be removed (onversionchange).
    if (isRefused)
      store.count().onsuccess = ({ target }) => {
        // A write that began after this one is not counted yet, and would be removed too.
        if ((target as IDBRequest<number>).result || mine !== latest) return;
        close();
        indexedDB.deleteDatabase('vitrine');
      };
    // Commits at once, because the page may end before the transaction would end by itself.
    transaction.commit?.();
    return ended(transaction);
  };

  return {
    async write(changes) {
      try {
        // In a page that is ending no promise settles any more, so an open database is used without waiting.
        await put(opened ?? (await open(changes.some((change) => change.length > 1))), changes);
      } catch {
        // Ignored: localStorage still holds the events.
      }
    },
    async read(prefix) {
      // Without a prototype: for…in would find what pages add to Object.prototype.
      const found: Record<string, string> = { __proto__: null as never };
      const reading = open(false).then((database) => {
        const transaction = begin(database, 'readonly');
        transaction.objectStore(STORE).openCursor(IDBKeyRange.bound(prefix, prefix + '\uffff')).onsuccess = ({
          target,
        }) => {
          const cursor = (target as IDBRequest<IDBCursorWithValue | null>).result;
          if (!cursor) return;
          found[cursor.key as string] = cursor.value;
          cursor.continue();
        };
        return ended(transaction);
      });
      await Promise.race([reading, new Promise((resolve) => later(() => resolve(0), PATIENCE_MS))]).catch(() => {});
      return found;
    },
    close,
  };
};
