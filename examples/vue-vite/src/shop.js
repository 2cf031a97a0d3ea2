// The shop's account. The demo server (`npm start` in the root of the repository) plays the service.

const demo = import.meta.env.VITE_DEMO_URL ?? 'http://127.0.0.1:8787';

export const config = {
  provider: {
    name: 'refine',
    apiKey: 'pk_demo',
    organizationId: '8f14e45f-ceea-467f-9a0b-1c2d3e4f5a6b',
    catalogId: '45c48cce-2e2d-4fbd-aa1a-fc51c7c6ad26',
    apiUrl: `${demo}/refine`,
  },
  // Events that the service does not take, such as views, go to the shop's own collector.
  events: { url: `${demo}/refine/events`, acknowledge: true },
};

/** Puts a product into the cart of this example. Resolves when it is there. */
export const addToCart = async (cart, itemId, quantity) => {
  cart.set(itemId, (cart.get(itemId) ?? 0) + quantity);
};
