/** The sums of a cart or an order. */
import { h } from './dom.js';
import { money } from './money.js';

export function summary({ value, shipping, total, toFree = 0 }) {
  const row = (name, sum) => [h('dt', {}, name), h('dd', {}, sum)];
  return [
    h(
      'dl',
      { class: 'sums' },
      row('Products', money(value)),
      row('Delivery', shipping ? money(shipping) : 'free'),
      h('div', { class: 'sum-total' }, row('Total', money(total))),
    ),
    toFree > 0 && h('p', { class: 'hint' }, `${money(toFree)} more and delivery is free.`),
  ];
}

export function orderLines(items) {
  return h(
    'ul',
    { class: 'mini-lines' },
    items.map(({ product, quantity }) =>
      h(
        'li',
        {},
        h('img', { src: product.image, alt: '', width: 56, height: 56 }),
        h('span', {}, product.name, quantity > 1 && h('span', { class: 'quiet' }, ` × ${quantity}`)),
        h('span', {}, money(product.price * quantity)),
      ),
    ),
  );
}
