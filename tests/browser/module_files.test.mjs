// The npm module in a browser: its core comes from files beside it. Tests which files it loads, and what happens
// without them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEachEngine } from './each_engine.mjs';
import { openSite } from './open_site.mjs';
import { until } from './until.mjs';

const kPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>By import</title>
<link rel="icon" href="data:,">
<script src="/watch.js"></script>
<script src="/settings.js"></script>
<script src="/shopper.js"></script>
<script type="module" src="/page.js"></script>`;

const kStart = `
import { defineWidget, loadVitrine } from '/dist/module.js';
shopper.vitrine = await loadVitrine(settings);
defineWidget();`;

/** Opens a page with this module, whose `shopper.vitrine` is the Vitrine. */
const show = async (site, browser, module) => {
  site.pages.replies.set('/page.html', { body: kPage });
  site.pages.replies.set('/page.js', { body: module, type: 'text/javascript' });
  const tab = await browser.open(site.address('page.html'), 'window');
  await until(() => tab.run(() => !!shopper.vitrine), 'Vitrine');
  return tab;
};
const filesOf = (site) =>
  site.pages.requests.filter((url) => /^\/dist\/.*(wasm|core)/.test(url)).map((url) => url.slice('/dist/'.length));
const consoleOf = (tab) => tab.run(() => seen.console);
const countResults = (tab) =>
  tab.run(async () => (await shopper.vitrine.recs.forVisitor({ configId: 'home', topK: 4 })).results.length);

inEachEngine('the npm module and its files', (_engine, browser) => {
  test('events need the file with the one service; the first data call loads the other one', async (t) => {
    const site = await openSite(t, browser());
    const tab = await show(site, browser(), kStart);
    await tab.run(() => shopper.click('one', 2));
    await site.arrived(2, { type: 'click' });
    assert.deepEqual(filesOf(site), ['vitrine-refine.wasm']);
    assert.equal(await countResults(tab), 4);
    assert.deepEqual(filesOf(site), ['vitrine-refine.wasm', 'vitrine-refine-products.wasm']);
    assert.deepEqual(await consoleOf(tab), []);
  });

  test('own templates need a third file; before it the functions for templates say what to do', async (t) => {
    const site = await openSite(t, browser());
    const module = `${kStart}
import * as all from '/dist/module.js';
shopper.templates = all;`;
    const tab = await show(site, browser(), module);
    const [codes, after] = await tab.run(async () => {
      const { loadProducts, renderTemplate, validateTemplate, renderWidget } = Reflect.get(shopper, 'templates');
      const codeOf = (run) => {
        try {
          return run();
        } catch ({ code, message }) {
          return `${code}: ${message}`;
        }
      };
      const calls = [
        () => renderTemplate('<b>{{a}}</b>', { a: '<' }),
        () => validateTemplate('{{#a}}').code,
        () => renderWidget({ results: [] }),
      ];
      const codes = calls.map(codeOf);
      await loadProducts();
      return [codes, calls.map(codeOf)];
    });
    assert.deepEqual(codes, Array(3).fill('products-not-loaded: await loadProducts() first'));
    assert.deepEqual(after, ['<b>&lt;</b>', 'tag-unclosed', '']);
    const names = ['', '-products', '-templates'].map((part) => `vitrine-refine${part}.wasm`);
    assert.deepEqual(filesOf(site), names);
    assert.deepEqual(await consoleOf(tab), []);
  });

  test('without a service, and for tracking alone, the smaller files are loaded', async (t) => {
    const site = await openSite(t, browser(), { config: (url) => ({ provider: undefined, events: { url } }) });
    await show(site, browser(), kStart);
    const kTracking = `
import { loadVitrine } from '/dist/module-tracking.js';
shopper.vitrine = await loadVitrine(settings);`;
    await show(site, browser(), kTracking);
    assert.deepEqual(filesOf(site), ['vitrine-none.wasm', 'vitrine-tracking-none.wasm']);
  });

  test('two services in one page need the core with all of them', async (t) => {
    const site = await openSite(t, browser());
    const module = `
import { loadCore, Vitrine } from '/dist/module.js';
await loadCore();
shopper.vitrine = new Vitrine(settings);
shopper.other = new Vitrine({ provider: { name: 'depict', merchant: 'm', market: 'se', locale: 'sv-SE' } });`;
    const tab = await show(site, browser(), module);
    assert.deepEqual(filesOf(site), ['vitrine.wasm']);
    assert.equal(await countResults(tab), 4);
    assert.deepEqual(
      (await consoleOf(tab)).filter((line) => line.includes('unknown-provider')),
      [],
    );
  });

  test('where the files are missing, the core in a module runs, and one line says what to do', async (t) => {
    const site = await openSite(t, browser());
    for (const file of ['vitrine-refine.wasm', 'vitrine.wasm']) site.pages.absent.add(`/dist/${file}`);
    const tab = await show(site, browser(), kStart);
    assert.equal(await countResults(tab), 4);
    const [line, ...more] = await consoleOf(tab);
    assert.match(
      line,
      /^warn: \[vitrine\] .*vitrine-refine\.wasm: HTTP 404\. .*import 'vitrine\/inline'.*core-not-loaded/,
    );
    assert.deepEqual(more, []);
  });

  test('where nothing can be loaded, calls are refused and nothing throws', async (t) => {
    const site = await openSite(t, browser());
    for (const file of ['vitrine-refine.wasm', 'vitrine.wasm', 'core-2.js']) site.pages.absent.add(`/dist/${file}`);
    const tab = await show(site, browser(), kStart);
    const code = await tab.run(() => shopper.vitrine.recs.forVisitor({}).catch(({ code }) => code));
    assert.equal(code, 'core-stopped');
    const lines = await consoleOf(tab);
    assert.equal(lines.length, 1, lines.join('\n'));
    assert.match(lines[0], /core-not-loaded/);
  });

  test('a constructor before the core is there says what to do', async (t) => {
    const site = await openSite(t, browser());
    const tab = await show(
      site,
      browser(),
      "import { Vitrine } from '/dist/module.js'; shopper.vitrine = new Vitrine(settings);",
    );
    const [line] = await consoleOf(tab);
    assert.match(
      line,
      /await loadCore\(\) or loadVitrine\(config\) first, or import 'vitrine\/inline'.*\(core-not-loaded\)/,
    );
    assert.deepEqual(filesOf(site), []);
  });
});
