// Pages on which the core is hard to get, or whose markup or calls are wrong: pages at file://, policies, named
// elements, a forgotten init, misspelt calls.

import assert from 'node:assert/strict';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { test } from 'node:test';
import { inEachEngine } from './each_engine.mjs';
import { makeFolder, removeFolder } from './driver/processes.mjs';
import { isUp, openSite } from './open_site.mjs';
import { servePages, strictPolicy } from './pages.mjs';
import { until } from './until.mjs';

const dist = (name) => new URL(`../../dist/${name}`, import.meta.url);
const pagesFile = (name) => new URL(`pages/${name}`, import.meta.url);

const consoleOf = (tab) => tab.run(() => seen.console);
const ordersOf = async (site) => (await site.events({ type: 'purchase' })).events.map(({ orderId }) => orderId);
const ordered = (site, order) => until(async () => (await ordersOf(site)).includes(order), `the order ${order}`);

const head = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Loading</title>
<link rel="icon" href="data:,">
`;
const items = "[{ itemId: 'a', quantity: 1 }]";
const track = (order) =>
  `vitrine('events.trackPurchase', { orderId: '${order}', value: 10, currency: 'EUR', items: ${items} });`;
const setUp = ['watch.js', 'settings.js', 'shopper.js', 'snippet.js', 'early.js']
  .map((name) => `<script src="${name}"></script>\n`)
  .join('');

/** Opens a site with a page load.html of this markup, and early.js with a purchase. */
const openPage = async (t, browser, markup, policy = {}) => {
  const site = await openSite(t, browser, { policy });
  site.pages.replies.set('/early.js', { body: track('early') });
  site.pages.replies.set('/load.html', { body: head + markup });
  const tab = await browser.open(site.address('load.html'));
  return { site, tab };
};

inEachEngine('loading in difficult pages', (engine, browser) => {
  for (const { name, tags, warning } of [
    { name: 'the JavaScript core in front of the script', tags: ['vitrine-core.js', 'vitrine.js'] },
    {
      name: 'the script alone',
      tags: ['vitrine.js'],
      warning: /^warn: \[vitrine\] file:.*vitrine-refine\.wasm\?b=\w+: .* \(core-not-loaded\)$/,
    },
  ])
    test(`a page at file:// works with ${name}`, async (t) => {
      const site = await openSite(t, browser(), { policy: {} });
      const folder = await makeFolder();
      t.after(() => removeFolder(folder));
      for (const file of ['vitrine.js', 'vitrine-widgets.js', 'vitrine-refine.wasm', 'vitrine-core.js'])
        copyFileSync(dist(file), join(folder, file));
      for (const file of ['watch.js', 'shopper.js', 'snippet.js']) copyFileSync(pagesFile(file), join(folder, file));
      const settings = await (await fetch(site.address('settings.js'))).text();
      writeFileSync(join(folder, 'settings.js'), settings);
      writeFileSync(join(folder, 'early.js'), track(name)); // all pages at file:// share a storage
      const scripts = tags.map((file) => `<script src="${file}"></script>\n`).join('');
      writeFileSync(join(folder, 'page.html'), head + setUp + scripts);
      const tab = await browser().open(pathToFileURL(join(folder, 'page.html')).href);
      await isUp(tab);
      await ordered(site, name);
      const { faults, console: lines } = await tab.run(() => seen);
      assert.deepEqual(faults, []);
      // Firefox under a driver lets pages at file:// fetch files.
      const isRefused = warning && engine !== 'firefox';
      assert.equal(lines.length, isRefused ? 1 : 0, lines.join('\n'));
      if (isRefused) assert.match(lines[0], warning);
      const runtime = warning && !isRefused ? 'wasm' : 'wasm2js';
      assert.equal(await tab.run(() => shopper.vitrine.events.getMetrics().runtime), runtime);
    });

  test('a policy whose connect-src lacks the host of the core: the JavaScript core runs', async (t) => {
    // The page's own host is left out; the collector's is another port, so another origin.
    const { site, tab } = await openPage(
      t,
      browser(),
      `${setUp}<script src="/dist/vitrine.js"></script>`,
      // The collector has a port of its own, which is known only when the site is open: the policy names the path.
      { ...strictPolicy, 'connect-src': 'http://127.0.0.1:*/refine/ http://127.0.0.1:*/_events' },
    );
    await isUp(tab);
    const { faults, console: lines } = await tab.run(() => seen);
    assert.equal(lines.length, 1, lines.join('\n'));
    assert.match(
      lines[0],
      /^warn: .*-refine\.wasm\S+: .*\(allow it in connect-src and, on another origin, by CORS\).* \(core-not-loaded\)$/,
    );
    assert.deepEqual(
      faults.filter((fault) => !fault.startsWith('policy: connect-src')),
      [],
    );
    await ordered(site, 'early');
  });

  test('another origin without CORS: the JavaScript core runs, by a script tag', async (t) => {
    const other = await servePages({ settings: {} });
    t.after(() => other.stop());
    const { site, tab } = await openPage(t, browser(), `${setUp}<script src="${other.url}/dist/vitrine.js"></script>`);
    await isUp(tab);
    await ordered(site, 'early');
    const { faults, console: lines } = await tab.run(() => seen);
    assert.deepEqual(faults, []);
    assert.equal(lines.length, 1, lines.join('\n'));
    assert.match(
      lines[0],
      /^warn: .*-refine\.wasm\S+: .*\(allow it in connect-src and, on another origin, by CORS\).* \(core-not-loaded\)$/,
    );
    assert.equal(await tab.run(() => shopper.vitrine.events.getMetrics().runtime), 'wasm2js');
  });

  for (const allowed of ["'nonce-n'", "'nonce-n' 'strict-dynamic'"])
    test(`a policy of ${allowed} without WebAssembly: the JavaScript core runs, silently`, async (t) => {
      const { site, tab } = await openPage(
        t,
        browser(),
        `${setUp}<script src="/dist/vitrine.js"></script>`.replaceAll('<script', '<script nonce="n"'),
        { ...strictPolicy, 'script-src': allowed },
      );
      await isUp(tab);
      await ordered(site, 'early');
      const { faults, console: lines } = await tab.run(() => seen);
      assert.deepEqual(lines, []);
      assert.deepEqual(
        faults.filter((fault) => !fault.startsWith('policy: script-src')),
        [],
        'the refusal of WebAssembly is all that is reported',
      );
    });

  for (const markup of [
    '<div id="vitrine"></div>',
    '<form name="vitrine"></form><form name="vitrine"></form>',
    '<iframe name="vitrine" src="about:blank"></iframe>',
    '<div id="vitrine"></div><div id="Vitrine"></div><img name="currentScript">',
  ]) {
    test(`elements that hide window.vitrine do not stop the stub or the script: ${markup}`, async (t) => {
      const { site, tab } = await openPage(
        t,
        browser(),
        `${markup}${setUp}<script src="/dist/vitrine.js"></script>${markup}`,
      );
      await isUp(tab);
      await ordered(site, 'early');
      assert.deepEqual(await tab.run(() => seen.faults), []);
      assert.deepEqual(await consoleOf(tab), []);
      assert.ok(await tab.run(() => shopper.vitrine instanceof Vitrine));
    });

    test(`without the stub the script takes the place of ${markup}`, async (t) => {
      const { site, tab } = await openPage(
        t,
        browser(),
        `${markup}<script src="/watch.js"></script><script src="/settings.js"></script>
         <script src="/dist/vitrine.js"></script><script>vitrine('init', settings); ${track('early')}</script>`,
      );
      await ordered(site, 'early');
      assert.deepEqual(await tab.run(() => [seen.faults, seen.console]), [[], []]);
    });
  }

  for (const [name, markup] of [
    [
      'with calls',
      `<script>window.vitrine = function () {
       (vitrine.q = vitrine.q || []).push([Date.now(), [].slice.call(arguments)]); }; ${track('early')}</script>`,
    ],
    ['without the stub', ''],
  ])
    test(`a page ${name} and without init is told what to add, once`, async (t) => {
      const { site, tab } = await openPage(
        t,
        browser(),
        `<script src="/watch.js"></script>${markup}<script src="/dist/vitrine.js"></script>`,
      );
      await until(async () => (await consoleOf(tab)).length > 0, 'the warning');
      assert.deepEqual(await consoleOf(tab), [
        "warn: [vitrine] Nothing is recorded. Call vitrine('init', {...}) by the snippet of Vitrine. (no-init)",
      ]);
      assert.deepEqual(await tab.run(() => seen.faults), []);
      assert.deepEqual(await ordersOf(site), []);
    });
});
