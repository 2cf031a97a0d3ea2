// Loads the prelude when Vitrine is up. A module, because `await` needs nothing that a prelude can replace.
await new Promise((resolve) => vitrine('ready', resolve));
/** @type {string} */
const prelude = '/prelude.js';
await import(prelude);
report('later');
vitrine('events.trackPurchase', {
  orderId: `late ${location.search}`,
  value: 20,
  currency: 'EUR',
  items: [{ itemId: 'b', quantity: 1 }],
});

export {};
