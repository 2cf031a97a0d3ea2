// The code that the studio copies: each form is put into an empty page, app or job, and shows the same widget with the
// same markup and the same computed styles as the studio's frame.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { root } from '../../tools/steps.mjs';
import { buildStudioBundles } from '../../tools/studio.mjs';
import { startServer } from '../server/server.mjs';
import { inEachEngine } from './each_engine.mjs';
import { readLook, serveCopied } from './studio/copied.mjs';
import { codeIn, openStudio } from './studio/open.mjs';
import { until } from './until.mjs';

const kWidth = 768;
const kOwn = `<p class="own {{^brand}}none{{/brand}}">\`{{title}}\` \${{number}}</p>
{{>price}}{{>buy}}`;

/** Settings by what is special about them. */
const cases = {
  'a German carousel in the dark, in purple, with round corners': {
    kind: 'similarItems',
    item: 'SKU-0001',
    template: 'carousel',
    lang: 'de',
    scheme: 'dark',
    count: '5',
    '--vitrine-accent': '#7a1fa2',
    '--vitrine-radius': '1rem',
    '--vitrine-page': '#220033',
  },
  'an own template from right to left, with a heading that has all kinds of quotes': {
    service: 'depict',
    kind: 'similarItems',
    dir: 'rtl',
    scheme: 'light',
    count: '4',
    heading: `Say "hi" & 'bye' \`now\` <b> \${x}`,
    own: kOwn,
    stepper: 'off',
    '--vitrine-gap': '2rem',
    '--vitrine-card': '#fdf3e7',
  },
  'a French strip of a service that wants the address of the page': {
    service: 'doofinder',
    template: 'strip',
    lang: 'fr',
    count: '4',
    '--vitrine-text': '#113355',
  },
  'a list for a user without a button': {
    kind: 'forUser',
    user: "o'hara",
    template: 'list',
    lang: 'sv',
    count: '3',
    cart: 'off',
    currency: 'SEK',
  },
};

let server;
before(async () => {
  await buildStudioBundles();
  server = await startServer();
});
after(() => server.stop());

/** Fails with the first element and property that differ. */
const expectSame = (copied, studio) => {
  assert.equal(copied.width, studio.width);
  const at = [...studio.html].findIndex((letter, i) => copied.html[i] !== letter);
  if (copied.html !== studio.html)
    assert.fail(
      `the markup differs: ${copied.html.slice(at - 80, at + 120)}\n  not ${studio.html.slice(at - 80, at + 120)}`,
    );
  const differences = studio.styles.flatMap((style, i) =>
    style.flatMap((line, j) =>
      copied.styles[i][j] === line ? [] : [`${studio.names[i]}: ${copied.styles[i][j]}, not ${line}`],
    ),
  );
  assert.deepEqual(differences.slice(0, 5), []);
};

inEachEngine('copied code', (_engine, browser) => {
  for (const [title, settings] of Object.entries(cases))
    for (const form of ['script', 'react', 'vue', 'server', 'email'])
      test(`${form}: ${title}`, { timeout: 120_000 }, async (t) => {
        // An e-mail has no cart.
        const more = form === 'email' ? { cart: 'off', stepper: 'off' } : {};
        const shown = { ...settings, ...more, width: String(kWidth), tab: 'code', form, cartUrl: '/basket' };
        const tab = await openStudio(t, browser(), `${server.url}/preview`, shown);
        const studio = await readLook(tab);
        const shop = await serveCopied(form, await codeIn(tab));
        t.after(() => shop.stop());
        await tab.goto(`${shop.url}/host.html`);
        expectSame(await readLook(tab, `${shop.url}/page.html`, kWidth), studio);
        if (shown.cart === 'off') return;
        const id = await tab.run(() => {
          const button = document.querySelector('#canvas').contentDocument.querySelector('.vitrine-add');
          button.click();
          return button.dataset.vitrineAdd;
        });
        await until(() => shop.carts.length > 0, 'a product in the cart');
        assert.deepEqual(shop.carts, [{ path: '/basket', id, quantity: 1 }]);
      });

  for (const form of ['script', 'email'])
    test(`${form}: a page without an encoding shows the same letters`, { timeout: 120_000 }, async (t) => {
      const shown = {
        ...{ kind: 'similarItems', item: 'SKU-0001', count: '3', lang: 'de', cart: 'off', stepper: 'off' },
        ...{ heading: 'Zurück zu „Läden“ & 🛋', own: '<p title="für {{title}}">Größe → {{title}} 🛋</p>{{>price}}' },
        ...{ width: String(kWidth), tab: 'code', form },
      };
      const tab = await openStudio(t, browser(), `${server.url}/preview`, shown);
      const studio = await readLook(tab);
      assert.match(studio.html, /Zurück zu „Läden“ & 🛋/);
      assert.match(studio.html, /Größe → .+ 🛋/);
      const code = await codeIn(tab);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are all characters of ASCII
      assert.match(code, /^[\x00-\x7f]*$/);
      const shop = await serveCopied(form, code, { saysEncoding: false });
      t.after(() => shop.stop());
      await tab.goto(`${shop.url}/host.html`);
      expectSame(await readLook(tab, `${shop.url}/page.html`, kWidth), studio);
      const encoding = await tab.run(() => document.querySelector('#canvas').contentDocument.characterSet);
      assert.equal(encoding.toLowerCase(), 'windows-1252');
    });

  for (const form of ['script', 'server', 'react'])
    for (const own of ['', kOwn])
      test(`${form}: the page loads the files that are listed${own && ', with an own template'}`, {
        timeout: 120_000,
      }, async (t) => {
        const shown = { service: 'depict', count: '3', own, width: String(kWidth), tab: 'code', form };
        const tab = await openStudio(t, browser(), `${server.url}/preview`, shown);
        const shop = await serveCopied(form, await codeIn(tab));
        t.after(() => shop.stop());
        const named = await tab.run(() =>
          [...document.querySelectorAll('.files-needed code')].map(({ textContent }) => textContent),
        );
        const others = await tab.run(() => document.querySelector('.files').textContent);
        assert.equal(/esbuild/.test(others), form === 'react');
        assert.match(others, /pictures/);
        await tab.goto(`${shop.url}/host.html`);
        await readLook(tab, `${shop.url}/page.html`, kWidth);
        const ofPackage = () => [...shop.asked].filter((path) => /^vitrine/.test(path)).toSorted();
        await until(() => named.every((name) => shop.asked.has(name)), `the files ${named}`);
        assert.deepEqual(ofPackage(), named.toSorted());
        for (const name of others.match(/\b[\w/-]+\.(js|json|wasm|css)\b/g))
          assert.ok(existsSync(`${root}dist/${name}`), name);
      });

  for (const form of ['script', 'react'])
    test(`${form}: a cart that refuses brings one console line and a button that says so`, {
      timeout: 120_000,
    }, async (t) => {
      const shown = { count: '2', width: String(kWidth), tab: 'code', form, cartUrl: '/basket' };
      const tab = await openStudio(t, browser(), `${server.url}/preview`, shown);
      const shop = await serveCopied(form, await codeIn(tab), { cartStatus: 503 });
      t.after(() => shop.stop());
      await tab.goto(`${shop.url}/host.html`);
      await readLook(tab, `${shop.url}/page.html`, kWidth);
      const id = await tab.run(() => {
        const { contentDocument, contentWindow } = document.querySelector('#canvas');
        globalThis.lines = [];
        contentWindow.console.error = (...parts) => globalThis.lines.push(parts.join(' '));
        const button = contentDocument.querySelector('.vitrine-add');
        button.click();
        return button.dataset.vitrineAdd;
      });
      const hasFailed = () =>
        !!document.querySelector('#canvas').contentDocument.querySelector('[data-vitrine-cart=failed]');
      await until(() => tab.run(hasFailed), 'a failure of the button');
      assert.deepEqual(await tab.run(() => globalThis.lines), [`/basket did not add ${id} to the cart: 503`]);
    });
});
