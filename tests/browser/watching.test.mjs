// Pages whose elements are named like members that Vitrine reads, whose clock, timers, promises and observers were
// replaced, and that write a new document: watching them works as on other pages, and its faults stay inside.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEachEngine } from './each_engine.mjs';
import { addList, ids, pause, settled } from './items.mjs';
import { openSite } from './open_site.mjs';
import { until } from './until.mjs';

// Without Trusted Types, because the shop's own code writes HTML.
const policy = { 'default-src': "* 'unsafe-inline' 'unsafe-eval' data:" };
const tracked = (before = '') => ({ config: { autoTrack: true }, before, policy });

/** Names that Vitrine reads of the document, of elements, and of the window where it may be absent. */
const names = `
  const names = ['body', 'title', 'referrer', 'visibilityState', 'readyState', 'head', 'documentElement', 'baseURI',
    'querySelector', 'querySelectorAll', 'addEventListener', 'removeEventListener', 'dispatchEvent', 'createElement',
    'defaultView', 'prerendering', 'host', 'matches', 'closest', 'getAttribute', 'getRootNode', 'isConnected',
    'ownerDocument', 'shadowRoot', 'localName', 'nodeType', 'contains', 'parentNode', 'tagName', 'dataset',
    'hasAttribute', 'navigation', 'trustedTypes', 'history', 'location', 'localStorage', 'performance', 'crypto',
    'indexedDB', 'customElements', 'navigator', 'fetch', 'IntersectionObserver', 'MutationObserver', 'scheduler'];`;

const namedElements = `(() => { ${names}
  const root = document.documentElement;
  for (const tag of ['img', 'form', 'embed'])
    for (const name of names) {
      const element = Document.prototype.createElement.call(document, tag);
      element.id = element.name = name;
      element.style = 'width: 0; height: 0';
      root.append(element);
    }
})();`;

inEachEngine('watching', (_engine, browser) => {
  test('elements named like members of window and document change nothing', async (t) => {
    const site = await openSite(t, browser(), tracked(namedElements));
    const tab = await browser().open(site.address('script.html'), 'window');
    await until(() => tab.run(() => !!shopper.vitrine), 'Vitrine');
    await tab.run(() => {
      const items = [{ itemId: 'a', quantity: 1 }];
      shopper.vitrine.events.trackPurchase({ orderId: 'o', value: 1, currency: 'EUR', items });
    });
    await site.arrived(1, { type: 'purchase' });
    assert.equal((await site.events({ type: 'pageView' })).total, 1);
    assert.deepEqual(await tab.run(() => seen.faults), []);
  });

  test('elements and forms with fields of such names, added later, change nothing', async (t) => {
    const site = await openSite(t, browser(), tracked());
    const tab = await site.open('script.html', 'window');
    await tab.run(`() => { ${names}
      const form = document.createElement('form');
      form.dataset.vitrineList = 'formed';
      form.onsubmit = () => false;
      form.innerHTML = '<div data-vitrine-item="a"><a href="#x">a</a></div>';
      const product = document.createElement('form');
      product.dataset.vitrineItem = 'b';
      product.dataset.vitrineAdd = '';
      product.onsubmit = () => false;
      product.innerHTML = '<input name="quantity" value="3"><button id="send">Add</button>';
      for (const parent of [form, product])
        for (const name of names) {
          const field = document.createElement('input');
          field.type = 'hidden';
          field.name = name;
          Element.prototype.append.call(parent, field);
        }
      const add = (node) => Element.prototype.append.call(document.querySelector('html > body'), node);
      add(form);
      add(product);
      ${namedElements}
    }`);
    await site.arrived(2, { type: 'view' });
    await tab.run(() => {
      Document.prototype.querySelector.call(document, '[data-vitrine-item=a] a').click();
      const send = Document.prototype.querySelector.call(document, '#send');
      HTMLFormElement.prototype.requestSubmit.call(send.form, send);
    });
    // Firefox follows a link to a fragment later.
    await until(() => tab.run(() => location.hash === '#x'), 'the fragment');
    await tab.run(() => history.pushState(null, '', '/next'));
    const of = await settled(site, tab);
    assert.deepEqual(ids(of('view')), ['a', 'b']);
    assert.deepEqual(ids(of('click')), ['a']);
    assert.deepEqual(
      of('addToCart').map(({ itemId, quantity }) => [itemId, quantity]),
      [['b', 3]],
    );
    assert.equal(of('pageView').length, 2);
    assert.deepEqual(await tab.run(() => seen.faults), []);
  });

  test('a fault of autoTrack is reported once and takes nothing else along', async (t) => {
    const site = await openSite(t, browser(), tracked());
    const tab = await site.open('script.html', 'window');
    await addList(tab, 'list', 2, { link: '#x' });
    await site.arrived(2, { type: 'view' });
    await tab.run(() => {
      const { getAttribute } = Element.prototype;
      Element.prototype.getAttribute = function (name) {
        if (this.id === 'evil') throw Error('a fault of the page');
        return getAttribute.call(this, name);
      };
      for (let i = 0; i < 3; i++) {
        const evil = document.createElement('p');
        evil.id = 'evil';
        evil.dataset.vitrineItem = 'evil';
        evil.dataset.vitrineList = 'evil';
        document.body.append(evil);
        evil.click();
      }
    });
    await addList(tab, 'good', 1, { link: '#x' });
    await tab.run(() => {
      history.pushState(null, '', '/next');
      shopper.click('manual', 1);
      document.querySelector('#good a').click();
    });
    const of = await settled(site, tab);
    assert.deepEqual(ids(of('click')), ['good-0', 'manual-0']);
    assert.deepEqual(of('pageView').length, 2);
    const { faults, console: lines } = await tab.run(() => seen);
    assert.deepEqual(faults, []);
    const kLine = 'error: [vitrine] Watching the page failed: Error: a fault of the page. All other tracking goes on.';
    assert.deepEqual(
      lines.filter((line) => line.startsWith('error')).map((line) => line.replace(/ \(watching-failed\).*/s, '')),
      [kLine],
    );
  });

  test('after document.open() the new document is tracked: clicks, routes, life cycle', async (t) => {
    const site = await openSite(t, browser(), tracked());
    const tab = await site.open('script.html', 'window');
    await tab.run(() => {
      document.open();
      document.write('<!doctype html><title>new</title><body><p data-vitrine-list="new">');
      document.write('<a data-vitrine-item="a" href="#x">a</a></p>');
      document.close();
    });
    await site.arrived(1, { type: 'view' });
    await tab.press('a');
    await tab.run(() => history.pushState(null, '', '/next'));
    await site.arrived(1, { type: 'click' });
    await tab.run(() => {
      shopper.click('late', 1);
      Object.defineProperty(Document.prototype, 'visibilityState', { value: 'hidden', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    const { events } = await site.arrived(2, { type: 'click' });
    assert.deepEqual(ids(events), ['a', 'late-0']);
    assert.deepEqual((await site.events({ type: 'itemsServed' })).events.map(({ source }) => source).sort(), [
      'curated',
      'new',
    ]);
    assert.equal((await site.events({ type: 'pageView' })).total, 2);
  });

  for (const [name, before] of Object.entries({
    'the clock answers objects, texts and NaN': `
      const real = Date.now;
      let call = 0;
      Date.now = () => [new Date(real()), String(real()), NaN, undefined][call++ % 4];`,
    'performance.now is missing': 'performance.now = undefined;',
    'performance.now answers NaN': 'performance.now = () => NaN;',
    'timers return objects and pass arguments': `
      const start = setTimeout, end = clearTimeout;
      window.setTimeout = (f, ms) => ({ id: start(() => f('late', 7), ms) });
      window.clearTimeout = (timer) => end(timer && timer.id);`,
    'MutationObserver is missing': 'delete window.MutationObserver;',
    'observers lack takeRecords': `
      delete IntersectionObserver.prototype.takeRecords; delete MutationObserver.prototype.takeRecords;`,
  })) {
    test(`lists are viewed and clicked where ${name}`, async (t) => {
      const html = `addEventListener('DOMContentLoaded', () => {
        const html = '<p data-vitrine-list="l"><a href="#x" data-vitrine-item="a">a</a></p>';
        document.body.insertAdjacentHTML('afterbegin', html);
      });`;
      const site = await openSite(t, browser(), tracked(before + html));
      const tab = await site.open('script.html', 'window');
      await site.arrived(1, { type: 'view' });
      await tab.press('[data-vitrine-item]');
      await site.arrived(1, { type: 'click' });
      await pause(tab, 300);
      const { events } = await site.events();
      const counts = ['pageView', 'itemsServed', 'view', 'click'].map(
        (kind) => events.filter(({ type }) => type === kind).length,
      );
      assert.deepEqual(counts, [1, 1, 1, 1]);
      for (const { at } of events) assert.ok(Math.abs(at - Date.now()) < 600_000, `${at} is now`);
    });
  }
});
