// node tests/browser/screenshots.mjs DIR: every page of the demo shop, whole, as on a phone and on a desk, with real
// recommendations.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startServer } from '../server/server.mjs';
import { launch } from './engine.mjs';
import { until } from './until.mjs';

const screens = {
  phone: { width: 390, height: 844, deviceScaleFactor: 2, mobile: true },
  desk: { width: 1280, height: 900, deviceScaleFactor: 1, mobile: false },
};

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('usage: node tests/browser/screenshots.mjs DIR');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });

const server = await startServer();
const browser = await launch('chromium');

const isFilled = (withPictures) =>
  document.readyState === 'complete' &&
  document.querySelector('#foot').children.length > 0 &&
  !document.querySelector('.cards-waiting') &&
  [...document.querySelectorAll('vitrine-widget')].every((widget) => widget.getAttribute('state') === 'ready') &&
  (!withPictures ||
    [...document.images].every(
      (image) => image.complete || image.hidden || image.getBoundingClientRect().left > innerWidth,
    )) &&
  document.fonts.status === 'loaded';

/** Pictures a shopper's way through the shop on one screen. */
const walk = async (name, screen) => {
  const tab = await browser.open();
  const metrics = (height) => tab.cdp('Emulation.setDeviceMetricsOverride', { ...screen, height });
  await metrics(screen.height);

  const filled = (withPictures = false) => until(() => tab.run(isFilled, withPictures), 'a filled page');
  const take = async (page) => {
    await filled();
    // As high as the page, so that pictures that wait for the scroll come too.
    await metrics(await tab.run(() => document.documentElement.scrollHeight));
    await filled(true);
    const { data } = await tab.cdp('Page.captureScreenshot', { format: 'png' });
    writeFileSync(join(folder, `${page}-${name}.png`), Buffer.from(data, 'base64'));
    await metrics(screen.height);
    console.log(`${page}-${name}.png`);
  };
  const visit = async (path, page) => {
    await tab.goto(server.url + path);
    if (page) await take(page);
    else await filled();
  };
  const follow = async (action) => {
    const before = await tab.run(() => performance.timeOrigin);
    await action();
    await until(async () => (await tab.run(() => performance.timeOrigin)) !== before, 'the next page');
  };

  await visit('/', 'home');
  await visit('/category/lighting', 'category');
  await follow(() => tab.click('#listing .card:nth-child(2) .card-link'));
  await take('product');
  await tab.click('.product-buy > .button');
  await tab.click('vitrine-widget .vitrine-item:nth-child(2) .vitrine-add');
  await visit('/search?q=lamp', 'search');
  await visit('/search?q=zebra', 'search-nothing');
  await visit('/search', 'search-empty');
  await visit('/cart', 'cart');
  await visit('/checkout', 'checkout');
  const fields = {
    email: 'ada@example.org',
    name: 'Ada Byron',
    street: 'Weidenweg 7',
    postcode: '10249',
    town: 'Berlin',
  };
  for (const [field, text] of Object.entries(fields)) await tab.type(`input[name=${field}]`, text);
  await follow(() => tab.click('#place'));
  await take('order-done');
  await visit('/cart', 'cart-empty');
  await visit('/login', 'login');
  await tab.type('input[name=email]', 'ada@example.org');
  await tab.type('input[name=name]', 'Ada');
  await follow(() => tab.click('form.fields .button'));
  await visit('/login', 'account');
  await visit('/', 'home-returning');
  await tab.click('.panel-toggle');
  await until(() => tab.run(() => document.querySelectorAll('.panel-events li').length > 3), 'events in the panel');
  const { data } = await tab.cdp('Page.captureScreenshot', { format: 'png' });
  writeFileSync(join(folder, `panel-${name}.png`), Buffer.from(data, 'base64'));
  await tab.click('.panel-close');
  await tab.cdp('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: 'dark' }] });
  await visit('/', 'home-dark');
  await visit('/product/SKU-0007', 'product-dark');
  await tab.run(() => {
    localStorage.clear();
  });
  await tab.close();
};

try {
  for (const [name, screen] of Object.entries(screens)) await walk(name, screen);
} finally {
  await browser.quit();
  await server.stop();
}
