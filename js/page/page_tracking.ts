// Connects the trackers of a page: visibility of items, clicks, and with `autoTrack` the page's markup and routes.

import { trackActions } from './clicks.js';
import { hearDoofinderCart } from './doofinder_cart.js';
import type { Host } from '../core/host.js';
import { readMarkup, type Markup } from './autotrack.js';
import { openItems } from './viewability_observer.js';
import { guarded } from '../ports/guard.js';
import { watchRoutes } from './route.js';

/** Sets `host.items`, `host.look` and `host.turn`, and tracks the page until `signal` fires. */
export const openPageTracking = (host: Host, isAutoTracked: boolean, signal: AbortSignal): void => {
  const items = (host.items = openItems(host, signal));
  const listen = trackActions(host, (element) => items.get(element) || markup?.itemOf(element), signal);
  listen(window);
  if (isAutoTracked) {
    guarded(watchRoutes)((isNewEntry) => host.noteNavigation(isNewEntry), signal);
    guarded(hearDoofinderCart)(host, items, signal);
  }
  let markup: Markup | undefined;
  if (isAutoTracked)
    guarded(() => {
      markup = readMarkup(host, items, listen, signal);
    })();
  host.look = guarded((isNewPage) => {
    items.look();
    if (isNewPage) markup?.settle();
  });
  host.turn = guarded(() => markup?.turn());
};
