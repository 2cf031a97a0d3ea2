// Where the studio's replies come from: a live endpoint with the shop's own keys, which stay in the page, and the
// switches that make the network slow and the service fail.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { buildStudioBundles } from '../../tools/studio.mjs';
import { startServer } from '../server/server.mjs';
import { inEachEngine } from './each_engine.mjs';
import { readStore } from './open_site.mjs';
import { choose, codeIn, give, openStudio, settingsIn, statesAre } from './studio/open.mjs';
import { until } from './until.mjs';

let server;
let shop;
before(async () => {
  await buildStudioBundles();
  // The second one is a service on another origin.
  [server, shop] = await Promise.all([startServer(), startServer()]);
});
after(() => Promise.all([server.stop(), shop.stop()]));

const address = () => `${server.url}/preview`;
const kSecret = 'pk_demo';

/** The fields of each service for the second demo server, and the path of its API. */
const accounts = {
  refine: { apiKey: kSecret, organizationId: 'org-of-a-shop', catalogId: 'catalogue-of-a-shop' },
  depict: { tenant: 'osier', market: 'eu', config: 'front_page' },
  richrelevance: { apiKey: 'rr_demo_site', apiClientKey: 'rr_demo_client', config: 'home_page.picks' },
  doofinder: { hashid: 'de8f052ea612f95b6950d4013dd6ef38', config: '5f3e0000-0000-4000-8000-000000000002' },
};

/** Types into the fields of the account. */
const typeKeys = (tab, keys) =>
  tab.run((fields) => {
    for (const [name, value] of Object.entries(fields)) {
      const field = document.querySelector(`[data-key="${name}"]`);
      field.value = value;
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }
  }, keys);

/** Resolves to everything that the browser has stored for the studio, and to its history's state. */
const storedIn = (tab) =>
  tab.run(async () => {
    const databases = (await indexedDB.databases?.()) ?? [];
    const caches = self.caches ? await self.caches.keys() : [];
    return JSON.stringify([
      { ...localStorage },
      { ...sessionStorage },
      document.cookie,
      databases,
      caches,
      history.state,
      window.name,
    ]);
  });

inEachEngine('data of the studio', (_engine, browser) => {
  for (const [service, keys] of Object.entries(accounts))
    test(`a live endpoint of ${service} replies with the shop’s keys, which are in the code and nowhere else`, {
      timeout: 120_000,
    }, async (t) => {
      const tab = await openStudio(t, browser(), address(), { service, tab: 'code', count: '3' });
      const before = (await readStore(shop.url).requests()).recs;
      await choose(tab, 'Data', 'Live');
      await until(() => tab.run(() => !!document.querySelector('[data-key]')), 'the fields of the account');
      assert.match(await tab.run(() => document.querySelector('#missing-keys').textContent), /^Still needed: /);
      await statesAre(tab, /^error$/);
      assert.match(await tab.run(() => document.querySelector('#status').textContent), /needs your account: /);
      await typeKeys(tab, { ...keys, apiUrl: `${shop.url}/${service}` });
      await until(
        async () => (await readStore(shop.url).requests()).recs > before,
        'a request at the endpoint',
        30_000,
      );
      await statesAre(tab, /^ready$/);
      assert.equal(await tab.run(() => document.querySelector('#missing-keys').textContent), '');

      const values = [...Object.values(keys), shop.url];
      const code = await codeIn(tab);
      for (const value of values) assert.ok(code.includes(value), `${value} in\n${code}`);
      const [link, stored] = [decodeURIComponent(await tab.address()), await storedIn(tab)];
      for (const value of values) {
        assert.ok(!link.includes(value), `${value} in the address ${link}`);
        assert.ok(!stored.includes(value), `${value} in the storage ${stored}`);
      }
      assert.equal((await settingsIn(tab)).data, 'live');
      // Keys are gone with the page.
      await tab.reload();
      await until(() => tab.run(() => document.querySelector('[data-key]')?.value === ''), 'empty fields', 30_000);
      assert.match(await codeIn(tab), service === 'depict' ? /YOUR_TENANT/ : /YOUR_/);
    });

  test('a live endpoint stores no event of the studio', { timeout: 60_000 }, async (t) => {
    const tab = await openStudio(t, browser(), address(), { data: 'live', tab: 'wire' }, { isReady: false });
    await until(() => tab.run(() => !!document.querySelector('[data-key]')), 'the fields of the account');
    await typeKeys(tab, { ...accounts.refine, apiUrl: `${shop.url}/refine` });
    await until(
      () => tab.run(() => [...document.querySelectorAll('.wire-kind')].some((kind) => kind.textContent === 'event')),
      'an event',
      30_000,
    );
    assert.deepEqual((await readStore(shop.url).events({ service: 'refine' })).events, []);
  });

  const faults = {
    'Replies 500': { state: /^error$/, wire: /HTTP 500/ },
    'Never replies': { state: /^error$/, wire: /abort|time/i },
    Offline: { state: /^error$/, wire: /offline/ },
  };
  for (const [fault, { state, wire }] of Object.entries(faults))
    test(`the switch “${fault}” makes the service fail`, { timeout: 60_000 }, async (t) => {
      const tab = await openStudio(t, browser(), address(), { tab: 'wire' });
      const { value } = await tab.run(
        (name) =>
          [...document.querySelectorAll('option')].find((option) => option.textContent === name) && {
            value: [...document.querySelectorAll('option')].find((option) => option.textContent === name).value,
          },
        fault,
      );
      await give(tab, 'The service', value);
      await statesAre(tab, state);
      assert.equal((await settingsIn(tab)).fault, value);
      const log = await tab.run(() => document.querySelector('.wire').textContent);
      assert.match(log, wire);
      assert.match(await tab.run(() => document.querySelector('#canvas').contentDocument.body.textContent), /fallback/);
      await give(tab, 'The service', 'none');
      await statesAre(tab, /^ready$/);
    });

  test('a slow reply shows the skeleton first, and a service that is slow once is fast when it is asked again', {
    timeout: 60_000,
  }, async (t) => {
    const tab = await openStudio(t, browser(), address(), { fault: 'recovers', tab: 'wire' }, { isReady: false });
    await statesAre(tab, /^skeleton$/);
    await statesAre(tab, /^ready$/);
    await tab.run(() => document.querySelector('#again').click());
    const times = () =>
      tab.run(() =>
        [...document.querySelectorAll('.wire li')]
          .filter((each) => each.querySelector('.wire-kind').textContent === 'reply')
          .map((each) => Number(/(\d+) ms/.exec(each.textContent)[1])),
      );
    const [slow, fast] = await until(async () => {
      const all = await times();
      return all.length === 2 && all;
    }, 'a second reply');
    assert.ok(slow >= 4000 && fast < slow, `${slow} ms, then ${fast} ms`);
    await give(tab, 'The service', 'none');
    await give(tab, 'Delay of each reply', '1500');
    await statesAre(tab, /^skeleton$/);
    await statesAre(tab, /^ready$/);
    assert.equal((await settingsIn(tab)).delay, '1500');
  });
});
