// Which calls of the core make events.

import { stringify } from '../ports/json.js';

/** The type of the event that a call makes, if it makes one; '' if that cannot be known. */
export const typeOf = (name: string, args: readonly unknown[]): string =>
  ({
    serve: 'itemsServed',
    itemEvent: `${args[1]}`,
    shopEvent: `${args[0]}`,
    identify: 'identify',
    variant: 'exposure',
    checkViews: 'view',
    pageView: 'pageView',
    navigate: 'pageView',
    navigateBy: 'pageView',
    new: 'pageView',
  })[name] ?? '';

/** The functions of the API that record an event of a shop. */
const SHOP_EVENTS: Record<string, string> = {
  custom: 'events.track()',
  viewItem: 'events.trackViewItem()',
  addToCart: 'events.trackAddToCart()',
  removeFromCart: 'events.trackRemoveFromCart()',
  clearCart: 'events.trackClearCart()',
  search: 'events.trackSearch()',
  purchase: 'events.trackPurchase()',
};

const ITEM_EVENTS: Record<string, string> = {
  click: 'a click on an item, or trackClick() of a list',
  view: 'trackView() of a list',
  addToCart: 'the cart button of an item',
};

/** Returns what has made an event, in the words of the API. */
export const makerOf = (name: string, args: readonly unknown[]): string => {
  if (name === 'shopEvent') return SHOP_EVENTS[`${args[0]}`] ?? `the event ${args[0]} of the page`;
  if (name === 'itemEvent') return ITEM_EVENTS[`${args[1]}`] ?? `the event ${args[1]} of an item`;
  const maker = {
    serve: 'a list that was shown (autoTrack, or events.trackItemsServed())',
    identify: 'identify()',
    variant: 'getVariant()',
    checkViews: 'an item that was visible for long enough',
    pageView: 'navigate()',
    navigate: 'a new address of the page, or navigate()',
    navigateBy: 'a new address of the page, or navigate()',
    new: 'the start of the page',
    activate: 'the start of the page, which was prerendered',
    restore: 'the return to the page',
    requestDone: 'the reply of a data call',
  }[name];
  return maker ?? `Vitrine itself (${name})`;
};

/** The text that a call got, to show until the event itself is seen. */
export const payloadOf = (name: string, args: readonly unknown[]): string => {
  if (name === 'serve') return `${args[0]}`;
  if (name === 'shopEvent') return `${args[1]}`;
  if (name === 'itemEvent') return stringify({ type: args[1], itemId: args[2], position: args[3] })!;
  return '';
};
