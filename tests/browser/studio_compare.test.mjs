// Two configurations side by side at several widths: what each shows, what is measured, and the link to all of it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { buildStudioBundles } from '../../tools/studio.mjs';
import { startServer } from '../server/server.mjs';
import { inEachEngine } from './each_engine.mjs';
import { choose, codeIn, give, openStudio, settingsIn, statesAre } from './studio/open.mjs';
import { until } from './until.mjs';

let server;
before(async () => {
  await buildStudioBundles();
  server = await startServer();
});
after(() => server.stop());
const address = () => `${server.url}/preview`;

/** Resolves to what each frame shows: configuration, width inside, template, accent, and direction. */
const shownIn = (tab) =>
  tab.run(() =>
    [...document.querySelectorAll('.shown')].map((figure) => {
      const { contentWindow, contentDocument } = figure.querySelector('iframe');
      const widget = contentDocument.querySelector('vitrine-widget');
      const accent = contentDocument.documentElement.style.getPropertyValue('--vitrine-accent');
      return [figure.dataset.config, contentWindow.innerWidth, widget?.getAttribute('template'), accent].join(' ');
    }),
  );

/** Resolves to the rows of the table of measures, each by its titles, once axe-core has found all. */
const measuresIn = (tab, rows) =>
  until(
    async () => {
      const table = await tab.run(() => {
        const titles = [...document.querySelectorAll('.measures-table thead th')].map((each) => each.textContent);
        return [...document.querySelectorAll('.measures-table tbody tr')].map((row) =>
          Object.fromEntries([...row.children].map((cell, i) => [titles[i], cell.textContent])),
        );
      });
      return table.length === rows && table.every(({ Findings }) => /^\d+$/.test(Findings)) && table;
    },
    'measures of each frame',
    90_000,
  );

inEachEngine('studio with two configurations', (engine, browser) => {
  test('B begins as a copy of A, is changed alone, and the link opens both again', { timeout: 120_000 }, async (t) => {
    const tab = await openStudio(t, browser(), address(), { count: '4', '--vitrine-accent': '#7a1fa2' });
    await tab.run(() => document.querySelector('#compare').click());
    await until(async () => (await shownIn(tab)).length === 2, 'two frames');
    await statesAre(tab, /^ready$/);
    await choose(tab, 'Template', 'List');
    await until(async () => (await shownIn(tab)).some((line) => / list /.test(line)), 'a list in B');
    await choose(tab, 'Change', 'A');
    await choose(tab, 'Template', 'Carousel');
    await choose(tab, 'Width', 'Three');
    const three = ['a 320', 'a 768', 'a 1024', 'b 320', 'b 768', 'b 1024'];
    const wanted = three.map((frame) => `${frame} ${frame[0] === 'a' ? 'carousel' : 'list'} #7a1fa2`);
    await until(async () => JSON.stringify(await shownIn(tab)) === JSON.stringify(wanted), 'six frames', 60_000);
    await statesAre(tab, /^ready$/);
    const link = await tab.address();
    const other = await openStudio(t, browser(), link);
    await until(async () => JSON.stringify(await shownIn(other)) === JSON.stringify(wanted), 'the same frames', 60_000);
    assert.equal(await other.address(), link);
    const { compare, width, 'b.template': template } = await settingsIn(other);
    assert.deepEqual([compare, width, template], ['on', '320,768,1024', 'list']);
    await other.run(() => document.querySelector('#compare').click());
    await until(async () => (await shownIn(other)).length === 3, 'A alone');
    assert.ok(!(await other.address()).includes('b.'), 'no settings of B are left in the address');
  });

  test('widths of one’s own are shown together', { timeout: 60_000 }, async (t) => {
    const tab = await openStudio(t, browser(), address(), { count: '2' });
    await give(tab, 'Up to three widths', '360, 640');
    await until(
      async () => JSON.stringify((await shownIn(tab)).map((line) => line.split(' ')[1])) === '["360","640"]',
      'two widths',
    );
    assert.equal((await settingsIn(tab)).width, '360, 640');
  });

  test('each frame is measured: findings of axe-core, shift, requests, bytes and time', {
    timeout: 180_000,
  }, async (t) => {
    const weak = {
      'b.--vitrine-accent': '#cccccc',
      'b.--vitrine-card': '#ffffff',
      'b.scheme': 'light',
      'b.count': '12',
    };
    const shown = { tab: 'measures', compare: 'on', count: '2', scheme: 'light', heading: 'Ours', ...weak };
    const tab = await openStudio(t, browser(), address(), shown);
    const [a, b] = await measuresIn(tab, 2);
    assert.equal(a.Findings, '0');
    assert.equal(b.Findings, '12', 'one for each button of B');
    assert.match(await tab.run(() => document.querySelector('.findings').textContent), /B, \d+ px: color-contrast/);
    assert.equal(a.Requests, '1');
    assert.equal(b.Requests, '1');
    assert.ok(parseFloat(b.Received) > parseFloat(a.Received), `${b.Received} for 12 products, ${a.Received} for 2`);
    assert.match(a.Sent, /^0\.[1-9] kB$/);
    assert.match(a.Rendering, /^\d+ ms$/);
    assert.match(a['First products'], /^\d+ ms$/);
    // The placeholder keeps the place, as long as as many products come as were asked for.
    assert.equal(a['Moved below'], '0 px');
    assert.match(a['Layout shift'], engine === 'chromium' ? /^0\.000$/ : /^(0\.000|not by this browser)$/);

    await tab.run(() => document.querySelector('#again').click());
    await until(async () => (await measuresIn(tab, 2))[0].Requests === '2', 'a second request of A');
  });

  test('products that do not come move what follows, and the measures say so', { timeout: 120_000 }, async (t) => {
    const reply = JSON.stringify({
      status: 'success',
      serveId: 'sv_one',
      results: [{ productId: 'P-1', metadata: { name: 'Alone', price: 12, url: '/p' } }],
    });
    // The placeholder is drawn before the reply comes.
    const shown = { tab: 'measures', data: 'pasted', delay: '400', count: '12', template: 'list', reply };
    const tab = await openStudio(t, browser(), address(), shown);
    await until(
      async () => parseFloat((await measuresIn(tab, 1))[0]['Moved below']) > 50,
      'a measure of what has moved',
      30_000,
    );
  });

  test('the code is that of the configuration that is changed', { timeout: 60_000 }, async (t) => {
    const shown = { tab: 'code', compare: 'on', template: 'hero', 'b.template': 'strip' };
    const tab = await openStudio(t, browser(), address(), shown);
    assert.match(await codeIn(tab), /template="hero"/);
    await choose(tab, 'Change', 'B');
    await until(async () => /template="strip"/.test(await codeIn(tab)), 'the code of B');
  });
});
