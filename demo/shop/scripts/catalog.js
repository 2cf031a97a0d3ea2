/** The catalogue: products by id and by category, and a simple search for when the service fails. */

export const categories = [
  { slug: 'kitchen', name: 'Kitchen', line: 'Clay, iron and glass for slow mornings and long suppers.' },
  { slug: 'lighting', name: 'Lighting', line: 'Lamps that know the difference between a room and a mood.' },
  { slug: 'furniture', name: 'Furniture', line: 'Solid pieces that are kind to backs, floors and moving vans.' },
  { slug: 'bags', name: 'Bags', line: 'For the bus, the weekend and the far side of the hill.' },
  { slug: 'footwear', name: 'Footwear', line: 'Soles that can be replaced, and pairs you will want to keep.' },
  { slug: 'audio', name: 'Audio', line: 'Good sound, few buttons, nothing that listens back.' },
  { slug: 'plants', name: 'Plants', line: 'Green company, and the tools to keep it that way.' },
  { slug: 'stationery', name: 'Stationery', line: 'Paper that takes ink, and pens that deserve it.' },
];

let loading;

/** Resolves to all products in catalogue order. Rejects if the catalogue does not load. */
export function loadProducts() {
  loading ??= fetch('/catalog.json').then((reply) => {
    if (!reply.ok) throw new Error(`catalogue: HTTP ${reply.status}`);
    return reply.json();
  });
  return loading;
}

export async function productsById() {
  return new Map((await loadProducts()).map((product) => [product.id, product]));
}

export const urlOf = (product) => `/product/${product.id}`;

const words = (text) =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .match(/[a-z0-9]+/g) ?? [];
const stem = (word) => (word.length > 3 ? word.replace(/(es|s)$/, '') : word);

/**
 * Returns products in which every word of the query is the prefix of a word, best first: name, then tags and category,
 * then the rest.
 */
export function searchLocally(products, query) {
  const wanted = words(query).map(stem);
  const score = (product) => {
    const fields = [
      [8, product.name],
      [4, product.tags.join(' ')],
      [4, product.category],
      [3, product.brand],
      [2, product.color],
      [1, product.description],
    ].map(([weight, text]) => [weight, words(text)]);
    let sum = 0;
    for (const word of wanted) {
      const best = Math.max(
        0,
        ...fields.map(([weight, found]) => (found.some((w) => w.startsWith(word)) ? weight : 0)),
      );
      if (!best) return 0;
      sum += best;
    }
    return sum;
  };
  return products
    .map((product) => [score(product), product])
    .filter(([sum]) => sum > 0)
    .sort((a, b) => b[0] - a[0])
    .map(([, product]) => product);
}

/** Returns popular products: by rating, weighted by the number of ratings. */
export function favourites(products, count) {
  const liked = (p) => (p.rating * p.ratingCount + 4.3 * 60) / (p.ratingCount + 60);
  return [...products].sort((a, b) => liked(b) - liked(a)).slice(0, count);
}
