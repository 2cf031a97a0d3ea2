// Runs after the snippet: a purchase that waits in the stub until the core is up.
vitrine('events.trackPurchase', {
  orderId: `early ${location.search}`,
  value: 10,
  currency: 'EUR',
  items: [{ itemId: 'a', quantity: 1 }],
});
