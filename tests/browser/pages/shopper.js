// What a test does in a page, whichever way the package was loaded. `vitrine` is set by the page's own script.
window.shopper = {
  vitrine: undefined,

  isUp() {
    return !!this.vitrine && this.vitrine.getVisitorId() !== '';
  },

  /** Shows products `<name>-0` to `<name>-<count - 1>` and clicks each: count + 1 events. */
  click(name, count) {
    const itemIds = Array.from({ length: count }, (_, i) => `${name}-${i}`);
    const context = this.vitrine.events.trackItemsServed({ surface: 'test_page', source: 'curated', itemIds });
    itemIds.forEach((itemId, position) => context.trackClick(itemId, position));
    return context.serveId;
  },

  /** The same, but a click every few milliseconds: tabs that do it at once get in each other's way. */
  clickSlowly(name, count) {
    const itemIds = Array.from({ length: count }, (_, i) => `${name}-${i}`);
    const context = this.vitrine.events.trackItemsServed({ surface: 'test_page', source: 'curated', itemIds });
    let position = 0;
    const next = () => {
      context.trackClick(itemIds[position], position);
      if (++position < count) setTimeout(next, 5);
    };
    next();
  },

  /** Keys of the package in localStorage; none where there is no localStorage. */
  keys() {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith('vitrine'));
    } catch {
      return [];
    }
  },

  /** What the crash-proof copy holds, as text. Looks first whether it exists, since looking into it would make it. */
  async mirror() {
    if (!(await indexedDB.databases()).some(({ name }) => name === 'vitrine')) return '';
    const ask = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await ask(indexedDB.open('vitrine'));
    try {
      return (await ask(database.transaction('segments').objectStore('segments').getAll())).join('\n');
    } finally {
      database.close();
    }
  },

  isIdle() {
    return this.vitrine.events.getMetrics().queued === 0 && !this.keys().some((key) => key.startsWith('vitrine:1:j:'));
  },
};

// A link to here takes all it can of a shopper who clicks and is gone.
addEventListener('click', (event) => event.target.id === 'leave' && shopper.click('leaving', 20));
