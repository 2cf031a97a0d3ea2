// npm run bench:wire [-- --json FILE]
// Measures the network traffic of a page view with each recommendation service: requests, and bytes of headers and
// bodies in both directions (replies are compressed). One shopper walks through the demo shop in Chromium, in the
// same way with all services: home, a category, a product, the cart with that product in it. Everything in view is
// shown for longer than a view needs, and all events are sent: to the service, and those that its protocol lacks to
// the shop's collector.

import { parseArgs } from 'node:util';
import { launch } from '../browser/engine.mjs';
import { until } from '../browser/until.mjs';
import { startServer } from '../server/server.mjs';
import { openRelay } from './harness/relay.mjs';
import { saveRun } from './harness/results.mjs';

const kServices = ['refine', 'depict', 'richrelevance', 'doofinder'];
const kLookMs = 1500;

const isFilled = () =>
  document.readyState === 'complete' &&
  [...document.querySelectorAll('vitrine-widget')].every((widget) =>
    ['ready', 'empty', 'error'].includes(widget.getAttribute('state')),
  );
const isSent = () => window.vitrine('events.getMetrics').queued === 0;

const isEvent = ({ path }) =>
  /\/events$|create-events|\/stats\/|apiclick|placements=(add_to_cart|purchase_complete)_page/.test(path);

/** Walks through the shop. Resolves with the number of pages seen. */
const walk = async (tab, url, service) => {
  const look = async (selector) => {
    await until(() => tab.run(isFilled), 'a filled page');
    await tab.scrollTo(selector);
    await new Promise((resolve) => setTimeout(resolve, kLookMs));
  };
  await tab.goto(`${url}/?service=${service}`);
  await look('#picks');
  await tab.goto(`${url}/category/lighting`);
  await look('#listing');
  await tab.goto(`${url}/product/SKU-0017`);
  await look('#similar');
  await tab.click('.product-buy > .button');
  await tab.goto(`${url}/cart`);
  await look('#goes-well');
  await tab.run(() => void window.vitrine('events.flush'));
  await until(() => tab.run(isSent), 'an empty queue', 20_000);
  return 4;
};

const sum = (requests, side) => requests.reduce((total, request) => total + request[side], 0);
const bytes = (count) => `${(count / 1000).toFixed(1)} kB`;

const measure = async (browser, service) => {
  // The pages name the relay's port in their Host header.
  const server = await startServer({ hosts: ['127.0.0.1'] });
  const relay = await openRelay(server.port);
  const tab = await browser.open();
  try {
    const pages = await walk(tab, relay.url, service);
    const own = relay.requests.filter(({ path, method }) => path.startsWith(`/${service}/`) && method !== 'OPTIONS');
    const sent = own.filter(isEvent);
    const asked = own.filter((request) => !isEvent(request));
    const kept = service === 'refine' ? [] : relay.requests.filter(({ path }) => path === '/refine/events');
    const per = (list) => ({
      count: list.length / pages,
      up: sum(list, 'up') / pages,
      down: sum(list, 'down') / pages,
    });
    return { service, asked: per(asked), sent: per(sent), kept: per(kept) };
  } finally {
    await tab.close();
    await relay.stop();
    await server.stop();
  }
};

const { values } = parseArgs({ options: { json: { type: 'string' } } });
const browser = await launch('chromium');
const rows = [];
try {
  console.log(`${browser.version}. For each page view, of four:\n`);
  console.log(
    '| service | data calls | sent | received | event requests | sent | received | to the collector | sent |\n' +
      '|---|---|---|---|---|---|---|---|---|',
  );
  for (const service of kServices) {
    const { asked, sent, kept } = await measure(browser, service);
    const traffic = ({ count, up, down }) => [count.toFixed(1), bytes(up), bytes(down)];
    const cells = [service, ...traffic(asked), ...traffic(sent), ...traffic(kept).slice(0, 2)];
    rows.push({
      service,
      'data calls': asked.count,
      'calls, sent': asked.up,
      'calls, received': asked.down,
      'event requests': sent.count + kept.count,
      'events, sent': sent.up + kept.up,
    });
    console.log(`| ${cells.join(' | ')} |`);
  }
  saveRun(values.json, 'wire', [{ name: 'page view', rows }]);
} finally {
  await browser.quit();
}
