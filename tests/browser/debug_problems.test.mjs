// The first tab of the debug overlay: each warning and error of the console is a card, and it says where events go.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keepingRoot, overlayOf } from './debug_page.mjs';
import { inEachEngine } from './each_engine.mjs';
import { openSite } from './open_site.mjs';
import { until } from './until.mjs';

const openShown = async (
  t,
  browser,
  /** @type {any} */ { absent = [], path = 'script.html', config, ...more } = {},
) => {
  const site = await openSite(t, browser, {
    before: keepingRoot,
    config: (url) => ({ debug: true, ...(typeof config === 'function' ? config(url) : config) }),
    ...more,
  });
  for (const file of absent) site.pages.absent.add(`/dist/${file}`);
  const tab = await browser.open(site.address(path), 'window');
  const overlay = overlayOf(tab);
  await overlay.open();
  return { site, tab, overlay };
};

/** Waits until the button in the corner counts as many problems as Start has cards, and resolves to their number. */
const agreeing = async (overlay) => {
  await overlay.press('.icon', '✕');
  const badge = await until(async () => (await overlay.texts('.badge'))[0], 'the number of the button');
  await overlay.open();
  const cards = await overlay.texts('.problem.bad, .problem.warn');
  const [more = '0'] = await overlay.texts('.more');
  assert.equal(cards.length + parseInt(more, 10), Number(badge), cards.join('\n'));
  await overlay.has('h2', `What is wrong (${badge})`);
  return Number(badge);
};

inEachEngine('problems in the debug overlay', (_engine, browser) => {
  test('each misspelt option is a card with its words, code and cure, and the button counts the same', async (t) => {
    const config = { consnet: 'granted', viewabilty: {} };
    const { overlay } = await openShown(t, browser(), { config });
    const text = await overlay.has('.problem[data-code="bad-option"]', 'consnet');
    assert.match(text, /^Warning bad-option/);
    assert.match(text, /What to do: Correct the option that the line names\./);
    await overlay.has('.problem[data-code="bad-option"]', 'viewabilty');
    await overlay.lacks('.good', 'Nothing that the overlay knows of.');
    assert.equal(await agreeing(overlay), 2);
  });

  test('a repeated line is one card with its count, and the newest comes first', async (t) => {
    const { tab, overlay } = await openShown(t, browser(), { config: { consnet: 'granted' } });
    await tab.run(() => vitrine('events.trackPurchas', {}));
    await tab.run(() => vitrine('events.trackPurchas', {}));
    await overlay.has('.problem[data-code="unknown-call"] h3', '2 times');
    const codes = await tab.run(() =>
      [...debugRoot().querySelectorAll('.problem')].map((/** @type {any} */ one) => one.dataset.code),
    );
    assert.deepEqual(codes, ['unknown-call', 'bad-option']);
    assert.equal(await agreeing(overlay), 2);
  });

  test('many lines are cut, and a control leads to all of them in Console', async (t) => {
    const wrong = Object.fromEntries([...'abcdefghi'].map((name) => [`wrong_${name}`, 1]));
    const { overlay } = await openShown(t, browser(), { config: wrong });
    await overlay.has('.more', '3 more problems');
    assert.equal((await overlay.texts('.problem')).length, 6);
    assert.equal(await agreeing(overlay), 9);
    await overlay.press('.more .act');
    await overlay.has('[aria-selected="true"]', 'Console');
    assert.equal((await overlay.texts('[data-code="bad-option"]')).length, 9);
  });

  test('a missing wasm file is a card while another core runs, and so is a missing file of autoTrack', async (t) => {
    const { overlay } = await openShown(t, browser(), {
      absent: ['vitrine-refine.wasm', 'vitrine-autotrack.js'],
      config: { autoTrack: true },
    });
    await overlay.has('.problem[data-code="core-not-loaded"]', 'vitrine-refine.wasm');
    await overlay.has('.problem[data-code="autotrack-not-loaded"]', 'vitrine-autotrack.js');
    assert.equal(await agreeing(overlay), 2);
  });

  test("a data call that the service refuses is a card with the service's own sentence", async (t) => {
    const { tab, overlay } = await openShown(t, browser());
    const call = (query) =>
      tab.run((given) => shopper.vitrine.recs.similarItems(given).catch(({ message }) => message), query);
    const message = await call({ anchorId: 'no-such-product', topK: 4 });
    assert.equal(typeof message, 'string', 'the service knows no such product');
    await overlay.has('.problem', message);
    assert.equal(await agreeing(overlay), 1);
    await call({ anchorId: 'SKU-0001', topK: 4 });
    await until(async () => (await overlay.texts('.problem')).length === 0, 'no card after a good reply');
  });

  for (const [what, config, code] of [
    ['no service and no events.url', { provider: { name: 'none' } }, 'no-service'],
    ['a misspelt events.Url', { provider: { name: 'none' }, events: { Url: 'https://shop.example/c' } }, 'bad-option'],
  ])
    test(`${what}: an event says that it has no address`, async (t) => {
      const { tab, overlay } = await openShown(t, browser(), { config });
      await overlay.has('.problem[data-code]', String(code));
      await tab.run(() => shopper.click('one', 1));
      await overlay.has('.health', 'without an address');
      await overlay.has('dd', 'Nowhere. Each event waits.');
      await overlay.show('events');
      await overlay.has('.row .tag', 'has no address');
      await overlay.press('.row .head', 'click');
      await overlay.has('.why', 'It has no address: set events.url, or name a service');
      await overlay.lacks('.why', 'The next attempt');
    });

  test('Events go to: the service, and what is left for events.url', async (t) => {
    const depict = { name: 'depict', merchant: 'm', market: 'de', locale: 'de_DE', tenant: 't' };
    const url = 'https://shop.example/collect';
    const one = await openShown(t, browser(), { config: { events: { url, flushInterval: 100 } } });
    await one.overlay.has('dd', `${one.site.serverUrl}/refine/events`);
    await one.overlay.has('dd', 'nothing goes to this address');
    await one.overlay.has('dd', url);
    const two = await openShown(t, browser(), {
      config: (server) => ({ provider: { ...depict, apiUrl: `${server}/depict` }, events: { url } }),
    });
    await two.overlay.has('dd', `${two.site.serverUrl}/depict`);
    await two.overlay.has('dd', 'events.url gets only what depict does not take.');
  });

  test('a dead core: the first card names the files that failed, and nothing is claimed about consent', async (t) => {
    const absent = ['vitrine-refine.wasm', 'vitrine.wasm', 'vitrine-core.js'];
    const { tab, overlay } = await openShown(t, browser(), { absent });
    await overlay.has('.problem[data-id="core"]', 'vitrine-refine.wasm, vitrine.wasm, vitrine-core.js');
    assert.match((await overlay.texts('.problem'))[0], /^The core does not run/);
    assert.deepEqual(await overlay.texts('.problem[data-id="consent"]'), []);
    const rows = await tab.run(() =>
      [...debugRoot().querySelectorAll('dt')].map((dt) => [dt.textContent, dt.nextElementSibling?.textContent]),
    );
    const { Consent, Queue, Visitor } = Object.fromEntries(rows);
    assert.deepEqual([Consent, Queue, Visitor], Array(3).fill('not known: the core does not run'));
    await overlay.has('dd', 'Nowhere: the core does not run.');
    await agreeing(overlay);
  });

  test('unknown consent: nothing is called refused, and events wait for consent', async (t) => {
    const { tab, overlay } = await openShown(t, browser(), { config: { consent: 'unknown' } });
    await tab.run(() => shopper.click('one', 1));
    await overlay.has('.health', '2 waiting for consent');
    await overlay.has('dd', 'localStorage. Nothing is stored before the answer of the shopper.');
    await overlay.lacks('dd', 'refuses to store');
    await overlay.show('events');
    await overlay.has('.row .tag', 'waiting for consent');
    await overlay.press('.row .head', 'click');
    await overlay.has('.why', 'It waits for consent.');
  });

  test('ids stand by themselves, and one click selects a whole one', async (t) => {
    const { site, tab, overlay } = await openShown(t, browser());
    await site.fault({ target: 'events', status: 503, count: 100 });
    const visitor = await tab.run(() => shopper.vitrine.getVisitorId());
    await tab.run(() => shopper.click('one', 1));
    await overlay.has('dd .id', visitor);
    const style = await tab.run(() => {
      const read = /** @type {any} */ (getComputedStyle(debugRoot().querySelector('dd .id')));
      return read.userSelect ?? read.webkitUserSelect;
    });
    assert.equal(style, 'all');
    const displays = () =>
      tab.run(() => {
        const journal = [...debugRoot().querySelectorAll('dt')].find((dt) => dt.textContent === 'Journal');
        return [...(journal.nextElementSibling?.children ?? [])].map((box) => getComputedStyle(box).display).join();
      });
    await until(async () => (await displays()).startsWith('block'), 'a journal on a line of its own');
    await overlay.show('events');
    await overlay.press('.row .head', 'click');
    await overlay.has('.steps li', 'made by a click on an item, or trackClick() of a list');
  });

  test('the panel moves by a control with words', async (t) => {
    const { overlay } = await openShown(t, browser());
    await overlay.press('.icon', 'Move left');
    await overlay.has('.panel.left .icon', 'Move right');
  });

  test('Record names the page that steps through the file', async (t) => {
    const { overlay } = await openShown(t, browser());
    await overlay.show('record');
    await overlay.has('p', 'Open the file in the studio, under Replay: the address is /preview/replay.html');
    await overlay.has('p', 'npm run replay');
  });
});
