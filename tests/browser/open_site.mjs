// The set-up of a browser test: the demo server that stores events, and an origin with test pages.

import { join } from 'node:path';
import { startServer } from '../server/server.mjs';
import { makeFolder, removeFolder } from './driver/processes.mjs';
import { servePages } from './pages.mjs';
import { until } from './until.mjs';

const kMostEvents = 10_000;

const call = async (url, request) => {
  const reply = await fetch(url, request);
  if (!reply.ok) throw new Error(`${url}: ${reply.status} ${await reply.text()}`);
  return reply.json();
};

/** Access to the events of the demo server at `url`, and to its faults. */
export const readStore = (url) => {
  const events = (query = {}) =>
    call(`${url}/_events?${new URLSearchParams({ limit: String(kMostEvents), ...query })}`);
  return {
    /** Resolves to {events, total, rawDeliveries}. `query`: the parameters of GET /_events. */
    events,
    /** Waits until at least `count` events match, and resolves to the same. */
    arrived: (count, query) =>
      until(async () => {
        const page = await events(query);
        return page.total >= count && page;
      }, `${count} events in the database`),
    /** Removes all events. */
    clear: () => call(`${url}/_events`, { method: 'DELETE' }),
    /** Orders a fault (demo/server/http/faults.h). */
    fault: (order) => call(`${url}/_faults`, { method: 'POST', body: JSON.stringify(order) }),
    /** Resolves to the numbers of requests so far: {events, recs, search}. */
    requests: async () => (await call(`${url}/_health`)).requests,
  };
};

/**
 * Sets up a site, which is removed after test `t`.
 * @param {Pick<import('node:test').TestContext, 'after'>} t
 * @param {import('./engine.mjs').Browser} browser
 * @param {object} [options]
 * @param {object} [options.events] `events` of the configuration. Default: sent after 100 ms
 * @param {object | ((serverUrl: string) => object)} [options.config] the rest of it
 * @param {string} [options.before] see servePages
 * @param {string} [options.library] see servePages
 * @param {object} [options.policy] see servePages
 */
export const openSite = async (
  t,
  browser,
  { events = { flushInterval: 100 }, config = {}, before, library, policy } = {},
) => {
  const folder = await makeFolder();
  const db = join(folder, 'events.db');
  let server = await startServer({ db });
  const { port, url } = server;
  const provider = {
    name: 'refine',
    apiKey: 'pk_demo',
    organizationId: '8f14e45f-ceea-467f-9a0b-1c2d3e4f5a6b',
    catalogId: '45c48cce-2e2d-4fbd-aa1a-fc51c7c6ad26',
    apiUrl: `${url}/refine`,
  };
  // Tests repeat the same call and want a request each time, so replies are not cached.
  const calls = { maxAge: 0, staleWhileRevalidate: 0 };
  const settings = { provider, events, calls, ...(typeof config === 'function' ? config(url) : config) };
  const pages = await servePages({
    settings,
    before,
    library,
    policy,
  });
  t.after(async () => {
    await browser.closeTabs().catch(() => {}); // the test may have killed it
    await pages.stop();
    await server?.stop();
    await removeFolder(folder);
  });

  return {
    ...readStore(url),
    pages,
    settings,
    serverUrl: url,
    address: (path) => `${pages.url}/${path}`,
    /** Opens a test page and waits until Vitrine is up and the tab is visible. */
    async open(path = 'script.html', type = undefined, inBrowser = browser) {
      const tab = await inBrowser.open(`${pages.url}/${path}`, type);
      await isUp(tab);
      await isVisible(tab);
      return tab;
    },
    /** Stops the server: connections are refused. */
    async stopServer() {
      await server.kill();
      server = undefined;
    },
    async startServer() {
      server = await startServer({ db, port });
    },
  };
};

/** Resolves when Vitrine is up in the page. */
export const isUp = (tab) => until(() => tab.run(() => !!window.shopper && shopper.isUp()), 'Vitrine in the page');

/** Resolves when the tab is visible. */
export const isVisible = (tab) => until(() => tab.run(() => document.visibilityState === 'visible'), 'a visible page');

/** Resolves when the page has no unsent events in memory or storage. */
export const isIdle = (tab) => until(() => tab.run(() => shopper.isIdle()), 'an empty queue');
