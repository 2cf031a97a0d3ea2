// Marks of adds to the cart that are counted already, so that Doofinder's event for the same add is not counted again.

import { now } from '../ports/clock.js';

/** The event of Doofinder's shop plugins that asks the shop's cart for an item. */
export const DOOFINDER_ADD = 'doofinder.cart.add';

/** The events that a widget of ours has dispatched. */
export const ownCartEvents = new WeakSet<Event>();

// A press of a data-vitrine-add button, and the event that the shop sends within this time for the same item, count
// once.
const PRESS_MS = 1000;

let pressedId: string | undefined;
let pressedMs = 0;

/** Notes a press of an item's own button, which is already counted. */
export const notePress = (itemId: string): void => {
  [pressedId, pressedMs] = [itemId, now()];
};

/** Returns whether the item's own button was pressed a moment ago. */
export const wasPressed = (itemId: string): boolean => pressedId === itemId && now() - pressedMs < PRESS_MS;
