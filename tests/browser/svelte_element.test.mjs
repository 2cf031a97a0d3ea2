// The bare element in a component of Svelte 5, as docs/frameworks.md has it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { build } from 'esbuild';
import { compile } from 'svelte/compiler';
import { root } from '../../tools/steps.mjs';
import { answering } from './answers.mjs';
import { inEachEngine } from './each_engine.mjs';
import { expectQuiet } from './expect.mjs';
import { openSite } from './open_site.mjs';

const kPolicy = { 'default-src': "'self' http://127.0.0.1:* data:", 'script-src': "'self' 'wasm-unsafe-eval'" };
const kShop = `<script>
    let { wanted, states } = $props();
    let sku = $state('SKU-1');
    export const change = (to) => (sku = to);
  </script>
  <vitrine-widget anchorId={sku} topK={4} load="eager" quantity={false}
    onvitrine-state={({ detail }) => states.push(detail.state)}
    onvitrine-add-to-cart={({ detail }) => detail.waitUntil(wanted.push(detail.itemId))}>
    <p>own</p>
  </vitrine-widget>`;

inEachEngine('Svelte', (_engine, browser) => {
  test('Svelte 5 passes properties in camel case and false, and listens to events without a colon', async (t) => {
    const code = compile(kShop, { generate: 'client', name: 'Shop' }).js.code.replace(
      'export default function',
      'function',
    );
    const { outputFiles } = await build({
      stdin: {
        contents: `${code}
          import { mount, unmount, flushSync } from 'svelte';
          window.kit = { mount, unmount, flushSync, Shop };`,
        resolveDir: root,
      },
      bundle: true,
      write: false,
      format: 'iife',
    });
    const before = `${answering}
      answers.next = [{ text: answers.slate(4) }];
      window.asked = [];
      const answer = window.fetch;
      window.fetch = (url, init) => {
        if (/\\/recs(\\/|$)/.test(String(url))) asked.push(JSON.parse(init.body).productId);
        return answer(url, init);
      };`;
    const site = await openSite(t, browser(), { before, library: outputFiles[0].text, policy: kPolicy });
    const tab = await site.open('blank.html', 'window');
    await tab.run(
      () =>
        new Promise((resolve) =>
          document.head.append(
            Object.assign(document.createElement('script'), { src: '/library.js', onload: resolve }),
          ),
        ),
    );
    const found = await tab.run(async () => {
      const [wanted, states] = [[], []];
      const shop = kit.mount(kit.Shop, { target: document.querySelector('main'), props: { wanted, states } });
      kit.flushSync();
      const widget = document.querySelector('vitrine-widget');
      await widget.refresh();
      widget.querySelector('[data-vitrine-add]').click();
      const steppers = widget.querySelectorAll('[data-vitrine-quantity]').length;
      shop.change('SKU-2');
      kit.flushSync();
      await widget.refresh();
      const seen = { wanted: [...wanted], state: states.at(-1), steppers, asked: [...new Set(asked)] };
      kit.unmount(shop);
      return seen;
    });
    assert.deepEqual(found, { wanted: ['p0'], state: 'ready', steppers: 0, asked: ['SKU-1', 'SKU-2'] });
    await expectQuiet(tab);
  });
});
