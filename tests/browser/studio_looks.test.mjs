// The gallery of looks, and the warnings of contrast while colours are picked.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { contrast, pairs, ratioText, readable, weakPairs } from '../../demo/preview/contrast.js';
import { looks } from '../../demo/preview/looks.js';
import { buildStudioBundles } from '../../tools/studio.mjs';
import { startServer } from '../server/server.mjs';
import { inEachEngine } from './each_engine.mjs';
import { give, openStudio, settingsIn } from './studio/open.mjs';
import { until } from './until.mjs';

let server;
before(async () => {
  await buildStudioBundles();
  server = await startServer();
});
after(() => server.stop());

test('the contrast is that of WCAG 2', () => {
  assert.equal(contrast('#000000', '#ffffff'), 21);
  assert.equal(contrast('#ffffff', '#ffffff'), 1);
  // The greys around the limit that the standard's own texts name.
  assert.equal(ratioText(contrast('#767676', '#ffffff')), '4.54');
  assert.equal(ratioText(contrast('#777777', '#ffffff')), '4.47');
});

test('there are at least eight looks, light and dark, and none has a pair with too little contrast', () => {
  assert.ok(Object.keys(looks).length >= 8);
  const isDark = Object.values(looks).filter(({ scheme }) => scheme === 'dark');
  assert.ok(isDark.length >= 3 && isDark.length < Object.keys(looks).length);
  for (const [name, { tokens }] of Object.entries(looks)) {
    for (const [, color, ground] of pairs)
      assert.ok(tokens[color] && tokens[ground], `${name} sets ${color}, ${ground}`);
    assert.deepEqual(weakPairs(tokens), [], name);
  }
});

test('a readable value exists for every pair, suits it, and is the same colour where it can be', () => {
  const dark = { '--vitrine-accent': '#7a1fa2', '--vitrine-card': '#1b1e22', '--vitrine-page': '#111315' };
  const [pair] = weakPairs(dark);
  const better = readable(pair, dark);
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(better.slice(at, at + 2), 16));
  assert.ok(blue > red && red > green, `${better} is a purple`);
  assert.deepEqual(weakPairs({ ...dark, '--vitrine-accent': better }), []);
  for (const [what, color, ground, needed] of pairs)
    for (const one of ['#000000', '#ffffff', '#777777', '#7a1fa2', '#00ff00']) {
      const values = { [color]: one, [ground]: one };
      const found = readable({ color, ground, needed }, values);
      assert.ok(contrast(found, one) >= needed, `${what}: ${found} on ${one}`);
    }
});

/** Resolves to the tokens that the widget's colours have in the first frame. */
const colourOf = (tab, token) =>
  tab.run(
    (name) =>
      document
        .querySelector('#canvas')
        .contentDocument.defaultView.getComputedStyle(document.querySelector('#canvas').contentDocument.documentElement)
        .getPropertyValue(name),
    token,
  );
const warnings = (tab) => tab.run(() => document.querySelector('#contrast').textContent);

inEachEngine('looks', (_engine, browser) => {
  test('a look changes all colours without a reload, and the next one leaves nothing of it', {
    timeout: 90_000,
  }, async (t) => {
    const tab = await openStudio(t, browser(), `${server.url}/preview`, { '--vitrine-ratio': '0.75' });
    await tab.run(() => (document.querySelector('#canvas').contentWindow.isSame = true));
    for (const key of [...Object.keys(looks), 'none']) {
      await tab.run((name) => document.querySelector(`[data-look="${name}"]`).click(), key);
      const { tokens, scheme } = looks[key] ?? { tokens: {}, scheme: 'auto' };
      await until(
        async () => (await colourOf(tab, '--vitrine-accent')) === (tokens['--vitrine-accent'] ?? ''),
        `the accent of ${key}`,
      );
      const { hash } = new URL(await tab.address());
      assert.equal(new URLSearchParams(hash.slice(1)).get('scheme') ?? 'auto', scheme);
      assert.match(await warnings(tab), /^(Every pair|$)/, key);
      assert.equal(
        await tab.run((name) => document.querySelector(`[data-look="${name}"]`).getAttribute('aria-pressed'), key),
        'true',
      );
    }
    assert.deepEqual(await settingsIn(tab), {});
    assert.equal(await tab.run(() => document.querySelector('#canvas').contentWindow.isSame), true);
  });

  test('a weak colour is warned of at once with the pair, its ratio and what is needed', {
    timeout: 60_000,
  }, async (t) => {
    const tab = await openStudio(t, browser(), `${server.url}/preview`, { scheme: 'light' });
    await until(async () => /^Every pair/.test(await warnings(tab)), 'no warning');
    const pick = (token, value) =>
      tab.run(
        (name, color) => {
          const input = document.querySelector(`[data-token="${name}"]`);
          input.value = color;
          input.dispatchEvent(new InputEvent('input', { bubbles: true }));
        },
        token,
        value,
      );
    await pick('--vitrine-muted', '#999999');
    await until(
      async () =>
        (await warnings(tab)) === 'Quiet text on the card has a contrast of 2.84; 4.5 is needed. Use #757575 here',
      'a warning of quiet text',
    );
    await pick('--vitrine-accent', '#8f8f8f');
    await until(async () => /Pressed button has a contrast of 3\.23; 4\.5/.test(await warnings(tab)), 'more warnings');
    assert.doesNotMatch(await warnings(tab), /Focus ring/, 'a ring needs 3 alone');
    await pick('--vitrine-accent', '#aaaaaa');
    await until(
      async () => /Focus ring on the background has a contrast of 2\.32; 3 is needed/.test(await warnings(tab)),
      'a ring',
    );
  });

  test('the number of warnings stands beside the code, leads to them, and each has a value to take', {
    timeout: 60_000,
  }, async (t) => {
    const shown = { scheme: 'dark', count: '2', '--vitrine-accent': '#7a1fa2' };
    const tab = await openStudio(t, browser(), `${server.url}/preview`, shown);
    const count = () =>
      tab.run(() => {
        const button = document.querySelector('#warnings');
        return button.hidden ? '' : button.textContent;
      });
    await until(async () => (await count()) === '3 contrast warnings', 'the number');
    const isBesideCode = () =>
      document.querySelector('#warnings').parentElement === document.querySelector('#copy-code').parentElement;
    assert.ok(await tab.run(isBesideCode));
    await tab.run(() => {
      document.querySelector('#contrast').closest('details').open = false;
    });
    await tab.click('#warnings');
    const isSeen = () => {
      const { top, bottom } = document.activeElement.getBoundingClientRect();
      return document.activeElement.dataset.better === '--vitrine-accent' && top >= 0 && bottom <= innerHeight;
    };
    await until(() => tab.run(isSeen), 'the first warning');
    assert.deepEqual(await settingsIn(tab), shown, 'the settings are still in the address');
    await tab.click('.better');
    await until(async () => (await count()) === '', 'no warning');
    const { '--vitrine-accent': taken, ...rest } = await settingsIn(tab);
    assert.deepEqual(rest, { scheme: 'dark', count: '2' });
    assert.match(await warnings(tab), /^Every pair/);
    assert.equal(await colourOf(tab, '--vitrine-accent'), taken);
    const controls = await tab.run(() =>
      ['token', 'hex'].map((name) => document.querySelector(`[data-${name}="--vitrine-accent"]`).value),
    );
    assert.deepEqual(controls, [taken, taken]);
  });

  test('each colour shows its true value as a spot and as a number, and takes a number', {
    timeout: 60_000,
  }, async (t) => {
    const shown = { scheme: 'light', count: '2', '--vitrine-radius': '1rem' };
    const tab = await openStudio(t, browser(), `${server.url}/preview`, shown);
    await until(async () => /^Every pair/.test(await warnings(tab)), 'the colours of the widget');
    const rows = await tab.run(() =>
      [...document.querySelectorAll('.token[data-kind=color]')].map((row) => {
        const [spot, hex] = row.querySelectorAll('input');
        const opacities = [spot, row, ...row.children].map((each) => getComputedStyle(each).opacity);
        return { spot: spot.value, hex: hex.value, isSeen: hex.clientWidth > 50, opacities: [...new Set(opacities)] };
      }),
    );
    assert.equal(rows.length, 11);
    for (const { spot, hex, isSeen, opacities } of rows) {
      assert.match(hex, /^#[0-9a-f]{6}$/);
      assert.equal(hex, spot);
      assert.ok(isSeen);
      assert.deepEqual(opacities, ['1']);
    }
    assert.ok(new Set(rows.map(({ hex }) => hex)).size > 5, 'colours of the style sheet');
    const lengths = await tab.run(() =>
      ['radius', 'gap'].map(
        (name) =>
          document.querySelector(`[data-token="--vitrine-${name}"]`).parentElement.querySelector('output').value,
      ),
    );
    assert.equal(lengths[0], '1rem, 16 px');
    assert.match(lengths[1], /^[\d.]+rem, [\d.]+ px$/);
    const type = (value, kind) =>
      tab.run(
        (text, name) => {
          const field = document.querySelector('[data-hex="--vitrine-line"]');
          field.value = text;
          field.dispatchEvent(new Event(name));
          return field.value;
        },
        value,
        kind,
      );
    await type('#12345', 'input');
    await type('00AA11', 'input');
    await until(async () => (await colourOf(tab, '--vitrine-line')) === '#00aa11', 'the typed colour');
    assert.equal(await type('no colour', 'change'), '#00aa11');
    await type('#f80', 'change');
    await until(async () => (await colourOf(tab, '--vitrine-line')) === '#ff8800', 'a short number');
    await type('', 'change');
    await until(async () => (await settingsIn(tab))['--vitrine-line'] === undefined, 'the value of the style sheet');
    assert.equal(await colourOf(tab, '--vitrine-line'), '');
  });

  test('with another language the hint of the heading names the language of the service’s own title', {
    timeout: 60_000,
  }, async (t) => {
    const tab = await openStudio(t, browser(), `${server.url}/preview`, { count: '2' });
    const hint = () => tab.run(() => document.querySelector('#heading-hint').textContent);
    assert.equal(await hint(), 'Empty: the service’s own title, in the service’s language.');
    await give(tab, 'Language', 'de');
    await until(async () => /service’s language, also if the widget’s is another/.test(await hint()), 'the hint');
  });
});
