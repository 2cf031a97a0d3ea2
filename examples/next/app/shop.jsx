'use client';

import { createContext, useContext, useState } from 'react';
import { VitrineProvider, VitrineWidget } from 'vitrine/react';

const Cart = createContext({ count: 0, add: async () => {} });

/** The part of the shop that runs in the browser: one Vitrine and one cart for all pages. */
export const Shop = ({ config, children }) => {
  const [count, setCount] = useState(0);
  const add = async (quantity) => setCount((before) => before + quantity);
  return (
    <VitrineProvider config={config}>
      <Cart.Provider value={{ count, add }}>
        <p>
          Cart: <output id="cart">{count}</output>
        </p>
        {children}
      </Cart.Provider>
    </VitrineProvider>
  );
};

/** A widget whose first products a server component has rendered (`html` and `serve`). */
export const Similar = ({ productId, html, serve }) => {
  const { add } = useContext(Cart);
  return (
    <VitrineWidget
      {...{ html, serve, anchorId: productId, topK: 4, heading: 'Similar products', currency: 'EUR', locale: 'en' }}
      onAddToCart={({ quantity, itemId }) => itemId && add(quantity)}
    >
      <p>Nothing is similar to this product.</p>
    </VitrineWidget>
  );
};
