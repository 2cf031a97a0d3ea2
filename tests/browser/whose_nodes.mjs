// The set-up of tests about nodes of the page and of widgets.

import { renderWidget } from '../../dist/index.js';
import { answering } from './answers.mjs';
import { openSite } from './open_site.mjs';

export const kOpenPolicy = { 'default-src': "* 'unsafe-inline' 'unsafe-eval' data:" };

// In the page: what can be seen of a widget.
export const helpers = `${answering}
  answers.next = [{ text: answers.slate(4) }];
  addEventListener('click', (event) => event.target.closest('.vitrine-link') && event.preventDefault());
  answers.seen = (widget) => {
    const isSeen = (element) => element.getClientRects().length > 0;
    const root = widget.shadowRoot || widget;
    const own = [...widget.children].filter((child) => !child.matches('[data-vitrine-view]'));
    return {
      state: widget.getAttribute('state'),
      cards: [...root.querySelectorAll('[data-vitrine-item]')]
        .filter(isSeen)
        .map(({ dataset }) => dataset.vitrineItem)
        .join(' '),
      own: own.filter(isSeen).map(({ id }) => id).join(' '),
      kept: own.map(({ id }) => id).join(' '),
      views: root.querySelectorAll('[data-vitrine-view]').length,
    };
  };
  answers.put4 = async (attributes = {}) => {
    const widget = document.createElement('vitrine-widget');
    const all = { kind: 'forVisitor', 'config-id': 'home', 'top-k': 4, load: 'eager', ...attributes };
    for (const name in all) widget.setAttribute(name, all[name]);
    widget.innerHTML = 'text<p id="own">own</p>';
    document.querySelector('main').append(widget);
    await answers.isIn(widget, 'ready');
    return widget;
  };
  answers.until = async (condition) => {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  answers.isIn = (widget, state) => answers.until(() => widget.getAttribute('state') === state);`;

/** The result of `answers.seen` for a widget of `answers.put4` that shows its products. */
export const kReady = { state: 'ready', cards: 'p0 p1 p2 p3', own: '', kept: 'own', views: 1 };

/** Opens a page into which tests put widgets. */
export const open = async (t, browser, before = helpers) => {
  const site = await openSite(t, browser, { before, policy: kOpenPolicy });
  return { site, tab: await site.open('blank.html', 'window') };
};
/** The reply of a service. */
export const reply = (serveId, products) =>
  JSON.stringify({
    serveId,
    results: products.map((productId) => ({
      productId,
      metadata: { name: productId, url: '/p', price: 1, currency: 'EUR' },
    })),
  });
const kProvider = /** @type {const} */ ({ name: 'refine', apiKey: 'k', organizationId: 'o', catalogId: 'c' });
const rendered = (text) => renderWidget({ provider: kProvider, reply: text }, { currency: 'EUR', locale: 'en' });
/** A widget as a server sends it. */
export const server = (serveId, products) =>
  `<vitrine-widget kind="forVisitor" config-id="home" top-k="2" currency="EUR" serve="${serveId}" state="ready">` +
  `${rendered(reply(serveId, products))}</vitrine-widget>`;

/** The head of a page of the test's own, with `script` to load Vitrine. */
export const headOf = (script) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>
  <link rel="icon" href="data:,"><script src="/watch.js"></script><script src="/before.js"></script>
  <script src="/settings.js"></script><script src="/shopper.js"></script>${script}</head>`;
