// Functions that look at what the browser has stored of a site, and spoil it. Each runs in a page of the site that has
// no Vitrine.

/** Resolves to the mirror as {key: text}. Never makes the database. */
export const mirror = async () => {
  if (!(await indexedDB.databases()).some(({ name }) => name === 'vitrine')) return {};
  const ask = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
      // The database has been removed meanwhile.
      request.onupgradeneeded = () => request.transaction.abort();
    });
  const database = await ask(indexedDB.open('vitrine')).catch(() => undefined);
  if (!database) return {};
  try {
    const store = database.transaction('segments').objectStore('segments');
    const [keys, values] = await Promise.all([ask(store.getAllKeys()), ask(store.getAll())]);
    return Object.fromEntries(keys.map((key, i) => [key, String(values[i])]));
  } finally {
    database.close();
  }
};

/** Returns Vitrine's keys in localStorage as {key: text}. */
export const local = () =>
  Object.fromEntries(
    Object.keys(localStorage)
      .filter((key) => key.startsWith('vitrine:1:'))
      .map((key) => [key, localStorage.getItem(key)]),
  );

/** Fills localStorage to the last character, as a shop's own code might. */
export const fill = () => {
  for (let size = 1 << 23; size >= 1; size >>= 1) {
    try {
      localStorage.setItem(`shop:fill:${size}`, 'y'.repeat(size));
    } catch {
      // Half as much, then.
    }
  }
};

export const makeRoom = () => {
  for (const key of Object.keys(localStorage)) if (key.startsWith('shop:fill:')) localStorage.removeItem(key);
};

/** Returns whether this page's process sees what fill() has written: another one hears of changes some time later. */
export const isFilled = () => Object.keys(localStorage).some((key) => key.startsWith('shop:fill:'));

export const clear = () => localStorage.clear();

/** Clears localStorage and the mirror, as the browser's own dialogue does. */
export const wipe = async () => {
  localStorage.clear();
  if (!(await indexedDB.databases()).some(({ name }) => name === 'vitrine')) return;
  await new Promise((resolve) => {
    const opening = indexedDB.open('vitrine');
    opening.onupgradeneeded = () => opening.transaction.abort();
    opening.onerror = () => resolve(undefined);
    opening.onsuccess = () => {
      const database = opening.result;
      const work = database.transaction('segments', 'readwrite');
      work.objectStore('segments').clear();
      work.oncomplete = work.onabort = () => {
        database.close();
        resolve(undefined);
      };
    };
  });
};

/** Replaces the values of some keys by other characters. Returns {key: former text}, without keys that are gone. */
export const corrupt = (keys, salt) => {
  const former = {};
  let state = salt;
  const next = () => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) >>> 8;
  for (const key of keys) {
    const text = localStorage.getItem(key);
    if (text === null) continue;
    const length = 1 + (next() % 400);
    const spoilt = Array.from({ length }, () => String.fromCharCode(next() % 256)).join('');
    try {
      localStorage.setItem(key, spoilt);
      former[key] = text;
    } catch {
      // Storage is full.
    }
  }
  return former;
};
