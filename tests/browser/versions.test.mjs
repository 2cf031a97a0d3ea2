// Two versions of the package on one page: an old tag that nobody took out, a tag manager's beside the shop's own, a
// script beside a module.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEachEngine } from './each_engine.mjs';
import { expectClicks, expectNoResend } from './expect.mjs';
import { strictPolicy } from './pages.mjs';
import { isIdle, isUp, openSite } from './open_site.mjs';
import { until } from './until.mjs';

const scripts = { '/dist/vitrine.js': 'vitrine', '/other/vitrine.js': 'other' };

// Trusted Types would not let a test add a tag.
const { 'require-trusted-types-for': _, ...policy } = strictPolicy;

/** Loads a script as a tag manager does. */
const load = (tab, path) =>
  tab.run((src) => void document.head.append(Object.assign(document.createElement('script'), { src })), path);
const click = (tab, name, who = 'shopper') =>
  tab.run((word, from) => void Reflect.get(window, from).click(word, 20), name, who);
const consoleOf = (tab) => tab.run(() => seen.console);
const coresOf = (tab) =>
  tab.run(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => new URL(name).pathname)
      .filter((path) => path.endsWith('.wasm') && !/-(products|templates)\.wasm$/.test(path)),
  );
const cardsOf = (tab) => tab.run(() => document.querySelectorAll('vitrine-widget [data-vitrine-item]').length);

inEachEngine('two versions on a page', (_engine, browser) => {
  for (const [first, second] of [Object.keys(scripts), Object.keys(scripts).reverse()]) {
    /** The second has said that it is one too many, and nothing else was said. */
    const warned = async (tab) => {
      await until(async () => (await consoleOf(tab)).length > 0, 'a warning');
      assert.deepEqual(await consoleOf(tab), [
        `warn: [${scripts[second]}] loaded twice on this page; only the first script counts (loaded-twice)`,
      ]);
      assert.deepEqual(await tab.run(() => seen.faults), []);
    };
    const core = first.replace('.js', '-refine.wasm');

    test(`${second} loads in a page where ${first} is up, and nothing changes`, async (t) => {
      const site = await openSite(t, browser(), { policy });
      const tab = await browser().open(site.address('versions.html'));
      await load(tab, first);
      await isUp(tab);
      await until(async () => (await cardsOf(tab)) > 0, 'a widget');
      await click(tab, 'before');
      await load(tab, second);
      await warned(tab);
      await click(tab, 'after');
      const clicked = async () => {
        const { events } = await site.events();
        return events.filter(({ type }) => type === 'click').length === 40 && { events };
      };
      const page = await until(clicked, 'all clicks');
      for (const name of ['before', 'after']) expectClicks(page, name, 20);
      assert.deepEqual(await coresOf(tab), [core]);
      assert.ok(await tab.run(() => shopper.vitrine instanceof Vitrine), 'the class of the first');
      await isIdle(tab);
      expectNoResend(await site.events());
    });

    test(`${second} loads while ${first} waits for its core, and calls are made once`, async (t) => {
      const site = await openSite(t, browser(), { policy });
      const release = site.pages.hold(core);
      const tab = await browser().open(site.address('versions.html'));
      await load(tab, first);
      await until(() => tab.run(() => vitrine.loaded === true), 'the first script');
      await tab.run(() => vitrine('identify', 'user-1'));
      await load(tab, second);
      await warned(tab);
      await tab.run(() => vitrine('identify', 'user-2'));
      release();
      await isUp(tab);
      const { events } = await site.arrived(2, { type: 'identify' });
      assert.deepEqual(
        events.map(({ userId }) => userId),
        ['user-1', 'user-2'],
      );
      await warned(tab);
      assert.deepEqual(await coresOf(tab), [core]);
    });
  }

  test('a script and a module are two runtimes with one visitor and one widget class, without conflict', async (t) => {
    const site = await openSite(t, browser());
    const tab = await browser().open(site.address('versions-module.html'));
    await isUp(tab);
    await until(() => tab.run(() => !!window.imported && imported.isUp()), 'the module');
    await until(async () => (await cardsOf(tab)) > 0, 'a widget');
    await click(tab, 'script');
    await click(tab, 'module', 'imported');
    const clicked = async () => {
      const { events } = await site.events();
      return events.filter(({ type }) => type === 'click').length === 40 && { events };
    };
    const page = await until(clicked, 'all clicks');
    for (const name of ['script', 'module']) expectClicks(page, name, 20);
    assert.equal(new Set(page.events.map(({ visitorId }) => visitorId)).size, 1, 'visitors');
    await isIdle(tab);
    await until(() => tab.run(() => imported.isIdle()), 'an empty queue of the module');
    expectNoResend(await site.events());
    assert.deepEqual(await tab.run(() => seen.faults), []);
    assert.deepEqual(await consoleOf(tab), []);
  });
});
