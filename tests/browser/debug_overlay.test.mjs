// The debug overlay: when its file is loaded, and that neither the page nor Vitrine notices it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { keepingRoot, overlayOf } from './debug_page.mjs';
import { inEachEngine } from './each_engine.mjs';
import { expectQuiet } from './expect.mjs';
import { isIdle, openSite } from './open_site.mjs';
import { startServer } from '../server/server.mjs';
import { until } from './until.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const kFiles = ['/dist/vitrine-debug.js', '/dist/debug.js'];
const isAsked = (site) => site.pages.requests.some((url) => kFiles.includes(url.split('?')[0]));
const debug = (value) => ({ debug: value });

inEachEngine('debug overlay', (engine, browser) => {
  for (const [path, file] of [
    ['script.html', '/dist/vitrine-debug.js'],
    ['tracking.html', '/dist/vitrine-debug.js'],
    ['module.html', '/dist/debug.js'],
  ])
    test(`${path}: debug.open() loads it under a strict policy, and it shows what happens from then on`, async (t) => {
      const site = await openSite(t, browser(), { before: keepingRoot });
      const tab = await site.open(path, 'window');
      await tab.run(() => shopper.click('early', 1));
      await site.arrived(1, { type: 'click' });
      assert.equal(isAsked(site), false, 'nothing is loaded before');
      const overlay = overlayOf(tab);
      await tab.run(() => (window.vitrine ? vitrine('debug.open') : shopper.vitrine.debug.open()));
      await overlay.has('#view', 'The overlay was opened late.');
      assert.equal(site.pages.requests.filter((url) => url.split('?')[0] === file).length, 1);
      await tab.run(() => shopper.click('late', 1));
      await site.arrived(2, { type: 'click' });
      await overlay.show('events');
      await overlay.has('.row', 'late-0');
      await overlay.lacks('.row', 'early-0');
      await overlay.show('record');
      await overlay.has('dd', 'The start of the page is missing');
      await isIdle(tab);
      assert.deepEqual(await overlay.fault(), []);
      await expectQuiet(tab);
    });

  test('debug: true shows a button first, and its state is not kept for the next page', async (t) => {
    const site = await openSite(t, browser(), { before: keepingRoot, config: debug(true) });
    const tab = await site.open('module.html', 'window');
    const overlay = overlayOf(tab);
    await overlay.has('.pill', 'Vitrine');
    assert.deepEqual(await overlay.texts('.panel'), []);
    await overlay.open();
    await tab.reload();
    await overlay.has('.pill', 'Vitrine');
    assert.deepEqual(await overlay.texts('.panel'), []);
    assert.ok(
      !(await tab.run(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)].join())).includes('debug'),
    );
  });

  test('debug.allowQuery shows it only if the address has vitrine_debug=1', async (t) => {
    const site = await openSite(t, browser(), { before: keepingRoot, config: debug({ allowQuery: true }) });
    for (const path of ['script.html', 'script.html?vitrine_debug=10', 'script.html?vitrine_debug=0']) {
      const tab = await site.open(path, 'window');
      await tab.run(() => shopper.click('one', 1));
      await isIdle(tab);
      assert.equal(isAsked(site), false, path);
    }
    const tab = await site.open('script.html?a=b&vitrine_debug=1', 'window');
    await overlayOf(tab).has('.pill', 'Vitrine');
    await expectQuiet(tab);
  });

  test('closed and not configured it costs no request, no listener and no node', async (t) => {
    const seenIn = async (config) => {
      const site = await openSite(t, browser(), { before: keepingRoot, config });
      const tab = await site.open('script.html', 'window');
      await tab.run(() => shopper.click('one', 1));
      await isIdle(tab);
      const paths = site.pages.requests.map((url) => url.split('?')[0]).sort();
      return [paths, await tab.run(() => [seen.listeners.sort(), document.documentElement.children.length])];
    };
    const [paths, rest] = await seenIn({});
    assert.ok(!paths.some((path) => kFiles.includes(path)));
    // A page without the parameter does the same, to the last listener.
    assert.deepEqual([paths, rest], await seenIn(debug({ allowQuery: true })));
    const [, [, children]] = [paths, rest];
    assert.equal(children, 2, 'head and body');
  });

  test('Off ends its timers and its ear, and debug.open() brings it back', async (t) => {
    const site = await openSite(t, browser(), { before: keepingRoot, config: debug(true) });
    const tab = await site.open('script.html', 'window');
    const overlay = overlayOf(tab);
    await overlay.open();
    await overlay.show('views');
    await overlay.press('.icon', 'Off');
    assert.equal(await overlay.exists(), false);
    assert.equal(await tab.run(() => shopper.vitrine._host.tap === undefined), true);
    await tab.run(() => shopper.vitrine.debug.open());
    await overlay.has('#view', 'The overlay was opened late.');
  });

  test('it records nothing, and neither its clicks nor its keys reach the page', async (t) => {
    const site = await openSite(t, browser(), { before: keepingRoot, config: { ...debug(true), autoTrack: true } });
    const tab = await site.open('script.html', 'window');
    await site.arrived(1, { type: 'pageView' });
    await tab.run(() => {
      window.hearing = [];
      for (const type of ['click', 'keydown', 'pointerdown', 'change'])
        document.addEventListener(type, (event) => hearing.push(event.type));
    });
    const overlay = overlayOf(tab);
    await overlay.open();
    for (const id of ['events', 'views', 'lists', 'requests', 'storage', 'counts', 'lines', 'record'])
      await overlay.show(id);
    await tab.run(() => {
      const chosen = debugRoot().querySelector('[aria-selected="true"]');
      chosen.dispatchEvent(new KeyboardEvent('keydown', { key: 'Home', bubbles: true, composed: true }));
    });
    await overlay.has('[aria-selected="true"]', 'Start');
    await isIdle(tab);
    assert.deepEqual(await tab.run(() => hearing), []);
    assert.deepEqual(
      (await site.events()).events.map(({ type }) => type),
      ['pageView'],
    );
    await expectQuiet(tab);
  });

  test('several Vitrines on a page share it, and a list chooses among them', async (t) => {
    const site = await openSite(t, browser(), { before: keepingRoot, config: debug(true) });
    const tab = await site.open('script.html', 'window');
    const overlay = overlayOf(tab);
    await overlay.open();
    await tab.run(() => {
      window.twin = new Vitrine({ provider: { name: 'none' }, events: { persistence: 'memory' }, debug: true });
    });
    await until(async () => (await overlay.texts('.chooser option')).length === 2, 'two instances');
    assert.deepEqual(await overlay.texts('.chooser option'), ['1: refine', '2: none']);
    await tab.run(() => {
      const select = debugRoot().querySelector('.chooser select');
      select.value = '1';
      select.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await overlay.has('dd', 'memory: everything ends with this page');
    assert.equal(await tab.run(() => debugRoots.filter(([root]) => root.querySelector('.root')).length), 1);
  });

  test('faults of the overlay stay in it: the page and its events go on', async (t) => {
    const hostile = `${keepingRoot}
      window.faults = () => {
        Performance.prototype.getEntriesByType = () => { throw new Error('no entries'); };
        window.requestAnimationFrame = () => { throw new Error('no frames'); };
        window.IntersectionObserver = function () { throw new Error('no observer'); };
      };`;
    const site = await openSite(t, browser(), { before: hostile, config: debug(true) });
    const tab = await site.open('script.html', 'window');
    const overlay = overlayOf(tab);
    await overlay.open();
    await tab.run(() => faults());
    await tab.run(() => shopper.click('one', 3));
    await site.arrived(3, { type: 'click' });
    await overlay.has('dd', 'not known');
    await overlay.show('views');
    await overlay.has('.fault', 'no frames');
    await expectQuiet(tab);
  });

  test('a page that replaces its built-ins and its document keeps the overlay and its own peace', async (t) => {
    const prelude = `${keepingRoot}
      Object.prototype.extra = 'extra';
      Array.prototype.extra = () => 'extra';
      Date.now = () => new Date();`;
    const site = await openSite(t, browser(), { before: prelude, config: debug(true) });
    const tab = await site.open('script.html', 'window');
    const overlay = overlayOf(tab);
    await overlay.open();
    await tab.run(() => shopper.click('one', 1));
    await overlay.show('events');
    await overlay.has('.row', 'one-0');
    await tab.run(() => debugRoot().host.remove());
    await until(() => overlay.exists(), 'the overlay again');
    assert.deepEqual(await overlay.fault(), []);
  });

  test('where its file is missing, one line says so, and events go on', async (t) => {
    for (const path of ['script.html', 'module.html']) {
      const site = await openSite(t, browser(), { before: keepingRoot, config: debug(true) });
      for (const file of kFiles) site.pages.absent.add(file);
      const tab = await site.open(path, 'window');
      await tab.run(() => shopper.click('one', 1));
      await site.arrived(1, { type: 'click' });
      await until(async () => (await tab.run(() => seen.console)).length > 0, 'the line');
      const lines = await tab.run(() => seen.console);
      assert.equal(lines.length, 1);
      assert.match(lines[0], /\(debug-not-loaded\)/);
    }
  });

  test('axe-core finds nothing in any tab, and the keyboard opens, moves and closes it', async (t) => {
    const before = `window.debugMode = 'open'; ${keepingRoot}`;
    const site = await openSite(t, browser(), { before, config: { ...debug(true), consnet: 1 } });
    const tab = await site.open('script.html', 'window');
    const overlay = overlayOf(tab);
    await tab.run(() => shopper.click('one', 2));
    await site.arrived(2, { type: 'click' });
    await overlay.has('.pill', 'Vitrine');
    await tab.run(() => debugRoot().querySelector('.pill').focus());
    await tab.key('\uE007');
    await overlay.has('[aria-selected="true"]', 'Start');
    const findings = () =>
      tab.send('ExecuteAsyncScript', {
        script: `${axe}; const done = arguments[arguments.length - 1];
          axe.run(debugRoot().host).then(
            ({ violations }) =>
              done(violations.map(({ id, nodes }) => id + ': ' + nodes[0].html + nodes[0].failureSummary)),
            (error) => done([String(error)]),
          );`,
        args: [],
      });
    for (const word of ['Events', 'Views', 'Lists', 'Requests', 'Storage', 'Counts', 'Console', 'Record', 'Start']) {
      await tab.key('\uE014');
      await overlay.has('[aria-selected="true"]', word);
      await tab.run(() => debugRoot().querySelector('.row .head')?.click());
      await tab.run(() => debugRoot().querySelector('[aria-selected="true"]').focus());
      assert.deepEqual(await findings(), [], word);
    }
    await tab.key('\uE00C');
    await overlay.has('.pill', 'Vitrine');
    assert.equal(await tab.run(() => debugRoot().activeElement?.className.includes('pill')), true);
  });

  test('the demo shop has it under ?vitrine_debug=1, also on a phone', async (t) => {
    const server = await startServer();
    t.after(async () => {
      await browser().closeTabs();
      await server.stop();
    });
    const tab = await browser().open(`${server.url}/?vitrine_debug=1`, 'window');
    await tab.resize(engine === 'webkit' ? 500 : 450, 800);
    const hosts = () =>
      tab.run(() => [...document.documentElement.children].filter(({ localName }) => localName === 'div').length);
    await until(async () => (await hosts()) === 1, 'the overlay of the demo shop');
    const [width, page] = await tab.run(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(width <= page, 'the overlay makes the page no wider');
  });
});
