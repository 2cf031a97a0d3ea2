// When widgets work: as they come near the window, also within scrollers, and a few of them in one task.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answering } from './answers.mjs';
import { inEachEngine } from './each_engine.mjs';
import { expectQuiet } from './expect.mjs';
import { openSite } from './open_site.mjs';
import { until } from './until.mjs';

// A browser whose IntersectionObserver has no scrollMargin.
const withoutScrollMargin = `
  delete IntersectionObserver.prototype.scrollMargin;
  const Real = IntersectionObserver;
  window.IntersectionObserver = class extends Real {
    constructor(callback, { scrollMargin, ...options } = {}) {
      super(callback, options);
    }
  };`;

const open = async (t, browser, more = '') => {
  const site = await openSite(t, browser, { before: answering + more });
  const tab = await site.open('blank.html', 'window');
  await tab.run(() => {
    answers.next = [{ text: answers.slate(4) }];
    window.frames3 = async () => {
      for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
    };
    window.states = () =>
      [...document.querySelectorAll('vitrine-widget')].map((widget) => widget.getAttribute('state') || '-');
  });
  return { site, tab };
};

/** Puts widgets below each other, each far from the next, and waits until they have had their turn. */
const putFar = (tab, count) =>
  tab.run(async (most) => {
    for (let i = 0; i < most; i++) {
      const widget = answers.put({ load: null, 'anchor-id': `SKU-${i}` });
      widget.style.cssText = 'display: block; min-height: 600px; padding-bottom: 3000px';
    }
    await new Promise((resolve) => setTimeout(resolve));
    await frames3();
  }, count);

inEachEngine('near', (_engine, browser) => {
  for (const more of ['', withoutScrollMargin]) {
    const title = more ? ', in a browser without scrollMargin' : '';

    test(`a widget in a scroller loads 600 px ahead there too${title}`, async (t) => {
      const { tab } = await open(t, browser(), more);
      await tab.run(() => {
        const main = document.querySelector('main');
        const room = (height) => {
          const div = document.createElement('div');
          div.style.height = `${height}px`;
          return div;
        };
        document.body.style.margin = '0';
        main.replaceChildren(room(850));
        main.style.cssText = 'overflow: auto; height: 300px';
        window.near = answers.put({ load: null }); // 550 px below what can be seen
        main.append(room(2000));
        window.far = answers.put({ load: null, 'anchor-id': 'SKU-2' });
      });
      await until(() => tab.run(() => near.getAttribute('state') === 'ready'), 'the near widget');
      await tab.run(() => frames3());
      assert.deepEqual(await tab.run(() => [answers.asked, far.getAttribute('state')]), [1, 'loading']);
      await tab.run(() => {
        document.querySelector('main').scrollTop = far.offsetTop - 300 - 500;
      });
      await until(() => tab.run(() => far.getAttribute('state') === 'ready'), 'the other widget');
      await expectQuiet(tab);
    });

    test(`a widget in a scroller that is far below the window does not load${title}`, async (t) => {
      const { tab } = await open(t, browser(), more);
      await tab.run(async () => {
        const main = document.querySelector('main');
        main.style.cssText = 'overflow: auto; height: 300px; margin-top: 5000px';
        window.widget = answers.put({ load: null });
        await new Promise((resolve) => setTimeout(resolve));
        await frames3();
      });
      assert.deepEqual(await tab.run(() => [answers.asked, widget.getAttribute('state')]), [0, 'loading']);
      await tab.run(() => scrollTo(0, 4500));
      await until(() => tab.run(() => widget.getAttribute('state') === 'ready'), 'the widget');
      await expectQuiet(tab);
    });
  }

  for (const attributes of [{ load: null, margin: '100000' }, { load: 'eager' }]) {
    test(`four widgets begin to work in one task: ${JSON.stringify(attributes)}`, async (t) => {
      const { tab } = await open(t, browser());
      // Holds the timers that begin another task. The test releases them.
      await tab.run(async (given) => {
        const real = window.setTimeout;
        window.held = [];
        window.setTimeout = /** @type {any} */ (
          (callback, ms, ...rest) => (ms ? real(callback, ms, ...rest) : held.push(callback))
        );
        answers.next = [new Promise(() => {})];
        for (let i = 0; i < 11; i++) answers.put({ ...given, 'anchor-id': `SKU-${i}` });
        await frames3();
      }, attributes);
      const working = () => tab.run(() => states().filter((state) => state !== '-').length);
      const counts = [await working()];
      // A widget takes a turn to open and, unless it loads at once, one to load.
      for (let turn = 1; turn <= 6 && counts.at(-1) < 11; turn++) {
        await tab.run(async () => {
          held.splice(0).forEach((callback) => callback());
          await frames3();
        });
        counts.push(await working());
      }
      const begun = counts.map((count, turn) => count - (counts[turn - 1] ?? 0));
      assert.equal(begun[0], 4);
      assert.ok(Math.max(...begun) <= 4, String(begun));
      assert.equal(counts.at(-1), 11);
      await expectQuiet(tab);
    });
  }

  test('of many widgets, those that are far away do nothing until they come near', async (t) => {
    const { tab } = await open(t, browser());
    await putFar(tab, 12);
    await until(() => tab.run(() => states()[0] === 'ready'), 'the first widget');
    const seen = await tab.run(() => [
      states().slice(4),
      [...document.querySelectorAll('vitrine-widget')].slice(4).map(({ childNodes }) => childNodes.length),
    ]);
    assert.deepEqual(seen, [Array(8).fill('-'), Array(8).fill(0)]);
    await tab.run(() => document.querySelectorAll('vitrine-widget')[9].scrollIntoView({ behavior: 'instant' }));
    await until(() => tab.run(() => states()[9] === 'ready'), 'the tenth widget');
    assert.equal(await tab.run(() => states()[11]), '-');
    // One that is asked to load does so wherever it is.
    assert.equal(await tab.run(() => document.querySelectorAll('vitrine-widget')[11].refresh()), 'ready');
    await expectQuiet(tab);
  });

  test('an attribute that changes while a widget waits for its turn counts, and so does its removal', async (t) => {
    const { tab } = await open(t, browser());
    await putFar(tab, 8);
    await tab.run(async () => {
      const all = document.querySelectorAll('vitrine-widget');
      all[6].setAttribute('load', 'eager');
      all[6].setAttribute('anchor-id', 'SKU-77');
      window.gone = all[7];
      gone.remove();
      scrollTo(0, 1e6);
    });
    await until(() => tab.run(() => states()[6] === 'ready'), 'the widget that loads at once');
    await tab.run(() => frames3());
    assert.equal(await tab.run(() => gone.getAttribute('state')), null);
    await expectQuiet(tab);
  });
});
