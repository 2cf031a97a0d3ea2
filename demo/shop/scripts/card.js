/** Product cards, and lists of them with the markup that Vitrine tracks. */
import * as cart from './cart.js';
import { urlOf } from './catalog.js';
import { h } from './dom.js';
import { money } from './money.js';
import { say } from './toast.js';

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

export const discount = (product) =>
  product.originalPrice ? Math.round((1 - product.price / product.originalPrice) * 100) : 0;

export function picture(product, { eager = false, size = 400 } = {}) {
  return h('img', {
    src: product.image,
    alt: '',
    width: size,
    height: size,
    loading: eager ? 'eager' : 'lazy',
    decoding: 'async',
  });
}

function card(product, eager) {
  const add = () => {
    cart.add(product.id);
    say(`${product.name} is in your cart`, { href: '/cart', label: 'View cart' });
  };
  return h(
    'li',
    { class: 'card', 'data-id': product.id, 'data-vitrine-item': product.id },
    h(
      'a',
      { class: 'card-link', href: urlOf(product) },
      h(
        'span',
        { class: 'card-picture' },
        picture(product, { eager }),
        product.originalPrice && h('span', { class: 'badge' }, `−${discount(product)}%`),
      ),
      h('span', { class: 'card-brand' }, product.brand),
      h('span', { class: 'card-name' }, product.name),
      rating(product),
      price(product),
    ),
    h(
      'button',
      {
        class: 'card-add',
        type: 'button',
        'data-vitrine-add': true,
        'aria-label': `Add to cart: ${product.name}`,
        onclick: add,
      },
      'Add to cart',
    ),
  );
}

/**
 * Returns a list of cards. Its data attributes describe it, so Vitrine reports its serve, views, clicks and carts by
 * itself.
 * @param {object[]} products
 * @param {object} options
 * @param {string} options.surface the place on the page
 * @param {string} options.source the origin of the products
 * @param {string} [options.serve] the list's serve, if one was reported already
 * @param {number} [options.eager] the number of pictures to load at once
 * @param {string} [options.className] default: 'cards'
 */
export const cardList = (products, { surface, source, serve, eager = 0, className = 'cards' }) =>
  h(
    'ul',
    {
      class: className,
      'data-vitrine-list': source,
      'data-vitrine-surface': surface,
      'data-vitrine-serve': serve,
      'data-vitrine-total': products.length,
    },
    products.map((product, position) => card(product, position < eager)),
  );

/** Returns grey card shapes, shown until the products arrive. */
export const skeleton = (count) =>
  h(
    'ul',
    { class: 'cards cards-waiting', 'aria-hidden': 'true' },
    Array.from({ length: count }, () =>
      h(
        'li',
        { class: 'card' },
        h('span', { class: 'card-picture' }),
        h('span', { class: 'bar' }),
        h('span', { class: 'bar bar-short' }),
      ),
    ),
  );
