import { Vitrine } from '/dist/index.js';

const vitrine = new Vitrine(settings);
report('later');
for (const orderId of ['from the stub', 'from the page'])
  vitrine.events.trackPurchase({ orderId, value: 10, currency: 'EUR', items: [{ itemId: 'a', quantity: 1 }] });
