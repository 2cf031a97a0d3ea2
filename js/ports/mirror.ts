// The crash-proof copy of journals: one small IndexedDB store, written behind. localStorage loses its last seconds when a browser is
// killed, IndexedDB does not. Where it is absent or fails there is no copy, and nobody is told.

import { JOURNAL } from './storage.js';

/** One write: a key and its new value, or nothing to remove it. */
export type Change = [key: string, value?: string];

/** The copy, by the full keys of the store. */
export interface Mirror {
  /** All changes in one transaction; resolves when it has ended, well or not. In WebKit nothing comes of one that begins in pagehide. */
  write(changes: Change[]): Promise<void>;
  /** Keys and values whose key starts with the journal prefix and then `start`; none where the copy cannot be read within a second. */
  read(start: string): Promise<Record<string, string>>;
  /** Lets go of the database, which may be in the way of the back/forward cache; the next call opens it again. */
  close(): void;
}

const STORE = 'segments';
// Safari has had an IndexedDB that never answered.
const PATIENCE_MS = 1000;

/** Opens nothing before the first call. */
export const openMirror = (): Mirror => {
  let opening: Promise<IDBDatabase> | undefined;
  let opened: IDBDatabase | undefined;

  const open = (): Promise<IDBDatabase> => {
    if (opening) return opening;
    const mine = (opening = new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('vitrine', 1);
      request.onupgradeneeded = () => request.result.createObjectStore(STORE);
      request.onerror = reject;
      request.onsuccess = () => {
        const database = request.result;
        // One that was closed while it opened is nobody's any more.
        if (opening === mine) opened = database;
        database.onversionchange = database.onclose = close;
        resolve(database);
      };
    }));
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
    for (const [key, value] of changes)
      if (value === undefined) store.delete(key);
      else store.put(value, key);
    // The page may be gone before the transaction would end by itself.
    transaction.commit?.();
    return ended(transaction);
  };

  return {
    async write(changes) {
      try {
        // In a page that is going away no promise is kept: what is open is used at once.
        await put(opened ?? (await open()), changes);
      } catch {
        // The copy is a second chance; without it the first one stands.
      }
    },
    async read(start) {
      const found: Record<string, string> = {};
      const reading = open().then((database) => {
        const transaction = begin(database, 'readonly');
        const prefix = JOURNAL + start;
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
      await Promise.race([reading, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]).catch(() => {});
      return found;
    },
    close,
  };
};
