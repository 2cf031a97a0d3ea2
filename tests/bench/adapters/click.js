/**
 * Returns the properties of the product click that every tracker records, about 230 bytes of JSON.
 * @param {string} marker occurs once in the event; the collector recognizes the event by it
 */
export const click = (marker, i) => ({
  marker,
  product_id: `SKU-${100000 + i}`,
  name: 'Trail shoe "Ridge" <wide> & light',
  price: 89.95,
  currency: 'EUR',
  position: (i % 24) + 1,
  list: 'home-reco',
  query_id: '43b15df305339e827f0ac0bdc5ebcaa7',
});
