// The replay page in tests: a session that is recorded in the demo shop, and what the page shows.

import { readFileSync } from 'node:fs';
import { until } from './until.mjs';

const packageUrl = new URL('../../package.json', import.meta.url);
/** The version of the package. */
export const { version } = JSON.parse(readFileSync(packageUrl, 'utf8'));

/**
 * Records a session on a page of the demo shop: products in a widget are seen, one is added to the cart, the shopper is
 * identified and buys an order, which the shop tracks twice.
 * @param {import('./engine.mjs').Browser} browser
 * @param {string} url the demo server
 * Resolves to the `text` of the session and the `live` state of the page at its end.
 */
export const recordSession = async (browser, url) => {
  const tab = await browser.open();
  const stored = async () => (await (await fetch(`${url}/_events?limit=1000`)).json()).events;
  const has = (type, count = 1) =>
    until(
      async () => (await stored()).filter((event) => event.type === type).length >= count,
      `stored: ${type}`,
      30_000,
    );
  await tab.goto(`${url}/product/SKU-0007?record`);
  await until(
    () => tab.run(() => document.querySelector('vitrine-widget')?.getAttribute('state') === 'ready'),
    'a filled widget',
  );
  await tab.scrollTo('vitrine-widget');
  await has('view', 2);
  await tab.click('vitrine-widget .vitrine-item:nth-child(1) .vitrine-add');
  await tab.run(() => {
    const order = {
      orderId: 'order-77',
      value: 49.9,
      currency: 'EUR',
      items: [{ itemId: 'SKU-0007', quantity: 1, unitPrice: 49.9 }],
    };
    window.vitrine('identify', 'user-1');
    window.vitrine('events.trackPurchase', order);
    window.vitrine('events.trackPurchase', order);
  });
  await has('purchase');
  await until(
    () => tab.run(() => !localStorage.length || window.vitrine('events.getMetrics').queued === 0),
    'no queue',
  );
  const live = await tab.run(async () => {
    await new Promise((resolve) => setTimeout(resolve));
    const read = (name) => window.vitrine(name);
    return {
      visitor: read('getVisitorId'),
      session: read('getSessionId'),
      user: read('getUserId'),
      consent: read('getConsent'),
      metrics: read('events.getMetrics'),
      storage: Object.fromEntries(
        Object.entries(localStorage).filter(([key]) => key.startsWith('vitrine:1:') && !key.startsWith('vitrine:1:l:')),
      ),
      text: read('debug.trace'),
    };
  });
  await tab.close();
  return { text: live.text, live };
};

/** Opens the replay page of a server. */
export const openReplay = async (browser, url, hash = '') => {
  const tab = await browser.open();
  await showReplay(tab, `${url}/preview/replay.html${hash}`);
  return tab;
};

/** Loads the replay page anew, and waits until its script has run. */
export const showReplay = async (tab, address) => {
  await tab.goto('about:blank');
  await tab.goto(address);
  await until(() => tab.run(() => document.querySelectorAll('#groups input').length > 0), 'the page');
};

/** Waits until a session is shown. */
export const isOpen = (tab) =>
  until(() => tab.run(() => document.querySelectorAll('.row').length > 0), 'an open session');

/** Opens the text of a session by the field for pasted text. */
export const openText = async (tab, text) => {
  await tab.run((given) => {
    document.querySelector('#paste').value = given;
    document.querySelector('#paste-open').click();
  }, text);
  await isOpen(tab);
};

/** The number of the step that is shown. */
export const positionOf = (tab) => tab.run(() => Number(document.querySelector('#slider').value));

/** Goes to a step by the slider. */
export const goTo = (tab, index) =>
  tab.run((at) => {
    const slider = document.querySelector('#slider');
    slider.value = at;
    slider.dispatchEvent(new Event('input'));
  }, index);

/** The text of everything that is shown of a step. */
export const shownOf = async (tab) => {
  await until(() => tab.run(() => document.querySelector('#session-id').textContent !== '…'), 'the session id');
  return tab.run(() => document.querySelector('#panel-input').textContent);
};

/** The state that the page shows, in the form of the live state. */
export const stateOf = async (tab) => {
  await until(() => tab.run(() => document.querySelector('#session-id').textContent !== '…'), 'the session id');
  return tab.run(() => {
    const fact = (name) => {
      const text = document.querySelector(`[data-fact=${name}] code`).textContent;
      return text === 'none' ? null : text;
    };
    const metric = (name) => document.querySelector(`[data-metric="${name}"] code`)?.textContent;
    for (const part of document.querySelectorAll('#storage details')) part.open = true;
    return {
      visitor: fact('visitor'),
      session: fact('session'),
      user: fact('user'),
      consent: fact('consent'),
      keys: [...document.querySelectorAll('#storage [data-key]')].map(({ dataset }) => dataset.key),
      queued: metric('queued'),
      sent: metric('sent'),
      failed: metric('failed'),
      duplicate: metric('dropped.duplicate'),
    };
  });
};
