// The npm entry `vitrine/element`: the custom element alone. An import defines nothing; call `defineWidget()`.

export { defineWidget } from '../../widget/element.js';
export { whenVitrine } from '../api/vitrine.js';
export type { AddToCartDetail } from '../../widget/cart.js';
export type * from '../../widget/element_types.js';
