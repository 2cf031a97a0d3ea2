// node tests/browser/widget_shots.mjs DIR: every built-in template in every state that shows something, light and dark, from left to right
// and from right to left, as on a phone and on a desk, with the demo catalogue's products.

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
const looks = { light: ['light', 'ltr'], dark: ['dark', 'ltr'], 'light-rtl': ['light', 'rtl'], 'dark-rtl': ['dark', 'rtl'] };
const templates = ['grid', 'carousel', 'list', 'strip', 'hero'];

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('usage: node tests/browser/widget_shots.mjs DIR');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });

// Runs in the page: one widget of each template, one below the other, in this state.
const fill = async (names, state, scheme, dir, url) => {
  const page = document.documentElement;
  Object.assign(page.style, { colorScheme: scheme, background: scheme === 'dark' ? '#111315' : '#fff', color: scheme === 'dark' ? '#eee' : '#111', font: '16px/1.5 sans-serif' });
  page.dir = dir;
  const reply = await (
    await real.call(window, `${url}/refine/recs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', REFINE_API_KEY: 'pk_demo' },
      body: JSON.stringify({ organizationId: settings.provider.organizationId, catalogId: settings.provider.catalogId, productId: 'SKU-0007', topK: 8, includeMetadata: true }),
    })
  ).json();
  for (const { metadata } of reply.results) metadata.imageUrl = new URL(metadata.imageUrl, url).href;
  const few = (count) => ({ text: JSON.stringify({ ...reply, results: reply.results.slice(0, count) }) });
  answers.next = state === 'skeleton' ? [new Promise(() => {})] : names.map((template) => few(template === 'hero' ? 1 : 8));
  document.querySelector('main').replaceChildren();
  const widgets = names.map((template) => answers.put({ template, heading: `${template}, ${state}`, 'top-k': template === 'hero' ? 1 : 8, style: null }));
  widgets.forEach((widget) => (widget.style.cssText = 'margin-block: 24px; padding-inline: 16px'));
  if (state === 'ready') {
    await Promise.all(widgets.map((widget) => widget.refresh()));
    widgets.forEach((widget) => widget.querySelector('[data-vitrine-add]')?.setAttribute('data-vitrine-cart', 'added'));
    widgets[0].querySelectorAll('.vitrine-link')[1]?.focus();
  } else while (widgets.some((widget) => widget.getAttribute('state') !== state)) await new Promise((resolve) => setTimeout(resolve, 50));
};

const server = await startServer();
const provider = { name: 'refine', apiKey: 'pk_demo', organizationId: '8f14e45f-ceea-467f-9a0b-1c2d3e4f5a6b', catalogId: '45c48cce-2e2d-4fbd-aa1a-fc51c7c6ad26', apiUrl: `${server.url}/refine` };
const pages = await servePages({ settings: { provider }, before: answering });
const browser = await launch('chromium');
try {
  for (const [screenName, screen] of Object.entries(screens)) {
    const tab = await browser.open(`${pages.url}/blank.html`);
    await tab.cdp('Emulation.setDeviceMetricsOverride', screen);
    await until(() => tab.run(() => !!window.shopper?.isUp()), 'Vitrine in the page');
    for (const state of ['ready', 'skeleton']) {
      for (const [look, [scheme, dir]] of Object.entries(looks)) {
        await tab.run(fill, templates, state, scheme, dir, server.url);
        const height = await tab.run(() => document.documentElement.scrollHeight);
        await tab.cdp('Emulation.setDeviceMetricsOverride', { ...screen, height });
        await until(() => tab.run(() => [...document.images].every((image) => image.complete || image.getBoundingClientRect().left > innerWidth || image.getBoundingClientRect().right < 0)), 'pictures');
        const { data } = await tab.cdp('Page.captureScreenshot', { format: 'png' });
        writeFileSync(join(folder, `widgets-${state}-${look}-${screenName}.png`), Buffer.from(data, 'base64'));
        await tab.cdp('Emulation.setDeviceMetricsOverride', screen);
      }
    }
    await tab.close();
  }
} finally {
  await browser.quit();
  await pages.stop();
  await server.stop();
}
