/** The common parts of all pages: header, footer, messages, and the panel that shows Vitrine at work. */
import { account } from './account.js';
import * as cart from './cart.js';
import { categories } from './catalog.js';
import { find, h, icon } from './dom.js';
import { suggestBelow } from './suggest.js';
import { say } from './toast.js';
import './vitrine-link.js';

function cartLink() {
  const badge = h('span', { class: 'cart-count' });
  const unit = h('span', { class: 'unseen' });
  const show = () => {
    const count = cart.count();
    badge.textContent = count || '';
    unit.textContent = count ? (count === 1 ? ' item' : ' items') : ', empty';
  };
  show();
  cart.onChange(show);
  addEventListener('pageshow', show);
  return h(
    'a',
    { class: 'tool', href: '/cart' },
    icon('cart'),
    h('span', { class: 'tool-name' }, 'Cart '),
    badge,
    unit,
  );
}

function header() {
  const query = new URLSearchParams(location.search).get('q') ?? '';
  const user = account();
  return [
    h(
      'div',
      { class: 'top-row' },
      h(
        'a',
        { class: 'logo', href: '/', 'aria-label': 'Osier, home' },
        h('img', { src: '/favicon.svg', alt: '', width: 30, height: 30 }),
        'Osier',
      ),
      h(
        'form',
        { class: 'find', action: '/search', role: 'search' },
        h('label', { class: 'unseen', for: 'find' }, 'Search the shop'),
        h('input', {
          id: 'find',
          name: 'q',
          type: 'search',
          value: query,
          placeholder: 'Search mugs, lamps, boots …',
          autocomplete: 'off',
          enterkeyhint: 'search',
        }),
        h('button', { type: 'submit', 'aria-label': 'Search' }, icon('search')),
      ),
      h(
        'div',
        { class: 'tools' },
        h(
          'a',
          { class: 'tool', href: '/login', 'aria-label': user ? `Your account, ${user.name}` : 'Log in' },
          icon('person'),
          h('span', { class: 'tool-name' }, user ? user.name : 'Log in'),
        ),
        cartLink(),
      ),
    ),
    h(
      'nav',
      { class: 'aisles', 'aria-label': 'Categories' },
      h(
        'ul',
        {},
        categories.map(({ slug, name }) =>
          h(
            'li',
            {},
            h(
              'a',
              { href: `/category/${slug}`, 'aria-current': location.pathname === `/category/${slug}` ? 'page' : null },
              name,
            ),
          ),
        ),
      ),
    ),
  ];
}

function footer() {
  const column = (title, ...items) =>
    h(
      'div',
      {},
      h('h2', {}, title),
      h(
        'ul',
        {},
        items.map((item) => h('li', {}, item)),
      ),
    );
  return h(
    'div',
    { class: 'foot-row' },
    h(
      'div',
      { class: 'foot-about' },
      h('p', { class: 'logo' }, 'Osier'),
      h(
        'p',
        {},
        'A small shop for things that are made well, mended gladly and kept for long. ' +
          'Osier is the willow that baskets are woven from.',
      ),
    ),
    column('Shop', ...categories.slice(0, 4).map((c) => h('a', { href: `/category/${c.slug}` }, c.name))),
    column('More', ...categories.slice(4).map((c) => h('a', { href: `/category/${c.slug}` }, c.name))),
    column(
      'You',
      h('a', { href: '/login' }, 'Account'),
      h('a', { href: '/cart' }, 'Cart'),
      h('a', { href: '/search?q=made%20by%20hand' }, 'Made by hand'),
    ),
    h(
      'p',
      { class: 'foot-note' },
      'A demonstration shop: brands and products are invented, nothing is charged and nothing is shipped. ',
      h('a', { href: '/docs/' }, 'Documentation of Vitrine'),
    ),
  );
}

// Vitrine draws the widgets' cards; the shop handles their cart button.
document.addEventListener('vitrine:add-to-cart', ({ detail }) => {
  cart.add(detail.itemId, detail.quantity);
  say(`${detail.title} is in your cart`, { href: '/cart', label: 'View cart' });
});

find('#top').append(...header());
suggestBelow(find('#find'));
// On a phone the categories are a scrolling strip: scroll the current one into view.
find('.aisles [aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest', behavior: 'instant' });
find('#foot').append(footer());
document.body.append(h('div', { id: 'toast', role: 'status', 'aria-live': 'polite' }));

// The panel is for developers, so it loads after the page.
const openPanel = () => import('./panel/panel.js').then(({ mountPanel }) => mountPanel());
if (document.readyState === 'complete') openPanel();
else addEventListener('load', openPanel, { once: true });
