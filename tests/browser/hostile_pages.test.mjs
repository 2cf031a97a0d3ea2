// Pages whose built-ins were replaced, frozen, wrapped or shadowed before Vitrine's script ran, or after: no exception
// leaves Vitrine, the shop's later code runs, tracked purchases arrive, and widgets show their products.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { inEachEngine } from './each_engine.mjs';
import { preludes } from './preludes.mjs';
import { openSite } from './open_site.mjs';
import { servePages } from './pages.mjs';
import { until } from './until.mjs';

/** The pages of each test: an entry of the package, and when the prelude runs: before it, or once Vitrine is up. */
const kPages = [
  ...['vitrine.js', 'vitrine-tracking.js', 'index.js', 'tracking.js'].map((entry) => ({ entry, when: 'before' })),
  ...['vitrine.js', 'tracking.js'].map((entry) => ({ entry, when: 'after' })),
];
const hasWidgets = ({ entry }) => entry === 'vitrine.js' || entry === 'index.js';

const wanted = new RegExp(process.env.VITRINE_PRELUDES ?? '');

const told = (problem) =>
  new RegExp(`^error: \\[vitrine\\] Watching the page failed: ${problem}\\. .*\\(watching-failed\\)$`);
const noStorage = /^warn: \[vitrine\] localStorage refuses writes [^/]* \(storage\)$/;
/** Codes of the lines of a page that cannot get the wasm file, or the products of its widget. */
const noReply =
  /^((warn|error): \[vitrine\] (?:(?! \/ ).)* \((core-not-loaded|products-not-loaded|request-failed)\)( \/ |$))+$/;
/** The same for a page that sends nothing, with the line that says why. */
const noFetch = /^(?=.*\(fetch-failed\))((warn|error): \[vitrine\] (?:(?! \/ ).)* \([a-z-]+\)( \/ |$))+$/;

/**
 * Other expectations than those of all preludes, by the prelude's name: `says` matches the page's console lines, where
 * there are any. Before Vitrine, such a prelude lets no products be shown (`shown`) or no events arrive (`arrives`).
 * @type {Record<string, {says?: RegExp, shown?: boolean, arrives?: boolean}>}
 */
const excuses = {
  'fetch returns nothing': { says: noReply, shown: false },
  'fetch resolves with a bare object': { says: noReply, shown: false },
  'fetch throws': { says: noFetch, shown: false, arrives: false },
  'localStorage.setItem writes JSON': { says: noStorage },
  'localStorage.setItem and getItem throw': { says: noStorage },
  'MutationObserver throws': { says: told('Error: no observers') },
  'MutationObserver.observe throws': { says: told('Error: no observers') },
  'IntersectionObserver throws': { says: told('Error: no observers') },
  'IntersectionObserver.observe throws': { says: told('Error: no observers') },
  'addEventListener throws': { says: told('Error: no listeners'), shown: false },
  'Document.prototype.addEventListener throws': { says: told('Error: no listeners') },
  'window.addEventListener throws': { says: told('Error: no listeners') },
  'history.pushState cannot be replaced': { says: told('Error: no history') },
};

/**
 * Returns the markup of a page. The page's scripts read `entry` and `when` from the query of its address,
 * which makes the order ids unique too: an origin's port may have been that of an earlier test.
 */
const markupOf = ({ entry, when }) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>loading</title>
<link rel="icon" href="data:,">
<script src="/report.js"></script>
${when === 'before' ? '<script src="/prelude.js"></script>' : ''}
<script src="/settings.js"></script>
${
  entry.startsWith('vitrine')
    ? `<script src="/snippet.js"></script>
<script src="/hostile-calls.js"></script>
<script src="/dist/${entry}"></script>
${when === 'before' ? '<script src="/later.js"></script>' : '<script type="module" src="/hostile-late.js"></script>'}`
    : '<script type="module" src="/hostile-module.js"></script>'
}
<p>A page of a shop.</p>
<ul data-vitrine-list="best" data-vitrine-surface="home_page"><li data-vitrine-item="own">Own</li></ul>
${
  hasWidgets({ entry })
    ? '<vitrine-widget config-id="home" top-k="2" surface="test_page" source="picked"></vitrine-widget>'
    : ''
}`;

inEachEngine('hostile pages', (_engine, browser) => {
  /** The server with its events, and the page around all hostile ones, are shared. */
  let site;
  let tab;
  const shared = [];
  before(async () => {
    const options = { config: { autoTrack: true }, policy: {} };
    site = await openSite({ after: (step) => shared.push(step) }, browser(), options);
    tab = await browser().open();
  });
  after(() => Promise.all(shared.map((step) => step())));

  /** Serves a page from an origin, and thus with a storage, of its own. Resolves to the origin. */
  const serve = async (t, name, page) => {
    const { url, replies, stop } = await servePages({ settings: site.settings });
    replies.set('/prelude.js', { body: preludes[name] });
    replies.set('/hostile.html', { body: markupOf(page) });
    t.after(stop);
    return url;
  };

  for (const name of Object.keys(preludes).filter((name) => wanted.test(name)))
    test(name, async (t) => {
      const origins = await Promise.all(kPages.map((page) => serve(t, name, page)));
      const frames = origins.map(
        (url, i) => `<iframe src="${url}/hostile.html?${new URLSearchParams({ ...kPages[i], name })}"></iframe>\n`,
      );
      site.pages.replies.set('/frames.html', { body: `<script src="/frames.js"></script>\n${frames.join('')}` });
      await tab.goto(site.address('frames.html'));
      const expected = kPages.map((page) => {
        const isLate = page.when === 'after';
        const { shown = true, arrives = true } = excuses[name] || {};
        const steps = hasWidgets(page) && shown ? 'later,shown' : 'later';
        const orders = arrives ? 'early,late' : isLate ? 'early' : '';
        return { ...page, steps, problems: '', orders, pageViews: +(arrives || isLate) };
      });
      let seen = [];
      await until(async () => {
        const { events } = await site.events();
        const reports = await tab.run(() => window.reports);
        seen = kPages.map((page, i) => {
          const { steps = '', problems: lines } = reports[origins[i]] || {};
          const says = excuses[name]?.says;
          // Where no event arrives, a line must say why.
          const isSilent = !lines && excuses[name]?.arrives === false && page.when === 'before';
          const problems = says?.test(lines) ? '' : isSilent ? 'no line says why' : lines;
          const own = events.filter(({ url }) => url?.startsWith(origins[i]));
          const orders = own.filter(({ type }) => type === 'purchase').map(({ orderId }) => orderId.split(' ')[0]);
          const pageViews = own.filter(({ type }) => type === 'pageView').length;
          // A page that replaces fetch once Vitrine is up may do so before the widget's request or after it.
          const isOpen = excuses[name]?.shown === false && page.when === 'after';
          const reached = steps.split(',').filter((step) => !isOpen || step !== 'shown');
          return { ...page, steps: reached.sort().join(), problems, orders: orders.sort().join(), pageViews };
        });
        return isDeepStrictEqual(seen, expected);
      }, 'all pages').catch(() => {});
      await tab.goto('about:blank');
      await site.clear();
      assert.deepEqual(seen, expected);
    });
});
