// Acts of a random shopper in a page. Runs before all other scripts of the page.
(() => {
  const { now } = Date;
  Date.now = () => now() + chaos.aheadMs;

  /** A page of ten screens, so that products can be scrolled into view. */
  const place = () => {
    const box = document.createElement('div');
    Object.assign(box.style, { width: '200px', height: '100px', margin: '2000px 0', background: '#ccc' });
    return document.body.appendChild(box);
  };
  const served = (itemIds) =>
    shopper.vitrine.events.trackItemsServed({ surface: 'test_page', source: 'curated', itemIds });
  const price = { title: 'A product', unitPrice: 5, currency: 'EUR' };

  const acts = {
    click: (tokens) => {
      const list = served(tokens);
      tokens.forEach((token, position) => list.trackClick(token, position));
    },
    cart: ([token]) => served([token]).trackAddToCart(token, { quantity: 1, ...price }),
    remove: ([token]) => shopper.vitrine.events.trackRemoveFromCart(token, { quantity: 1 }),
    viewItem: ([token]) => shopper.vitrine.events.trackViewItem(token),
    search: ([token]) => shopper.vitrine.events.trackSearch(token),
    purchase: ([token]) =>
      shopper.vitrine.events.trackPurchase({
        orderId: token,
        value: 5,
        currency: 'EUR',
        items: [{ itemId: 'trail-jacket', quantity: 1, unitPrice: 5 }],
      }),
    own: ([token]) => shopper.vitrine.events.track(token, { step: 1 }),
    identify: ([token]) => shopper.vitrine.identify(token),
    reset: () => shopper.vitrine.reset(),
    view: ([token]) => {
      const box = place();
      served([token]).observe(box, token, 0);
      box.scrollIntoView({ block: 'center', behavior: 'instant' });
    },
  };
  acts.again = acts.purchase;
  acts.poison = acts.click;

  const sum = (counts) => Object.values(counts).reduce((total, count) => total + count, 0);

  window.chaos = {
    aheadMs: 0,
    /** The number of this page, if the session has given it one. */
    life: 0,

    metrics() {
      const { dropped, sent, queued, storage } = shopper.vitrine.events.getMetrics();
      return { dropped, sent, queued, storage, consent: shopper.vitrine.getConsent() };
    },

    /** Does one act. Resolves when its events are where they wait: to the metrics, and what the act itself dropped. */
    async act(kind, tokens) {
      const before = sum(chaos.metrics().dropped);
      acts[kind](tokens);
      const after = chaos.metrics();
      // The effects of a task are performed in a microtask.
      for (let i = 0; i < 5; i++) await undefined;
      return { ...chaos.metrics(), consent: after.consent, droppedNow: sum(after.dropped) - before };
    },

    isUp() {
      return !!shopper.vitrine && shopper.vitrine.events.getMetrics().runtime !== 'dead';
    },
  };
})();
