// The core comes in files: for events, for products, and for a shop's own templates. The widgets are in a script of
// their own. Tests what works while a file is on its way, and what happens if it never comes.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { root } from '../../tools/steps.mjs';
import { inEachEngine } from './each_engine.mjs';
import { isUp, openSite } from './open_site.mjs';
import { strictPolicy } from './pages.mjs';
import { until } from './until.mjs';

const kSecond = '/dist/vitrine-refine-products.wasm';
const kThird = '/dist/vitrine-refine-templates.wasm';
const kWidgets = '/dist/vitrine-widgets.js';
const built = (name) => readFileSync(`${root}dist/${name}`);
const kBuild = built('vitrine.wasm').subarray(-8).toString();
const kOther = '00000000';

const isRunning = (tab) => until(() => tab.run(() => !!window.shopper?.vitrine), 'the core');
const asked = (site, path) => until(() => site.pages.requests.some((url) => url.startsWith(path)), path);
const consoleOf = (tab) => tab.run(() => seen.console);
const stateOf = (tab) => tab.run(() => document.querySelector('vitrine-widget').getAttribute('state'));
const isShown = (tab, state) => until(async () => (await stateOf(tab)) === state, `a widget that is ${state}`);
/** Begins a data call, whose outcome `outcomeOf` returns. */
const call = (tab, name = 'outcome') =>
  tab.run((name) => {
    const stop = new AbortController();
    const keep = (outcome) => Object.assign(window, { [name]: outcome });
    addEventListener(`stop-${name}`, () => stop.abort());
    shopper.vitrine.recs.forVisitor({ configId: 'home', topK: 4 }, { signal: stop.signal }).then(
      ({ results }) => keep(results.length),
      ({ code, message }) => keep(`${code}: ${message}`),
    );
  }, name);
const present = (tab, name = 'outcome') => tab.run((name) => Reflect.get(window, name), name);
const outcomeOf = (tab, name = 'outcome') => until(() => present(tab, name), `the outcome ${name}`);

const kOwn = '<template><b class="own">{{title}}</b>{{>price}}</template>';
/** Makes the page with a widget have one with an own template, in its markup. */
const giveTemplate = (site) =>
  site.pages.replies.set('/widget.html', {
    body: readFileSync(`${root}tests/browser/pages/widget.html`, 'utf8').replace('<p id="fallback">', `${kOwn}$&`),
  });
/** Appends a widget with an own template. */
const appendOwn = (tab) =>
  tab.run(() => {
    const widget = document.createElement('vitrine-widget');
    widget.id = 'own';
    for (const [name, value] of [
      ['kind', 'forVisitor'],
      ['config-id', 'home'],
      ['top-k', '4'],
    ])
      widget.setAttribute(name, value);
    const template = document.createElement('template');
    template.content.append(Object.assign(document.createElement('b'), { className: 'own', textContent: '{{title}}' }));
    widget.append(template);
    document.body.append(widget);
  });
const ownCards = (tab) => tab.run(() => document.querySelectorAll('[data-vitrine-item] b.own').length);

inEachEngine('the core in files', (_engine, browser) => {
  test('events are recorded and sent while the second file is on its way; then calls and widgets go on', async (t) => {
    const site = await openSite(t, browser(), { policy: strictPolicy });
    const release = site.pages.hold(kSecond);
    const tab = await browser().open(site.address('widget.html'), 'window');
    await isRunning(tab);
    await asked(site, kSecond);
    await call(tab);
    await call(tab, 'aborted');
    await tab.run(() => {
      shopper.click('one', 2);
      shopper.vitrine.setCart(['one-0']);
      dispatchEvent(new Event('stop-aborted'));
    });
    assert.match(await outcomeOf(tab, 'aborted'), /^aborted: /);
    await site.arrived(2, { type: 'click' });
    assert.equal((await present(tab)) ?? undefined, undefined);
    assert.equal(await tab.run(() => document.querySelectorAll('[data-vitrine-item]').length), 0);
    release();
    assert.equal(await outcomeOf(tab), 4);
    await isShown(tab, 'ready');
    assert.deepEqual(await consoleOf(tab), []);
    assert.deepEqual(await tab.run(() => seen.faults), []);
  });

  test('a widget that leaves the page before the second file has come requests nothing', async (t) => {
    const site = await openSite(t, browser());
    const release = site.pages.hold(kSecond);
    const tab = await browser().open(site.address('widget.html'), 'window');
    await isUp(tab);
    await tab.run(() => document.querySelector('vitrine-widget').remove());
    await call(tab);
    release();
    assert.equal(await outcomeOf(tab), 4);
    assert.equal((await site.requests()).recs, 1);
  });

  test('without the second file calls are refused, widgets fall back, and events go on', async (t) => {
    const site = await openSite(t, browser());
    site.pages.absent.add(kSecond);
    const tab = await browser().open(site.address('widget.html'), 'window');
    await isUp(tab);
    await isShown(tab, 'error');
    await call(tab);
    assert.match(await outcomeOf(tab), /^products-not-loaded: Products cannot be loaded\. http.*: HTTP 404\. Put the /);
    const lines = await consoleOf(tab);
    assert.match(lines[0], /^error: \[vitrine\] Products cannot be loaded\. .* \(products-not-loaded\)/);
    assert.equal(new Set(lines).size, 1);
    await tab.run(() => shopper.click('one', 2));
    await site.arrived(2, { type: 'click' });
    site.pages.absent.delete(kSecond);
    await tab.run(() => document.querySelector('vitrine-widget').refresh());
    await isShown(tab, 'ready');
    await call(tab, 'again');
    assert.equal(await outcomeOf(tab, 'again'), 4);
  });

  test('without the script of the widgets data calls work, and one line names the file', async (t) => {
    const site = await openSite(t, browser());
    site.pages.absent.add(kWidgets);
    const tab = await browser().open(site.address('widget.html'), 'window');
    await isRunning(tab);
    await call(tab);
    assert.equal(await outcomeOf(tab), 4);
    await until(async () => (await consoleOf(tab)).length > 0, 'the line');
    const [line, ...more] = await consoleOf(tab);
    assert.ok(line.startsWith(`warn: [vitrine] ${site.address(kWidgets.slice(1))}?b=${kBuild}: `), line);
    assert.deepEqual(more, []);
  });

  for (const path of [kSecond, kThird, kWidgets])
    test(`an older ${path} in a cache is fetched again`, async (t) => {
      const site = await openSite(t, browser(), { policy: strictPolicy });
      giveTemplate(site);
      const right = built(path.slice('/dist/'.length));
      const older = Buffer.from(right.toString('latin1').replaceAll(kBuild, kOther), 'latin1');
      assert.notDeepEqual(older, right);
      site.pages.replies.set(path, ({ headers, url }) => ({
        cache: 'max-age=31536000, immutable',
        body: headers['cache-control'] === 'no-cache' || url.endsWith('&r=1') ? right : older,
      }));
      const tab = await site.open('widget.html', 'window');
      await isShown(tab, 'ready');
      assert.deepEqual(await consoleOf(tab), []);
    });

  test('a page without widgets loads the rest when it is idle, in its language', async (t) => {
    const site = await openSite(t, browser());
    const tab = await site.open('script.html', 'window');
    await asked(site, kSecond);
    const [html, refused] = await tab.run(async () => {
      const { loadProducts, renderTemplate, validateTemplate } = /** @type {any} */ (Vitrine);
      await loadProducts();
      return [renderTemplate('<b>{{a}}</b>', { a: '<' }), validateTemplate('{{#a}}').code];
    });
    assert.equal(html, '<b>&lt;</b>');
    assert.equal(refused, 'tag-unclosed');
  });

  test('templates are refused with advice before their code is there', async (t) => {
    const site = await openSite(t, browser());
    site.pages.absent.add(kWidgets);
    const tab = await browser().open(site.address('script.html'));
    await isRunning(tab);
    const error = await tab.run(() => {
      try {
        return /** @type {any} */ (Vitrine).renderTemplate('', {});
      } catch ({ code, message }) {
        return { code, message };
      }
    });
    assert.deepEqual(error, { code: 'products-not-loaded', message: 'await Vitrine.loadProducts() first' });
  });

  test('a page with built-in layouts never loads the compiler of templates', async (t) => {
    const site = await openSite(t, browser());
    const tab = await site.open('widget.html', 'window');
    await isShown(tab, 'ready');
    await tab.run(() => new Promise((resolve) => requestIdleCallback(() => setTimeout(resolve))));
    assert.deepEqual(
      site.pages.requests.filter((url) => url.includes('-templates')),
      [],
    );
  });

  test('a template in the markup is compiled in a file that is fetched beside the first one', async (t) => {
    const site = await openSite(t, browser(), { policy: strictPolicy });
    giveTemplate(site);
    const releaseFirst = site.pages.hold('/dist/vitrine-refine.wasm');
    const releaseSecond = site.pages.hold(kSecond);
    const tab = await browser().open(site.address('widget.html'), 'window');
    await asked(site, kThird);
    releaseFirst();
    await isRunning(tab);
    releaseSecond();
    await isShown(tab, 'ready');
    assert.equal(await ownCards(tab), 4);
    assert.deepEqual(await consoleOf(tab), []);
  });

  test('only widgets with an own template wait for the compiler of templates', async (t) => {
    const site = await openSite(t, browser());
    const release = site.pages.hold(kThird);
    const tab = await site.open('widget.html', 'window');
    await isShown(tab, 'ready');
    await appendOwn(tab);
    await asked(site, kThird);
    await tab.run(() => document.getElementById('own').setAttribute('heading', 'Again'));
    await call(tab);
    assert.equal(await outcomeOf(tab), 4);
    assert.equal(await ownCards(tab), 0);
    release();
    await until(async () => (await ownCards(tab)) === 4, 'cards of the own template');
    const titleOf = () => tab.run(() => document.querySelector('#own .vitrine-title')?.textContent);
    await until(async () => (await titleOf()) === 'Again', 'the new heading');
    assert.deepEqual(await consoleOf(tab), []);
    assert.deepEqual(await tab.run(() => seen.faults), []);
  });

  test('without the compiler of templates only widgets with an own template fall back, and try again', async (t) => {
    const site = await openSite(t, browser());
    site.pages.absent.add(kThird);
    giveTemplate(site);
    const tab = await browser().open(site.address('widget.html'), 'window');
    await isShown(tab, 'error');
    const [line, ...more] = await consoleOf(tab);
    assert.match(line, /^error: \[vitrine\] Products cannot be loaded\. http.*-templates\.wasm.*: HTTP 404\. Put the /);
    assert.deepEqual(more, []);
    await call(tab);
    assert.equal(await outcomeOf(tab), 4);
    await tab.run(() => shopper.click('one', 2));
    await site.arrived(2, { type: 'click' });
    site.pages.absent.delete(kThird);
    await tab.run(() => document.querySelector('vitrine-widget').refresh());
    await isShown(tab, 'ready');
    assert.equal(await ownCards(tab), 4);
  });

  test('a page that only tracks loads none of them', async (t) => {
    const site = await openSite(t, browser());
    const tab = await site.open('tracking.html');
    await tab.run(() => shopper.click('one', 2));
    await site.arrived(2, { type: 'click' });
    await tab.run(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
    assert.deepEqual(
      site.pages.requests.filter((url) => /products|templates|widgets/.test(url)),
      [],
    );
  });
});
