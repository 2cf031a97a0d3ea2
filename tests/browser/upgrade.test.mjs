// A shop deploys this version over 0.2.2: what pages of 0.2.2 have stored in the browser is delivered once, and the
// shopper stays the same. stored/0.2.2.json has the bytes that three pages of 0.2.2 left while their collector could
// not be reached: two with their journals, and one whose core never came.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inEachEngine } from './each_engine.mjs';
import { isUp, openSite } from './open_site.mjs';

const kStored = readFileSync(new URL('stored/0.2.2.json', import.meta.url), 'utf8');
/** The first time in the file, in epoch milliseconds. */
const kFirstMs = 1795962372566;
const kShopper = { visitorId: 'v_00sjf3zkqdch0m3h1ne85bxp', userId: 'user_1' };

/** Returns what was stored, as if it had been stored a minute ago: events expire. */
const storedNow = () => {
  const shift = Date.now() - 60_000 - kFirstMs;
  const { local, idb } = JSON.parse(kStored.replace(/\b1795962\d{6}\b/g, (time) => String(+time + shift)));
  return { local, rows: idb.vitrine.stores.segments.rows };
};

/** Fills the storage of a site's origin. */
const fill = async (site, browser, { local, rows }) => {
  site.pages.replies.set('/empty.html', { body: '<!doctype html><title>Empty</title>' });
  const tab = await browser.open(site.address('empty.html'));
  await tab.run(
    async (local, rows) => {
      for (const [key, value] of Object.entries(local)) localStorage.setItem(key, value);
      const database = await new Promise((resolve, reject) => {
        const opening = indexedDB.open('vitrine', 1);
        opening.onupgradeneeded = () => opening.result.createObjectStore('segments');
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = reject;
      });
      const writing = database.transaction('segments', 'readwrite');
      for (const [key, value] of rows) writing.objectStore('segments').put(value, key);
      await new Promise((resolve) => (writing.oncomplete = resolve));
      database.close();
    },
    local,
    rows,
  );
  return tab;
};

/** Ids of the events in the journals. */
const idsIn = (texts) => texts.flatMap((text) => Array.from(text.matchAll(/"eventId":"(\w+)"/g), ([, id]) => id));
const journalsOf = (local) =>
  Object.entries(local)
    .filter(([key]) => key.startsWith('vitrine:1:j:'))
    .map(([, text]) => text);

inEachEngine('an upgrade from 0.2.2', (_engine, browser) => {
  test('queued events, and calls that waited for a core, are delivered once; the shopper is the same', async (t) => {
    const site = await openSite(t, browser());
    const stored = storedNow();
    const ids = idsIn(journalsOf(stored.local));
    assert.equal(ids.length, 8);
    const tab = await fill(site, browser(), stored);
    await tab.goto(site.address('script.html'));
    await isUp(tab);
    await site.arrived(3, { type: 'purchase' });
    await site.arrived(ids.length + 1);
    const { events, rawDeliveries } = await site.events();
    for (const id of ids) assert.equal(events.filter(({ eventId }) => eventId === id).length, 1, id);
    assert.deepEqual(
      events
        .filter(({ type }) => type === 'purchase')
        .map(({ orderId }) => orderId)
        .toSorted(),
      ['order-1', 'order-2', 'order-3'],
    );
    assert.equal(rawDeliveries, events.length);
    assert.equal(await tab.run(() => shopper.vitrine.getVisitorId()), kShopper.visitorId);
    assert.equal(await tab.run(() => shopper.vitrine.getUserId()), kShopper.userId);
  });

  test('orders that were counted stay counted, and a click still leads to its order', async (t) => {
    const site = await openSite(t, browser());
    const tab = await fill(site, browser(), storedNow());
    await tab.goto(site.address('script.html'));
    await isUp(tab);
    await site.arrived(3, { type: 'purchase' });
    await tab.run(() => {
      const order = { value: 19, currency: 'EUR', items: [{ itemId: 'sku-2', quantity: 2, unitPrice: 9.5 }] };
      shopper.vitrine.events.trackPurchase({ orderId: 'order-1', ...order });
      shopper.vitrine.events.trackPurchase({ orderId: 'order-4', ...order });
    });
    const { events } = await site.arrived(4, { type: 'purchase' });
    assert.equal(events.filter(({ orderId }) => orderId === 'order-1').length, 1);
    const { items } = events.find(({ orderId }) => orderId === 'order-4');
    assert.match(JSON.stringify(items), /sv_0p5ptxxjbgpbe874jmm69mdm/);
  });

  test('events whose localStorage was lost are delivered from the mirror', async (t) => {
    const site = await openSite(t, browser());
    const { local, rows } = storedNow();
    const tab = await fill(site, browser(), { local: { 'vitrine:1:id': local['vitrine:1:id'] }, rows });
    const ids = idsIn(rows.map(([, text]) => text));
    assert.equal(ids.length, 8);
    await tab.goto(site.address('script.html'));
    await isUp(tab);
    await site.arrived(2, { type: 'purchase' });
    await site.arrived(ids.length);
    const { events } = await site.events();
    for (const id of ids) assert.equal(events.filter(({ eventId }) => eventId === id).length, 1, id);
  });
});
