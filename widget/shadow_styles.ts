// Gives a shadow root the style sheet of the page's widgets, without inline style.

const shared = new Map<string, CSSStyleSheet>();

/** The page's link to the sheet: the one that `address` names, else the one to a vitrine.css. */
const linkOf = (address: string | null) =>
  [...document.querySelectorAll<HTMLLinkElement>('link[rel~="stylesheet"]')].find((link) =>
    address ? link.href === new URL(address, document.baseURI).href : /\/vitrine[^/]*\.css($|\?)/.test(link.href),
  );

const rulesOf = (link: HTMLLinkElement | undefined) => {
  try {
    return link?.sheet && [...link.sheet.cssRules].map(({ cssText }) => cssText).join('');
  } catch {
    return undefined; // of another origin: the page may use it, but not read it
  }
};

/**
 * Applies the page's vitrine.css, or the sheet at `address`, to the shadow root: as one sheet shared by all widgets where its text is
 * at hand, else by a link, which the browser has in its cache. Answers the node that it added, if any.
 */
export const adoptStyles = (root: ShadowRoot, address: string | null): Node | undefined => {
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
    return undefined;
  }
  if (!href) return undefined;
  const copy = document.createElement('link');
  copy.rel = 'stylesheet';
  copy.href = href;
  root.append(copy);
  return copy;
};
