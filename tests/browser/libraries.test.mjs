// Real libraries of shop pages, loaded before and after Vitrine: orders arrive once, lists are served and viewed as a
// shopper sees them, also where a library visits, morphs or renders again.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { build } from 'esbuild';
import { root } from '../../tools/steps.mjs';
import { inEachEngine } from './each_engine.mjs';
import { ids, pause, settled } from './items.mjs';
import { isUp, openSite } from './open_site.mjs';

const kPolicy = { 'default-src': "* 'unsafe-inline' 'unsafe-eval' data:" };
const read = (path) => readFileSync(`${root}node_modules/${path}`, 'utf8');
const bundle = async (contents) => {
  const options = { bundle: true, write: false, minify: true, define: { 'process.env.NODE_ENV': '"production"' } };
  const { outputFiles } = await build({ ...options, stdin: { contents, resolveDir: root } });
  return outputFiles[0].text;
};

const libraries = {
  mootools: read('mootools/lib/mootools-core-1.4.5-server.js'),
  datejs: read('datejs/lib/date.js'),
  'zone.js': read('zone.js/bundles/zone.umd.js'),
  turbo: read('@hotwired/turbo/dist/turbo.es2017-umd.js'),
  swup: read('swup/dist/Swup.umd.js'),
  idiomorph: read('idiomorph/dist/idiomorph.js'),
  vue: read('vue/dist/vue.global.prod.js'),
  react: await bundle(`
    import { createElement } from 'react';
    import { createRoot } from 'react-dom/client';
    import { flushSync } from 'react-dom';
    window.React = { createElement, createRoot, flushSync };`),
};

/** Opens the page with a library: before Vitrine, or after it. */
const openWith = async (t, browser, name, isBefore = true) => {
  const library = libraries[name];
  const config = { autoTrack: true };
  const site = await openSite(t, browser, { config, before: isBefore ? library : '', library, policy: kPolicy });
  const tab = await site.open('library.html', 'window');
  if (!isBefore)
    await tab.run(
      () =>
        new Promise((resolve, reject) => {
          const script = document.createElement('script');
          Object.assign(script, {
            src: '/library.js',
            onload: () => resolve(undefined),
            onerror: () => reject(Error('no library')),
          });
          document.head.append(script);
        }),
    );
  await isUp(tab);
  return { site, tab };
};
const servesOf = (of) =>
  of('itemsServed')
    .map(({ source, itemIds }) => `${source}: ${itemIds}`)
    .toSorted();

inEachEngine('libraries', (_engine, browser) => {
  for (const name of Object.keys(libraries)) {
    for (const isBefore of [true, false]) {
      test(`${name} ${isBefore ? 'before' : 'after'} Vitrine: orders, lists and clicks arrive once`, async (t) => {
        const { site, tab } = await openWith(t, browser(), name, isBefore);
        await site.arrived(1, { type: 'view' });
        await tab.press('[data-vitrine-item] a');
        await tab.run(() => {
          const items = [{ itemId: 'a', quantity: 1 }];
          shopper.vitrine.events.trackPurchase({ orderId: 'once', value: 10, currency: 'EUR', items });
        });
        const of = await settled(site, tab);
        assert.deepEqual(servesOf(of), ['list: a']);
        assert.deepEqual([of('pageView').length, ids(of('view')), ids(of('click'))], [1, ['a'], ['a']]);
        assert.deepEqual(
          of('purchase').map(({ orderId }) => orderId),
          ['once'],
        );
        assert.deepEqual(await tab.run(() => seen.faults), []);
      });
    }
  }

  for (const [name, start] of [
    ['turbo', () => {}],
    ['swup', () => void new window['Swup']({ animationSelector: false })],
  ]) {
    test(`a visit of ${name} is one page view, and its list is served and viewed on it`, async (t) => {
      const { site, tab } = await openWith(t, browser(), name);
      await tab.run(start);
      await site.arrived(1, { type: 'view' });
      await tab.press('#visit');
      await site.arrived(2, { type: 'view' });
      await pause(tab, 1300);
      const of = await settled(site, tab);
      assert.deepEqual(
        of('pageView')
          .map(({ url }) => url.replace(/.*\//, ''))
          .toSorted(),
        ['library.html', 'library.html?n=2'],
      );
      assert.deepEqual(servesOf(of), ['list: a', 'list: a']);
      assert.deepEqual(ids(of('view')), ['a', 'a']);
      assert.equal(new Set(of('view').map(({ pageId }) => pageId)).size, 2);
    });
  }

  for (const [name, render] of [
    [
      'idiomorph',
      (list) => {
        const html = list.map((id) => `<li id="${id}" data-vitrine-item="${id}">${id} ${list.length}</li>`).join('');
        const app = document.getElementById('app');
        window['Idiomorph'].morph(app, `<ul data-vitrine-list="own">${html}</ul>`, { morphStyle: 'innerHTML' });
      },
    ],
    [
      'vue',
      (list) => {
        const { createApp, h, reactive, nextTick } = window['Vue'];
        const item = (id, { length }) => h('li', { key: id, 'data-vitrine-item': id }, `${id} ${length}`);
        if (!window['state']) {
          const state = (window['state'] = reactive({ list: [] }));
          const draw = () =>
            h(
              'ul',
              { 'data-vitrine-list': 'own' },
              state.list.map((id) => item(id, state.list)),
            );
          createApp({ render: draw }).mount('#app');
        }
        window['state'].list = list;
        return nextTick();
      },
    ],
    [
      'react',
      (list) => {
        const { createElement: h, createRoot, flushSync } = /** @type {any} */ (window).React;
        const place = (window['place'] ??= createRoot(document.getElementById('app')));
        const item = (id) => h('li', { key: id, 'data-vitrine-item': id }, `${id} ${list.length}`);
        flushSync(() => place.render(h('ul', { 'data-vitrine-list': 'own' }, list.map(item))));
      },
    ],
  ]) {
    test(`lists that ${name} renders again are served and viewed once, also on another route`, async (t) => {
      const { site, tab } = await openWith(t, browser(), name);
      await tab.run(render, ['x', 'y']);
      await site.arrived(3, { type: 'view' });
      await tab.run(render, ['y', 'x']);
      await tab.run(() => history.pushState(null, '', '/library.html?n=3'));
      await tab.run(render, ['y', 'x', 'z']);
      await site.arrived(4, { type: 'view' });
      await pause(tab, 1300);
      const of = await settled(site, tab);
      assert.deepEqual(servesOf(of), ['list: a', 'own: x,y', 'own: z']);
      assert.deepEqual(ids(of('view')), ['a', 'x', 'y', 'z']);
      assert.equal(of('pageView').length, 2);
    });
  }
});
