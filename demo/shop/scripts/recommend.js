/** A recommendation widget. The shop's own favourites are its children and are shown if Vitrine does not load. */
import { account } from './account.js';
import { cardList } from './card.js';
import { h } from './dom.js';

/**
 * @param attributes the attributes of <vitrine-widget>
 * @param favourites the fallback: { title, products }
 */
export function recommend(attributes, favourites) {
  // If only the service fails, Vitrine tracks the fallback by its data attributes.
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

/** Returns the widget for the logged-in user, or else for this browser's visitor. */
export const forShopper = () => (account() ? 'forUser' : 'forVisitor');
