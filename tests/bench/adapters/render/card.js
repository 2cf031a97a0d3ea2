// The data that every renderer shows of a product: picture, title, price and link. All of them receive the same reply
// text.

/** Returns the products of a reply. */
export const productsOf = (text) =>
  JSON.parse(text).results.map(({ productId, metadata }) => ({ id: productId, ...metadata }));

export const price = ({ price: amount, currency }) => `${amount.toFixed(2)} ${currency}`;
