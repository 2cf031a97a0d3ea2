// The stage of a delivery test: the demo server that stores events, an origin with test pages, and the questions a test asks of both.

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

/** What the demo server of `url` has stored, and how it is told to fail. */
export const readStore = (url) => {
  const events = (query = {}) => call(`${url}/_events?${new URLSearchParams({ limit: kMostEvents, ...query })}`);
  return {
    /** {events, total, rawDeliveries}; query as GET /_events has it. */
    events,
    /** The same, once there are at least `count`. */
    arrived: (count, query) =>
      until(async () => {
        const page = await events(query);
        return page.total >= count && page;
      }, `${count} events in the database`),
    /** Forgets them all. */
    clear: () => call(`${url}/_events`, { method: 'DELETE' }),
    /** Orders a fault (demo/server/http/faults.h). */
    fault: (order) => call(`${url}/_faults`, { method: 'POST', body: JSON.stringify(order) }),
    /** Requests so far: {events, recs, search}. */
    requests: async () => (await call(`${url}/_health`)).requests,
  };
};

/**
 * Sets a stage that is taken down with test `t`.
 * @param {import('node:test').TestContext} t
 * @param {import('./engine.mjs').Browser} browser
 * @param {object} [options]
 * @param {object} [options.events] `events` of the configuration. Default: sent 100 ms after they happen
 * @param {object | ((serverUrl: string) => object)} [options.config] the rest of it
 * @param {string} [options.before] as servePages has it
 * @param {object} [options.policy] as servePages has it
 */
export const openStage = async (t, browser, { events = { flushInterval: 100 }, config = {}, before, policy } = {}) => {
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
  // A test asks the same again and again, and means it.
  const calls = { maxAge: 0, staleWhileRevalidate: 0 };
  const pages = await servePages({
    settings: { provider, events, calls, ...(typeof config === 'function' ? config(url) : config) },
    before,
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
    serverUrl: url,
    address: (path) => `${pages.url}/${path}`,
    /** Opens a test page and waits until its Vitrine is up and the tab in front. */
    async open(path = 'script.html', type = undefined, inBrowser = browser) {
      const tab = await inBrowser.open(`${pages.url}/${path}`, type);
      await isUp(tab);
      await isVisible(tab);
      return tab;
    },
    /** Nobody listens any more: connections are refused. */
    async stopServer() {
      await server.kill();
      server = undefined;
    },
    async startServer() {
      server = await startServer({ db, port });
    },
  };
};

/** Resolves when the page has its Vitrine. */
export const isUp = (tab) => until(() => tab.run(() => !!window.shopper && shopper.isUp()), 'Vitrine in the page');

/** Resolves when the tab is in front of its window, and that on the screen. */
export const isVisible = (tab) => until(() => tab.run(() => document.visibilityState === 'visible'), 'a visible page');

/** Resolves when the page has nothing left that it could send, neither in memory nor in storage. */
export const isIdle = (tab) => until(() => tab.run(() => shopper.isIdle()), 'an empty queue');
