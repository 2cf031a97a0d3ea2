// Replies of a recommendation service, which the render bench gives to every renderer.

const kTitles = [
  'Men\'s "Ridge Runner" <GTX> Trail Shoe & Gaiter',
  'Levi\'s & Sons — 501 "Original" Jeans',
  'AC/DC <Live> T-Shirt, size > XL',
  'Café au lait "Grande" mug & saucer',
  'USB-C cable 2 m (5 V < 9 V), "fast" & safe',
  'Sofa "Malmö" 3-seat, grey & oak',
];
const kBrands = ['Ridge & Co', 'Nørd', 'Acme "Pro"'];

const cents = (amount) => Math.round(amount * 100) / 100;

const product = (i, dearer) => ({
  productId: `SKU-${100_000 + i}`,
  score: 0.99 - i / 1000,
  metadata: {
    name: `${kTitles[i % kTitles.length]} #${i}`,
    brand: kBrands[i % kBrands.length],
    url: `http://127.0.0.1/p/sku-${100_000 + i}?ref=reco&pos=${i}`,
    imageUrl: `http://127.0.0.1/img/${100_000 + i}_480.jpg?w=480&q=80`,
    price: cents(9.99 + i * 3.17 + (i % 10 ? 0 : dearer)),
    originalPrice: cents(12.99 + i * 3.5),
    currency: 'EUR',
    inStock: i % 7 !== 0,
    rating: cents(3.5 + (i % 15) / 10),
    ratingCount: 12 + i * 3,
    categories: ['Clothing & Shoes', 'Clothing & Shoes > Men', 'Clothing & Shoes > Men > Trail'],
    colors: ['black', 'navy'],
    sizes: ['40', '41', '42', '43'],
    description: 'Lightweight, breathable & grippy: made for <wet> rock and "long" days. '.repeat(3),
  },
});

/** Returns the JSON text of `n` products; every tenth costs `dearer` more. */
export const reply = (n, dearer = 0) =>
  JSON.stringify({
    status: 'success',
    serveId: '43b15df3-0533-9e82-7f0a-c0bdc5ebcaa7',
    results: Array.from({ length: n }, (_, i) => product(i, dearer)),
  });
