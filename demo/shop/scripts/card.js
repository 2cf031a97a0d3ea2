/** Product cards, and lists of them that report to Vitrine what is seen and done. */
import * as cart from './cart.js';
import { urlOf } from './catalog.js';
import { h } from './dom.js';
import { money } from './money.js';
import { say } from './toast.js';
import { whenSeen } from './viewing.js';

export function price(product) {
  return h(
    'span',
    { class: 'price' },
    h('span', { class: product.originalPrice ? 'price-now price-cut' : 'price-now' }, money(product.price)),
    product.originalPrice && h('s', {}, h('span', { class: 'unseen' }, 'instead of '), money(product.originalPrice)),
  );
}

export function rating(product) {
  const halves = Math.round(product.rating * 2);
  const stars = '★'.repeat(halves >> 1) + (halves % 2 ? '½' : '') + '☆'.repeat(5 - Math.ceil(halves / 2));
  return h(
    'span',
    { class: 'rating' },
    h('span', { class: 'stars', 'aria-hidden': 'true' }, stars),
    h('span', { class: 'unseen' }, `Rated ${product.rating} out of 5`),
    h('span', { class: 'quiet' }, ` (${product.ratingCount})`),
  );
}

export const discount = (product) => (product.originalPrice ? Math.round((1 - product.price / product.originalPrice) * 100) : 0);

export function picture(product, { eager = false, size = 400 } = {}) {
  return h('img', { src: product.image, alt: '', width: size, height: size, loading: eager ? 'eager' : 'lazy', decoding: 'async' });
}

function card(product, { eager, onClick, onAdd }) {
  return h(
    'li',
    { class: 'card', 'data-id': product.id },
    h(
      'a',
      { class: 'card-link', href: urlOf(product), onclick: onClick, onauxclick: (event) => event.button === 1 && onClick() },
      h(
        'span',
        { class: 'card-picture' },
        picture(product, { eager }),
        product.originalPrice && h('span', { class: 'badge' }, `−${discount(product)} %`),
      ),
      h('span', { class: 'card-brand' }, product.brand),
      h('span', { class: 'card-name' }, product.name),
      rating(product),
      price(product),
    ),
    h('button', { class: 'card-add', type: 'button', 'aria-label': `Add to cart: ${product.name}`, onclick: onAdd }, 'Add to cart'),
  );
}

/**
 * A list of cards. Give it a Vitrine serve context when there is one: `list.report(context)`. What was seen and done before is reported
 * then; without Vitrine the list is just a list. Call `list.retire()` when it leaves the page.
 */
export function cardList(products, { eager = 0, className = 'cards' } = {}) {
  let serve = null;
  const early = [];
  const report = (action) => (serve ? action(serve) : early.push(action));
  const stops = [];
  const list = h(
    'ul',
    { class: className },
    products.map((product, position) => {
      const item = card(product, {
        eager: position < eager,
        onClick: () => report((c) => c.trackClick(product.id, position)),
        onAdd: () => {
          cart.add(product.id);
          say(`${product.name} is in your cart`, { href: '/cart', label: 'View cart' });
          report((c) => c.trackAddToCart(product.id, { quantity: 1, position }));
        },
      });
      stops.push(whenSeen(item, () => report((c) => c.trackView(product.id, position))));
      return item;
    }),
  );
  list.report = (context) => {
    serve = context;
    early.splice(0).forEach((action) => action(context));
  };
  list.retire = () => stops.forEach((stop) => stop());
  return list;
}

/** Grey shapes of cards, while the real ones are on their way. */
export const skeleton = (count) =>
  h(
    'ul',
    { class: 'cards cards-waiting', 'aria-hidden': 'true' },
    Array.from({ length: count }, () =>
      h('li', { class: 'card' }, h('span', { class: 'card-picture' }), h('span', { class: 'bar' }), h('span', { class: 'bar bar-short' })),
    ),
  );
