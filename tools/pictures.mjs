// npm run pictures [-- widget|overlay ...]: the pictures of the documentation, taken from the built package in the demo
// shop by Chromium: docs/pictures/widget.png (a widget on a product page) and docs/pictures/overlay.png (the debug
// overlay). Needs `npm run build`, the demo server and the pictures of the catalogue, as `npm start` makes them.

import { mkdirSync, writeFileSync } from 'node:fs';
import { launch } from '../tests/browser/engine.mjs';
import { until } from '../tests/browser/until.mjs';
import { startServer } from '../tests/server/server.mjs';
import { root } from './steps.mjs';

const folder = `${root}docs/pictures`;
const kWidth = 1200;
/** A README is loaded often, so its pictures must stay small. */
const kMostBytes = 200_000;

/** Resolves when all of the page's pictures and fonts in view are there. Runs in the page. */
const isFilled = () =>
  document.readyState === 'complete' &&
  document.fonts.status === 'loaded' &&
  !!document.querySelector('vitrine-widget') &&
  [...document.querySelectorAll('vitrine-widget')].every((widget) => widget.getAttribute('state') === 'ready') &&
  [...document.images].every(
    (image) => image.complete || image.hidden || image.getBoundingClientRect().top > innerHeight,
  );

const open = async (browser, address, height) => {
  const tab = await browser.open();
  await tab.cdp('Emulation.setDeviceMetricsOverride', { width: kWidth, height, deviceScaleFactor: 1, mobile: false });
  await tab.cdp('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: 'light' }] });
  await tab.goto(address);
  await until(() => tab.run(isFilled), 'a filled page');
  return tab;
};

const save = async (tab, name, options = {}) => {
  const { data } = await tab.cdp('Page.captureScreenshot', { format: 'png', optimizeForSpeed: false, ...options });
  const bytes = Buffer.from(data, 'base64');
  if (bytes.length > kMostBytes) throw Error(`${name} has ${bytes.length} bytes; ${kMostBytes} are allowed`);
  writeFileSync(`${folder}/${name}`, bytes);
  console.log(`  docs/pictures/${name}  ${bytes.length}`);
};

/** By name: takes one picture. */
const pictures = {
  /** A widget on a product page: its heading and its first row, as wide as the window. */
  async widget(browser, url) {
    const tab = await open(browser, `${url}/product/SKU-0007`, 900);
    await tab.scrollTo('vitrine-widget');
    await until(() => tab.run(isFilled), 'the products of the widget');
    const clip = await tab.run(() => {
      // The parts of the shop that float over the page would cover the widget.
      for (const part of document.querySelectorAll('body *'))
        if (/fixed|sticky/.test(getComputedStyle(part).position)) /** @type {any} */ (part).style.visibility = 'hidden';
      const { top } = document.querySelector('vitrine-widget').getBoundingClientRect();
      const { bottom } = document.querySelector('.vitrine-item').getBoundingClientRect();
      const margin = 24;
      return { x: 0, y: top + scrollY - margin, width: innerWidth, height: bottom - top + 2 * margin, scale: 1 };
    });
    await save(tab, 'widget.png', { clip, captureBeyondViewport: true });
  },
  /** The debug overlay, open in the demo shop after the shopper has looked around. */
  async overlay(browser, url) {
    const tab = await open(browser, `${url}/product/SKU-0007?vitrine_debug=1`, 640);
    await tab.cdp('Accessibility.enable');
    await tab.cdp('DOM.enable');
    // The overlay is in a closed shadow root: only the accessibility tree tells what is there.
    const names = async () => {
      const { nodes } = await tab.cdp('Accessibility.getFullAXTree');
      return nodes.filter(({ ignored }) => !ignored).map(({ role, name }) => `${role?.value} ${name?.value}`);
    };
    const has = (pattern) => until(async () => (await names()).some((name) => pattern.test(name)), `${pattern}`);
    const missing =
      'The demo shop shows no debug overlay at ?vitrine_debug=1: the picture needs a build with vitrine-debug';
    await has(/debug overlay of vitrine/i).catch(() => {
      throw Error(missing);
    });
    await tab.run(() => void window.vitrine('debug.open'));
    await has(/^region debug overlay/i).catch(() => {
      throw Error(`${missing}, and vitrine('debug.open') must open it`);
    });
    await until(
      () => tab.run(() => window.vitrine('events.getMetrics').sent > 0),
      'events that were sent, so that the overlay has something to show',
    );
    const { nodes } = await tab.cdp('Accessibility.getFullAXTree');
    const events = nodes.find(({ role, name }) => role?.value === 'tab' && name?.value === 'Events');
    const { model } = await tab.cdp('DOM.getBoxModel', { backendNodeId: events.backendDOMNodeId });
    const [left, top, , , right, bottom] = model.content;
    for (const type of ['mousePressed', 'mouseReleased'])
      await tab.cdp('Input.dispatchMouseEvent', {
        ...{ type, button: 'left', clickCount: 1 },
        ...{ x: (left + right) / 2, y: (top + bottom) / 2 },
      });
    await has(/itemsServed/);
    await save(tab, 'overlay.png');
  },
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in pictures));
if (unknown.length) {
  console.error(`there is no picture ${unknown.join(', ')}; there are ${Object.keys(pictures).join(', ')}`);
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const server = await startServer();
const browser = await launch('chromium');
try {
  for (const [name, take] of Object.entries(pictures))
    if (!wanted.length || wanted.includes(name)) await take(browser, server.url);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await browser.quit();
  await server.stop();
}
