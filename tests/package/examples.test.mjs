// Each example is installed by its lock file, built, and driven in a browser beside the demo server.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { makeFolder, removeFolder, freePort, kill, start } from '../browser/driver/processes.mjs';
import { inEachEngine } from '../browser/each_engine.mjs';
import { readStore } from '../browser/open_site.mjs';
import { until } from '../browser/until.mjs';
import { root, run } from '../../tools/steps.mjs';
import { startServer } from '../server/server.mjs';
import { installExample, runIn, serveFolder } from './example_site.mjs';

/** The longest wait for a program that starts, or for a batch of events. */
const kLongMs = 30_000;

/** Starts the demo server for a test. Resolves to its address, and access to what it stores. */
const startDemo = async (t) => {
  const server = await startServer();
  t.after(() => server.stop());
  return { url: server.url, ...readStore(server.url) };
};
const openPage = async (t, browser, url) => {
  t.after(() => browser.closeTabs());
  const tab = await browser.open(url, 'window');
  await tab.consoleLines();
  return tab;
};

/** Resolves when the widget shows four products, to their ids. */
const productsIn = (tab) =>
  until(
    () =>
      tab.run(() => {
        const widget = document.querySelector('vitrine-widget');
        const items = [...widget.querySelectorAll('[data-vitrine-item]')].map(({ dataset }) => dataset.vitrineItem);
        return widget.getAttribute('state') === 'ready' && items.length === 4 && items;
      }),
    'four products',
    kLongMs,
  );
const textOf = (tab, selector) => tab.run((css) => document.querySelector(css)?.textContent.trim(), selector);

/** Does in a shop's page what shoppers do with a widget: looks, adds to the cart, goes to another product. */
const shop = async (tab) => {
  const first = await productsIn(tab);
  await tab.click('[data-vitrine-add]');
  await until(async () => (await textOf(tab, '#cart')) === '1', 'the cart');
  await until(() => tab.run(() => !!document.querySelector('[data-vitrine-cart="added"]')), 'the button');
  assert.equal(await tab.run(() => document.querySelectorAll('[data-vitrine-quantity]').length % 4), 0);
  await tab.click('#next');
  const second = await until(async () => {
    const now = await productsIn(tab);
    return now.join() !== first.join() && now;
  }, 'the other products');
  return { first, second };
};

/** Does the same with the shop's own cards and its search. */
const shopOwn = async (tab) => {
  await until(() => tab.run(() => document.querySelectorAll('#own li').length === 3), 'three cards');
  await tab.scrollTo('#own');
  await tab.click('#own li button');
  await tab.type('#search input', 'lamp');
  await until(() => tab.run(() => document.querySelectorAll('#search li').length > 0), 'results of the search');
  await tab.click('#refresh');
};

/** Asserts what a shop's page has stored, and that its console is empty. */
const expectStored = async (demo, tab, { first, second }) => {
  const { events: served } = await until(
    async () => {
      const page = await demo.events({ type: 'itemsServed' });
      const lists = page.events.filter(({ surface }) => surface === 'widget').map(({ itemIds }) => itemIds.join());
      return lists.includes(first.join()) && lists.includes(second.join()) && page;
    },
    'both lists in the database',
    kLongMs,
  );
  const widgets = served.filter(({ surface }) => surface === 'widget');
  assert.equal(widgets.length, 2, 'each list is served once');
  const { events: added } = await demo.arrived(1, { type: 'addToCart' });
  assert.deepEqual(
    added.map(({ itemId, serveId }) => [itemId, serveId]),
    [[first[0], widgets.find(({ itemIds }) => itemIds.join() === first.join()).serveId]],
  );
  const lines = (await tab.consoleLines()).filter(({ level }) => level !== 'INFO');
  assert.deepEqual(lines, []);
};

test('each example has a lock file without addresses, pinned versions and a README', () => {
  for (const name of readdirSync(`${root}examples`, { withFileTypes: true }).filter((each) => each.isDirectory())) {
    const read = (file) => readFileSync(`${root}examples/${name.name}/${file}`, 'utf8');
    assert.doesNotMatch(read('package-lock.json'), /https?:\/\/[^"]*\.(tgz|npmjs)/);
    const { dependencies, devDependencies } = JSON.parse(read('package.json'));
    for (const version of Object.values({ ...dependencies, ...devDependencies }))
      assert.match(version, /^(\d+\.\d+\.\d+|file:\.\.\/\.\.)$/);
    assert.match(read('README.md'), /npm install/);
  }
});

inEachEngine(
  'examples',
  (_engine, browser) => {
    for (const [name, title] of [
      ['react-vite', 'React with Vite'],
      ['vue-vite', 'Vue with Vite'],
    ])
      test(`${title}: built for production, it shows, tracks, searches and fills its cart`, async (t) => {
        const demo = await startDemo(t);
        const folder = await installExample(name);
        await runIn(folder, 'vite', ['build', folder, '--logLevel', 'warn'], { VITE_DEMO_URL: demo.url });
        const cores = readdirSync(`${folder}dist/assets`).filter((file) => file.endsWith('.wasm'));
        assert.ok(
          cores.some((file) => file.startsWith('vitrine-refine-')),
          cores.join(),
        );
        const port = String(await freePort());
        const where = ['--host', '127.0.0.1', '--port', port, '--strictPort'];
        const args = [`${folder}node_modules/vite/bin/vite.js`, 'preview', folder, ...where];
        const server = start(process.execPath, args, { VITE_DEMO_URL: demo.url });
        t.after(() => kill(server));
        await until(() => server.log.includes(port), `the server (${server.log})`);
        const tab = await openPage(t, browser(), `http://127.0.0.1:${port}`);
        await productsIn(tab);
        await shopOwn(tab);
        const lists = await shop(tab);
        await expectStored(demo, tab, lists);
        const { events: clicks } = await demo.arrived(1, { type: 'click' });
        assert.equal(clicks.length, 1);
        const { events: served } = await demo.arrived(3, { type: 'itemsServed' });
        const cards = served.find(({ source }) => source === 'own cards');
        assert.deepEqual(
          [clicks[0].serveId, clicks[0].itemId, clicks[0].position],
          [cards.serveId, cards.itemIds[0], 0],
        );
        assert.ok(served.some(({ surface, query }) => surface === 'search_results' && query === 'lamp'));
        await tab.scrollTo('#own');
        await until(
          async () => {
            const [views, lists] = await Promise.all(['view', 'itemsServed'].map((type) => demo.events({ type })));
            const own = lists.events.filter(({ source }) => source === 'own cards').map(({ serveId }) => serveId);
            return views.events.some(({ serveId }) => own.includes(serveId));
          },
          'a view of a card',
          kLongMs,
        );
      });

    for (const name of ['react-vite', 'vue-vite'])
      test(`${name}: the development server shows the products, with an empty console`, async (t) => {
        const demo = await startDemo(t);
        const folder = await installExample(name);
        const port = String(await freePort());
        const where = ['--host', '127.0.0.1', '--port', port, '--strictPort'];
        const env = { VITE_DEMO_URL: demo.url };
        const server = start(process.execPath, [`${folder}node_modules/vite/bin/vite.js`, folder, ...where], env);
        t.after(() => kill(server));
        await until(() => server.log.includes(port), `the server (${server.log})`);
        const tab = await openPage(t, browser(), `http://127.0.0.1:${port}`);
        await productsIn(tab);
        await until(() => tab.run(() => document.querySelectorAll('#own li').length === 3), 'three cards');
        const { events: served } = await demo.arrived(2, { type: 'itemsServed' });
        assert.equal(served.length, 2, 'each list is served once, also in StrictMode');
        // The first visit has Vite prepare the framework, and the page loads again.
        const lines = (await tab.consoleLines()).filter(({ level }) => level !== 'INFO');
        assert.deepEqual(
          lines.filter(({ message }) => !/\[vite\]/.test(message)),
          [],
        );
      });

    test('plain HTML: the page with the script tag shows, tracks and fills its cart', async (t) => {
      const demo = await startDemo(t);
      const folder = await installExample('plain-html');
      const port = String(await freePort());
      const server = start(process.execPath, [`${folder}serve.mjs`], { PORT: port, DEMO_URL: demo.url });
      t.after(() => kill(server));
      await until(() => server.log.includes(port), `the server (${server.log})`);
      const tab = await openPage(t, browser(), `http://127.0.0.1:${port}`);
      await expectStored(demo, tab, await shop(tab));
    });

    test('e-mail job in Node: it writes a mail for each shopper, and records for whom', async (t) => {
      const demo = await startDemo(t);
      const folder = await installExample('email-node');
      const mails = await makeFolder();
      t.after(() => removeFolder(mails));
      const output = await run(process.execPath, [`${folder}job.mjs`, mails], {
        env: { ...process.env, DEMO_URL: demo.url },
      });
      assert.equal(output, 'u-1001: 4 products\nu-1002: 4 products\n');
      // The job has ended: everything must have been sent.
      const { events } = await demo.events({ type: 'itemsServed' });
      assert.deepEqual(
        events
          .map(({ surface, visitorId, userId, itemIds }) => [surface, visitorId, userId, itemIds.length])
          .toSorted(),
        [
          ['email', 'v_mail0000000001', 'u-1001', 4],
          ['email', 'v_mail0000000002', 'u-1002', 4],
        ],
      );
      const site = await serveFolder(mails);
      t.after(() => site.stop());
      for (const { userId, itemIds } of events) {
        const tab = await openPage(t, browser(), `${site.url}/${userId}.html`);
        const mail = await tab.run(() => ({
          ids: [...document.querySelectorAll('[data-vitrine-item]')].map(({ dataset }) => dataset.vitrineItem),
          links: [...document.querySelectorAll('a')].map(({ href }) => new URL(href).origin),
          controls: document.querySelectorAll('button,input,script,vitrine-widget').length,
        }));
        assert.deepEqual(mail.ids, itemIds);
        assert.deepEqual([...new Set(mail.links)], [demo.url]);
        assert.equal(mail.controls, 0);
        await tab.close();
      }
    });

    test('Next.js: server components render the products, and the browser takes them over', async (t) => {
      const demo = await startDemo(t);
      const folder = await installExample('next');
      const env = { DEMO_URL: demo.url, NEXT_TELEMETRY_DISABLED: '1' };
      await runIn(folder, 'next', ['build', folder], env);
      const port = String(await freePort());
      const server = start(
        process.execPath,
        [`${folder}node_modules/next/dist/bin/next`, 'start', folder, '-p', port, '-H', '127.0.0.1'],
        env,
      );
      t.after(() => kill(server));
      const url = `http://127.0.0.1:${port}`;
      const html = await until(async () => (await fetch(url)).text(), 'the server of Next.js', kLongMs);
      assert.equal(html.match(/data-vitrine-item="/g).length, 4);
      const { recs } = await demo.requests();
      const tab = await openPage(t, browser(), url);
      const first = await productsIn(tab);
      await until(() => tab.run(() => !!document.querySelector('vitrine-widget').refresh), 'the element');
      const { events: served } = await demo.arrived(1, { type: 'itemsServed' });
      assert.deepEqual(served[0].itemIds, first);
      // The server has asked once more for this page, and the browser not at all.
      assert.equal((await demo.requests()).recs, recs + 1);
      await expectStored(demo, tab, await shop(tab));
    });
  },
  { only: ['chromium'] },
);
