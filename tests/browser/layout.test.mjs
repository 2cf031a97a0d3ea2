// Content below a widget does not move: while products load, when they arrive, and if the script is late.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderPlaceholder } from '../../dist/index.js';
import { answering } from './answers.mjs';
import { inEachEngine } from './each_engine.mjs';
import { openSite } from './open_site.mjs';
import { strictPolicy } from './pages.mjs';
import { until } from './until.mjs';

/** @type {import('../../js/entries/index.js').WidgetOptions['template'][]} */
const templates = ['grid', 'carousel', 'list', 'strip', 'hero'];
const countOf = (template) => (template === 'hero' ? 1 : 8);
const openBlank = async (t, browser) => {
  const site = await openSite(t, browser, { before: answering });
  return { site, tab: await site.open('blank.html', 'window') };
};

inEachEngine(
  'layout shift',
  (_engine, browser) => {
    for (const template of templates) {
      test(`content below does not move when products arrive, ${template}`, async (t) => {
        const { tab } = await openBlank(t, browser());
        const seen = await tab.run(async (name) => {
          let arrive;
          answers.next = [new Promise((resolve) => (arrive = resolve))];
          const widget = answers.put({ template: name, heading: 'Heading', 'top-k': name === 'hero' ? 1 : 8 });
          const below = document.createElement('p');
          below.textContent = 'What stands below';
          document.querySelector('main').append(below);
          while (widget.getAttribute('state') !== 'skeleton') await new Promise((resolve) => setTimeout(resolve, 50));
          let shift = 0;
          const observer = new PerformanceObserver((list) =>
            list.getEntries().forEach(({ value }) => (shift += value)),
          );
          observer.observe({ type: 'layout-shift' });
          const [state, before] = [widget.getAttribute('state'), below.getBoundingClientRect().top];
          arrive({ text: answers.slate(name === 'hero' ? 1 : 8) });
          await widget.refresh();
          await new Promise((resolve) => setTimeout(resolve, 200));
          observer.takeRecords().forEach(({ value }) => (shift += value));
          return {
            state,
            final: widget.getAttribute('state'),
            moved: Math.round(below.getBoundingClientRect().top - before),
            shift,
          };
        }, template);
        assert.deepEqual(seen, { state: 'skeleton', final: 'ready', moved: 0, shift: 0 });
      });
    }
  },
  { only: ['chromium'] },
);

/** Opens a page without Vitrine that shows `html` and a line below; `upgrade` adds the script. */
const openLate = async (t, browser, html, waiting) => {
  // This test adds markup and a script itself, which Trusted Types would refuse.
  const { 'require-trusted-types-for': _, 'trusted-types': __, ...policy } = strictPolicy;
  const site = await openSite(t, browser, { before: answering, policy });
  const tab = await browser.open(site.address('late.html'), 'window');
  await tab.run(
    (markup, isWaiting) => {
      const slate = { text: answers.slate(8) };
      answers.next = [isWaiting ? new Promise((resolve) => (window.arrive = () => resolve(slate))) : slate];
      document.querySelector('main').insertAdjacentHTML('beforeend', markup + '<p id="below">What stands below</p>');
      window.widget = document.querySelector('vitrine-widget');
      window.heights = [];
      window.measure = () => heights.push(Math.round(document.getElementById('below').getBoundingClientRect().top));
      measure();
      window.shift = 0;
      if (PerformanceObserver.supportedEntryTypes.includes('layout-shift'))
        new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (shift += value))).observe({
          type: 'layout-shift',
        });
      widget.addEventListener('vitrine:state', measure);
    },
    html,
    waiting,
  );
  const upgrade = async () => {
    await tab.run(
      () => void document.head.append(Object.assign(document.createElement('script'), { src: '/dist/vitrine.js' })),
    );
    if (waiting) {
      await until(() => tab.run(() => widget.getAttribute('state') === 'skeleton'), 'a skeleton');
      await tab.run(() => {
        measure();
        return arrive();
      });
    }
    await until(() => tab.run(() => widget.getAttribute('state') === 'ready'), 'products');
    return tab.run(async () => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      measure();
      return {
        heights: [...new Set(heights)].length,
        shift,
        items: document.querySelectorAll('[data-vitrine-item]').length,
        inert: document.querySelectorAll('[inert]').length,
      };
    });
  };
  return { tab, upgrade };
};
const attributes = (template) =>
  `kind="forVisitor" config-id="home" top-k="${countOf(template)}" template="${template}" ` +
  'heading="Heading" currency="EUR"';

inEachEngine('late script', (_engine, browser) => {
  for (const template of templates) {
    test(`a placeholder in the markup has the final height, even if the script is late: ${template}`, async (t) => {
      const place = renderPlaceholder(countOf(template), { template, title: 'Heading' });
      const { upgrade } = await openLate(
        t,
        browser(),
        `<vitrine-widget ${attributes(template)} state="loading">\n  ${place}\n</vitrine-widget>`,
        template === 'list',
      );
      assert.deepEqual(await upgrade(), { heights: 1, shift: 0, items: countOf(template), inert: 0 });
    });
  }

  test('a height from the page is kept until there are products', async (t) => {
    const { tab, upgrade } = await openLate(
      t,
      browser(),
      `<vitrine-widget ${attributes('grid')}></vitrine-widget>`,
      true,
    );
    const height = () => tab.run(() => widget.offsetHeight);
    assert.equal(await height(), 0);
    await tab.run(() => document.documentElement.style.setProperty('--vitrine-loading-height', '1900px'));
    assert.equal(await height(), 1900);
    await upgrade();
    assert.ok((await height()) < 1900);
  });

  test('without products the fallback of the shop replaces the placeholder', async (t) => {
    const place = renderPlaceholder(8, { title: 'Heading' });
    const { tab } = await openLate(
      t,
      browser(),
      `<vitrine-widget ${attributes('grid')} state="loading">${place}<p id="own">Ours</p></vitrine-widget>`,
      false,
    );
    await tab.run(() => {
      answers.next = [
        { text: '{"serveId":"x","results":[]}' },
        { text: answers.slate(2) },
        { text: '{"serveId":"x","results":[]}' },
      ];
      document.head.append(Object.assign(document.createElement('script'), { src: '/dist/vitrine.js' }));
    });
    const seen = () =>
      tab.run(() =>
        [
          widget.getAttribute('state'),
          widget.querySelectorAll('.vitrine-item').length,
          !!document.getElementById('own')?.offsetHeight,
        ].join(),
      );
    await until(async () => (await seen()) === 'empty,0,true', 'the choice of the shop');
    await tab.run(() => widget.refresh());
    assert.equal(await seen(), 'ready,2,false');
    await tab.run(() => widget.refresh());
    assert.equal(await seen(), 'empty,0,true');
  });
});
