/** The catalogue: products by id and by category, and a plain search for when the recommendation service cannot be reached. */

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

/** All products, in the order of the catalogue. Rejects when the catalogue cannot be had. */
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

/** Products in which every word of the query begins some word, best first: name, then tags and category, then the rest. */
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

/** What others buy and like: ratings, tempered by how many there are. */
export function favourites(products, count) {
  const liked = (p) => (p.rating * p.ratingCount + 4.3 * 60) / (p.ratingCount + 60);
  return [...products].sort((a, b) => liked(b) - liked(a)).slice(0, count);
}
