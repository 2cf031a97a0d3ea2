// The gallery of looks, and the warnings of contrast while colours are picked.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { contrast, pairs, ratioText, weakPairs } from '../../demo/preview/contrast.js';
import { looks } from '../../demo/preview/looks.js';
import { buildStudioBundles } from '../../tools/studio.mjs';
import { startServer } from '../server/server.mjs';
import { inEachEngine } from './each_engine.mjs';
import { openStudio, settingsIn } from './studio/open.mjs';
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
      async () => (await warnings(tab)) === 'Quiet text on the card has a contrast of 2.84; 4.5 is needed.',
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
});
