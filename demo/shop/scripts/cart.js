/** The cart, shared by the tabs of this browser. Lines are {id, quantity}, oldest first. */
import { onChangeElsewhere, read, write } from './saved.js';
import { cents } from './money.js';

const changes = new EventTarget();
const changed = () => changes.dispatchEvent(new Event('change'));
const most = 20;

export const lines = () => read('cart', []).filter((line) => line?.id && line.quantity > 0);
export const count = () => lines().reduce((sum, line) => sum + line.quantity, 0);

function save(next) {
  write('cart', next);
  changed();
}

export function add(id, quantity = 1) {
  const next = lines();
  const line = next.find((l) => l.id === id);
  if (line) line.quantity = Math.min(most, line.quantity + quantity);
  else next.push({ id, quantity: Math.min(most, quantity) });
  save(next);
}

/** A quantity of 0 removes the line. */
export function setQuantity(id, quantity) {
  save(
    lines()
      .map((line) => (line.id === id ? { id, quantity: Math.min(most, quantity) } : line))
      .filter((line) => line.quantity > 0),
  );
}

export const clear = () => save([]);

export function onChange(callback) {
  changes.addEventListener('change', callback);
}

onChangeElsewhere('cart', changed);

const freeFrom = 60;
export const deliveries = {
  standard: { name: 'Standard', when: '2 to 4 working days', price: (value) => (value >= freeFrom ? 0 : 4.9) },
  express: { name: 'Express', when: 'tomorrow before noon', price: () => 9.9 },
  pickup: { name: 'Pick up', when: 'from our shop, in two hours', price: () => 0 },
};

/** Returns the cart with its products and sums, without products that the catalogue no longer has. */
export function bill(products, delivery = 'standard') {
  const items = lines()
    .filter((line) => products.has(line.id))
    .map((line) => ({ ...line, product: products.get(line.id) }));
  const value = cents(items.reduce((sum, item) => sum + item.quantity * item.product.price, 0));
  const shipping = items.length ? deliveries[delivery].price(value) : 0;
  return {
    items,
    value,
    shipping,
    total: cents(value + shipping),
    toFree: items.length ? Math.max(0, cents(freeFrom - value)) : 0,
  };
}
