import '../frame.js';
import { price, rating } from '../card.js';
import * as cart from '../cart.js';
import { categories, favourites, productsById } from '../catalog.js';
import { find, h, icon } from '../dom.js';
import { recommend } from '../recommend.js';
import { stepper } from '../stepper.js';
import { say } from '../toast.js';

const products = await productsById();
const product = products.get(decodeURIComponent(location.pathname.split('/')[2] ?? ''));
if (product) show(product);
else
  find('#product').replaceChildren(
    h(
      'div',
      { class: 'empty' },
      h('p', { class: 'empty-title' }, 'This product is not here'),
      h('p', {}, h('a', { href: '/' }, 'Back to the shop')),
    ),
  );

function show(product) {
  const category = categories.find((c) => c.name === product.category);
  document.title = `${product.name} · Osier`;
  const swatch = h('span', { class: 'swatch' });
  swatch.style.backgroundColor = product.swatch;
  const quantity = stepper(1, { name: product.name });
  const image = h('img', {
    class: 'product-picture',
    src: product.image,
    alt: product.name,
    width: 800,
    height: 800,
    fetchpriority: 'high',
  });
  const promise = (sign, text) => h('li', {}, icon(sign), h('span', {}, text));

  find('#product').replaceChildren(
    h(
      'nav',
      { class: 'crumbs', 'aria-label': 'You are here' },
      h('a', { href: '/' }, 'Home'),
      h('a', { href: `/category/${category.slug}` }, category.name),
      h('span', { 'aria-current': 'page' }, product.name),
    ),
    h(
      'article',
      // The page is a list of one product, so that purchases from here differ from those of lists and widgets.
      {
        class: 'product',
        'data-vitrine-list': 'product',
        'data-vitrine-surface': 'product_page',
        'data-vitrine-item': product.id,
      },
      image,
      h(
        'div',
        { class: 'product-facts' },
        h(
          'a',
          { class: 'card-brand', 'data-vitrine-ignore': true, href: `/search?q=${encodeURIComponent(product.brand)}` },
          product.brand,
        ),
        h('h1', {}, product.name),
        rating(product),
        h('p', { class: 'product-price' }, price(product), h('span', { class: 'quiet' }, 'VAT included')),
        h('p', { class: 'product-words' }, product.description),
        h('p', { class: 'product-colour' }, swatch, h('span', { class: 'quiet' }, 'Colour'), product.color),
        h(
          'div',
          { class: 'product-buy' },
          quantity,
          h(
            'button',
            {
              class: 'button',
              type: 'button',
              'data-vitrine-add': true,
              onclick: () => {
                cart.add(product.id, quantity.quantity);
                say(`${product.name} is in your cart`, { href: '/cart', label: 'View cart' });
              },
            },
            'Add to cart',
          ),
        ),
        h(
          'p',
          { class: product.stock < 8 ? 'stock stock-low' : 'stock' },
          product.stock < 8 ? `Only ${product.stock} left` : 'In stock, leaves our shop today',
        ),
        h(
          'ul',
          { class: 'promises' },
          promise('truck', product.price >= 60 ? 'Delivered free, in 2 to 4 working days' : 'Free delivery from €60'),
          promise('return', '30 days to change your mind'),
          promise('leaf', 'Mended for free in the first two years'),
        ),
      ),
    ),
  );

  const neighbours = favourites(
    [...products.values()].filter((p) => p.category === product.category && p.id !== product.id),
    4,
  );
  find('#similar').replaceChildren(
    recommend(
      {
        kind: 'similarItems',
        'anchor-id': product.id,
        'top-k': 8,
        surface: 'product_page',
        source: 'similar-items',
        heading: 'Similar items',
      },
      { title: `More from ${category.name}`, products: neighbours },
    ),
  );
}
