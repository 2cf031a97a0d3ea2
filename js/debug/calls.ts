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

/** The text that a call got, to show until the event itself is seen. */
export const payloadOf = (name: string, args: readonly unknown[]): string => {
  if (name === 'serve') return `${args[0]}`;
  if (name === 'shopEvent') return `${args[1]}`;
  if (name === 'itemEvent') return stringify({ type: args[1], itemId: args[2], position: args[3] })!;
  return '';
};
