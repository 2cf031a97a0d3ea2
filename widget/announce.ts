// Announces changes to screen readers through one polite live region for the whole page. The region must exist in
// advance, because screen readers do not read a region that is created together with its text.

import { make, member } from '../js/ports/dom.js';

let region: HTMLElement | undefined;

/** Creates the live region in advance, so that `announce` works. */
export const prepareAnnouncer = (): void => {
  if (region?.isConnected) return;
  region = make('div');
  region.setAttribute('role', 'status');
  region.setAttribute('aria-live', 'polite');
  region.className = 'vitrine-announcer';
  // A style property, which a strict style-src allows. The style sheet may be missing.
  region.style.cssText =
    'position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap';
  member(document, 'body').append(region);
};

/** Makes screen readers read `text` when they are next idle. */
export const announce = (text: string): void => {
  prepareAnnouncer();
  // A new text node makes the reader read the same text again.
  region!.textContent = text;
};
