import '../frame.js';
import { account, keepOrder } from '../account.js';
import * as cart from '../cart.js';
import { productsById } from '../catalog.js';
import { find } from '../dom.js';
import { money } from '../money.js';
import { orderLines, summary } from '../summary.js';

const products = await productsById();
const form = find('#checkout');
const chosen = () => form.elements.delivery.value;

const user = account();
if (user) {
  form.elements.email.value = user.email;
  form.elements.name.value = user.name;
}

function show() {
  const bill = cart.bill(products, chosen());
  if (!bill.items.length) location.replace('/cart');
  find('#order').replaceChildren(orderLines(bill.items), ...summary(bill).filter(Boolean));
  for (const [id, delivery] of Object.entries(cart.deliveries)) {
    const sum = delivery.price(bill.value);
    find(`#price-${id}`).textContent = sum ? money(sum) : 'free';
  }
  find('#place').textContent = `Place order · ${money(bill.total)}`;
}

/** Returns an order id that is unique without a server: the time and 30 random bits. */
function orderNumber() {
  const [chance] = crypto.getRandomValues(new Uint32Array(1));
  return `OS-${Date.now().toString(36)}-${(chance >>> 2).toString(36)}`.toUpperCase();
}

form.addEventListener('change', show);

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const bill = cart.bill(products, chosen());
  if (!bill.items.length) return;
  const order = {
    id: orderNumber(),
    at: Date.now(),
    name: form.elements.name.value,
    delivery: chosen(),
    value: bill.value,
    shipping: bill.shipping,
    total: bill.total,
    items: bill.items.map(({ id, quantity, product }) => ({ id, quantity, unitPrice: product.price })),
  };
  keepOrder(order);
  window.vitrine('events.trackPurchase', {
    orderId: order.id,
    value: order.value,
    currency: 'EUR',
    items: order.items.map(({ id, quantity, unitPrice }) => ({ itemId: id, quantity, unitPrice })),
  });
  cart.clear();
  // Queued events are stored: the next page sends those that this page could not.
  location.assign(`/order-done?order=${encodeURIComponent(order.id)}`);
});

show();
cart.onChange(() => cart.count() && show());
