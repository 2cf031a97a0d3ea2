// Widgets in pages that frameworks and morphing libraries render: the shop's children stay where the library put them,
// the products stay in a view of the widget's own, and mounting many times leaves nothing behind.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { build } from 'esbuild';
import { compile } from 'svelte/compiler';
import { root } from '../../tools/steps.mjs';
import { answering } from './answers.mjs';
import { inEachEngine } from './each_engine.mjs';
import { expectQuiet } from './expect.mjs';
import { settled } from './items.mjs';
import { openSite } from './open_site.mjs';
import { until } from './until.mjs';

const kOpenPolicy = { 'default-src': "* 'unsafe-inline' 'unsafe-eval' data:" };
const kMounts = 200;
const read = (path) => readFileSync(`${root}node_modules/${path}`, 'utf8');
const bundle = async (contents, folder = root) => {
  const define = { 'process.env.NODE_ENV': '"production"' };
  const options = { bundle: true, write: false, minify: true, define, format: /** @type {const} */ ('iife') };
  const { outputFiles } = await build({ ...options, stdin: { contents, resolveDir: folder } });
  return outputFiles[0].text;
};

const react = (folder) =>
  bundle(
    `import * as React from 'react';
    import { createRoot, hydrateRoot } from 'react-dom/client';
    import { flushSync } from 'react-dom';
    import { renderToString } from 'react-dom/server.browser';
    const { createElement: h, StrictMode, Suspense, lazy, useEffect, useState } = React;
    const widget = (attributes, children) => h('vitrine-widget', { ...answers.attributes, ...attributes }, children);
    let root;
    window.kit = {
      mount() {
        root = createRoot(app);
        flushSync(() => root.render(h(StrictMode, null, widget({}, h('p', null, 'own')))));
      },
      unmount: () => root.unmount(),
      // Renders children as on a server, waits for the products, hydrates, and changes the children.
      async hydrate(kind) {
        const errors = [];
        let change;
        let done;
        const hydrated = new Promise((resolve) => (done = resolve));
        const Late = lazy(async () => ({ default: () => h('b', null, 'late') }));
        const Page = () => {
          const [isReady, setReady] = useState(false);
          useEffect(() => (change = setReady, done()), []);
          const children = {
            conditional: isReady ? h('p', null, 'ready') : h('i', null, 'own'),
            text: isReady ? 'ready' : 'own',
            none: isReady ? h('p', null, 'ready') : null,
            several: [
              h('i', { key: 1 }, 'own'),
              isReady ? h('p', { key: 2 }, 'ready') : null,
              h('u', { key: 3 }, 'end'),
            ],
            suspense: h(Suspense, { fallback: h('i', null, 'wait') }, h(isReady ? Late : 'i', null, 'own')),
          };
          return h(StrictMode, null, h('main', null, widget({}, children[kind]), h('footer', null, 'foot')));
        };
        app.innerHTML = renderToString(h(Page));
        const before = app.querySelector('vitrine-widget');
        await answers.isIn(before, 'ready');
        const options = { onRecoverableError: (error) => errors.push(String(error)) };
        const root = hydrateRoot(app, h(Page), options);
        await hydrated;
        const isKept = app.querySelector('vitrine-widget') === before;
        flushSync(() => change(true));
        await answers.until(() => /ready|late/.test(before.textContent));
        flushSync(() => change(false));
        flushSync(() => change(true));
        await answers.until(() => before.querySelectorAll('[data-vitrine-item]').length);
        const { textContent: text } = before;
        const agrees = answers.agrees(before);
        root.unmount();
        return { errors, isKept, text, agrees };
      },
    };`,
    folder,
  );

const svelte = async () => {
  const page = `<script>
      let { shadow = null } = $props();
      let isReady = $state(false);
      export const change = (to) => (isReady = to);
    </script>
    <vitrine-widget kind="forVisitor" config-id="home" top-k="4" load="eager" {shadow}>
      {#if isReady}<p>ready</p>{:else}<i>own</i>{/if}
    </vitrine-widget>`;
  const compiled = (/** @type {'client' | 'server'} */ generate) =>
    compile(page, { generate, name: 'Page' }).js.code.replace('export default function', 'function');
  const server = await bundle(`${compiled('server')}
    import { render } from 'svelte/server';
    globalThis.rendered = render(Page, { props: { shadow: '' } }).body;`);
  const scope = { rendered: '' };
  new Function('globalThis', server)(scope);
  return bundle(
    `${compiled('client')}
    import { hydrate, mount, unmount, flushSync } from 'svelte';
    let page;
    window.kit = {
      mount: () => { page = mount(Page, { target: app }); flushSync(); page.change(true); flushSync(); },
      unmount: () => unmount(page),
      async hydrate() {
        app.innerHTML = ${JSON.stringify(scope.rendered)};
        const before = app.querySelector('vitrine-widget');
        await answers.isIn(before, 'ready');
        const errors = [];
        const real = console.warn;
        console.warn = (...words) => errors.push(words.join(' '));
        page = hydrate(Page, { target: app, props: { shadow: '' } });
        flushSync();
        console.warn = real;
        const isKept = app.querySelector('vitrine-widget') === before;
        for (const to of [true, false, true]) {
          page.change(to);
          flushSync();
        }
        const text = before.textContent.trim();
        const agrees = answers.agrees(before);
        unmount(page);
        return { errors, isKept, text, agrees };
      },
    };`,
  );
};

const vue = () => `${read('vue/dist/vue.global.prod.js')}
  ;(() => {
    const { createApp, createSSRApp, h, ref, nextTick } = Vue;
    let mounted;
    window.kit = {
      mount: () => {
        const isReady = ref(false);
        const draw = () => h('vitrine-widget', answers.attributes, isReady.value ? [h('p', 'ready')] : [h('i', 'own')]);
        (mounted = createApp({ render: draw })).mount(app);
        isReady.value = true;
        return nextTick();
      },
      unmount: () => mounted.unmount(),
      async hydrate(kind) {
        const errors = [];
        const isReady = ref(false);
        const own = { conditional: '<i>own</i>', text: 'own', several: '<i>own</i><!----><u>end</u>' }[kind];
        const attributes = Object.entries(answers.attributes).map((pair) => pair.join('="') + '"').join(' ');
        const widget = '<vitrine-widget ' + attributes + '>' + own + '</vitrine-widget>';
        app.innerHTML = '<main>' + widget + '<footer>foot</footer></main>';
        const before = app.querySelector('vitrine-widget');
        await answers.isIn(before, 'ready');
        const children = () => ({
          conditional: isReady.value ? [h('p', 'ready')] : [h('i', 'own')],
          text: isReady.value ? 'ready' : 'own',
          several: [h('i', 'own'), isReady.value ? h('p', 'ready') : Vue.createCommentVNode(''), h('u', 'end')],
        })[kind];
        const page = createSSRApp({
          render: () => h('main', [h('vitrine-widget', answers.attributes, children()), h('footer', 'foot')]),
        });
        const real = console.error;
        console.error = (...words) => errors.push(words.join(' '));
        page.mount(app);
        console.error = real;
        const isKept = app.querySelector('vitrine-widget') === before;
        isReady.value = true;
        await nextTick();
        isReady.value = false;
        await nextTick();
        isReady.value = true;
        await nextTick();
        await answers.until(() => before.querySelectorAll('[data-vitrine-item]').length);
        const { textContent: text } = before;
        const agrees = answers.agrees(before);
        page.unmount();
        return { errors, isKept, text, agrees };
      },
    };
  })();`;

// Libraries without components of their own put the page's text in.
const markup = (library, put, clear = "app.innerHTML = ''") => `${library}
  window.kit = { mount() { const html = answers.html; ${put} }, unmount() { ${clear} } };`;

const libraries = {
  'React 18': () => react(`${root}tests/browser/react-18`),
  'React 19': () => react(root),
  'Vue 3': vue,
  'Svelte 5': svelte,
  'zone.js': () =>
    markup(read('zone.js/bundles/zone.umd.js'), 'Zone.current.fork({name: "app"}).run(() => (app.innerHTML = html));'),
  idiomorph: () =>
    markup(
      read('idiomorph/dist/idiomorph.js'),
      "for (const time of [1, 2]) Idiomorph.morph(app, html, { morphStyle: 'innerHTML' });",
      "Idiomorph.morph(app, '', { morphStyle: 'innerHTML' })",
    ),
  htmx: () =>
    markup(
      read('htmx.org/dist/htmx.min.js'),
      "htmx.swap(app, html, { swapStyle: 'innerHTML' });",
      "htmx.swap(app, '', { swapStyle: 'innerHTML' })",
    ),
  turbo: () => markup(read('@hotwired/turbo/dist/turbo.es2017-umd.js'), 'app.innerHTML = html;'),
};

const helpers = `${answering}
  Object.assign(answers, {
    attributes: { kind: 'forVisitor', 'config-id': 'home', 'top-k': '4', load: 'eager' },
    html: '<vitrine-widget kind="forVisitor" config-id="home" top-k="4" load="eager"><p>own</p></vitrine-widget>',
    until: (condition) =>
      new Promise((resolve) => {
        const look = () => (condition() ? resolve() : setTimeout(look, 5));
        look();
      }),
    isIn: (widget, state) => answers.until(() => widget.getAttribute('state') === state),
    // The state, the number of cards that can be seen, and whether something of the shop's can be.
    agrees: (widget) => {
      const isSeen = (element) => element.getClientRects().length > 0;
      const own = [...widget.querySelectorAll('p,i,b,u')].filter((element) => !element.closest('[data-vitrine-view]'));
      return [
        widget.getAttribute('state'),
        [...(widget.shadowRoot || widget).querySelectorAll('[data-vitrine-item]')].filter(isSeen).length,
        own.some(isSeen),
      ].join();
    },
  });
  addEventListener('DOMContentLoaded', () => {
    answers.next = [{ text: answers.slate(4) }];
    window.app = document.createElement('div');
    document.body.append(app);
  });`;

const openWith = async (t, browser, library = '') => {
  const site = await openSite(t, browser, { before: helpers, library, policy: kOpenPolicy });
  const tab = await site.open('blank.html', 'window');
  await tab.run(
    () =>
      new Promise((resolve, reject) => {
        const script = document.createElement('script');
        Object.assign(script, { src: '/library.js', onload: () => resolve(undefined), onerror: reject });
        document.head.append(script);
      }),
  );
  return { site, tab };
};

/** Mounts and unmounts; resolves to what did not agree. */
const mountOften = (tab, times) =>
  tab.run(async (count) => {
    const wrong = [];
    // From here in a task of the page: WebKit's driver lets microtasks run in the middle of a script.
    await new Promise((resolve) => setTimeout(resolve));
    for (let i = 0; i < count; i++) {
      await kit.mount();
      const widget = app.querySelector('vitrine-widget');
      await answers.isIn(widget, 'ready');
      const seen = answers.agrees(widget);
      if (seen !== 'ready,4,false' || app.querySelectorAll('[data-vitrine-view]').length !== 1) wrong.push(seen);
      await kit.unmount();
      await answers.until(() => !app.querySelector('vitrine-widget'));
    }
    return wrong;
  }, times);

inEachEngine('widgets in libraries', (engine, browser) => {
  for (const [name, kinds] of [
    ['React 18', ['conditional', 'text', 'none', 'several', 'suspense']],
    ['React 19', ['conditional', 'text', 'none', 'several', 'suspense']],
    ['Vue 3', ['conditional', 'text', 'several']],
    ['Svelte 5', ['in a shadow root']],
  ]) {
    test(`${name} hydrates a widget that is ready, without an error and with the same nodes`, async (t) => {
      const { tab } = await openWith(t, browser(), await libraries[name]());
      for (const kind of kinds) {
        const text = { several: 'ownreadyend', suspense: 'late' }[kind] ?? 'ready';
        const seen = await tab.run((which) => kit.hydrate(which), kind);
        const { text: found, ...rest } = seen;
        assert.deepEqual({ kind, ...rest }, { kind, errors: [], isKept: true, agrees: 'ready,4,false' });
        assert.ok(found.endsWith(text) && found.length - text.length < 2, `${kind}: ${found}`);
      }
      await expectQuiet(tab);
    });
  }

  for (const [name, library] of Object.entries(libraries)) {
    test(`${name} mounts and unmounts a widget ${kMounts} times: one list, nothing left`, async (t) => {
      const { site, tab } = await openWith(t, browser(), await library());
      const count = async () => {
        if (engine !== 'chromium') return undefined;
        await tab.cdp('HeapProfiler.collectGarbage');
        await tab.cdp('HeapProfiler.collectGarbage');
        return tab.cdp('Memory.getDOMCounters');
      };
      assert.deepEqual(await mountOften(tab, kMounts / 4), []);
      const before = await count();
      assert.deepEqual(await mountOften(tab, kMounts), []);
      // Far fewer than one for each mount. The browser may free the last widgets a moment later.
      if (before)
        await until(async () => {
          const after = await count();
          for (const of of ['nodes', 'jsEventListeners'])
            assert.ok(after[of] - before[of] < kMounts / 4, `${of}: ${before[of]}, then ${after[of]}`);
          return true;
        }, 'the nodes and listeners of unmounted widgets to be freed');
      const of = await settled(site, tab);
      assert.equal(of('itemsServed').length, 1);
      await expectQuiet(tab);
    });
  }
});
