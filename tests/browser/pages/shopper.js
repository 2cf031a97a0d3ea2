// Functions that tests call in a page, for every way of loading the package. The page's own script sets `vitrine`.
window.shopper = {
  vitrine: undefined,

  isUp() {
    return !!this.vitrine && this.vitrine.getVisitorId() !== '' && this.hasWidgets();
  },

  /** Returns whether the widgets are defined, or will never be, as in a page that only tracks. */
  hasWidgets() {
    return !(/** @type {any} */ (window).Vitrine?.loadProducts) || !!customElements.get('vitrine-widget');
  },

  /** Shows products `<name>-0` to `<name>-<count - 1>` and clicks each: count + 1 events. */
  click(name, count) {
    const itemIds = Array.from({ length: count }, (_, i) => `${name}-${i}`);
    const context = this.vitrine.events.trackItemsServed({ surface: 'test_page', source: 'curated', itemIds });
    itemIds.forEach((itemId, position) => context.trackClick(itemId, position));
    return context.serveId;
  },

  /** Like click(), but with a click every few milliseconds, since tabs that click all at once slow each other down. */
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

  /** Returns the package's keys in localStorage; none if there is no localStorage. */
  keys() {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith('vitrine'));
    } catch {
      return [];
    }
  },

  /**
   * Returns the mirror's content as text: of the keys that begin with `prefix`. Checks first that the database exists,
   * since opening it would create it.
   */
  async mirror(prefix = '') {
    if (!(await indexedDB.databases()).some(({ name }) => name === 'vitrine')) return '';
    const ask = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await ask(indexedDB.open('vitrine'));
    try {
      const store = database.transaction('segments').objectStore('segments');
      const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
      return (await ask(store.getAll(range))).join('\n');
    } finally {
      database.close();
    }
  },

  isIdle() {
    return this.vitrine.events.getMetrics().queued === 0 && !this.keys().some((key) => key.startsWith('vitrine:1:j:'));
  },
};

// The link `leave` reports 20 clicks at the moment when the shopper leaves the page.
addEventListener(
  'click',
  ({ target }) => target instanceof Element && target.id === 'leave' && shopper.click('leaving', 20),
);
