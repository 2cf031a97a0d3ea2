/** A recommendation widget, with the shop's own favourites as its children: they stand in where Vitrine cannot be had. */
import { account } from './account.js';
import { cardList } from './card.js';
import { h } from './dom.js';
import { whenReady } from './vitrine-link.js';

/**
 * @param attributes of <vitrine-widget>
 * @param favourites what to show without Vitrine: { title, products }
 */
export function recommend(attributes, favourites) {
  const list = cardList(favourites.products);
  const widget = h(
    'vitrine-widget',
    { currency: 'EUR', ...attributes },
    h('section', { class: 'stand-in', 'aria-label': favourites.title }, h('h2', { class: 'vitrine-title' }, favourites.title), list),
  );
  // Where the service fails but Vitrine runs, what the shop shows instead is worth knowing too.
  whenReady((vitrine) =>
    new MutationObserver((_, observer) => {
      if (!['empty', 'error'].includes(widget.getAttribute('state'))) return;
      observer.disconnect();
      list.report(
        vitrine.events.trackItemsServed({
          surface: attributes.surface,
          source: 'favourites',
          itemIds: favourites.products.map((p) => p.id),
          totalResults: favourites.products.length,
        }),
      );
    }).observe(widget, { attributes: true, attributeFilter: ['state'] }),
  );
  return widget;
}

/** The same picks for whoever it is: the user when logged in, else this browser's visitor. */
export const forShopper = () => (account() ? 'forUser' : 'forVisitor');
