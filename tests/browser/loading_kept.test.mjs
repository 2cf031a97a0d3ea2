// Calls of a page that has no core yet, and other tabs of the shop meanwhile: each call runs once.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inEachEngine } from './each_engine.mjs';
import { isUp, openSite } from './open_site.mjs';
import { until } from './until.mjs';

const kWasm = readFileSync(new URL('../../dist/vitrine.wasm', import.meta.url));
// The page's core has an address of its own, so that other pages get theirs.
const page = (calls) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Slow</title>
<link rel="icon" href="data:,">
<script src="/before.js"></script>
<script src="/watch.js"></script>
<script src="/settings.js"></script>
<script src="/shopper.js"></script>
<script src="/snippet.js"></script>
<script>${calls}</script>
<script src="/dist/vitrine.js" data-wasm="/slow.wasm"></script>`;
const purchase = (orderId) => `vitrine('events.trackPurchase', { orderId: '${orderId}', value: 10, currency: 'EUR',
  items: [{ itemId: 'a', quantity: 1 }] });`;

const keptIn = (tab) =>
  tab.run(() => Object.keys(localStorage).filter((key) => key.startsWith('vitrine:1:early')).length);
const isTaken = (tab) => until(async () => (await keptIn(tab)) === 0, 'a storage without kept calls');

/** Hides a page for its scripts, as another tab in front of it does. Not each driver has tabs in one window. */
const hide = (tab) =>
  tab.run(() => {
    Object.defineProperty(Document.prototype, 'visibilityState', { get: () => 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });

inEachEngine('loading', (_engine, browser) => {
  for (const [kind, before] of [
    ['Web Locks', ''],
    ['no Web Locks', 'Object.defineProperty(navigator, "locks", { value: undefined });'],
  ]) {
    /** Opens a site with a page slow.html of these calls, whose core waits for `release`. */
    const openSlow = async (t, calls) => {
      const site = await openSite(t, browser(), { before, policy: {} });
      site.pages.replies.set('/slow.html', { body: page(calls) });
      site.pages.replies.set('/empty.html', { body: '<!doctype html><title>Empty</title>' });
      site.pages.replies.set('/slow.wasm', { body: kWasm });
      const release = site.pages.hold('/slow.wasm');
      const slow = await browser().open(site.address('slow.html'));
      await until(() => site.pages.requests.includes('/slow.wasm'), 'the request for the core');
      const orders = async () => (await site.events({ type: 'purchase' })).events;
      const ordered = (orderId) =>
        until(async () => (await orders()).some((event) => event.orderId === orderId), `the order ${orderId}`);
      return { ...site, release, slow, orders, ordered };
    };

    test(`${kind}: two tabs that start at once after a page without a core run its calls once`, async (t) => {
      const site = await openSlow(t, purchase('left'));
      await site.slow.goto(site.address('empty.html'));
      const start = site.pages.hold('/dist/vitrine-refine.wasm');
      const tabs = [];
      for (let i = 0; i < 3; i++) tabs.push(await browser().open(site.address('script.html'), 'window'));
      start();
      for (const tab of tabs) await isUp(tab);
      await site.ordered('left');
      await isTaken(tabs[0]);
      for (const tab of tabs) await tab.run(() => shopper.vitrine.events.flush());
      assert.equal((await site.orders()).length, 1);
    });

    test(`${kind}: a hidden page that lives keeps its calls, and runs them once`, async (t) => {
      const site = await openSlow(t, purchase('hidden'));
      await hide(site.slow);
      const other = await site.open('script.html', 'window');
      await other.run(() => shopper.vitrine.events.flush());
      assert.deepEqual([await keptIn(other), await site.orders()], [1, []]);
      site.release();
      await isUp(site.slow);
      await site.ordered('hidden');
      await isTaken(other);
      await other.run(() => shopper.vitrine.events.flush());
      assert.equal((await site.orders()).length, 1);
    });

    test(`${kind}: a page is left before its core came, after a reset elsewhere: the reset stays`, async (t) => {
      const site = await openSlow(t, `vitrine('identify', 'early-user'); ${purchase('left')}`);
      await hide(site.slow);
      const other = await site.open('script.html', 'window');
      await other.run(() => shopper.vitrine.reset());
      await site.slow.goto(site.address('empty.html'));
      const next = await site.open('script.html', 'window');
      await site.ordered('left');
      await isTaken(next);
      for (const tab of [other, next]) {
        await tab.run(() => shopper.vitrine.events.flush());
        assert.equal(await tab.run(() => shopper.vitrine.getUserId()), null);
      }
      assert.deepEqual(
        (await site.orders()).map(({ orderId, userId }) => [orderId, userId ?? null]),
        [['left', null]],
      );
    });

    test(`${kind}: a login on a page that is left before its core came counts on the next page`, async (t) => {
      const site = await openSlow(t, `vitrine('identify', 'early-user'); ${purchase('left')}`);
      await site.slow.goto(site.address('script.html'));
      await isUp(site.slow);
      await site.ordered('left');
      assert.deepEqual(
        (await site.orders()).map(({ orderId, userId }) => [orderId, userId]),
        [['left', 'early-user']],
      );
    });
  }
});
