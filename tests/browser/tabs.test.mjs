// Many tabs of one shop, and tabs that end without any DOM event.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEachEngine } from './each_engine.mjs';
import { expectClicks, expectNoResend, expectOneResend } from './expect.mjs';
import { isIdle, openSite } from './open_site.mjs';
import { until } from './until.mjs';

const click = (tab, name, count) => tab.run((word, n) => void shopper.click(word, n), name, count);

inEachEngine('tabs', (engine, browser) => {
  test('twenty tabs in an outage, ten of them closed: every event is stored once', async (t) => {
    const site = await openSite(t, browser());
    const tabs = [];
    for (let i = 0; i < 20; i++) tabs.push(await site.open());
    await site.stopServer();
    for (const [i, tab] of tabs.entries()) await click(tab, `tab${i}x`, 5);
    for (const tab of tabs.splice(0, 10)) await tab.close();
    await site.startServer();
    for (const tab of tabs) await tab.run(() => void shopper.vitrine.events.flush());
    const heir = await site.open('script.html', 'window');
    const page = await site.arrived(20 * 6);
    for (let i = 0; i < 20; i++) expectClicks(page, `tab${i}x`, 5);
    assert.equal(page.total, 20 * 6);
    assert.equal(new Set(page.events.map(({ visitorId }) => visitorId)).size, 1, 'one visitor');
    assert.equal(new Set(page.events.map(({ pageId }) => pageId)).size, 20, 'each page by itself');
    for (const tab of [...tabs, heir]) await isIdle(tab);
    expectOneResend(await site.events());
  });

  test('a duplicated tab has its own journal', async (t) => {
    const site = await openSite(t, browser());
    const tab = await site.open('script.html', 'window');
    // A window that is opened by a page begins with a copy of its session storage, as a duplicate does. It takes a real
    // click.
    await tab.run(() => {
      const button = document.body.appendChild(document.createElement('button'));
      button.id = 'duplicate';
      button.textContent = 'Duplicate';
      button.addEventListener('click', () => (window.twin = open(location.href)));
    });
    await tab.click('#duplicate');
    await until(() => tab.run(() => twin.shopper?.isUp()), 'the duplicate');
    await tab.run(() => {
      shopper.click('original', 20);
      twin.shopper.click('duplicate', 20);
    });
    const page = await site.arrived(42);
    for (const name of ['original', 'duplicate']) expectClicks(page, name, 20);
    assert.equal(new Set(page.events.map(({ pageId }) => pageId)).size, 2);
    assert.equal(new Set(page.events.map(({ sessionId }) => sessionId)).size, 1, 'one session');
    await isIdle(tab);
    expectNoResend(await site.events());
    await tab.run(() => twin.close());
  });

  const cannotCrash = engine !== 'chromium' && 'only DevTools can crash a page';

  test('events of a crashed page are sent by the next page', { skip: cannotCrash }, async (t) => {
    const site = await openSite(t, browser());
    const other = await site.open('script.html', 'window');
    const tab = await site.open('script.html', 'window');
    await site.stopServer();
    await click(tab, 'crashed', 200);
    await tab.cdp('Page.crash').catch(() => {});
    await site.startServer();
    await other.run(() => dispatchEvent(new Event('online')));
    const heir = await site.open('script.html', 'window');
    const page = await site.arrived(201);
    expectClicks(page, 'crashed', 200);
    await isIdle(heir);
    expectOneResend(await site.events());
  });
});
