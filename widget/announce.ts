// Announces changes to screen readers through a polite live region in the widget. A region elsewhere in the page is not
// read while a modal dialog is open. The region must exist in advance, because screen readers do not read a region that
// is created together with its text.

import { make } from '../js/ports/dom.js';

const NAME = 'vitrine-announcer';

/** Returns the live region among the children of `root`, the widget or its shadow root. Creates it if there is none. */
export const announcerIn = (root: Element | ShadowRoot): HTMLElement => {
  // A clone of the widget, or a snapshot of the page, brings a region along.
  const known = [...root.children].find(({ className }) => className === NAME);
  if (known) return known as HTMLElement;
  const region = make('div');
  region.setAttribute('role', 'status');
  region.setAttribute('aria-live', 'polite');
  region.className = NAME;
  // A style property, which a strict style-src allows. The style sheet may be missing.
  region.style.cssText =
    'position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap';
  root.append(region);
  return region;
};
