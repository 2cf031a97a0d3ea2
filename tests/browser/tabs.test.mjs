// Many tabs of one shop, and tabs that end in ways of which nobody is told.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEachEngine } from './each_engine.mjs';
import { expectClicks, expectNoResend, expectOneResend } from './expect.mjs';
import { isIdle, openStage } from './stage.mjs';
import { until } from './until.mjs';

const click = (tab, name, count) => tab.run((word, n) => void shopper.click(word, n), name, count);

inEachEngine('tabs', (engine, browser) => {
  test('of twenty tabs in an outage ten are closed and ten live on: every event is stored once', async (t) => {
    const stage = await openStage(t, browser());
    const tabs = [];
    for (let i = 0; i < 20; i++) tabs.push(await stage.open());
    await stage.stopServer();
    for (const [i, tab] of tabs.entries()) await click(tab, `tab${i}x`, 5);
    for (const tab of tabs.splice(0, 10)) await tab.close();
    await stage.startServer();
    for (const tab of tabs) await tab.run(() => void shopper.vitrine.events.flush());
    const heir = await stage.open('script.html', 'window');
    const page = await stage.arrived(20 * 6);
    for (let i = 0; i < 20; i++) expectClicks(page, `tab${i}x`, 5);
    assert.equal(page.total, 20 * 6);
    assert.equal(new Set(page.events.map(({ visitorId }) => visitorId)).size, 1, 'one visitor');
    assert.equal(new Set(page.events.map(({ pageId }) => pageId)).size, 20, 'each page by itself');
    for (const tab of [...tabs, heir]) await isIdle(tab);
    expectOneResend(await stage.events());
  });

  test('a tab that was duplicated has a journal of its own', async (t) => {
    const stage = await openStage(t, browser());
    const tab = await stage.open('script.html', 'window');
    // A window that is opened by a page begins with a copy of its session storage, as a duplicate does. It takes a real click.
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
    const page = await stage.arrived(42);
    for (const name of ['original', 'duplicate']) expectClicks(page, name, 20);
    assert.equal(new Set(page.events.map(({ pageId }) => pageId)).size, 2);
    assert.equal(new Set(page.events.map(({ sessionId }) => sessionId)).size, 1, 'one session');
    await isIdle(tab);
    expectNoResend(await stage.events());
    await tab.run(() => twin.close());
  });

  const cannotCrash = engine !== 'chromium' && 'only DevTools can crash a page';

  test('what a page that crashed had tracked is sent by the next', { skip: cannotCrash }, async (t) => {
    const stage = await openStage(t, browser());
    const other = await stage.open('script.html', 'window');
    const tab = await stage.open('script.html', 'window');
    await stage.stopServer();
    await click(tab, 'crashed', 200);
    await tab.cdp('Page.crash').catch(() => {});
    await stage.startServer();
    await other.run(() => dispatchEvent(new Event('online')));
    const heir = await stage.open('script.html', 'window');
    const page = await stage.arrived(201);
    expectClicks(page, 'crashed', 200);
    await isIdle(heir);
    expectOneResend(await stage.events());
  });
});
