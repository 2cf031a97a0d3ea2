// node tests/browser/widget_shots.mjs DIR [TEMPLATE…]: every built-in template in every state, light and dark, from
// left to right and from right to left, as on a phone and on a desk: a picture each,
// DIR/TEMPLATE-STATE-SCREEN-LOOK.png. The products are the demo catalogue's, some of them as awkward as a shop's can
// be.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startServer } from '../server/server.mjs';
import { answering } from './answers.mjs';
import { launch } from './engine.mjs';
import { servePages } from './pages.mjs';
import { until } from './until.mjs';

const screens = {
  phone: { width: 390, height: 844, deviceScaleFactor: 1, mobile: true },
  desk: { width: 1280, height: 900, deviceScaleFactor: 1, mobile: false },
};
const looks = {
  light: ['light', 'ltr'],
  dark: ['dark', 'ltr'],
  'light-rtl': ['light', 'rtl'],
  'dark-rtl': ['dark', 'rtl'],
};
const templates = ['grid', 'carousel', 'list', 'strip', 'hero'];
const states = ['ready', 'skeleton', 'loading', 'stale', 'empty', 'error'];

const [folder, ...wanted] = process.argv.slice(2);
if (!folder) {
  console.error('usage: node tests/browser/widget_shots.mjs DIR [TEMPLATE…]');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });

// Runs in the page.
const ask = async (url) => {
  const reply = await (
    await real.call(window, `${url}/refine/recs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', REFINE_API_KEY: 'pk_demo' },
      body: JSON.stringify({
        organizationId: settings.provider.organizationId,
        catalogId: settings.provider.catalogId,
        productId: 'SKU-0007',
        topK: 8,
        includeMetadata: true,
      }),
    })
  ).json();
  for (const { metadata } of reply.results) metadata.imageUrl = new URL(metadata.imageUrl, url).href;
  const awkward = [
    {},
    { badges: ['New', 'Bestseller', 'Hand made'], originalPrice: 129 },
    {
      name: 'Donaudampfschifffahrtsgesellschaftskapitänskajütenlampe, brass, with a shade of pleated linen, 62 cm',
      brand: 'A brand whose name goes on for rather long',
    },
    { rating: undefined, brand: undefined },
    { imageUrl: undefined },
    { price: 1234567.89, originalPrice: 2345678.9 },
  ];
  awkward.forEach((change, i) => reply.results[i + 1] && Object.assign(reply.results[i + 1].metadata, change));
  window.reply = reply;
};
const fill = async (template, state, scheme, dir) => {
  const page = document.documentElement;
  Object.assign(page.style, {
    colorScheme: scheme,
    background: scheme === 'dark' ? '#111315' : '#fff',
    color: scheme === 'dark' ? '#eee' : '#111',
    font: '16px/1.5 sans-serif',
  });
  page.dir = dir;
  const count = template === 'hero' ? 1 : 8;
  const text = (products) => ({ text: JSON.stringify({ ...window.reply, results: products }) });
  const products = text(window.reply.results.slice(template === 'hero' ? 1 : 0).slice(0, count));
  const failure = { status: 404, text: '{}' };
  const waiting = new Promise(() => {});
  answers.next = {
    ready: [products],
    skeleton: [waiting],
    loading: [waiting],
    stale: [products, failure],
    empty: [text([])],
    error: [failure],
  }[state];
  document.querySelector('main').replaceChildren();
  // Another question each time: the last one may still be waiting for its answer.
  window.asked = (window.asked || 0) + 1;
  const widget = answers.put({
    template,
    'anchor-id': `SKU-${window.asked}`,
    heading: `${template[0].toUpperCase() + template.slice(1)}, ${state}`,
    'top-k': count,
    load: state === 'loading' ? null : 'eager',
  });
  widget.style.cssText = 'margin-block: 16px; padding-inline: 16px';
  if (state === 'empty' || state === 'error')
    widget.append(
      Object.assign(document.createElement('p'), {
        textContent: `${widget.getAttribute('heading')}: what the shop has put here`,
      }),
    );
  if (state === 'ready' || state === 'stale') {
    await widget.refresh();
    if (state === 'stale') await widget.refresh();
    ['added', 'failed', 'adding'].forEach((how, i) =>
      widget.querySelectorAll('[data-vitrine-add]')[i]?.setAttribute('data-vitrine-cart', how),
    );
    widget.querySelectorAll('.vitrine-link')[1]?.focus();
  }
  return new Promise((resolve) => {
    const look = () => (widget.getAttribute('state') === state ? resolve(undefined) : setTimeout(look, 20));
    look();
  });
};

const server = await startServer();
const provider = {
  name: 'refine',
  apiKey: 'pk_demo',
  organizationId: '8f14e45f-ceea-467f-9a0b-1c2d3e4f5a6b',
  catalogId: '45c48cce-2e2d-4fbd-aa1a-fc51c7c6ad26',
  apiUrl: `${server.url}/refine`,
};
const pages = await servePages({ settings: { provider }, before: answering });
const browser = await launch('chromium');
try {
  for (const [screenName, screen] of Object.entries(screens)) {
    const tab = await browser.open(`${pages.url}/blank.html`);
    await tab.cdp('Emulation.setDeviceMetricsOverride', screen);
    await until(() => tab.run(() => !!window.shopper?.isUp()), 'Vitrine in the page');
    await tab.run(ask, server.url);
    for (const template of wanted.length ? wanted : templates) {
      for (const state of states) {
        for (const [look, [scheme, dir]] of Object.entries(looks)) {
          await tab.run(fill, template, state, scheme, dir);
          await tab.run(() =>
            document
              .getAnimations()
              .filter(({ effect }) => effect.getTiming().iterations !== Infinity)
              .forEach((animation) => animation.finish()),
          );
          const height = await tab.run(
            () => Math.ceil(document.querySelector('main').getBoundingClientRect().bottom) + 16,
          );
          await tab.cdp('Emulation.setDeviceMetricsOverride', { ...screen, height });
          await until(
            () =>
              tab.run(() =>
                [...document.images].every(
                  (image) =>
                    image.complete ||
                    image.getBoundingClientRect().left > innerWidth ||
                    image.getBoundingClientRect().right < 0,
                ),
              ),
            'pictures',
          );
          const { data } = await tab.cdp('Page.captureScreenshot', { format: 'png' });
          writeFileSync(join(folder, `${template}-${state}-${screenName}-${look}.png`), Buffer.from(data, 'base64'));
        }
      }
      await tab.cdp('Emulation.setDeviceMetricsOverride', screen);
    }
    await tab.close();
  }
} finally {
  await browser.quit();
  await pages.stop();
  await server.stop();
}
