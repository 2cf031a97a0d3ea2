// Hooks of plugins in a real page: what the collector stores is what the hooks have made of each event.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answering } from './answers.mjs';
import { inEachEngine } from './each_engine.mjs';
import { addList, settled } from './items.mjs';
import { isVisible, openSite } from './open_site.mjs';
import { until } from './until.mjs';

/** Adds the hooks of `hooks`, the text of an object, to the configuration. `window.told` is for what they note. */
const withHooks = (hooks) => `${answering}
  window.told = [];
  let settings;
  Object.defineProperty(window, 'settings', {
    get: () => settings,
    set: (given) => (settings = { ...given, ...(${hooks}) }),
  });`;

const open = async (t, browser, hooks, options = {}) => {
  const site = await openSite(t, browser, { before: withHooks(hooks), ...options });
  return { site, tab: await site.open('blank.html', 'window') };
};
const toldBy = (tab) => tab.run(() => /** @type {any} */ (window).told);
/** Records an event and waits until it is stored: from then on the page has the lock of its journal. */
const storedEvent = async (tab, name) => {
  await tab.run((given) => shopper.vitrine.events.track(given), name);
  const isStored = (given) => Object.values(localStorage).some((value) => value.includes(`"${given}"`));
  await until(() => tab.run(isStored, name), 'the event in storage');
};
const order = { orderId: 'o-1', value: 5, currency: 'EUR', items: [{ itemId: 'a', quantity: 1 }] };

inEachEngine('plugins', (_engine, browser) => {
  test('a hook sees every kind of event, whoever causes it, and what it adds is stored', async (t) => {
    const hooks = `{ beforeTrack: (event) => { told.push(event.type); event.shop = 'north'; } }`;
    const { site, tab } = await open(t, browser(), hooks, { config: { autoTrack: true } });
    await addList(tab, 'list', 1);
    await tab.run(async (purchase) => {
      answers.next = [{ text: answers.slate(2) }];
      document.addEventListener('vitrine:add-to-cart', ({ detail }) => detail.waitUntil(Promise.resolve()));
      document.addEventListener('click', (event) => event.preventDefault());
      const widget = answers.put({});
      await widget.refresh();
      widget.querySelector('[data-vitrine-add]').click();
      shopper.vitrine.events.trackPurchase(purchase);
      shopper.vitrine.identify('user-1');
    }, order);
    await tab.press('vitrine-widget a');
    await until(async () => {
      const { events } = await site.events({ type: 'view' });
      return events.some(({ source }) => source === 'list') && events.some(({ source }) => source !== 'list');
    }, 'views of the list and of the widget');
    const of = await settled(site, tab);
    for (const type of ['pageView', 'itemsServed', 'view', 'click', 'addToCart', 'purchase', 'identify']) {
      assert.ok(of(type).length, type);
      for (const event of of(type)) assert.equal(event.shop, 'north', type);
    }
    const types = await toldBy(tab);
    const { total } = await site.events();
    assert.equal(types.length, total);
  });

  test('changed, dropped, broken and thrown: each event is stored once and as it should be', async (t) => {
    const hooks = `{
      beforeTrack(event) {
        told.push([event.type, event.name]);
        if (event.name === 'change') { event.properties.n++; event.visitorId = 'v_other'; }
        if (event.name === 'drop') return false;
        if (event.name === 'throw') { event.properties.n = 99; throw new Error('mine'); }
        if (event.name === 'break') return { ...event, name: '' };
        if (event.name === 'again') shopper.vitrine.events.track('again', { n: 7 });
      },
      onError: ({ code }) => told.push(code),
    }`;
    const { site, tab } = await open(t, browser(), hooks);
    const dropped = await tab.run(() => {
      for (const name of ['change', 'drop', 'throw', 'break', 'again']) shopper.vitrine.events.track(name, { n: 1 });
      return shopper.vitrine.events.getMetrics().dropped;
    });
    const custom = (await settled(site, tab))('custom');
    const visitor = await tab.run(() => shopper.vitrine.getVisitorId());
    assert.deepEqual(custom.map(({ name, properties: { n } }) => `${name} ${n}`).toSorted(), [
      'again 1',
      'again 7',
      'break 1',
      'change 2',
      'throw 1',
    ]);
    for (const { visitorId } of custom) assert.equal(visitorId, visitor);
    assert.equal(dropped.hook, 1);
    assert.deepEqual(
      (await toldBy(tab)).filter((one) => one === 'plugin-failed'),
      ['plugin-failed', 'plugin-failed'],
    );
  });

  test('a page that is being hidden has stored what its hooks made of an event before the listener ends', async (t) => {
    const hooks = `{ beforeTrack: (event) => { event.shop = 'north'; } }`;
    const { tab } = await open(t, browser(), hooks, { events: { flushInterval: 3_600_000, batchSize: 1000 } });
    await tab.run(() => shopper.vitrine.events.pause());
    await storedEvent(tab, 'first');
    const stored = await tab.run(() => {
      Object.defineProperty(Document.prototype, 'visibilityState', { get: () => 'hidden', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
      shopper.vitrine.events.track('last');
      return Object.entries(localStorage).filter(([key, value]) => key.includes(':j:') && /"last".*north/.test(value))
        .length;
    });
    assert.equal(stored, 1);
  });

  test('an event is in storage one task after the call, with a hook as without', async (t) => {
    const { tab } = await open(t, browser(), '{ beforeTrack() {} }', { events: { flushInterval: 3_600_000 } });
    await storedEvent(tab, 'first');
    const stored = await tab.run(async () => {
      shopper.vitrine.events.track('soon');
      await Promise.resolve();
      await Promise.resolve();
      return Object.values(localStorage).some((value) => value.includes('"soon"'));
    });
    assert.equal(stored, true);
  });

  test('onConsent reports the consent of the start and changes by any way, another tab among them', async (t) => {
    const hooks = `{ plugins: [{ name: 'levels', onConsent: (level) => told.push(level) }] }`;
    const { site, tab } = await open(t, browser(), hooks);
    const other = await site.open('blank.html', 'window');
    const levels = (wanted) => until(async () => (await toldBy(tab)).join() === wanted, wanted);
    await levels('granted');
    await tab.run(() => shopper.vitrine.setConsent('anonymous'));
    await levels('granted,anonymous');
    await other.run(() => shopper.vitrine.optOut());
    await levels('granted,anonymous,denied');
    await tab.run(() => shopper.vitrine.optIn());
    await levels('granted,anonymous,denied,anonymous');
    await isVisible(other);
  });

  test('onSend reports each request, with the events that the collector stores', async (t) => {
    const hooks = `{ onSend: ({ url, body, method }) => told.push([method, url, body]) }`;
    const { site, tab } = await open(t, browser(), hooks);
    await tab.run(() => shopper.vitrine.events.track('sent'));
    await settled(site, tab);
    const { events } = await site.events();
    const bodies = (await toldBy(tab)).flatMap(([, , body]) => JSON.parse(body).events);
    assert.deepEqual(bodies.map(({ eventId }) => eventId).toSorted(), events.map(({ eventId }) => eventId).toSorted());
    const [[method, url]] = await toldBy(tab);
    assert.deepEqual([method, url.startsWith(site.serverUrl)], ['POST', true]);
  });

  test('a plugin that is added by the stub sees the events from there on', async (t) => {
    const { site, tab } = await open(t, browser(), '{}');
    await tab.run(() => {
      const plugin = { name: 'later', beforeTrack: (event) => void (event.later = true) };
      shopper.vitrine.events.track('before');
      /** @type {any} */ (window).vitrine('use', plugin);
      shopper.vitrine.events.track('after');
    });
    const custom = (await settled(site, tab))('custom');
    assert.deepEqual(custom.map(({ name, later = false }) => [name, later]).toSorted(), [
      ['after', true],
      ['before', false],
    ]);
  });
});
