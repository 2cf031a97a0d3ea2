import '../frame.js';
import { categories, loadProducts, searchLocally } from '../catalog.js';
import { find, h } from '../dom.js';
import { listing } from '../listing.js';

const query = (new URLSearchParams(location.search).get('q') ?? '').trim();

if (query) {
  document.title = `“${query}” · Osier`;
  find('#title').textContent = `“${query}”`;
  const products = await loadProducts();
  await listing(find('#listing'), {
    query,
    surface: 'search_results',
    source: 'search',
    products,
    choices: searchLocally(products, query),
  });
} else {
  find('#count').textContent = 'What are you looking for?';
  find('#listing').replaceChildren(
    h(
      'ul',
      { class: 'hints' },
      ['coffee', 'rain boots', 'oak', 'glass', 'headphones'].map((word) =>
        h('li', {}, h('a', { href: `/search?q=${encodeURIComponent(word)}` }, word)),
      ),
      categories.slice(0, 3).map((c) => h('li', {}, h('a', { href: `/category/${c.slug}` }, c.name))),
    ),
  );
  find('#find').focus();
}
