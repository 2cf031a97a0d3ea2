// Each bundler builds a small app with the installed package without a warning, and the app works in a browser with the
// files that the bundler has put beside it.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { inEachEngine } from '../browser/each_engine.mjs';
import { openSite } from '../browser/open_site.mjs';
import { strictPolicy } from '../browser/pages.mjs';
import { until } from '../browser/until.mjs';
import { bundlers } from './bundlers.mjs';
import { installTools, makeApp } from './installed.mjs';

const kWhole = `
import { defineWidget, loadVitrine } from 'vitrine';
shopper.vitrine = await loadVitrine(settings);
defineWidget();
`;
const kTracking = `
import { loadVitrine } from 'vitrine/tracking';
shopper.vitrine = await loadVitrine(settings);
`;
const kEvents = kTracking.replace('vitrine/tracking', 'vitrine');
const kInline = kWhole.replace("'vitrine'", "'vitrine/inline'");
/** Returns the import map that Parcel has written; '' for other bundlers. */
const importMapOf = (out) =>
  existsSync(`${out}/index.html`)
    ? (/<script type="?importmap.*?<\/script>/.exec(readFileSync(`${out}/index.html`, 'utf8'))?.[0] ?? '')
    : '';
const pageOf = (out) => `<!doctype html>
<html lang="en">
${importMapOf(out)}
<meta charset="utf-8">
<title>An app</title>
<link rel="icon" href="data:,">
<script src="/watch.js"></script>
<script src="/settings.js"></script>
<script src="/shopper.js"></script>
<script type="module" src="/app/main.js"></script>`;

let app = '';
before(async () => {
  await installTools();
  // Parcel finds the entries of packages by this option alone.
  app = await makeApp('bundlers', {}, { '@parcel/resolver-default': { packageExports: true } });
});

/** Builds main.js with a bundler. Resolves with the folder of the result. */
const build = async (bundler, name, main) => {
  const out = `${app}out/${bundler}-${name}`;
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  writeFileSync(`${app}main.js`, main);
  assert.deepEqual(await bundlers[bundler](app, out), [], 'no warning');
  return out;
};

/** Opens the app, and resolves when its Vitrine is there. */
const show = async (t, browser, out) => {
  const policy = { ...strictPolicy, 'script-src': "'self' 'wasm-unsafe-eval' 'unsafe-inline'" };
  const site = await openSite(t, browser, { policy });
  for (const file of readdirSync(out, { recursive: true, encoding: 'utf8' }))
    if (statSync(`${out}/${file}`).isFile())
      site.pages.replies.set(`/app/${file}`, { body: readFileSync(`${out}/${file}`) });
  site.pages.replies.set('/app/page.html', { body: pageOf(out) });
  const tab = await browser.open(site.address('app/page.html'), 'window');
  await until(() => tab.run(() => !!shopper.vitrine), 'Vitrine');
  return { site, tab };
};
const requestsOf = (site, pattern) => site.pages.requests.filter((url) => pattern.test(url)).length;

inEachEngine(
  'bundlers',
  (_engine, browser) => {
    for (const bundler of Object.keys(bundlers)) {
      test(`${bundler}: an app with widgets loads its core from files, and products when needed`, async (t) => {
        const { site, tab } = await show(t, browser(), await build(bundler, 'whole', kWhole));
        await tab.run(() => shopper.click('one', 2));
        await site.arrived(2, { type: 'click' });
        assert.equal(requestsOf(site, /\.wasm/), 1);
        const count = await tab.run(
          async () => (await shopper.vitrine.recs.forVisitor({ configId: 'home', topK: 4 })).results.length,
        );
        assert.equal(count, 4);
        assert.equal(requestsOf(site, /\.wasm/), 2);
        assert.equal(requestsOf(site, /core/), 0);
        assert.equal(await tab.run(() => shopper.vitrine.events.getMetrics().runtime), 'wasm');
        assert.deepEqual(await tab.run(() => seen.console), []);
      });

      test(`${bundler}: an app that only tracks carries neither widgets nor data calls`, async (t) => {
        const out = await build(bundler, 'tracking', kTracking);
        const script = readFileSync(`${out}/main.js`, 'utf8');
        assert.doesNotMatch(script, /attachShadow|vitrine:add-to-cart/);
        const { site, tab } = await show(t, browser(), out);
        await tab.run(() => shopper.click('one', 2));
        await site.arrived(2, { type: 'click' });
        assert.deepEqual(await tab.run(() => seen.console), []);
      });

      test(`${bundler}: widgets that an app does not define are shaken out`, async () => {
        const out = await build(bundler, 'events', kEvents);
        assert.doesNotMatch(readFileSync(`${out}/main.js`, 'utf8'), /attachShadow|vitrine:add-to-cart/);
      });
    }

    // Webpack warns of every file over 244 KiB.
    for (const bundler of Object.keys(bundlers).filter((name) => name !== 'webpack'))
      test(`${bundler}: with vitrine/inline nothing is fetched`, async (t) => {
        const { site, tab } = await show(t, browser(), await build(bundler, 'inline', kInline));
        await tab.run(() => shopper.click('one', 2));
        await site.arrived(2, { type: 'click' });
        assert.equal(requestsOf(site, /\.wasm/), 0);
        assert.deepEqual(await tab.run(() => seen.console), []);
      });
  },
  { only: ['chromium'] },
);
