// Connects the trackers of a page: visibility of items, clicks, and with `autoTrack` the page's markup and routes.

import { trackActions } from './clicks.js';
import type { Host } from '../core/host.js';
import type { Markup } from './autotrack.js';
import { withPart } from '../core/part.js';
import { autoTrackPart } from './autotrack_part.js';
import { openItems } from './viewability_observer.js';
import { guarded } from '../ports/guard.js';

/** Sets `host.items`, `host.look` and `host.turn`, and tracks the page until `signal` fires. */
export const openPageTracking = (host: Host, isAutoTracked: boolean, signal: AbortSignal): void => {
  let markup: Markup | undefined;
  const items = (host.items = openItems(host, signal));
  const listen = trackActions(host, (element) => items.get(element) || markup?.itemOf(element), signal);
  listen(window);
  host.look = guarded((isNewPage) => {
    items.look();
    if (isNewPage) markup?.settle();
  });
  host.turn = guarded(() => markup?.turn());
  if (isAutoTracked)
    withPart(autoTrackPart, (startAutoTrack) => {
      if (!signal.aborted) startAutoTrack(host, items, listen, signal, (read) => (markup = read));
    });
};
