import { StrictMode, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { useRecommendations, useSearch, useServe, useView, VitrineProvider, VitrineWidget } from 'vitrine/react';
import 'vitrine/vitrine.css';
import { addToCart, config } from './shop.js';

// A widget: Vitrine makes the call, renders the products and records what the shopper does.
const Similar = ({ productId, onAdd }) => (
  <VitrineWidget
    anchorId={productId}
    topK={4}
    heading="Similar products"
    template="carousel"
    quantity={false}
    onAddToCart={({ itemId, quantity }) => onAdd(itemId, quantity)}
  >
    <p>Nothing is similar to this product.</p>
  </VitrineWidget>
);

// The shop's own cards: the hook makes the call, and each card is watched.
const Card = ({ serve, product, position }) => {
  const card = useRef(null);
  useView(card, { serve, itemId: product, position });
  return (
    <li ref={card}>
      <button type="button" onClick={() => serve?.trackClick(product, position)}>
        {product.title}
      </button>
    </li>
  );
};
const OwnCards = ({ productId }) => {
  const { data, results, loading, error, refresh } = useRecommendations('similarItems', { anchorId: productId, topK: 3 });
  const serve = useServe(data, { surface: 'product_page', source: 'own cards' });
  if (error) return <p role="alert">{error.message}</p>;
  return (
    <section id="own" aria-busy={loading}>
      <h2>Cards of the shop</h2>
      <ul>
        {results.map((product, position) => (
          <Card key={product.productId} {...{ serve, product, position }} />
        ))}
      </ul>
      <button type="button" id="refresh" onClick={refresh}>
        Refresh
      </button>
    </section>
  );
};

const SearchBox = () => {
  const [words, setWords] = useState('');
  const { data, results, loading } = useSearch({ query: words, topK: 5 }, { keep: true, delay: 150 });
  useServe(data, { query: words.trim() });
  return (
    <search id="search" aria-busy={loading}>
      <input aria-label="Search" value={words} onChange={({ target }) => setWords(target.value)} />
      <ol>
        {results.map(({ productId, title }) => (
          <li key={productId}>{title}</li>
        ))}
      </ol>
    </search>
  );
};

const Shop = () => {
  const [productId, setProductId] = useState('SKU-0017');
  const [cart] = useState(() => new Map());
  const [count, setCount] = useState(0);
  const onAdd = async (itemId, quantity) => {
    await addToCart(cart, itemId, quantity);
    setCount([...cart.values()].reduce((sum, each) => sum + each, 0));
  };
  return (
    <main>
      <p>
        Cart: <output id="cart">{count}</output>
      </p>
      <button type="button" id="next" onClick={() => setProductId('SKU-0018')}>
        Another product
      </button>
      <SearchBox />
      <Similar {...{ productId, onAdd }} />
      <OwnCards {...{ productId }} />
    </main>
  );
};

createRoot(document.getElementById('root')).render(
  <StrictMode>
    <VitrineProvider config={config}>
      <Shop />
    </VitrineProvider>
  </StrictMode>,
);
