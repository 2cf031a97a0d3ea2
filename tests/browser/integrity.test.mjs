// Subresource Integrity: every file that the script loads must fit the hash that the page names in data-integrity.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { integrityList, integrityOf } from '../../tools/integrity.mjs';
import { root } from '../../tools/steps.mjs';
import { inEachEngine } from './each_engine.mjs';
import { openSite } from './open_site.mjs';
import { until } from './until.mjs';

const hashes = integrityOf(`${root}dist`);
const kFiles = [
  'vitrine-refine.wasm',
  'vitrine-refine-products.wasm',
  'vitrine-widgets.js',
  'vitrine-autotrack.js',
  'vitrine-core.js',
  'strings/de.json',
];
const config = { autoTrack: true };
// Trusted Types refuse script tags that a script makes.
const policy = {
  'script-src': "'nonce-n1' 'wasm-unsafe-eval'",
  'connect-src': "'self' http://127.0.0.1:*",
};

/** Opens a page whose script tags have the nonce, with this list in the tag of Vitrine. */
const show = async (site, browser, list) => {
  const html = readFileSync(`${root}tests/browser/pages/widget.html`, 'utf8')
    .replace('lang="en"', 'lang="de"')
    .replaceAll('<script', '<script nonce="n1"')
    .replace(
      'src="/dist/vitrine.js"',
      `src="/dist/vitrine.js" integrity="${hashes['vitrine.js']}" data-integrity="${list}"`,
    );
  assert.match(html, /data-integrity/);
  site.pages.replies.set('/page.html', { body: html });
  const tab = await browser.open(site.address('page.html'), 'window');
  return tab;
};
const isRunning = (tab) => until(() => tab.run(() => !!shopper.vitrine), 'the core');
const linesOf = (tab) => tab.run(() => seen.console);
const stateIs = (tab, state) =>
  until(
    async () => (await tab.run(() => document.querySelector('vitrine-widget').getAttribute('state'))) === state,
    `a widget that is ${state}`,
  );
const wrong = `sha384-${'A'.repeat(64)}`;

inEachEngine('data-integrity', (_engine, browser) => {
  test('with the hashes of all files everything works, also under a policy of nonces', async (t) => {
    const site = await openSite(t, browser(), { config, policy });
    const tab = await show(site, browser(), integrityList(hashes, kFiles));
    await isRunning(tab);
    await stateIs(tab, 'ready');
    await tab.run(() => shopper.click('one', 2));
    await site.arrived(2, { type: 'click' });
    assert.deepEqual(await linesOf(tab), []);
  });

  test('files may be named with their folders, as in integrity.json; texts that are refused are told', async (t) => {
    const site = await openSite(t, browser(), { config, policy });
    const all = Object.entries(hashes).map(([file, hash]) => `${file}=${hash}`);
    const tab = await show(site, browser(), all.join(' '));
    await isRunning(tab);
    await stateIs(tab, 'ready');
    assert.ok(site.pages.requests.some((url) => url.startsWith('/dist/strings/de.json')));
    assert.deepEqual(await linesOf(tab), []);
    const other = await show(site, browser(), integrityList(hashes, kFiles.slice(0, -1)));
    await stateIs(other, 'ready');
    const [line] = await linesOf(other);
    assert.match(line, /Texts stay English\. de\.json is not in data-integrity: add de\.json=.*\(texts-not-loaded\)/);
  });

  for (const [file, code] of [
    ['vitrine-widgets.js', 'products-not-loaded'],
    ['vitrine-autotrack.js', 'autotrack-not-loaded'],
    ['vitrine-refine-products.wasm', 'products-not-loaded'],
  ])
    for (const [how, list] of [
      ['does not fit', integrityList({ ...hashes, [file]: wrong }, kFiles)],
      [
        'has no hash',
        integrityList(
          hashes,
          kFiles.filter((name) => name !== file),
        ),
      ],
    ])
      test(`a ${file} that ${how} is refused, and events go on`, async (t) => {
        const site = await openSite(t, browser(), { config, policy });
        const tab = await show(site, browser(), list);
        await isRunning(tab);
        await tab.run(() => shopper.click('one', 2));
        await site.arrived(2, { type: 'click' });
        await until(async () => (await linesOf(tab)).some((line) => line.includes(`(${code})`)), code);
        const line = (await linesOf(tab)).find((text) => text.includes(`(${code})`));
        assert.ok(line.includes(file) && line.includes('data-integrity'), line);
      });

  test('where no core fits, the purchase waits for a page that has one', async (t) => {
    const site = await openSite(t, browser(), { config, policy });
    const bad = { ...hashes, 'vitrine-refine.wasm': wrong, 'vitrine-core.js': wrong };
    const tab = await show(site, browser(), integrityList(bad, kFiles));
    await tab.run(() => {
      const purchase = { orderId: 'o-1', value: 5, currency: 'EUR', items: [{ itemId: 'a', quantity: 1 }] };
      /** @type {any} */ (window).vitrine('events.trackPurchase', purchase);
    });
    await until(async () => (await linesOf(tab)).some((line) => line.includes('(core-not-loaded)')), 'the line');
    await show(site, browser(), integrityList(hashes, kFiles));
    await tab.close();
    await site.arrived(1, { type: 'purchase' });
  });
});
