// Announces changes to screen readers through a polite live region in the widget: a region elsewhere in the page is not
// read while a modal dialog is open. The built-in frames contain it, because screen readers do not read a region that
// is created together with its text.

import { make } from '../js/ports/dom.js';

/**
 * Returns the live region in `root`, which shows products. Adds one if a frame of the shop's own has none. A
 * new text in it is read when the reader is next idle, also the same text again.
 */
export const announcerIn = (root: Element | ShadowRoot): Element => {
  const known = root.querySelector('[role="status"]');
  if (known) return known;
  const region = make('div');
  region.className = 'vitrine-unseen';
  region.setAttribute('role', 'status');
  root.append(region);
  return region;
};
