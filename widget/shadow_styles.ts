// Applies the style sheet of the page's widgets to a shadow root, without inline style.

import { findAll, make, member } from '../js/ports/dom.js';

const shared = new Map<string, CSSStyleSheet>();

/** Returns the page's link to the sheet at `address`; without an address, the link to a vitrine.css. */
const linkOf = (address: string | null) =>
  (findAll(document, 'link[rel~="stylesheet"]') as HTMLLinkElement[]).find((link) =>
    address
      ? link.href === new URL(address, member(document, 'baseURI')).href
      : /\/vitrine[^/]*\.css($|\?)/.test(link.href),
  );

const rulesOf = (link: HTMLLinkElement | undefined) => {
  try {
    return link?.sheet && [...link.sheet.cssRules].map(({ cssText }) => cssText).join('');
  } catch {
    return undefined; // a sheet of another origin can be used but not read
  }
};

/**
 * Applies the page's vitrine.css, or the sheet at `address`, to the shadow root. Uses one sheet for all widgets if its
 * text can be read, else adds a link, which the browser finds in its cache.
 */
export const adoptStyles = (root: ShadowRoot, address: string | null): void => {
  const link = linkOf(address);
  const href = address || link?.href;
  const rules = rulesOf(link);
  if (rules && 'adoptedStyleSheets' in root) {
    let sheet = shared.get(href!);
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(rules);
      shared.set(href!, sheet);
    }
    root.adoptedStyleSheets = [sheet];
    return;
  }
  if (!href) return;
  const copy = make('link');
  copy.rel = 'stylesheet';
  copy.href = href;
  root.append(copy);
};
