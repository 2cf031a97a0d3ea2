// A carousel works by buttons, keys, finger and wheel, in both directions, and without motion if the shopper prefers
// that.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answering } from './answers.mjs';
import { inEachEngine } from './each_engine.mjs';
import { launch } from './engine.mjs';
import { expectQuiet } from './expect.mjs';
import { openSite } from './open_site.mjs';
import { until } from './until.mjs';

const [kRight, kEnd, kHome] = ['\uE014', '\uE010', '\uE011'];

const openBlank = async (t, browser) => {
  const site = await openSite(t, browser, { before: answering });
  return { site, tab: await site.open('blank.html', 'window', browser) };
};
/**
 * Replaces the widget by a carousel of twelve items; `said` collects the screen reader's announcements from then on.
 */
const bring = (tab, dir, count = 12) =>
  tab.run(
    async (way, items) => {
      document.documentElement.dir = way;
      document.querySelector('vitrine-widget')?.remove();
      answers.next = [{ text: answers.slate(items) }];
      await answers.put({ template: 'carousel', heading: 'Picked for you', 'top-k': items }).refresh();
      window.said = [];
      const status = document.querySelector('[role=status]');
      window.hearing?.disconnect();
      window.hearing = new MutationObserver(() => said.push(status.textContent));
      hearing.observe(status, { childList: true });
    },
    dir,
    count,
  );
const at = (tab) => tab.run(() => Math.abs(document.querySelector('[data-vitrine-scroller]').scrollLeft));
/** Returns true if an item is aligned with the start of the list. */
const isSnapped = (tab) =>
  tab.run(() => {
    const scroller = document.querySelector('[data-vitrine-scroller]');
    const edge = (element) =>
      element.getBoundingClientRect()[document.documentElement.dir === 'rtl' ? 'right' : 'left'];
    const padding = parseFloat(getComputedStyle(scroller).paddingLeft);
    const isAtEnd = Math.abs(scroller.scrollLeft) >= scroller.scrollWidth - scroller.clientWidth - 2;
    return (
      isAtEnd || [...scroller.children].some((item) => Math.abs(Math.abs(edge(item) - edge(scroller)) - padding) < 2)
    );
  });

inEachEngine('carousel', (engine, browser) => {
  test('a carousel turns by buttons and keys, announces its position, and disables buttons at the ends', async (t) => {
    const { tab } = await openBlank(t, browser());
    const ends = () =>
      tab.run(() =>
        ['prev', 'next'].map((name) => document.querySelector(`[data-vitrine-${name}]`).getAttribute('aria-disabled')),
      );
    for (const dir of ['ltr', 'rtl']) {
      await bring(tab, dir);
      await until(async () => (await ends()).join() === 'true,', 'the beginning');
      await tab.click('[data-vitrine-next]');
      await until(async () => (await at(tab)) > 50, 'a turn');
      // Announced once, politely, when it stands still.
      await until(() => tab.run(() => said.length > 0), 'the place');
      assert.match((await tab.run(() => said)).join(), /^\d+ of 12$/);
      assert.equal(await tab.run(() => document.querySelector('[role=status]').getAttribute('aria-live')), 'polite');
      await until(() => isSnapped(tab), 'an item at the beginning');
      assert.equal(
        await tab.run(
          () =>
            document.activeElement === document.querySelector('[data-vitrine-next]') ||
            document.activeElement === document.body,
        ),
        true,
      );
      await tab.type('[data-vitrine-scroller]', kEnd);
      await until(async () => (await ends()).join() === ',true', 'the end');
      await tab.type('[data-vitrine-scroller]', kHome);
      await until(async () => (await ends()).join() === 'true,', 'the beginning again');
    }
    await bring(tab, 'ltr');
    await tab.type('[data-vitrine-scroller]', kRight);
    await until(async () => (await at(tab)) > 20, 'a step');
    await expectQuiet(tab);
  });

  test("a wheel or finger moves it to an item's start, without an announcement", async (t) => {
    const { tab } = await openBlank(t, browser());
    for (const dir of ['ltr', 'rtl']) {
      const sign = dir === 'rtl' ? -1 : 1;
      for (const way of engine === 'chromium' ? ['wheel', 'finger'] : ['wheel']) {
        await bring(tab, dir);
        const { x, y } = await tab.run(() => {
          const box = document.querySelector('[data-vitrine-scroller]').getBoundingClientRect();
          return { x: Math.round(box.left + box.width / 2), y: Math.round(Math.min(box.top + 100, innerHeight - 10)) };
        });
        if (way === 'finger') {
          await tab.cdp('Emulation.setTouchEmulationEnabled', { enabled: true });
          const touch = (type, moved) =>
            tab.cdp('Input.dispatchTouchEvent', {
              type,
              touchPoints: type === 'touchEnd' ? [] : [{ x: x - moved * sign, y }],
            });
          await touch('touchStart', 0);
          for (let moved = 20; moved <= 260; moved += 20) await touch('touchMove', moved);
          await touch('touchEnd');
          await tab.cdp('Emulation.setTouchEmulationEnabled', { enabled: false });
        } else {
          const scroll = { type: 'scroll', x, y, deltaX: 260 * sign, deltaY: 0, duration: 0, origin: 'viewport' };
          await tab.send('PerformActions', { actions: [{ type: 'wheel', id: 'wheel', actions: [scroll] }] });
        }
        // WebKitGTK snaps after a touchpad's wheel, but not after a mouse's.
        await until(
          async () => (await at(tab)) > 50 && (engine === 'webkit' || (await isSnapped(tab))),
          `a move by ${way}, ${dir}`,
        );
        assert.deepEqual(await tab.run(() => said), []);
      }
    }
    await expectQuiet(tab);
  });

  test('pictures beyond the first page load later, one page has no buttons, and nothing moves by itself', async (t) => {
    const { tab } = await openBlank(t, browser());
    await bring(tab, 'ltr');
    const loading = () =>
      tab.run(() => [...document.querySelectorAll('.vitrine-image')].map((image) => image.loading[0]).join(''));
    assert.equal(await loading(), 'eeeellllllll');
    await bring(tab, 'ltr', 2);
    await until(
      () =>
        tab.run(() =>
          [...document.querySelectorAll('.vitrine-turn')].every((turn) => turn.hidden && !turn.getClientRects().length),
        ),
      'no buttons',
    );
    await bring(tab, 'ltr');
    await tab.run(() => new Promise((resolve) => setTimeout(resolve, 1500)));
    assert.equal(await at(tab), 0);
  });
});

inEachEngine(
  'reduced motion',
  (engine) => {
    test('with reduced motion a turn is immediate and a skeleton does not pulse', async (t) => {
      const browser = await launch(engine, { preferences: { 'ui.prefersReducedMotion': 1 } });
      t.after(() => browser.quit());
      const { tab } = await openBlank(t, browser);
      if (engine === 'chromium')
        await tab.cdp('Emulation.setEmulatedMedia', {
          features: [{ name: 'prefers-reduced-motion', value: 'reduce' }],
        });
      assert.ok(await tab.run(() => matchMedia('(prefers-reduced-motion: reduce)').matches));
      await bring(tab, 'ltr');
      const seen = await tab.run(async () => {
        const scroller = document.querySelector('[data-vitrine-scroller]');
        document.querySelector('[data-vitrine-next]').click();
        const atOnce = scroller.scrollLeft;
        document.querySelector('[data-vitrine-add]').click();
        await new Promise(requestAnimationFrame);
        const moving = document.getAnimations().length;
        answers.next = [new Promise(() => {})];
        const waiting = answers.put({ template: 'grid', 'anchor-id': 'SKU-2' });
        while (waiting.getAttribute('state') !== 'skeleton') await new Promise((resolve) => setTimeout(resolve, 50));
        await new Promise(requestAnimationFrame);
        return { atOnce: atOnce > 100, moving, pulsing: document.getAnimations().length };
      });
      assert.deepEqual(seen, { atOnce: true, moving: 0, pulsing: 0 });
      await until(() => tab.run(() => said.some((words) => /^\d+ of 12$/.test(words))), 'the place');
    });
  },
  { only: ['chromium', 'firefox'], isShared: false },
);
