// The entries for frameworks in Node, where a shop renders its pages: nothing starts, and the markup has its place.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { root } from '../../tools/steps.mjs';

/** Runs a module in a new Node, and resolves to the value that it logs as JSON. It must write no warning. */
const run = async (code) => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: root,
    timeout: 20_000,
  });
  assert.equal(stderr, '');
  return JSON.parse(stdout);
};

const kConfig = "{ provider: { name: 'refine', apiKey: 'k', organizationId: 'o', catalogId: 'c' } }";
const kProperties = "{ anchorId: 7, topK: 8, quantity: false, addToCart: false, exclude: ['shown'], class: 'a' }";
const kAttributes = 'anchor-id="7" top-k="8" quantity="off" add-to-cart exclude="shown" class="a"'
  .split(' ')
  .toSorted();

/** Returns the attributes of the widget in a text, sorted, and the rest of the text. */
const take = (html) => {
  const [, attributes] = /<vitrine-widget ([^>]*)>/.exec(html);
  return [attributes.replaceAll('=""', '').split(' ').toSorted(), html.replace(/<vitrine-widget [^>]*>/, '<widget>')];
};

test('React renders provider, hooks and widget on a server, and starts nothing', async () => {
  const { html, own, fetched } = await run(`
    import { createElement as h } from 'react';
    import { renderToString } from 'react-dom/server';
    import { useRecommendations, useServe, useVitrine, VitrineProvider, VitrineWidget } from 'vitrine/react';
    const fetched = [];
    globalThis.fetch = async (url) => fetched.push(url);
    const Page = () => {
      const { loading, results, data } = useRecommendations('similarItems', { anchorId: 7, topK: 8 });
      const state = [useVitrine() === undefined, useServe(data) === undefined, loading, results.length].join();
      return h('main', null, state, h(VitrineWidget, ${kProperties}, h('p', null, 'own')));
    };
    const page = (child) => renderToString(h(VitrineProvider, { config: ${kConfig} }, child));
    const markup = { html: '<div data-vitrine-view="">x</div>', serve: 'sv' };
    const html = page(h(VitrineWidget, markup, h('p', null, 'own')));
    const own = page(h(Page));
    await new Promise((resolve) => setTimeout(resolve, 0));
    console.log(JSON.stringify({ html, own, fetched: fetched.length }));`);
  const [attributes, rest] = take(own);
  assert.deepEqual(attributes, kAttributes);
  assert.equal(rest, '<main>true,true,true,0<widget><p>own</p></vitrine-widget></main>');
  assert.equal(html, '<vitrine-widget serve="sv" state="ready"><div data-vitrine-view="">x</div></vitrine-widget>');
  assert.equal(fetched, 0);
});

test('Vue renders composables and widget on a server, and starts nothing', async () => {
  const { html, own, fetched } = await run(`
    import { createSSRApp, h } from 'vue';
    import { renderToString } from 'vue/server-renderer';
    import { createVitrine, useRecommendations, useVitrine, VitrineWidget } from 'vitrine/vue';
    const fetched = [];
    globalThis.fetch = async (url) => fetched.push(url);
    const Page = {
      setup() {
        const { loading, results } = useRecommendations('similarItems', () => ({ anchorId: 7, topK: 8 }));
        const vitrine = useVitrine();
        return () => h('main', [
          [vitrine.value === undefined, loading.value, results.value.length].join(),
          h(VitrineWidget, ${kProperties}, () => h('p', 'own')),
        ]);
      },
    };
    const render = (page) => renderToString(createSSRApp(page).use(createVitrine({ config: ${kConfig} })));
    const markup = { html: '<div data-vitrine-view="">x</div>', serve: 'sv' };
    const html = await render({ render: () => h(VitrineWidget, markup) });
    console.log(JSON.stringify({ html, own: await render(Page), fetched: fetched.length }));`);
  const [attributes, rest] = take(own);
  assert.deepEqual(attributes, [...kAttributes, 'data-allow-mismatch'].toSorted());
  assert.equal(rest, '<main>true,true,0<widget><p>own</p></vitrine-widget></main>');
  assert.match(html, /^<vitrine-widget [^>]*serve="sv"[^>]*><div data-vitrine-view="">x<\/div><\/vitrine-widget>$/);
  assert.equal(fetched, 0);
});

test('the entries import the package and the frameworks by their names, and React has its client boundary', () => {
  for (const [name, imported] of [
    ['react', ['react', 'react-dom', 'vitrine']],
    ['vue', ['vitrine', 'vue']],
  ]) {
    const text = readFileSync(`${root}dist/${name}.js`, 'utf8');
    const names = [...text.matchAll(/ from "([^"]+)"/g)].map(([, from]) => from);
    assert.deepEqual([...new Set(names)].toSorted(), imported);
    assert.equal(text.startsWith('"use client"'), name === 'react');
  }
  const { peerDependencies, peerDependenciesMeta } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  for (const name of Object.keys(peerDependencies)) assert.equal(peerDependenciesMeta[name].optional, true);
});

test('a shop that uses the hooks alone loads no widget', async () => {
  for (const name of ['react', 'vue']) {
    const { outputFiles } = await build({
      stdin: { contents: `export { useSearch } from 'vitrine/${name}';`, resolveDir: root },
      bundle: true,
      write: false,
      minify: true,
      format: 'esm',
      external: ['react', 'react-dom', 'vue', '*/core-1.js', '*/core-2.js'],
    });
    const [{ text }] = outputFiles;
    assert.ok(text.includes('useSearch'), name);
    for (const part of ['attachShadow', 'vitrine:add-to-cart']) assert.ok(!text.includes(part), `${name}: ${part}`);
  }
});
