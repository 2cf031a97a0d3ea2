import '../frame.js';
import { picture } from '../card.js';
import * as cart from '../cart.js';
import { favourites, productsById, urlOf } from '../catalog.js';
import { find, h, icon } from '../dom.js';
import { money } from '../money.js';
import { forShopper, recommend } from '../recommend.js';
import { stepper } from '../stepper.js';
import { summary } from '../summary.js';

const products = await productsById();

/** Changes the quantity of a line, and records what the shopper put in or took out. */
function change({ product, quantity }, next) {
  cart.setQuantity(product.id, next);
  window.vitrine(next < quantity ? 'events.trackRemoveFromCart' : 'events.trackAddToCart', product.id, {
    title: product.name,
    quantity: Math.abs(next - quantity),
    unitPrice: product.price,
    currency: 'EUR',
  });
  window.vitrine(
    'setCart',
    cart.lines().map(({ id }) => id),
  );
}

function line(item) {
  const { product, quantity } = item;
  return h(
    'li',
    { class: 'line' },
    h(
      'a',
      { class: 'line-picture', href: urlOf(product), tabindex: -1, 'aria-hidden': 'true' },
      picture(product, { size: 120 }),
    ),
    h(
      'div',
      { class: 'line-facts' },
      h('span', { class: 'card-brand' }, product.brand),
      h('a', { class: 'line-name', href: urlOf(product) }, product.name),
      h('span', { class: 'quiet' }, `${product.color} · ${money(product.price)} each`),
    ),
    stepper(quantity, { name: product.name, onChange: (next) => change(item, next) }),
    h('strong', { class: 'line-sum' }, money(product.price * quantity)),
    h(
      'button',
      {
        class: 'line-remove',
        type: 'button',
        'aria-label': `Remove ${product.name}`,
        onclick: () => change(item, 0),
      },
      icon('trash'),
    ),
  );
}

function show() {
  const bill = cart.bill(products);
  // Keep the focus on the pressed button although its line is redrawn.
  const held = document.activeElement?.getAttribute('aria-label');
  find('#cart').replaceChildren(
    ...(bill.items.length
      ? [
          h('ul', { class: 'lines' }, bill.items.map(line)),
          h(
            'aside',
            { class: 'summary', 'aria-label': 'Summary' },
            summary(bill),
            h('a', { class: 'button', href: '/checkout' }, 'Check out'),
            h('p', { class: 'quiet' }, 'Delivery and payment are chosen in the next step.'),
          ),
        ]
      : [
          h(
            'div',
            { class: 'empty' },
            icon('cart'),
            h('p', { class: 'empty-title' }, 'Your cart is empty'),
            h('p', {}, 'It will not stay that way: '),
            h('a', { class: 'button', href: '/' }, 'Look around'),
          ),
        ]),
  );
  if (held)
    [...document.querySelectorAll('#cart [aria-label]')].find((e) => e.getAttribute('aria-label') === held)?.focus();
}

cart.onChange(show);
show();

const inCart = new Set(cart.lines().map((l) => l.id));
find('#goes-well').replaceChildren(
  recommend(
    {
      kind: forShopper(),
      'config-id': 'cart_companions',
      'top-k': 4,
      surface: 'cart_page',
      source: 'cart-companions',
      heading: 'Others also took',
    },
    {
      title: 'Others also took',
      products: favourites(
        [...products.values()].filter((p) => !inCart.has(p.id) && p.price < 60),
        4,
      ),
    },
  ),
);
