// Keyed components. `loading` stands before `src`, since Chromium otherwise starts to fetch the picture at once.
import { h, render } from 'preact';
import { price, productsOf } from './card.js';

const Card = ({ product: p }) =>
  h(
    'li',
    { class: 'card' },
    h(
      'a',
      { href: p.url },
      h('img', { loading: 'lazy', width: 240, height: 240, src: p.imageUrl, alt: p.name }),
      h('h3', null, p.name),
      h('p', { class: 'price' }, price(p)),
    ),
  );

window.RENDERER = {
  create: (place) => ({
    render(text) {
      render(
        h(
          'ol',
          { class: 'grid' },
          productsOf(text).map((product) => h(Card, { key: product.id, product })),
        ),
        place,
      );
    },
  }),
};
