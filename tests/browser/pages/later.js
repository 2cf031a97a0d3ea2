// The shop's own code, after Vitrine's script.
report('later');
vitrine('events.trackPurchase', {
  orderId: `late ${location.search}`,
  value: 20,
  currency: 'EUR',
  items: [{ itemId: 'b', quantity: 1 }],
});
