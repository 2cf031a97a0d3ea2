/** @type {string} */
const prelude = '/prelude.js';
const query = new URLSearchParams(location.search);
const { Vitrine, defineWidget } = await import(`/dist/${query.get('entry')}`);

const vitrine = new Vitrine(settings);
defineWidget?.(vitrine);
const track = (name) =>
  vitrine.events.trackPurchase({
    orderId: `${name} ${location.search}`,
    value: 10,
    currency: 'EUR',
    items: [{ itemId: 'a', quantity: 1 }],
  });
track('early');
if (query.get('when') === 'after') await import(prelude);
report('later');
track('late');

export {};
