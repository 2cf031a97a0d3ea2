// A page loads the core with the one service that its configuration names, and never a file of another build.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { root } from '../../tools/steps.mjs';
import { startServer } from '../server/server.mjs';
import { inEachEngine } from './each_engine.mjs';
import { strictPolicy } from './pages.mjs';
import { isUp, openSite } from './open_site.mjs';
import { until } from './until.mjs';

const built = (name) => readFileSync(`${root}dist/${name}`);
const kServices = ['refine', 'depict', 'richrelevance', 'doofinder'];
const kOther = '00000000';
/** Returns the build of a core: the name of the last section of its wasm files. */
const buildOf = (core) => built(`${core}.wasm`).subarray(-8).toString();
const kBuild = buildOf('vitrine');
/** The script of another build. */
const kOtherScript = built('vitrine.js').toString().replaceAll(kBuild, kOther);
const kForEver = 'max-age=31536000, immutable';

/** Returns the demo's account at a service, whose server is at `url`. */
const accountAt = (url, service) => {
  const window = /** @type {any} */ ({});
  const location = { origin: url, search: '' };
  runInNewContext(readFileSync(`${root}demo/shop/scripts/services.js`, 'utf8'), { window, location });
  return JSON.parse(JSON.stringify(window.osierServices.accounts[service] ?? { name: service }));
};

const order = (orderId) => ({ orderId, value: 10, currency: 'EUR', items: [{ itemId: 'a', quantity: 1 }] });
const wasmOf = (requests) => requests.filter((path) => path.includes('.wasm'));
const firstOf = (requests) => wasmOf(requests).filter((path) => !path.includes('-products'));
const filesOf = (requests) => requests.filter((path) => /\.wasm|-core\.js/.test(path));
const consoleOf = (tab) => tab.run(() => seen.console);
const runtimeOf = (tab) => tab.run(() => shopper.vitrine.events.getMetrics().runtime);
const ordered = (site, orderId) =>
  until(
    async () => (await site.events({ type: 'purchase' })).events.some((event) => event.orderId === orderId),
    `the order ${orderId}`,
  );
/** Makes page.html: script.html with a purchase in front of the script. */
const writePage = ({ pages }, orderId) => {
  const html = readFileSync(`${root}tests/browser/pages/script.html`, 'utf8');
  pages.replies.set('/early.js', { body: `vitrine('events.trackPurchase', ${JSON.stringify(order(orderId))})` });
  pages.replies.set('/page.html', {
    body: html.replace('<script async', '<script src="/early.js"></script>\n<script async'),
  });
};

let server;
before(async () => (server = await startServer()));
after(() => server?.stop());

inEachEngine('one service per file', (_engine, browser) => {
  for (const service of kServices) {
    test(`the demo shop with ${service} loads the core with this service only, and shows its products`, async (t) => {
      const tab = await browser().open(`${server.url}/?service=${service}`, 'window');
      t.after(() => browser().closeTabs());
      const products = () => document.querySelectorAll('vitrine-widget [data-vitrine-item]').length;
      await until(async () => (await tab.run(products)) > 0, 'products');
      const loaded = () => tab.run(() => performance.getEntriesByType('resource').map(({ name }) => name));
      await until(async () => wasmOf(await loaded()).length > 1, 'both files');
      assert.deepEqual(
        wasmOf(await loaded()).toSorted(),
        ['-products', ''].map((half) => `${server.url}/dist/vitrine-${service}${half}.wasm?b=${kBuild}`),
      );
    });
  }

  for (const [page, core] of [
    ['script.html', 'vitrine'],
    ['tracking.html', 'vitrine-tracking'],
  ])
    for (const service of [...kServices, 'none', undefined]) {
      test(`${core}.js with the provider ${service} loads one core, which delivers the events`, async (t) => {
        const site = await openSite(t, browser(), {
          config: (url) => ({
            provider: service && accountAt(url, service),
            events: { url: `${url}/refine/events`, acknowledge: true },
          }),
          policy: {},
        });
        const tab = await site.open(page);
        const { remaining } = await tab.run(() => {
          shopper.click('one', 3);
          return shopper.vitrine.events.flush();
        });
        assert.equal(remaining, 0);
        await site.arrived(3, { type: 'click' });
        const halves = core === 'vitrine' ? ['', '-products'] : [''];
        const files = halves.map((half) => `/dist/${core}-${service ?? 'none'}${half}.wasm?b=${buildOf(core)}`);
        // The second file is loaded when the page is idle.
        await until(() => filesOf(site.pages.requests).length === files.length, 'all files');
        assert.deepEqual(filesOf(site.pages.requests), files);
        assert.deepEqual(await consoleOf(tab), []);
      });
    }

  test('if the file is missing, the one with all services runs, and one line says so', async (t) => {
    const site = await openSite(t, browser());
    site.pages.absent.add('/dist/vitrine-refine.wasm');
    writePage(site, 'missing');
    const tab = await browser().open(site.address('page.html'));
    await isUp(tab);
    await until(async () => (await consoleOf(tab)).length > 0, 'the line');
    const address = site.address(`dist/vitrine-refine.wasm?b=${kBuild}`);
    assert.deepEqual(await consoleOf(tab), [
      `warn: [vitrine] ${address}: HTTP 404. Put the files of one version beside the script, ` +
        'or name them in data-wasm and data-core. Until then Vitrine loads a larger file. ' +
        '(core-not-loaded)',
    ]);
    assert.equal(await runtimeOf(tab), 'wasm');
    await ordered(site, 'missing');
  });

  test('a Vitrine of another service names the file that it needs, and its events wait for that file', async (t) => {
    const site = await openSite(t, browser(), { policy: {} });
    const depict = accountAt(site.serverUrl, 'depict');
    const tab = await site.open('script.html');
    const outcome = await tab.run(
      (provider, purchase) => {
        const second = new Vitrine({ provider });
        second.events.trackPurchase(purchase);
        return second.events.flush();
      },
      depict,
      order('waits'),
    );
    assert.deepEqual(outcome, { delivered: 0, remaining: 1, reason: 'no-service' });
    assert.deepEqual(await consoleOf(tab), [
      'error: [vitrine] provider.name is "depict", which this core lacks, and nothing is sent. Name a file with all ' +
        'services in data-wasm: vitrine.wasm or vitrine-tracking.wasm. (unknown-provider)',
    ]);
    const all = { ...site.settings, provider: depict };
    site.pages.replies.set('/settings.js', { body: `window.settings = ${JSON.stringify(all)};` });
    site.pages.replies.set('/page.html', {
      body: readFileSync(`${root}tests/browser/pages/script.html`, 'utf8').replace(
        '<script async',
        '<script data-wasm="/dist/vitrine.wasm"',
      ),
    });
    await tab.goto(site.address('page.html'));
    await ordered(site, 'waits');
    assert.equal(firstOf(site.pages.requests).at(-1), '/dist/vitrine.wasm');
    assert.deepEqual(await consoleOf(tab), []);
  });
});

inEachEngine('versions of files', (_engine, browser) => {
  for (const [file, runtime, policy] of /** @type {const} */ ([
    ['vitrine-refine.wasm', 'wasm', strictPolicy],
    ['vitrine-core.js', 'wasm2js', { ...strictPolicy, 'script-src': "'self'" }],
  ]))
    test(`an older ${file} in the cache is fetched again once, and the right one stays in the cache`, async (t) => {
      const site = await openSite(t, browser(), { policy });
      const right = built(file);
      const older = Buffer.from(right.toString('latin1').replaceAll(kBuild, kOther), 'latin1');
      assert.notDeepEqual(older, right);
      // A cache between browser and server has the older file until it is asked to fetch it again.
      site.pages.replies.set(`/dist/${file}`, ({ headers, url }) => ({
        cache: kForEver,
        body: headers['cache-control'] === 'no-cache' || url.endsWith('&r=1') ? right : older,
      }));
      const path = `/dist/${file}?b=${kBuild}`;
      const again = file.endsWith('.js') ? `${path}&r=1` : path;
      const isFile = (url) => url.includes(`/${file}?`);
      for (const name of ['first', 'second']) {
        writePage(site, name);
        const tab = await browser().open(site.address('page.html'));
        await isUp(tab);
        assert.equal(await runtimeOf(tab), runtime);
        assert.deepEqual(await consoleOf(tab), []);
        await ordered(site, name);
        assert.deepEqual(site.pages.requests.filter(isFile), [path, again], `${name}: the second page asks nobody`);
        await tab.close();
      }
    });

  test('a deploy between the script and its files: no core runs, and the next page makes the calls', async (t) => {
    const site = await openSite(t, browser());
    site.pages.replies.set('/dist/vitrine.js', { body: kOtherScript });
    writePage(site, 'deploy');
    const tab = await browser().open(site.address('page.html'));
    await until(async () => (await consoleOf(tab)).length > 0, 'the line');
    const [line, ...more] = await consoleOf(tab);
    assert.deepEqual(more, []);
    assert.match(line, /^error: \[vitrine\] the core is not running \(/);
    for (const file of ['vitrine-refine.wasm', 'vitrine.wasm', 'vitrine-core.js'])
      assert.ok(line.includes(`/dist/${file}?b=${kOther}: not the core of this version`), line);
    assert.deepEqual(await tab.run(() => seen.faults), []);
    // The reload gets the script of the deploy.
    site.pages.replies.delete('/dist/vitrine.js');
    site.pages.requests.length = 0;
    await tab.goto(site.address('script.html'));
    await isUp(tab);
    await ordered(site, 'deploy');
    assert.deepEqual(firstOf(site.pages.requests), [`/dist/vitrine-refine.wasm?b=${kBuild}`]);
  });

  test("texts carry the build, and the script's own query stays in front of it", async (t) => {
    const site = await openSite(t, browser());
    const html = readFileSync(`${root}tests/browser/pages/script.html`, 'utf8')
      .replace('lang="en"', 'lang="de"')
      .replace('vitrine.js', 'vitrine.js?v=2');
    site.pages.replies.set('/page.html', { body: html });
    const tab = await browser().open(site.address('page.html'));
    await isUp(tab);
    for (const file of ['vitrine-refine.wasm', 'vitrine-refine-products.wasm', 'vitrine-widgets.js', 'strings/de.json'])
      await until(() => site.pages.requests.includes(`/dist/${file}?v=2&b=${kBuild}`), file);
    await tab.close();
  });
});
