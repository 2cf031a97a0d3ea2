import '../frame.js';
import { cardList } from '../card.js';
import { categories, favourites, loadProducts } from '../catalog.js';
import { find, h } from '../dom.js';
import { forShopper, recommend } from '../recommend.js';

find('#aisles').append(
  ...categories.map(({ slug, name }) =>
    h(
      'li',
      {},
      h(
        'a',
        { class: 'aisle', href: `/category/${slug}` },
        h('img', { src: `/img/category-${slug}.svg`, alt: '', width: 800, height: 480, loading: 'lazy' }),
        h('span', {}, name),
      ),
    ),
  ),
);

const products = await loadProducts();

find('#picks').replaceChildren(
  recommend(
    {
      kind: forShopper(),
      'config-id': 'home_picks',
      'top-k': 8,
      surface: 'home_page',
      source: 'picked-for-you',
      heading: 'Picked for you',
    },
    { title: 'Favourites of the shop', products: favourites(products, 8) },
  ),
);

const reduced = products
  .filter((p) => p.originalPrice)
  .sort((a, b) => a.price / a.originalPrice - b.price / b.originalPrice)
  .slice(0, 10);
find('#reduced').replaceChildren(
  cardList(reduced, { surface: 'home_page', source: 'reduced', className: 'cards shelf' }),
);
