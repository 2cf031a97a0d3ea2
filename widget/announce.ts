// Tells screen readers what happened, politely. One live region for the whole page: one that is made when it is needed is not read out.

let region: HTMLElement | undefined;

/** Makes the region, so that it is there when there is something to say. */
export const prepareAnnouncer = (): void => {
  if (region?.isConnected) return;
  region = document.createElement('div');
  region.setAttribute('role', 'status');
  region.setAttribute('aria-live', 'polite');
  region.className = 'vitrine-announcer';
  // By properties, which a strict style-src allows; the style sheet may not be there.
  const style: Record<string, string> = {
    position: 'absolute',
    width: '1px',
    height: '1px',
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  };
  Object.assign(region.style, style);
  document.body.append(region);
};

/** Has `text` read out when the reader is silent. */
export const announce = (text: string): void => {
  prepareAnnouncer();
  // The same text again is news only if the node is another.
  region!.replaceChildren(document.createTextNode(text));
};
