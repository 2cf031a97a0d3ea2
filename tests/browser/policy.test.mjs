// The package works under a strict Content-Security-Policy and Trusted Types, and a page works without it if it cannot
// run.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEachEngine } from './each_engine.mjs';
import { expectQuiet } from './expect.mjs';
import { strictPolicy } from './pages.mjs';
import { isIdle, isUp, openSite } from './open_site.mjs';
import { until } from './until.mjs';

const widgetState = (tab) => tab.run(() => document.querySelector('vitrine-widget').getAttribute('state'));
const hasFallback = (tab) => tab.run(() => document.getElementById('fallback')?.offsetHeight > 0);
const consoleOf = (tab) => tab.run(() => seen.console);

/** The shop works: its own text is there and its own script can still change the page. */
const expectUsable = async (tab) => {
  assert.ok(await hasFallback(tab), 'the shop shows its own choice');
  assert.equal(await tab.run(() => document.body.appendChild(document.createElement('p')).isConnected), true);
};

const withoutWasm = { ...strictPolicy, 'script-src': "'self'" };
const withoutOurPolicy = { ...strictPolicy, 'trusted-types': "'none'" };

inEachEngine('page policy', (_engine, browser) => {
  for (const path of ['widget.html', 'widget-module.html']) {
    test(`${path} shows products under a strict policy without violations`, async (t) => {
      const site = await openSite(t, browser());
      const tab = await site.open(path, 'window');
      await until(async () => (await widgetState(tab)) === 'ready', 'products');
      assert.equal(await tab.run(() => document.querySelectorAll('vitrine-widget .vitrine-item').length), 4);
      assert.equal(await hasFallback(tab), false);
      const { events } = await site.arrived(1, { type: 'itemsServed' });
      const shown = await tab.run(() =>
        [...document.querySelectorAll('[data-vitrine-item]')].map(({ dataset }) => dataset.vitrineItem),
      );
      assert.deepEqual(events[0].itemIds, shown);
      await site.arrived(4, { type: 'view' });
      await isIdle(tab);
      await expectQuiet(tab);
    });
  }

  for (const path of ['widget.html', 'widget-module.html?plain']) {
    test(`${path}: if WebAssembly is refused, the core runs as JavaScript with all features`, async (t) => {
      const site = await openSite(t, browser(), { policy: withoutWasm });
      const tab = await site.open(path, 'window');
      await until(async () => (await widgetState(tab)) === 'ready', 'products');
      assert.equal(await tab.run(() => document.querySelectorAll('vitrine-widget .vitrine-item').length), 4);
      assert.equal(await tab.run(() => shopper.vitrine.events.getMetrics().runtime), 'wasm2js');
      await site.arrived(4, { type: 'view' });
      await tab.run(() => void shopper.click('plain', 200));
      const { events } = await until(async () => {
        const page = await site.events({ type: 'click' });
        return page.total === 200 && page;
      }, 'all clicks');
      assert.deepEqual(
        events.map(({ itemId }) => itemId),
        Array.from({ length: 200 }, (_, i) => `plain-${i}`),
      );
      await isIdle(tab);
      const { faults, console: lines } = await tab.run(() => seen);
      assert.deepEqual(lines, []);
      assert.deepEqual(
        faults.filter((fault) => !fault.startsWith('policy: script-src')),
        [],
        'the refusal itself is all that is reported',
      );
    });
  }

  test('without WebAssembly and the JavaScript core, the fallback stays and the console says why', async (t) => {
    for (const path of ['widget.html', 'widget-module.html']) {
      const site = await openSite(t, browser(), { policy: withoutWasm });
      site.pages.absent.add('/dist/vitrine-core.js');
      const tab = await browser().open(site.address(path), 'window');
      await until(async () => (await consoleOf(tab)).length > 0, 'the console line');
      await until(async () => (await widgetState(tab)) === 'error', 'the fallback');
      await expectUsable(tab);
      const lines = await consoleOf(tab);
      assert.equal(lines.length, 1, lines.join('\n'));
      assert.match(lines[0], /^error: \[vitrine\] the core is not running \(/);
      const { faults } = await tab.run(() => seen);
      assert.deepEqual(
        faults.filter((fault) => !fault.startsWith('policy: script-src')),
        [],
        'the refusal itself is all that is reported',
      );
      const metrics = await tab.run(() => shopper.vitrine.events.getMetrics());
      assert.equal(metrics.runtime, 'dead');
      assert.equal((await site.requests()).events, 0);
    }
  });

  test('if Trusted Types forbid our policy, the page keeps its fallback', async (t) => {
    const site = await openSite(t, browser(), { policy: withoutOurPolicy });
    const tab = await site.open('widget.html', 'window');
    await until(async () => (await widgetState(tab)) === 'error', 'the fallback');
    await expectUsable(tab);
    assert.equal((await consoleOf(tab)).length, 1);
  });

  test('the page works without the script', async (t) => {
    const site = await openSite(t, browser());
    site.pages.absent.add('/dist/vitrine.js');
    const tab = await browser().open(site.address('widget.html'), 'window');
    await tab.run(() => vitrine('identify', 'nobody listens'));
    await expectUsable(tab);
    await expectQuiet(tab);
  });

  test('without the core the page keeps its fallback, and the next page makes its calls', async (t) => {
    const site = await openSite(t, browser());
    for (const file of ['vitrine-refine.wasm', 'vitrine.wasm', 'vitrine-core.js'])
      site.pages.absent.add(`/dist/${file}`);
    const release = site.pages.hold('/dist/vitrine-refine.wasm');
    const tab = await browser().open(site.address('widget.html'), 'window');
    await tab.run(() => vitrine('identify', 'user-1'));
    release();
    await until(async () => (await widgetState(tab)) === 'error', 'the fallback');
    await expectUsable(tab);
    const lines = await consoleOf(tab);
    assert.match(lines[0], /^error: \[vitrine\] the core is not running \(.*vitrine-refine\.wasm\?b=\w+: HTTP 404/);
    assert.equal(lines.length, 1, lines.join('\n'));
    site.pages.absent.clear();
    await tab.goto(site.address('script.html'));
    await isUp(tab);
    const { events } = await site.arrived(1, { type: 'identify' });
    assert.equal(events[0].userId, 'user-1');
  });
});
