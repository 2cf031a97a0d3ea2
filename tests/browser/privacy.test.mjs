// Without consent: no key, no database, no request.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEachEngine } from './each_engine.mjs';
import { expectClicks, expectQuiet } from './expect.mjs';
import { isIdle, isUp, openSite } from './open_site.mjs';

const kTwenty = 21;

const click = (tab, name) => tab.run((word) => void shopper.click(word, 20), name);

/** Does everything that makes a page send or store: waits, flushes, hides the page. */
const provoke = async (tab) => {
  await click(tab, 'private');
  const flushed = await tab.run(() => shopper.vitrine.events.flush());
  await tab.minimize();
  await tab.resize(900, 700);
  return flushed;
};

/** Resolves to the page's stored data and its requests to other origins. */
const traces = (tab) =>
  tab.run(async () => ({
    keys: shopper.keys(),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    cookies: document.cookie,
    requests: performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .filter((name) => !name.startsWith(location.origin) && !name.startsWith('data:')),
  }));

const nothing = { keys: [], databases: [], cookies: '', requests: [] };
const withGpc = `
  const property = { get: () => true, configurable: true };
  Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', property);`;

inEachEngine('privacy', (_engine, browser) => {
  test('denied: no key, no database, no request', async (t) => {
    const site = await openSite(t, browser(), { config: { consent: 'denied' } });
    const tab = await site.open('script.html', 'window');
    assert.deepEqual(await provoke(tab), { delivered: 0, remaining: 0 });
    assert.deepEqual(await traces(tab), nothing);
    assert.equal((await site.requests()).events, 0);
    assert.equal((await tab.run(() => shopper.vitrine.events.getMetrics())).dropped.consent, kTwenty);
    await expectQuiet(tab);
  });

  test('Global Privacy Control counts as denied, until the shopper says otherwise', async (t) => {
    const site = await openSite(t, browser(), { before: withGpc });
    const tab = await site.open('script.html', 'window');
    await provoke(tab);
    assert.deepEqual(await traces(tab), nothing);
    assert.equal((await site.requests()).events, 0);
    assert.equal(await tab.run(() => shopper.vitrine.getConsent()), 'denied');
    await tab.run(() => shopper.vitrine.setConsent('granted'));
    await click(tab, 'allowed');
    expectClicks(await site.arrived(kTwenty), 'allowed', 20);
  });

  test('unknown: events wait in memory for the decision, and leave no trace meanwhile', async (t) => {
    const site = await openSite(t, browser(), { config: { consent: 'unknown' } });
    const tab = await site.open('script.html', 'window');
    assert.deepEqual(await provoke(tab), { delivered: 0, remaining: kTwenty, reason: 'consent' });
    assert.deepEqual(await traces(tab), nothing);
    assert.equal((await site.requests()).events, 0);
    await tab.run(() => shopper.vitrine.setConsent('granted'));
    expectClicks(await site.arrived(kTwenty), 'private', 20);
    assert.deepEqual(await tab.run(() => shopper.keys().includes('vitrine:1:id')), true);
    await expectQuiet(tab);
  });

  test('anonymous: events without ids, and nothing stored', async (t) => {
    const site = await openSite(t, browser(), { config: { consent: 'anonymous' } });
    const tab = await site.open('script.html', 'window');
    await provoke(tab);
    const page = await site.arrived(kTwenty);
    expectClicks(page, 'private', 20);
    for (const event of page.events)
      for (const id of ['visitorId', 'sessionId', 'userId']) assert.equal(event[id] ?? null, null);
    const { keys, databases, cookies } = await traces(tab);
    assert.deepEqual({ keys, databases, cookies }, { keys: [], databases: [], cookies: '' });
    await expectQuiet(tab);
  });

  test('withdrawn consent removes every key but its own, and all waiting events', async (t) => {
    const site = await openSite(t, browser());
    const tab = await site.open('script.html', 'window');
    await site.stopServer();
    await click(tab, 'regretted');
    await tab.run(() => shopper.vitrine.setConsent('denied'));
    await provoke(tab);
    assert.deepEqual(await tab.run(() => shopper.keys()), ['vitrine:1:consent']);
    await site.startServer();
    assert.deepEqual(await tab.run(() => shopper.vitrine.events.flush()), { delivered: 0, remaining: 0 });
    await isIdle(tab);
    assert.equal((await site.events()).total, 0);
  });

  test('optOut() survives the page and every setConsent(), and optIn() ends it', async (t) => {
    const site = await openSite(t, browser());
    const tab = await site.open('script.html', 'window');
    await tab.run(() => shopper.vitrine.optOut());
    await tab.reload();
    await isUp(tab);
    await tab.run(() => shopper.vitrine.setConsent('granted'));
    await provoke(tab);
    assert.deepEqual((await traces(tab)).keys.sort(), ['vitrine:1:consent', 'vitrine:1:optout']);
    assert.equal((await site.requests()).events, 0);
    await tab.run(() => shopper.vitrine.optIn());
    await click(tab, 'again');
    expectClicks(await site.arrived(kTwenty), 'again', 20);
    assert.deepEqual((await traces(tab)).keys.includes('vitrine:1:optout'), false);
  });

  test('addresses are stored and sent without personal data', async (t) => {
    const site = await openSite(t, browser());
    const tab = await site.open(
      'script.html?q=lamp&email=ann%40example.com&token=abc123&ref=bob@example.org',
      'window',
    );
    await click(tab, 'scrubbed');
    const { events } = await site.arrived(kTwenty);
    const { url } = events.find(({ type }) => type === 'itemsServed');
    assert.equal(url, site.address('script.html?q=lamp'));
    assert.doesNotMatch(JSON.stringify(events), /example|abc123/);
  });
});
