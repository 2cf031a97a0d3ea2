// Doofinder's cart protocol in both directions, with a fake core.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settle } from './doubles/clock.mjs';
import { openTab } from './doubles/tab.mjs';

const open = (autoTrack = false) => {
  const tab = openTab({ globals: { CustomEvent, IntersectionObserver: undefined, MutationObserver: undefined } });
  const js = tab.modules();
  const items = { find: (itemId) => (itemId === 'shown' ? { serve: 4, itemId, position: 2 } : undefined) };
  const host = {
    noteNavigation() {},
    call: (name, ...args) => {
      tab.core.runtime[name](...args);
      return name === 'serve' ? 7 : 0;
    },
  };
  const end = new AbortController();
  if (autoTrack) js.hearDoofinderCart(host, items, end.signal);
  const counted = () =>
    tab.core
      .of('itemEvent')
      .map(([, serve, kind, itemId, position, quantity]) => [serve, kind, itemId, position, quantity]);
  const cart = (take) => tab.page.document.addEventListener('doofinder.cart.add', ({ detail }) => take(detail));
  /** Sends the event that Doofinder's own layer sends. */
  const dispatch = (detail) => tab.page.document.dispatchEvent(new CustomEvent('doofinder.cart.add', { detail }));
  return { ...tab, ask: js.askDoofinderCart, notePress: js.notePress, cart, dispatch, counted, end };
};

test('the cart receives the item as Doofinder documents it, and its promise is the outcome', async () => {
  const { ask, cart } = open();
  const told = [];
  cart((detail) => told.push({ ...detail }));
  const metadata = { grouping_id: 'G-1', group_id: 'P-1', group_leader: true };
  const answer = ask('SKU-099', 2, 'https://shop.example.com/p/1', { metadata });
  const [{ statusPromise, ...detail }] = told;
  assert.deepEqual(detail, {
    item_id: 'SKU-099',
    amount: 2,
    grouping_id: 'G-1',
    group_id: 'P-1',
    group_leader: true,
    link: 'https://shop.example.com/p/1',
  });
  statusPromise.resolve('The item has been successfully added to the cart.');
  assert.equal(await answer, 'The item has been successfully added to the cart.');
});

test('an item without groups is its own group: it has no variants', () => {
  const { ask, cart } = open();
  let told;
  cart((detail) => (told = { ...detail }));
  ask('a', 1);
  const { grouping_id, group_id, group_leader, link } = told;
  assert.deepEqual(
    { grouping_id, group_id, group_leader, link },
    { grouping_id: 'a', group_id: 'a', group_leader: false, link: '' },
  );
  ask('a', 1, '', { metadata: { group_id: 9, group_leader: 'true' } });
  assert.deepEqual([told.grouping_id, told.group_id, told.group_leader], ['9', '9', true]);
});

test('a cart that refuses rejects with its reason', async () => {
  const { ask, cart } = open();
  cart(({ statusPromise }) => statusPromise.reject(Error('sold out')));
  await assert.rejects(ask('a', 1), /sold out/);
});

test('without a cart there is no outcome to wait for', () => {
  const { ask, cart } = open(true);
  assert.equal(ask('a', 1), undefined);
  cart(({ amount }) => void amount);
  assert.equal(ask('a', 1), undefined);
});

test('a cart that reads the item but not the promise has taken the item at once', async () => {
  const { ask, cart } = open();
  let late;
  cart((detail) => {
    void detail.item_id;
    late = detail;
  });
  const outcome = ask('a', 1);
  late.statusPromise.reject(Error('too late'));
  assert.equal(await outcome, undefined);
});

test('an item that other code adds is counted once, in the list that shows it or in its own', async () => {
  const { dispatch, counted, core } = open(true);
  dispatch({ item_id: 'shown', amount: 3 });
  dispatch({ item_id: 42, amount: '2' });
  await settle();
  assert.deepEqual(counted(), [
    [4, 'addToCart', 'shown', 2, 3],
    [7, 'addToCart', '42', -1, 2],
  ]);
  assert.deepEqual(
    core.of('serve').map(([, payload]) => JSON.parse(payload)),
    [{ surface: 'page', source: 'doofinder', itemIds: ['42'] }],
  );
});

test('an add to cart by other code is counted after its promise resolves', async () => {
  const { dispatch, counted } = open(true);
  let resolve;
  dispatch({ item_id: 'shown', amount: 1, statusPromise: new Promise((done) => (resolve = done)) });
  dispatch({ item_id: 'refused', amount: 1, statusPromise: Promise.reject(Error('no')) });
  dispatch({ item_id: 'deferred', amount: 1, statusPromise: { resolve() {}, reject() {} } });
  await settle();
  assert.deepEqual(
    counted().map(([, , itemId]) => itemId),
    ['deferred'],
  );
  resolve();
  await settle();
  assert.deepEqual(
    counted().map(([, , itemId]) => itemId),
    ['deferred', 'shown'],
  );
});

test('an add to cart that our button or widget has recorded is not counted again', async () => {
  const { ask, cart, dispatch, counted, notePress, clock } = open(true);
  cart(({ statusPromise }) => statusPromise?.resolve());
  await ask('ours', 1);
  notePress('pressed');
  dispatch({ item_id: 'pressed', amount: 1 });
  dispatch({ item_id: 'another', amount: 1 });
  await settle();
  assert.deepEqual(
    counted().map(([, , itemId]) => itemId),
    ['another'],
  );
  await clock.advance(1000);
  dispatch({ item_id: 'pressed', amount: 1 });
  await settle();
  assert.deepEqual(
    counted().map(([, , itemId]) => itemId),
    ['another', 'pressed'],
  );
});

test('events of another shape, and events after the end, are ignored', async () => {
  const { dispatch, counted, end } = open(true);
  for (const detail of [null, undefined, 7, {}, { item_id: '' }, { amount: 1 }]) dispatch(detail);
  end.abort();
  dispatch({ item_id: 'late', amount: 1 });
  await settle();
  assert.deepEqual(counted(), []);
});
