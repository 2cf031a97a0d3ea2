// Algolia's widget. The client is a double that resolves at once with the parsed reply.
import { relatedProducts } from '@algolia/recommend-js';
import { price, productsOf } from './card.js';

const itemComponent = ({ item: p, createElement: h }) =>
  h(
    'a',
    { href: p.url },
    h('img', { loading: 'lazy', width: 240, height: 240, src: p.imageUrl, alt: p.name }),
    h('h3', null, p.name),
    h('p', { class: 'price' }, price(p)),
  );

let asked = 0;
window.RENDERER = {
  create(place) {
    let text;
    const hits = () => productsOf(text).map((product) => ({ objectID: product.id, ...product }));
    const recommendClient = {
      addAlgoliaAgent() {},
      getRelatedProducts: () => Promise.resolve({ results: [{ hits: hits() }] }),
    };
    return {
      render(reply) {
        text = reply;
        // Each call names another product, since the widget does not request the same one again.
        const objectIDs = [`SKU-${asked++}`];
        relatedProducts({
          container: place,
          recommendClient,
          indexName: 'products',
          objectIDs,
          maxRecommendations: 1000,
          headerComponent: () => null,
          itemComponent,
        });
      },
    };
  },
};
