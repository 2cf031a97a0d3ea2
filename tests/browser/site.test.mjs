// The documentation site in a browser, served by the demo server under its Content Security Policy.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { root } from '../../tools/steps.mjs';
import { buildSite } from '../../tools/site/build.mjs';
import { startServer } from '../server/server.mjs';
import { inEachEngine } from './each_engine.mjs';
import { launch, missing } from './engine.mjs';
import { until } from './until.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const phone = { width: 390, height: 844, deviceScaleFactor: 1, mobile: true };

let server;
before(async () => {
  await buildSite();
  server = await startServer();
});
after(() => server?.stop());

const address = (page) => `${server.url}/docs/${page}`;
/** Opens a page of the site, and waits for its script. */
const open = async (tab, page = '') => {
  await tab.goto(address(page));
  await until(() => tab.run(() => !document.querySelector('.find').hidden), 'the script of the page');
};
const results = (tab) =>
  tab.run(() => [...document.querySelectorAll('#site_found a')].map(({ href, textContent }) => [href, textContent]));
/** Writes words into the search, and waits for results. */
const search = async (tab, words) => {
  await tab.run((text) => {
    const field = document.querySelector('#site_find');
    field.value = text;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }, words);
  return until(async () => {
    const found = await results(tab);
    return found.length > 0 && found;
  }, `results for ${words}`);
};
/** Presses a key where the focus is. */
const press = (tab, key) =>
  tab.run((name) => {
    const event = new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true });
    document.activeElement.dispatchEvent(event);
  }, key);

/** Returns axe-core's findings in the page, by all rules or by these. */
const findings = (tab, rules = undefined) =>
  tab.send('ExecuteAsyncScript', {
    script: `${axe}; const done = arguments[arguments.length - 1];
    const lineOf = (id, { html, failureSummary }) => id + ': ' + html.slice(0, 160) + ' ' + failureSummary;
    axe.run(document, ${JSON.stringify({ resultTypes: ['violations'], ...(rules && { runOnly: rules }) })}).then(
      ({ violations }) => done(violations.flatMap(({ id, nodes }) => nodes.map((node) => lineOf(id, node)))),
      (error) => done([String(error)]),
    );`,
    args: [],
  });

inEachEngine('documentation site', (_engine, browser) => {
  let tab;
  before(async () => (tab = await browser().open(address(''), 'window')));

  test('the search finds sections by their words, and its first result leads there', async () => {
    await open(tab, 'start/script-tag.html');
    const [[href, text]] = await search(tab, 'flushBeforeNavigation');
    assert.ok(href.startsWith(address('')), href);
    assert.match(text, /\w/);
    const [[wire]] = await search(tab, 'thirteen types');
    assert.equal(wire, address('wire.html#the-thirteen-types'));
    await tab.run(() => document.querySelector('.find').requestSubmit());
    await until(async () => (await tab.address()) === address('wire.html#the-thirteen-types'), 'the section');
    await until(
      () => tab.run(() => document.querySelector('#the-thirteen-types')?.textContent.includes('thirteen')),
      'the heading',
    );
  });

  test('the search finds pages for words that they do not have, and titles before texts', async () => {
    await open(tab);
    const first = async (words) => (await search(tab, words))[0][0].replace(address(''), '').replace(/#.*/, '');
    for (const [words, page] of Object.entries({
      'keep e-mail addresses out of events': 'privacy.html',
      PII: 'privacy.html',
      'personal data': 'privacy.html',
      'redact qqqxyzzy': 'privacy.html',
      'migrate from segment': 'migrate/segment.html',
      'how do I move from snowplow': 'migrate/snowplow.html',
      privacy: 'privacy.html',
      delivery: 'delivery.html',
    })) {
      await tab.run(() =>
        document.querySelector('.find').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' })),
      );
      assert.deepEqual(await results(tab), []);
      assert.equal(await first(words), page, words);
    }
    const pages = (await search(tab, 'gdpr')).map(([href]) => href);
    for (const page of ['privacy.html', 'consent.html']) assert.ok(pages.includes(address(page)), page);
  });

  test('words that no page has bring a sentence, and no result', async () => {
    await open(tab);
    await tab.run(() => {
      const field = document.querySelector('#site_find');
      field.value = 'qqqxyzzy';
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    });
    await until(() => tab.run(() => document.querySelector('#site_found').textContent), 'the sentence');
    assert.equal(await tab.run(() => document.querySelector('#site_found').textContent), 'Nothing was found.');
    assert.equal(await tab.run(() => document.querySelector('#site_count').textContent), '0 results');
  });

  test('the keyboard reaches the search, its results, and the way back', async () => {
    await open(tab);
    const focused = () => tab.run(() => document.activeElement.id || document.activeElement.tagName);
    await press(tab, '/');
    assert.equal(await focused(), 'site_find');
    await search(tab, 'consent');
    await press(tab, 'ArrowDown');
    assert.equal(await focused(), 'A');
    await press(tab, 'ArrowUp');
    assert.equal(await focused(), 'site_find');
    await press(tab, 'Escape');
    assert.deepEqual(await results(tab), []);
    assert.equal(await focused(), 'site_find');
  });

  test('the colours follow the button, on the next page too', async () => {
    await open(tab);
    const theme = () => tab.run(() => document.documentElement.dataset.theme ?? '');
    const label = () => tab.run(() => document.querySelector('.theme').textContent);
    const [first, named] = [await theme(), await label()];
    await tab.click('.theme');
    const chosen = await theme();
    assert.ok(['dark', 'light'].includes(chosen) && chosen !== first);
    assert.equal(chosen, named.toLowerCase());
    await open(tab, 'wire.html');
    assert.equal(await theme(), chosen);
    await tab.run(() => localStorage.removeItem('vitrine-docs:theme'));
  });

  test('Vitrine itself decides in the page about viewability what was viewed', async () => {
    await open(tab, 'viewability.html');
    await tab.scrollTo('.play-area');
    const viewed = () =>
      tab.run(() => [...document.querySelectorAll('.play-area .viewed b')].map((b) => b.textContent));
    const lines = await until(async () => {
      const all = await tab.run(() => [...document.querySelectorAll('.play-log li')].map((li) => li.textContent));
      return all.length >= 2 && all;
    }, 'two views');
    for (const line of lines) assert.match(line, /^view of Product [12]: rule mrc, ratio (1|0\.\d+), visibleMs \d+$/);
    assert.deepEqual((await viewed()).toSorted(), ['Product 1', 'Product 2']);
    await tab.run(() => document.querySelector('.play-area').scrollTo({ top: 99_999, behavior: 'instant' }));
    await until(async () => (await viewed()).includes('Product 8'), 'the last product');
    assert.ok(!(await viewed()).includes('Product 4'), 'a product that was passed is not viewed');
    await tab.run(() => {
      const buttons = [...document.querySelectorAll('.play-buttons button')];
      buttons.find(({ textContent }) => textContent === 'Start again').click();
    });
    assert.deepEqual(await viewed(), []);
    await until(async () => (await viewed()).includes('Product 1'), 'a view of the new list');
    // The page stores and sends nothing.
    assert.deepEqual(await tab.run(() => Object.keys(localStorage).filter((key) => key.startsWith('vitrine:'))), []);
    const sent = await tab.run(() =>
      performance.getEntriesByType('resource').filter(({ initiatorType, name }) => {
        return ['fetch', 'beacon', 'xmlhttprequest'].includes(initiatorType) && !/\.(wasm|js|json)(\?|$)/.test(name);
      }),
    );
    assert.deepEqual(sent, []);
  });
});

// The rest needs Chromium's own commands, or reads all pages once.
const noChromium = missing('chromium');
test('pages in Chromium', { skip: noChromium }, async (t) => {
  const browser = await launch('chromium');
  t.after(() => browser.quit());
  const tab = await browser.open();
  const pages = readdirSync(`${root}build/site`, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.html'),
  );

  await t.test('axe-core finds nothing on any page, on a desk or on a phone, and no page is too wide', async () => {
    assert.ok(pages.length > 200);
    // Pages with code in each language, tables, charts, cards, the list to play with, and the reference.
    const dark = new Set([
      ...['index.html', 'viewability.html', 'performance.html', 'widgets.html', 'wire.html', 'shops.html'],
      ...['frameworks.html', 'start/script-tag.html', 'errors.html', 'api/vitrine/classes/Vitrine.html'],
    ]);
    for (const page of dark) assert.ok(pages.includes(page), page);
    for (const [i, page] of pages.entries()) {
      const isPhone = i % 2 === 1;
      if (isPhone) await tab.cdp('Emulation.setDeviceMetricsOverride', phone);
      else await tab.cdp('Emulation.clearDeviceMetricsOverride');
      await open(tab, page);
      assert.deepEqual(await findings(tab), [], `${page} ${isPhone ? 'phone' : 'desk'}`);
      // The other colours change nothing but contrasts, and are the same on all pages.
      if (dark.has(page)) {
        await tab.cdp('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: 'dark' }] });
        assert.deepEqual(await findings(tab, ['color-contrast']), [], `${page} dark`);
        await tab.cdp('Emulation.setEmulatedMedia', { features: [] });
      }
      await tab.cdp('Emulation.setDeviceMetricsOverride', phone);
      const [wide, seen] = await tab.run(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(wide <= seen, `${page} is ${wide} wide in a window of ${seen}`);
    }
    await tab.cdp('Emulation.clearDeviceMetricsOverride');
    assert.deepEqual(await tab.consoleLines(), []);
  });

  await t.test('a table that goes on beside the window shows it, and hides the sign at its end', async () => {
    await tab.cdp('Emulation.setDeviceMetricsOverride', phone);
    await open(tab, 'wire.html');
    const attachments = await tab.run(() => {
      const wide = [...document.querySelectorAll('.table')].find((each) => each.scrollWidth > each.clientWidth);
      return getComputedStyle(wide).backgroundAttachment;
    });
    // The shadows stay at the edges, and their covers move with the table.
    assert.equal(attachments, 'local, local, scroll, scroll');
    await tab.cdp('Emulation.clearDeviceMetricsOverride');
  });

  await t.test('the menu of a phone opens and closes by keyboard', async () => {
    await tab.cdp('Emulation.setDeviceMetricsOverride', phone);
    await open(tab, 'wire.html');
    const isShown = () => tab.run(() => getComputedStyle(document.querySelector('.nav')).display !== 'none');
    assert.equal(await isShown(), false);
    await tab.run(() => {
      document.querySelector('.menu').focus();
      document.querySelector('.menu').click();
    });
    assert.equal(await isShown(), true);
    assert.deepEqual(await findings(tab), []);
    await tab.run(() => document.querySelector('.nav a').focus());
    await press(tab, 'Escape');
    assert.equal(await isShown(), false);
    assert.equal(await tab.run(() => document.activeElement.className), 'menu');
    await tab.cdp('Emulation.clearDeviceMetricsOverride');
  });

  await t.test('less motion means bars that do not move, and the same views', async () => {
    const features = [{ name: 'prefers-reduced-motion', value: 'reduce' }];
    await tab.cdp('Emulation.setEmulatedMedia', { features });
    await open(tab, 'viewability.html');
    await tab.scrollTo('.play-area');
    const texts = new Set();
    await until(async () => {
      const [text, value] = await tab.run(() => {
        const card = document.querySelector('.play-area li');
        return [card.querySelector('.play-state').textContent, card.querySelector('progress').value];
      });
      texts.add(`${text.replace(/\d+ %/, 'n %').replace(/[\d.]+ s/, 'n s')}, ${value}`);
      return value === 1000;
    }, 'a view');
    for (const text of texts)
      assert.match(text, /^n % visible(, the clock stands at 0)?, 0$|^Viewed: n % for n s, 1000$/);
    await tab.cdp('Emulation.setEmulatedMedia', { features: [] });
  });

  await t.test('a hidden tab begins the second anew', async () => {
    await open(tab, 'viewability.html');
    await tab.run(() => {
      const hide = (state) => {
        Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      };
      hide('hidden');
      hide('visible');
    });
    assert.match(await tab.run(() => document.querySelector('.play-note').textContent), /^The tab was hidden/);
  });

  await t.test('a button copies the code of its block', async () => {
    await tab.cdp('Browser.grantPermissions', { permissions: ['clipboardReadWrite', 'clipboardSanitizedWrite'] });
    await open(tab, 'start/script-tag.html');
    await tab.click('.copy');
    await until(
      () => tab.run(() => document.querySelector('.copy').textContent === 'Copied'),
      'the word of the button',
    );
    const copied = await tab.run(() => navigator.clipboard.readText());
    assert.equal(copied, await tab.run(() => document.querySelector('.code code').textContent));
    assert.match(copied, /npm install vitrine/);
  });

  await t.test('the shop leads to the documentation', async () => {
    await tab.goto(server.url);
    await until(() => tab.run(() => !!document.querySelector('#foot a[href="/docs/"]')), 'the link');
    assert.ok(existsSync(`${root}build/site/index.html`));
  });
});
