import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFileSync, readdirSync } from 'node:fs';
import { settle } from './doubles/clock.mjs';
import { effect } from './doubles/runtime.mjs';
import { openTab } from './doubles/tab.mjs';

const root = new URL('../../', import.meta.url);

const open = async (options) => {
  const tab = openTab(options);
  const js = tab.modules();
  const vitrine = new js.Vitrine({ provider: { name: 'refine' } });
  await settle();
  tab.disk.items.set('vitrine:1:id', '{}'); // as a core does that may store
  tab.core.calls.length = 0;
  return { ...tab, vitrine };
};

test('the core receives the facts of the page at boot', () => {
  const tab = openTab({
    navigator: { onLine: false, globalPrivacyControl: true, webdriver: true, userAgent: 'Mozilla/5.0 (X11)' },
  });
  const js = tab.modules();
  tab.page.document.visibilityState = 'hidden';
  new js.Vitrine({ provider: { name: 'refine', apiKey: 'k' }, onError() {} });
  const { seed, ...boot } = JSON.parse(tab.core.of('new')[0][1]);
  assert.match(seed, /^[0-9a-f]{32}$/);
  assert.deepEqual(boot, {
    config: { provider: { name: 'refine', apiKey: 'k' }, onError: '\0\0' },
    page: { url: 'https://shop.example/', referrer: '', title: 'Shop', viewing: '' },
    visible: 0,
    online: 0,
    gpc: 1,
    webdriver: 1,
    userAgent: 'Mozilla/5.0 (X11)',
    prerendering: 0,
    storage: 'localStorage',
    state: {},
    journals: [],
    notify: 0,
    hooks: 0,
  });
});

test('a prerendered page reports this fact, and reports when the shopper visits it', async () => {
  const tab = openTab();
  tab.page.document.prerendering = true;
  const js = tab.modules();
  new js.Vitrine({ provider: { name: 'refine' } });
  await settle();
  assert.equal(JSON.parse(tab.core.of('new')[0][1]).prerendering, 1);
  assert.deepEqual(tab.core.of('activate'), []);
  tab.fireDocument('prerenderingchange');
  assert.equal(tab.core.of('activate').length, 1);
});

test('hiding the page is reported, and the requests of the core are sent before the listener returns', async () => {
  const { core, hide, show, requests } = await open();
  core.next = effect('send', { requestId: 1, keepalive: true, timeoutMs: 1000, url: 'https://e.example/', body: 'b' });
  hide();
  assert.equal(requests.length, 1);
  show();
  await settle();
  assert.deepEqual(
    core.of('setPageState').map((call) => call.slice(1, 3)),
    [
      [0, 1],
      [1, 1],
    ],
  );
});

test('a page that leaves without a visibilitychange is hidden by its pagehide, then suspended', async () => {
  const { core, fire, hide, requests } = await open();
  core.next = effect('send', { requestId: 1, keepalive: true, timeoutMs: 1000, url: 'https://e.example/', body: 'b' });
  fire('pagehide', { persisted: false });
  assert.equal(requests.length, 1);
  hide();
  assert.deepEqual(core.names(), ['setPageState', 'suspend']);
});

test('a page in the back/forward cache is suspended once, without locks, and restored once', async () => {
  const { core, locks, fire, fireDocument, hide, show } = await open();
  core.next = effect('claim', { journalId: 'own' });
  core.on.claimed = () => {};
  fireDocument('visibilitychange');
  await settle();
  assert.deepEqual(locks.held, ['vitrine:1:j:own']);
  core.calls.length = 0;

  fire('pagehide', { persisted: true });
  hide();
  fireDocument('freeze');
  await settle();
  assert.deepEqual(core.names(), ['setPageState', 'suspend']);
  assert.deepEqual(locks.held, []);

  fireDocument('resume');
  show();
  fire('pageshow', { persisted: true });
  await settle();
  assert.deepEqual(core.names().slice(2), ['restore', 'storageChanged', 'setPageState', 'setPageState']);
  assert.deepEqual(core.of('setPageState').at(-1).slice(1, 3), [1, 1]);
});

test('a claim whose lock arrives after the page was suspended does not keep the lock', async () => {
  const { core, locks, fire } = await open();
  core.next = effect('claim', { journalId: 'own' });
  fire('pagehide', { persisted: true });
  await settle();
  assert.deepEqual(locks.held, []);
  assert.equal(core.of('claimed').length, 0);
});

test('a first pageshow restores nothing', async () => {
  const { core, fire } = await open();
  fire('pageshow', { persisted: false });
  assert.deepEqual(core.names(), []);
});

test('a frozen tab is suspended and resumed', async () => {
  const { core, fireDocument, hide } = await open();
  hide();
  fireDocument('freeze');
  fireDocument('resume');
  await settle();
  assert.deepEqual(core.names(), ['setPageState', 'suspend', 'restore', 'storageChanged', 'setPageState']);
});

test('a page that is hidden or left reports that a script has cleared the storage', async () => {
  for (const leave of [({ hide }) => hide(), ({ fire }) => fire('pagehide', { persisted: false })]) {
    const tab = await open();
    tab.page.localStorage.clear();
    leave(tab);
    assert.deepEqual(tab.core.of('storageChanged')[0].slice(1, 3), ['', '']);
    assert.ok(tab.core.names().indexOf('storageChanged') < tab.core.names().indexOf('setPageState'));
  }
});

test('going offline and online is reported', async () => {
  const { core, page, fire } = await open();
  page.navigator.onLine = false;
  fire('offline');
  page.navigator.onLine = true;
  fire('online');
  assert.deepEqual(
    core.of('setPageState').map((call) => call[2]),
    [0, 1],
  );
});

test("other tabs' writes of shared keys are reported with the current value, other keys are not", async () => {
  const { core, disk, fire } = await open();
  disk.items.set('vitrine:1:id', 'last');
  for (const key of ['vitrine:1:id', 'vitrine:1:j:abc:0', 'vitrine:1:l:abc', 'vitrine:1:early', 'cart'])
    fire('storage', { key, newValue: 'x' });
  disk.items.clear();
  fire('storage', { key: 'vitrine:1:id', newValue: null });
  fire('storage', { key: null, newValue: null });
  assert.deepEqual(
    core.of('storageChanged').map((call) => call.slice(1, 3)),
    [
      ['vitrine:1:id', 'last'],
      ['vitrine:1:id', ''],
      ['', ''],
    ],
  );
});

test('a restored page reports keys that were written or removed meanwhile, before anything is drained', async () => {
  const { core, disk, fire, hide } = await open();
  disk.items.set('vitrine:1:id', 'old').set('vitrine:1:optout', '1');
  fire('pagehide', { persisted: true });
  hide();
  disk.items.set('vitrine:1:id', 'new').delete('vitrine:1:optout');
  core.calls.length = 0;
  fire('pageshow', { persisted: true });
  assert.deepEqual(
    core.calls.map((call) => call.slice(0, -1)),
    [
      ['restore'],
      ['storageChanged', 'vitrine:1:id', 'new'],
      ['storageChanged', 'vitrine:1:optout', ''],
      ['setPageState', 0, 1],
      [],
    ],
  );
});

test('a navigation within the page is reported before the next event that carries the address', async () => {
  const { core, page, vitrine } = await open();
  vitrine.events.trackPurchase({});
  page.location.href = 'https://shop.example/cart';
  vitrine.events.trackItemsServed({ itemIds: [] });
  vitrine.events.trackItemsServed({ itemIds: [] });
  assert.deepEqual(core.names(), ['shopEvent', 'navigate', 'serve', 'serveId', 'serve', 'serveId']);
  assert.deepEqual(core.of('navigate')[0][1], 'https://shop.example/cart');
});

test('there is no listener for unload or beforeunload', () => {
  for (const folder of ['js/', 'js/ports/', 'widget/'])
    for (const name of readdirSync(new URL(folder, root)))
      if (name.endsWith('.ts'))
        assert.doesNotMatch(
          readFileSync(new URL(folder + name, root), 'utf8'),
          /['"`](before)?unload['"`]|on(before)?unload/,
          name,
        );
});
