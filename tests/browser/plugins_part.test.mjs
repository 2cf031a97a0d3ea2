// The code for plugins is a script of its own. Tests when a page loads it, and that no event passes without the hooks.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { root } from '../../tools/steps.mjs';
import { inEachEngine } from './each_engine.mjs';
import { settled } from './items.mjs';
import { isUp, openSite } from './open_site.mjs';
import { strictPolicy } from './pages.mjs';
import { until } from './until.mjs';

const kPart = '/dist/vitrine-plugins.js';
const buildOf = (core) => readFileSync(`${root}dist/${core}.wasm`).subarray(-8).toString();

/** Adds the hooks of `hooks`, the text of an object, to the configuration of the page. */
const withHooks = (hooks) => `
  window.told = [];
  const mark = (event) => void (event.shop = 'north');
  let settings;
  Object.defineProperty(window, 'settings', {
    get: () => settings,
    set: (given) => (settings = { ...given, ...(${hooks}) }),
  });`;
const marking = withHooks('{ beforeTrack: mark }');
const askedFor = (site) => site.pages.requests.filter((url) => url.startsWith(kPart));
const consoleOf = (tab) => tab.run(() => seen.console);
const marksOf = (events) => events.map(({ name, shop = '' }) => `${name} ${shop}`.trim()).toSorted();

inEachEngine('plugins as a file of its own', (_engine, browser) => {
  for (const [name, core] of [
    ['script', 'vitrine'],
    ['tracking', 'vitrine-tracking'],
  ])
    test(`${name}.html loads it once, of its own build, and every event passes the hook`, async (t) => {
      const site = await openSite(t, browser(), { before: marking, policy: strictPolicy });
      const tab = await site.open(`${name}.html`, 'window');
      await tab.run(() => shopper.vitrine.events.track('one'));
      await settled(site, tab);
      const { events } = await site.events();
      assert.deepEqual(marksOf(events), ['one north']);
      assert.deepEqual(askedFor(site), [`${kPart}?b=${buildOf(core)}`]);
      assert.deepEqual(await consoleOf(tab), []);
    });

  test('it is asked for while the core is on its way, and the start waits for it', async (t) => {
    const site = await openSite(t, browser(), { before: marking, policy: {} });
    const release = site.pages.hold(kPart);
    const tag = '<script async src="/dist/vitrine.js"></script>';
    const html = readFileSync(`${root}tests/browser/pages/script.html`, 'utf8');
    assert.ok(html.includes(tag));
    site.pages.replies.set('/late.html', { body: html.replace(tag, '') });
    const tab = await browser().open(site.address('late.html'), 'window');
    // The load event of a page waits for its files, and a driver for the load event.
    await tab.run(() =>
      document.head.append(Object.assign(document.createElement('script'), { src: '/dist/vitrine.js' })),
    );
    await until(() => tab.run(() => !!window.Vitrine), 'the core');
    await tab.run(() => /** @type {any} */ (window).vitrine('events.track', 'early'));
    assert.equal(askedFor(site).length, 1);
    assert.equal(await tab.run(() => shopper.isUp()), false);
    release();
    await isUp(tab);
    assert.deepEqual(marksOf((await settled(site, tab))('custom')), ['early north']);
  });

  test('plugins that the page has queued by use see the first page view, and do not run twice', async (t) => {
    const config = { autoTrack: true };
    const site = await openSite(t, browser(), {
      config,
      policy: { 'script-src': "'self' 'unsafe-inline' 'wasm-unsafe-eval'" },
    });
    const html = readFileSync(`${root}tests/browser/pages/script.html`, 'utf8').replace(
      '<script async src="/dist/vitrine.js"></script>',
      `<script>
        vitrine('use', { name: 'mark', beforeTrack: (event) => void (event.shop = (event.shop || '') + 'north') });
      </script>
      <script async src="/dist/vitrine.js"></script>`,
    );
    assert.match(html, /'use'/);
    site.pages.replies.set('/used.html', { body: html });
    const tab = await site.open('used.html', 'window');
    await tab.run(() => shopper.vitrine.events.track('one'));
    await settled(site, tab);
    const { events } = await site.events();
    assert.deepEqual(events.map(({ type, shop }) => `${type} ${shop}`).toSorted(), ['custom north', 'pageView north']);
    assert.deepEqual(await consoleOf(tab), []);
  });

  test('a page without hooks never asks for it, and its onError works', async (t) => {
    const before = withHooks("{ onError: ({ code }) => told.push(code), experiments: 'none' }");
    const site = await openSite(t, browser(), { before });
    const tab = await site.open('script.html', 'window');
    await tab.run(() => {
      shopper.vitrine.events.track('one');
      /** @type {any} */ (window).vitrine('nothing');
    });
    await settled(site, tab);
    assert.deepEqual(askedFor(site), []);
    assert.ok((await tab.run(() => /** @type {any} */ (window).told)).includes('unknown-call'));
  });

  test('where it is missing, one line names it, and the next page records the calls with the hooks', async (t) => {
    const site = await openSite(t, browser(), { before: marking });
    site.pages.absent.add(kPart);
    const tab = await browser().open(site.address('script.html'), 'window');
    await until(async () => (await consoleOf(tab)).length > 0, 'the line');
    const order = { orderId: 'kept', value: 5, currency: 'EUR', items: [{ itemId: 'a', quantity: 1 }] };
    await tab.run((purchase) => /** @type {any} */ (window).vitrine('events.trackPurchase', purchase), order);
    const [line, ...more] = await consoleOf(tab);
    const start = `Tracking with plugins starts later, because its file cannot be loaded. ${site.address('dist')}`;
    assert.ok(line.startsWith(`warn: [vitrine] ${start}`), line);
    assert.match(line, /Put the files of one version beside the script\. \(plugins-not-loaded\)/);
    assert.deepEqual(more, []);
    assert.equal((await site.events()).total, 0);
    site.pages.absent.delete(kPart);
    await tab.goto(site.address('script.html'));
    await isUp(tab);
    const { events } = await site.arrived(1, { type: 'purchase' });
    assert.deepEqual(
      events.map(({ orderId, shop }) => [orderId, shop]),
      [['kept', 'north']],
    );
  });

  test('a plugin that is added later sees each event from there on, though its code comes late', async (t) => {
    const site = await openSite(t, browser());
    const release = site.pages.hold(kPart);
    const tab = await site.open('script.html', 'window');
    await tab.run(() => {
      const { vitrine } = /** @type {any} */ (window);
      const add = (key) =>
        vitrine('use', { name: key, beforeTrack: (event) => void (event.shop = `${event.shop}${key}`) });
      vitrine('events.track', 'before');
      add('a');
      vitrine('events.track', 'between');
      add('b');
      shopper.vitrine.events.track('after');
    });
    await until(() => askedFor(site).length, 'the request for the part');
    assert.ok((await site.events({ type: 'custom' })).events.every(({ name }) => name === 'before'));
    release();
    await site.arrived(3, { type: 'custom' });
    assert.deepEqual(marksOf((await settled(site, tab))('custom')), [
      'after undefinedab',
      'before',
      'between undefinedab',
    ]);
    assert.equal(askedFor(site).length, 1);
    assert.deepEqual(await consoleOf(tab), []);
  });

  test('a second configuration of the page that brings hooks has them for each of its events', async (t) => {
    const site = await openSite(t, browser());
    const tab = await site.open('script.html', 'window');
    await tab.run(() => {
      const { Vitrine, settings } = /** @type {any} */ (window);
      const config = { ...settings, plugins: [{ name: 'p', beforeTrack: (event) => void (event.shop = 'south') }] };
      const second = new Vitrine(config);
      second.events.track('second');
    });
    await site.arrived(1, { type: 'custom' });
    assert.deepEqual(marksOf((await settled(site, tab))('custom')), ['second south']);
  });
});
