// A shopping session in the demo shop, the same for every service: browses, clicks, searches by a suggestion, fills the
// cart, logs in, takes one product out of the cart, buys, logs out and reloads.

import assert from 'node:assert/strict';
import { startWalk } from './page_walk.mjs';
import { until } from './until.mjs';

export const identityOf = (tab) =>
  tab.run(() => ['getVisitorId', 'getSessionId', 'getUserId'].map((name) => window.vitrine(name)));

/**
 * Runs the session in a new tab, until all events are sent.
 * @param {import('./engine.mjs').Browser} browser
 * @param {string} url the shop
 * @param {object} [options]
 * @param {string} [options.service] the account that the shop uses
 * Resolves with the walk, the order's id, `before` and `after` (visitor, session and user id at first and after logging
 * out), the `user`, `bought` (quantities by item id), and the `query` of the suggestion.
 */
export const runErrand = async (browser, url, { service = 'refine' } = {}) => {
  const walk = await startWalk(browser, url, `/?service=${service}`);
  const { tab, note } = walk;
  const itemOf = (selector) =>
    tab.run((css) => {
      const { id, vitrineItem } = document.querySelector(css).dataset;
      return id ?? vitrineItem;
    }, selector);
  const productHere = async () => new URL(await tab.address()).pathname.split('/')[2];
  const [visitor, session] = await identityOf(tab);
  const bought = new Map();
  const take = (itemId) => bought.set(itemId, (bought.get(itemId) ?? 0) + 1);

  await walk.look();
  await walk.look('#picks');
  await walk.follow(() => tab.click('a[href="/category/lighting"]'));

  await walk.look();
  const card = '#listing .card:nth-child(2)';
  await walk.look(card);
  note({ type: 'click', source: 'category', itemId: await itemOf(card), position: 1 });
  await walk.follow(() => tab.click(`${card} .card-link`));

  await walk.look();
  await walk.look('#similar');
  const similar = 'vitrine-widget .vitrine-item:nth-child(3)';
  const followed = await itemOf(similar);
  note({ type: 'click', source: 'similar-items', itemId: followed, position: 2 });
  await walk.follow(() => tab.click(`${similar} .vitrine-link`));
  assert.equal(await productHere(), followed, 'a product of the widget leads to its page');

  await walk.look();
  await tab.click('.product-buy > .button');
  note({ type: 'addToCart', source: 'product', itemId: followed, position: 0 });
  take(followed);
  await walk.look('#similar');
  const other = 'vitrine-widget .vitrine-item:nth-child(1)';
  const added = await itemOf(other);
  await tab.click(`${other} .vitrine-add`);
  note({ type: 'addToCart', source: 'similar-items', itemId: added, position: 0 });
  take(added);

  await walk.look();
  await tab.type('#find', 'mug');
  const isOpen = () => document.querySelector('#find').getAttribute('aria-expanded') === 'true';
  await until(() => tab.run(isOpen), 'suggestions');
  const suggestion = '#found [role=option]:nth-child(1)';
  const query = await tab.run((css) => document.querySelector(css).textContent, suggestion);
  await walk.follow(() => tab.click(suggestion));
  await walk.look();
  const found = '#listing .card:nth-child(1)';
  const mug = await itemOf(found);
  await walk.look(found);
  await tab.click(`${found} .card-add`);
  note({ type: 'addToCart', source: 'search', itemId: mug, position: 0 });
  take(mug);

  await walk.look();
  await walk.follow(() => tab.click('a.tool[href="/login"]'));
  await tab.type('input[name=email]', 'ada@example.org');
  await tab.type('input[name=name]', 'Ada');
  await walk.follow(() => tab.click('form.fields .button'));
  const [visitorAfter, , user] = await identityOf(tab);
  assert.equal(visitorAfter, visitor, 'logging in keeps the visitor');
  note({ type: 'identify', userId: user });

  await walk.look();
  await walk.follow(() => tab.click('a.tool[href="/cart"]'));
  await walk.look();
  // The last product is taken out, and one more of the first is put in.
  await tab.click('.line:last-child .line-remove');
  note({ type: 'removeFromCart', itemId: mug });
  bought.delete(mug);
  await tab.click('.line:first-child .stepper button:last-child');
  note({ type: 'addToCart', itemId: followed });
  take(followed);
  await walk.look('.summary .button');
  await walk.follow(() => tab.click('.summary .button'));
  const address = { street: 'Weidenweg 7', postcode: '10249', town: 'Berlin' };
  for (const [name, text] of Object.entries(address)) await tab.type(`input[name=${name}]`, text);
  await tab.press('h1'); // closes the pop-up that WebKit shows at a field, which takes the first press
  await walk.follow(() => tab.press('#place'));
  const orderId = new URL(await tab.address()).searchParams.get('order');
  note({ type: 'purchase', orderId });
  await walk.look();

  await walk.follow(() => tab.click('a.tool[href="/login"]'));
  await walk.follow(() => tab.click('#account .button'));
  const [visitorOut, sessionOut, userOut] = await identityOf(tab);
  assert.notEqual(visitorOut, visitor);
  assert.notEqual(sessionOut, session);
  assert.equal(userOut, null);
  await walk.look();
  await walk.follow(() => tab.reload());
  assert.deepEqual(await identityOf(tab), [visitorOut, sessionOut, null], 'a reload changes nobody');
  await walk.look();
  await walk.stop();
  await until(() => tab.run(() => window.vitrine('events.getMetrics').queued === 0), 'an empty queue', 20_000);
  return {
    walk,
    before: [visitor, session, null],
    after: [visitorOut, sessionOut, userOut],
    user,
    orderId,
    bought,
    query,
  };
};
