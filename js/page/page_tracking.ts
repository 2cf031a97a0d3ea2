// Connects the trackers of a page: visibility of items, clicks, and with `autoTrack` the page's markup and routes.

import { trackActions } from './clicks.js';
import { hearDoofinderCart } from './doofinder_cart.js';
import type { Host } from '../core/host.js';
import { readMarkup } from './autotrack.js';
import { openItems } from './viewability_observer.js';
import { watchRoutes } from './route.js';

/** Sets `host.items`, `host.look` and `host.turn`, and tracks the page until `signal` fires. */
export const openPageTracking = (host: Host, isAutoTracked: boolean, signal: AbortSignal): void => {
  const items = (host.items = openItems(host, signal));
  const listen = trackActions(host, (element) => items.get(element) || markup?.itemOf(element), signal);
  listen(window);
  if (isAutoTracked) {
    watchRoutes((isNewEntry) => host.noteNavigation(isNewEntry), signal);
    hearDoofinderCart(host, items, signal);
  }
  const markup = isAutoTracked ? readMarkup(host, items, listen, signal) : undefined;
  host.look = (isNewPage) => {
    items.look();
    if (isNewPage) markup?.settle();
  };
  host.turn = () => markup?.turn();
};
