// The code for autoTrack is a script of its own. Tests when a page loads it, and what happens without it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { root } from '../../tools/steps.mjs';
import { inEachEngine } from './each_engine.mjs';
import { isUp, openSite } from './open_site.mjs';
import { strictPolicy } from './pages.mjs';
import { until } from './until.mjs';

const kPart = '/dist/vitrine-autotrack.js';
const config = { autoTrack: true };
const built = (name) => readFileSync(`${root}dist/${name}`);
const buildOf = (core) => built(`${core}.wasm`).subarray(-8).toString();

const askedFor = (site) => site.pages.requests.filter((url) => url.startsWith(kPart));
const consoleOf = (tab) => tab.run(() => seen.console);
const clicksOf = async (site) => (await site.arrived(1, { type: 'click' })).events.map(({ itemId }) => itemId);

/** Has the page show `name` with an item of its own markup. */
const addItem = (site, name) => {
  const html = readFileSync(`${root}tests/browser/pages/${name}.html`, 'utf8');
  site.pages.replies.set(`/${name}.html`, { body: `${html}<a href="#one" data-vitrine-item="own-1">One</a>` });
};

inEachEngine('autoTrack as a file of its own', (engine, browser) => {
  for (const [name, core] of [
    ['script', 'vitrine'],
    ['tracking', 'vitrine-tracking'],
  ])
    test(`${name}.html loads it once, of its own build, and the page's own items are tracked`, async (t) => {
      const site = await openSite(t, browser(), { config, policy: strictPolicy });
      addItem(site, name);
      const tab = await site.open(`${name}.html`, 'window');
      await site.arrived(1, { type: 'itemsServed' });
      await tab.press('[data-vitrine-item]');
      assert.deepEqual(await clicksOf(site), ['own-1']);
      assert.deepEqual(askedFor(site), [`${kPart}?b=${buildOf(core)}`]);
      assert.deepEqual(await consoleOf(tab), []);
    });

  // In other engines an import in flight delays the page's load event, for which the driver waits.
  const skip = engine !== 'chromium' && 'the driver waits for the held file';
  test('it is asked for while the core is on its way, and events do not wait for it', { skip }, async (t) => {
    const site = await openSite(t, browser(), { config });
    addItem(site, 'script');
    const releaseCore = site.pages.hold('/dist/vitrine-refine.wasm');
    const release = site.pages.hold(kPart);
    const tab = await browser().open(site.address('script.html'), 'window');
    await until(() => askedFor(site).length, 'the request for the part');
    releaseCore();
    await isUp(tab);
    await tab.run(() => shopper.click('one', 2));
    await site.arrived(2, { type: 'click' });
    assert.equal((await site.events({ type: 'itemsServed', itemId: 'own-1' })).total, 0);
    release();
    await until(async () => (await site.events()).events.some(({ source }) => source === 'page'), 'the own items');
  });

  test('a page without autoTrack never asks for it', async (t) => {
    const site = await openSite(t, browser());
    const tab = await site.open('script.html', 'window');
    await tab.run(() => shopper.click('one', 2));
    await site.arrived(2, { type: 'click' });
    assert.deepEqual(askedFor(site), []);
  });

  test('where it is missing, one line names it, and everything else goes on', async (t) => {
    const site = await openSite(t, browser(), { config });
    site.pages.absent.add(kPart);
    const tab = await site.open('script.html', 'window');
    await tab.run(() => shopper.click('one', 2));
    await site.arrived(2, { type: 'click' });
    await until(async () => (await consoleOf(tab)).length > 0, 'the line');
    const [line, ...more] = await consoleOf(tab);
    const start = `warn: [vitrine] autoTrack starts later, because its file cannot be loaded. ${site.address('dist')}`;
    assert.ok(line.startsWith(start), line);
    assert.match(line, /\(autotrack-not-loaded\)/);
    assert.deepEqual(more, []);
  });

  test('an older one in a cache is fetched again', async (t) => {
    const site = await openSite(t, browser(), { config, policy: strictPolicy });
    addItem(site, 'script');
    const right = built('vitrine-autotrack.js').toString();
    const older = right.replaceAll(buildOf('vitrine'), '00000000');
    assert.notEqual(older, right);
    site.pages.replies.set(kPart, ({ url }) => ({
      cache: 'max-age=31536000, immutable',
      body: url.endsWith('&r=1') ? right : older,
    }));
    const tab = await site.open('script.html', 'window');
    await site.arrived(1, { type: 'itemsServed' });
    assert.deepEqual(await consoleOf(tab), []);
  });
});
