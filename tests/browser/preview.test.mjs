// The studio with one widget: every setting takes effect in the canvas and is in the address, and no event is stored.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from '../server/server.mjs';
import { launch } from './engine.mjs';
import { choose as chooseIn, settingsIn } from './studio/open.mjs';
import { until } from './until.mjs';

let browser;
let server;
let tab;
before(async () => {
  [browser, server] = [await launch('chromium'), await startServer()];
  tab = await browser.open();
});
after(async () => {
  await browser?.quit();
  await server?.stop();
});

const open = async (hash = '') => {
  await tab.goto('about:blank');
  await tab.goto(`${server.url}/preview${hash && `#${hash}`}`);
};
const status = () => tab.run(() => document.querySelector('#status').textContent);
const says = (pattern) => until(async () => pattern.test(await status()), `a status like ${pattern}`);
const hash = () => settingsIn(tab);
const inFrame = (selector) =>
  tab.run(
    (css) =>
      [...document.querySelector('#canvas').contentDocument.querySelectorAll(css)].map((element) =>
        element.textContent.trim(),
      ),
    selector,
  );
/** Presses the button of a choice. */
const choose = (legend, text) => chooseIn(tab, legend, text);
/** Writes into a field as typing does. */
const write = (selector, text) =>
  tab.run(
    (css, value) => {
      const field = document.querySelector(css);
      field.value = value;
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    },
    selector,
    text,
  );

test('it opens with products, an address, and an empty console', async () => {
  await open();
  await says(/^Ready: 8 products/);
  assert.equal((await inFrame('[data-vitrine-item]')).length, 8);
  assert.deepEqual(await hash(), {});
  assert.deepEqual(await tab.consoleLines(), []);
});

for (const [state, pattern] of Object.entries({
  Loading: /^(Loading|Skeleton)/,
  Empty: /^Empty/,
  Error: /^Error/,
  Live: /^Ready/,
})) {
  test(`the state ${state} is shown and kept in the address`, async () => {
    await choose('State', state);
    await says(pattern);
    assert.equal((await hash()).state, state === 'Live' ? undefined : state.toLowerCase());
  });
}

test('without products the fallback of the shop is shown', async () => {
  await open('state=empty');
  await says(/^Empty/);
  assert.match((await inFrame('vitrine-widget')).join(), /fallback/);
});

test('a pasted reply is shown, also when only the address has it', async () => {
  const reply = {
    status: 'success',
    serveId: 'sv_pasted',
    results: [
      { productId: 'P-1', metadata: { name: 'Pasted <b>lamp</b>', price: 12, url: '/p', imageUrl: '/favicon.svg' } },
    ],
  };
  await open('tab=reply');
  await says(/^Ready: 8/);
  await write('.paste', JSON.stringify(reply));
  await tab.run(() =>
    [...document.querySelectorAll('.pane button')].find((button) => button.textContent === 'Show it').click(),
  );
  await says(/^Ready: 1 product/);
  assert.match((await inFrame('[data-vitrine-item]')).join(), /Pasted <b>lamp<\/b>/);
  const address = await tab.address();
  await tab.goto('about:blank');
  await tab.goto(address);
  await says(/^Ready: 1 product/);
});

test('a long reply is compressed in the address, and restored whole', async () => {
  const results = Array.from({ length: 40 }, (_, i) => ({
    productId: `P-${i}`,
    metadata: { name: `Product ${i}`, price: i, url: '/p' },
  }));
  await open('state=pasted&count=40');
  await says(/^(Empty|Error)/);
  await write('.paste', JSON.stringify({ status: 'success', serveId: 'sv', results }));
  await until(async () => (await hash()).reply?.startsWith('~'), 'a packed reply');
  const address = await tab.address();
  assert.ok(address.length < 1500, `${address.length} characters`);
  await tab.goto('about:blank');
  await tab.goto(address);
  await says(/^Ready: 40 products/);
});

test('theme, colours, direction and width change the widget without a reload', async () => {
  await open('--vitrine-accent=%23ff0000&scheme=dark&dir=rtl&width=390');
  await says(/^Ready/);
  const look = () =>
    tab.run(() => {
      const { documentElement: root } = document.querySelector('#canvas').contentDocument;
      return [
        root.style.getPropertyValue('--vitrine-accent'),
        root.className,
        root.dir,
        document.querySelector('#canvas').clientWidth > 380,
      ];
    });
  assert.deepEqual(await look(), ['#ff0000', 'dark', 'rtl', true]);
  await tab.run(() => (document.querySelector('#canvas').contentWindow.isSame = true));
  await choose('Colours', 'Light');
  await choose('Direction', 'Left to right');
  await until(async () => (await look()).join() === '#ff0000,light,ltr,true', 'the new looks');
  assert.equal(await tab.run(() => document.querySelector('#canvas').contentWindow.isSame), true, 'the same widget');
});

test('the code to copy reflects the settings', async () => {
  await open('kind=similarItems&item=SKU-0001&count=4&heading=Say+%22hi%22&--vitrine-gap=2rem&scheme=dark&tab=code');
  const code = await until(() => tab.run(() => document.querySelector('.code').textContent), 'the code');
  for (const part of [
    '<script async src="/vitrine.js"></script>',
    "name: 'refine'",
    'kind="similarItems" anchor-id="SKU-0001"',
    'top-k="4"',
    'heading="Say &quot;hi&quot;"',
    '--vitrine-gap: 2rem;',
    'theme="dark"',
  ])
    assert.ok(code.includes(part), `${part} in\n${code}`);
});

test('the wire tab lists requests, replies, and the events that a page would send', async () => {
  await open('tab=wire');
  await says(/^Ready/);
  const kinds = () => tab.run(() => [...document.querySelectorAll('.wire-kind')].map((kind) => kind.textContent));
  await until(async () => (await kinds()).includes('event'), 'an event', 20_000);
  assert.deepEqual((await kinds()).slice(0, 2), ['request', 'reply']);
  const { events } = await (await fetch(`${server.url}/_events`)).json();
  assert.deepEqual(events, []);
});

/** Chooses in a list, or writes into a field, by its label. */
const give = (label, value) =>
  tab.run(
    (name, text) => {
      const { htmlFor } = [...document.querySelectorAll('label')].find((each) => each.textContent === name);
      const control = document.getElementById(htmlFor);
      control.value = text;
      control.dispatchEvent(new Event(control.localName === 'select' ? 'change' : 'input', { bubbles: true }));
    },
    label,
    value,
  );
const attribute = (name) =>
  tab.run(
    (asked) =>
      document.querySelector('#canvas').contentDocument.querySelector('vitrine-widget')?.getAttribute(asked) ?? null,
    name,
  );

for (const [service, kinds] of Object.entries({
  Refine: ['forVisitor', 'forUser', 'similarItems', 'searchText'],
  Depict: ['forVisitor', 'forUser', 'similarItems', 'boughtTogether', 'trending', 'category'],
  RichRelevance: ['forVisitor', 'forUser', 'similarItems', 'boughtTogether', 'trending', 'category'],
  Doofinder: ['forVisitor', 'forUser', 'similarItems', 'boughtTogether', 'trending', 'category'],
})) {
  test(`every request that ${service} knows brings products`, { timeout: 60_000 }, async () => {
    await open('count=3&query=mug&item=SKU-0001&user=u_1&category=Kitchen');
    await says(/^Ready/);
    await choose('Service', service);
    for (const kind of kinds) {
      await give('Request', kind);
      await until(async () => (await attribute('kind')) === kind, kind);
      await says(/^Ready: [1-3] product/);
    }
    const known = await tab.run(() =>
      [...document.querySelectorAll('#controls select option, select option')]
        .filter(({ value, disabled }) => /^(for|similar|bought|trending|category$|searchText)/.test(value) && !disabled)
        .map(({ value }) => value),
    );
    assert.deepEqual([...new Set(known)].toSorted(), kinds.toSorted());
  });
}

test('every template, every language, every width and every token reaches the widget', {
  timeout: 60_000,
}, async () => {
  await open('count=4');
  await says(/^Ready/);
  for (const template of ['Carousel', 'List', 'Strip', 'Hero', 'Grid']) {
    await choose('Template', template);
    await until(async () => (await inFrame(`.vitrine-${template.toLowerCase()}`)).length === 1, template);
  }
  for (const [language, text] of Object.entries({
    de: 'In den Warenkorb',
    fr: 'Ajouter au panier',
    es: 'Añadir al carrito',
    sv: 'Lägg i varukorgen',
    en: 'Add to cart',
  })) {
    await give('Language', language);
    await until(async () => (await inFrame('.vitrine-add'))[0] === text, language);
  }
  for (const width of ['320', '390', '768', '1024']) {
    await choose('Width', width);
    await until(
      () => tab.run((wanted) => document.querySelector('#canvas').contentWindow.innerWidth === wanted, Number(width)),
      `${width} px`,
    );
    const areInside = () => {
      const parts = document
        .querySelector('#canvas')
        .contentDocument.querySelectorAll('.vitrine-quantity, .vitrine-add');
      return (
        parts.length > 0 &&
        [...parts].every((part) => {
          const place = part.closest('.vitrine-buy');
          const edge = place.getBoundingClientRect().right - parseFloat(getComputedStyle(place).paddingRight);
          return part.getBoundingClientRect().right <= edge + 0.5;
        })
      );
    };
    await until(() => tab.run(areInside), `stepper and button within the card at ${width} px`);
  }
  await choose('Width', 'Full');
  const tokens = await tab.run(() =>
    [...document.querySelectorAll('[data-token]')].map(({ dataset, type }) => [dataset.token, type]),
  );
  assert.equal(tokens.length, 15);
  for (const [token, type] of tokens) {
    await write(`[data-token="${token}"]`, type === 'color' ? '#123456' : '2');
    const wanted = type === 'color' ? '#123456' : token === '--vitrine-ratio' ? '2' : '2rem';
    await until(
      () =>
        tab.run(
          (name, value) =>
            document.querySelector('#canvas').contentDocument.documentElement.style.getPropertyValue(name) === value,
          token,
          wanted,
        ),
      token,
    );
  }
  await give('Heading', 'A heading');
  await until(async () => (await inFrame('.vitrine-title'))[0] === 'A heading', 'a heading');
  for (const [label, selector] of [
    ['Quantity', '.vitrine-quantity'],
    ['Add to cart', '.vitrine-add'],
  ]) {
    await tab.run(
      (name) =>
        [...document.querySelectorAll('.toggle')]
          .find((each) => each.textContent === name)
          .querySelector('input')
          .click(),
      label,
    );
    await until(async () => (await inFrame(selector)).length === 0, `no ${selector}`);
  }
});

test('the buttons copy the address and the code', async () => {
  await open('count=4');
  await says(/^Ready/);
  await tab.cdp('Browser.grantPermissions', { permissions: ['clipboardReadWrite', 'clipboardSanitizedWrite'] });
  await tab.click('#copy-link');
  await until(() => tab.run(() => document.querySelector('#copy-link').textContent === 'Copied'), 'a copy');
  assert.equal(await tab.run(() => navigator.clipboard.readText()), await tab.address());
  await tab.click('#copy-code');
  await until(() => tab.run(() => document.querySelector('#copy-code').textContent === 'Copied'), 'a copy');
  assert.match(await tab.run(() => navigator.clipboard.readText()), /<vitrine-widget[^>]+top-k="4"/);
});
