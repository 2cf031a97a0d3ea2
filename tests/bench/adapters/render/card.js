// What every renderer shows of a product, from the reply text that all of them get: picture, title, price, link.

/** The products of a reply. */
export const productsOf = (text) =>
  JSON.parse(text).results.map(({ productId, metadata }) => ({ id: productId, ...metadata }));

export const price = ({ price: amount, currency }) => `${amount.toFixed(2)} ${currency}`;
