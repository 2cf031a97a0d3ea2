import '../frame.js';
import { categories, loadProducts } from '../catalog.js';
import { find } from '../dom.js';
import { listing } from '../listing.js';

const category = categories.find((c) => location.pathname === `/category/${c.slug}`);

if (category) {
  document.title = `${category.name} · Osier`;
  find('#title').textContent = category.name;
  find('#line').textContent = category.line;
  const banner = find('#banner');
  banner.src = `/img/category-${category.slug}.svg`;
  banner.hidden = false;
  const products = (await loadProducts()).filter((p) => p.category === category.name);
  await listing(find('#listing'), {
    query: category.name,
    category: category.name,
    surface: 'category_page',
    source: 'category',
    products,
    choices: products,
  });
} else {
  find('#title').textContent = 'No such category';
  find('#line').textContent = 'Perhaps one of those above?';
}
