/** A recommendation widget, with the shop's own favourites as its children: they stand in where Vitrine cannot be had. */
import { account } from './account.js';
import { cardList } from './card.js';
import { h } from './dom.js';

/**
 * @param attributes of <vitrine-widget>
 * @param favourites what to show without Vitrine: { title, products }
 */
export function recommend(attributes, favourites) {
  // Where the service fails but Vitrine runs, what the shop shows instead is worth knowing too: its markup says what it is.
  const list = cardList(favourites.products, { surface: attributes.surface, source: 'favourites' });
  return h(
    'vitrine-widget',
    { currency: 'EUR', quantity: 'off', ...attributes },
    h(
      'section',
      { class: 'stand-in', 'aria-label': favourites.title },
      h('h2', { class: 'vitrine-title' }, favourites.title),
      list,
    ),
  );
}

/** The same picks for whoever it is: the user when logged in, else this browser's visitor. */
export const forShopper = () => (account() ? 'forUser' : 'forVisitor');
