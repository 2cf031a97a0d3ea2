// Reads what is left in the browser and what goes over the wire after a change of consent: the level of a page × how it
// ended × the level of the next page. Every key, database, lock, cookie, cache and request is read.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { listenOnNewPort } from '../server/ports.mjs';
import { inEachEngine } from './each_engine.mjs';
import { isUp } from './open_site.mjs';
import { servePages } from './pages.mjs';
import { until } from './until.mjs';

/** Starts a collector that refuses the events of the page before, and keeps the bodies that the next page sends. */
const startCollector = async () => {
  const collector = { bodies: [], url: '', stop: () => server.close() };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => (body += part));
    request.on('end', () => {
      const isNext = request.url === '/next';
      if (isNext) collector.bodies.push(body);
      response.writeHead(isNext ? 200 : 503, { 'access-control-allow-origin': '*' }).end('{}');
    });
  });
  collector.url = await listenOnNewPort(server);
  return collector;
};

const withGpc = `Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true });`;

/** Does everything that leaves an id somewhere. Runs in the page; returns the ids that Vitrine made. */
const leaveTraces = (word) => {
  const vitrine = window.shopper.vitrine;
  vitrine.identify(`${word}-user`);
  vitrine.getVariant('look');
  const served = { surface: 's', source: 'c', itemIds: [`${word}-item`] };
  const context = vitrine.events.trackItemsServed(served);
  context.trackClick(`${word}-item`, 0);
  context.trackAddToCart(`${word}-item`);
  const items = [{ itemId: `${word}-item`, quantity: 1 }];
  vitrine.events.trackPurchase({ orderId: `${word}-order`, value: 1, currency: 'EUR', items });
  return [vitrine.getVisitorId(), vitrine.getSessionId(), context.serveId, `${word}-user`];
};

/** Reads every place in which a page can leave something. Runs in the page. */
const readBrowser = async () => ({
  keys: Object.keys(localStorage).sort(),
  values: Object.values(localStorage).join(),
  session: Object.keys(sessionStorage),
  databases: (await indexedDB.databases()).map(({ name }) => name),
  mirror: await window.shopper.mirror(),
  locks: Object.values(await navigator.locks.query()).flatMap((list) => list.map(({ name }) => name)),
  cookies: document.cookie,
  caches: await caches.keys(),
});

const nothing = { keys: [], values: '', session: [], databases: [], mirror: '', locks: [], cookies: '', caches: [] };
const only = (key, value) => ({ ...nothing, keys: [key], values: value, databases: ['vitrine'], mirror: value });

// The next page: its configuration, what the shopper says on it, and what may be left then. Without `left` the shopper
// allows storage.
const nexts = {
  denied: { consent: 'denied', left: nothing },
  anonymous: { consent: 'anonymous', left: nothing },
  'Global Privacy Control': { before: withGpc, left: nothing },
  'setConsent("denied")': {
    consent: 'unknown',
    call: ['setConsent', 'denied'],
    left: only('vitrine:1:consent', 'denied'),
  },
  'setConsent("anonymous")': {
    consent: 'unknown',
    call: ['setConsent', 'anonymous'],
    left: only('vitrine:1:consent', 'anonymous'),
  },
  'optOut()': { consent: 'unknown', call: ['optOut'], left: only('vitrine:1:optout', '1') },
  unknown: { consent: 'unknown' },
  granted: { consent: 'granted' },
  'reset()': { call: ['reset'] },
};
const ends = ['closed', 'cached', 'killed', 'still loading'];
const levels = ['unknown', 'denied', 'anonymous', 'granted'];

inEachEngine(
  'consent matrix',
  (_engine, browser) => {
    /** Plays one cell: resolves to what the browser holds in the end, and to what the collector received. */
    const play = async ({ level, end, next, check }) => {
      const collector = await startCollector();
      const { consent = 'granted', before = '', call } = next;
      const pages = await servePages({ settings: {} });
      const configure = (path, settings, prelude) => {
        const experiments = { look: { variants: [{ name: 'a' }, { name: 'b' }] } };
        const all = { events: { url: `${collector.url}/${path}`, flushInterval: 0 }, experiments, ...settings };
        pages.replies.set('/settings.js', { body: `window.settings = ${JSON.stringify(all)};` });
        pages.replies.set('/before.js', { body: prelude });
      };
      let heir;
      const open = async () => {
        const tab = heir ?? (await browser().open());
        await tab.goto(`${pages.url}/script.html`);
        await isUp(tab);
        return tab;
      };
      let past = [];
      try {
        if (level) {
          configure('before', { consent: level }, '');
          if (end === 'still loading') {
            const release = pages.hold('/dist/vitrine-none.wasm');
            const tab = await browser().open(`${pages.url}/script.html`);
            await tab.run(() => {
              window.vitrine('identify', 'past-user');
              const items = [{ itemId: 'past-item', quantity: 1 }];
              const order = { orderId: 'past-order', value: 1, currency: 'EUR', items };
              window.vitrine('events.trackPurchase', order);
            });
            past = ['past-user'];
            await tab.close();
            release();
          } else {
            const tab = await open();
            past = await tab.run(leaveTraces, 'past');
            if (level === 'granted')
              await until(
                () => tab.run(async () => (await window.shopper.mirror()).includes('past-order')),
                'the mirror',
              );
            if (end === 'closed') await tab.close();
            if (end === 'cached') await tab.goto(`${pages.url}/away.html`);
            // Opened before, because a driver cannot open a tab from one that has crashed.
            if (end === 'killed') heir = await browser().open();
            if (end === 'killed') await tab.cdp('Page.crash').catch(() => {});
          }
        }
        configure('next', { consent }, before);
        const tab = await open();
        if (call) await tab.run(([name, ...args]) => window.shopper.vitrine[name](...args), call);
        const now = await tab.run(leaveTraces, 'now');
        const seen = async () => ({ browser: await tab.run(readBrowser), bodies: collector.bodies.join('\n') });
        await check({ seen, past, now, collector });
      } finally {
        await browser()
          .closeTabs()
          .catch(() => {}); // one has crashed
        await pages.stop();
        collector.stop();
      }
    };

    const names = (text, ids) => ids.filter((id) => text.includes(id));

    for (const [name, next] of Object.entries(nexts))
      for (const level of ['', ...levels])
        test(`${level ? `a page with ${level} consent` : 'no page'}, then ${name}`, async () => {
          for (const end of level ? ends : ends.slice(0, 1))
            await play({
              level,
              end,
              next,
              async check({ seen, past, now, collector }) {
                const cell = `${level}, ${end}, ${name}`;
                const isAnonymous = /anonymous/.test(name);
                let last;
                if (next.left) {
                  await until(async () => {
                    last = (await seen()).browser;
                    return assert.deepEqual(last, next.left) === undefined;
                  }, cell);
                  if (isAnonymous) await until(() => collector.bodies.join().includes('now-order'), cell);
                  const { bodies } = await seen();
                  if (!isAnonymous) assert.equal(bodies, '', cell);
                  // Events of before go without ids, and never together with those of this page.
                  assert.deepEqual(
                    names(bodies, [past[0], past[1], past[3], now[0], now[1], now[3]].filter(Boolean)),
                    [],
                  );
                  for (const body of collector.bodies) assert.ok(!/past-/.test(body) || !/now-/.test(body), body);
                } else if (name === 'unknown') {
                  const { browser, bodies } = await seen();
                  assert.equal(bodies, '', cell);
                  assert.deepEqual(names(browser.values + browser.mirror, now.slice(2)), [], cell);
                  if (level !== 'granted') assert.deepEqual(browser, nothing, cell);
                } else {
                  await until(async () => {
                    last = await seen();
                    return last.bodies.includes('now-order') && !/vitrine:1:j:/.test(last.browser.keys.join());
                  }, cell);
                  if (level === 'granted') await until(() => collector.bodies.join().includes('past-order'), cell);
                  if (name !== 'reset()') return;
                  await until(async () => {
                    last = (await seen()).browser;
                    return (
                      !names(last.values + last.mirror, ['past-', ...past.slice(0, 3)]).length && !last.locks.length
                    );
                  }, cell);
                  for (const body of collector.bodies) {
                    const isBefore = names(body, past.slice(0, 2)).length > 0;
                    assert.ok(!isBefore || !/now-/.test(body), body);
                  }
                }
              },
            });
        });
  },
  { only: ['chromium'] },
);
