// The option `debug`: which part of it the core gets, and that an overlay that is not wanted costs nothing.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settle } from './doubles/clock.mjs';
import { openTab } from './doubles/tab.mjs';

/** Starts a Vitrine with this option at this address, and counts what it has asked of the page. */
const start = async (debug, search = '') => {
  const listeners = [];
  const tab = openTab({ globals: { location: { href: 'https://shop.example/', search } } });
  const { addEventListener } = tab.page;
  tab.page.addEventListener = (type, ...rest) => {
    listeners.push(type);
    return addEventListener(type, ...rest);
  };
  const vitrine = new (tab.modules().Vitrine)({ provider: { name: 'none' }, debug });
  vitrine.events.track('x');
  await settle();
  await tab.clock.advance(3000);
  return {
    config: JSON.parse(tab.core.of('new')[0][1]).config,
    hasTap: vitrine._host.tap !== undefined,
    costs: [listeners.sort(), tab.clock.timersSet, tab.requests.length, tab.core.names()],
  };
};

test('without the overlay a page has the same timers, listeners, requests and calls', async () => {
  const { costs, hasTap } = await start(undefined);
  assert.equal(hasTap, false);
  for (const debug of [false, {}, { allowQuery: true }, { allowQuery: false }]) {
    const one = await start(debug);
    assert.equal(one.hasTap, false);
    assert.deepEqual(one.costs, costs);
  }
});

test('the host has an ear for true, and for the parameter if it is allowed', async () => {
  assert.equal((await start(true)).hasTap, true);
  assert.equal((await start({ allowQuery: true }, '?vitrine_debug=1')).hasTap, true);
  assert.equal((await start({ allowQuery: true }, '?a=b&vitrine_debug=1&c=d')).hasTap, true);
  for (const search of ['?vitrine_debug=10', '?vitrine_debug=0', '?vitrine_debug'])
    assert.equal((await start({ allowQuery: true }, search)).hasTap, false, search);
  assert.equal((await start({}, '?vitrine_debug=1')).hasTap, false);
  assert.equal((await start(undefined, '?vitrine_debug=1')).hasTap, false);
});

test('the core gets what it knows or must complain of', async () => {
  for (const debug of [true, false]) assert.equal((await start(debug)).config.debug, undefined);
  assert.deepEqual((await start({ allowQuery: true, record: true })).config.debug, { record: true });
  assert.deepEqual((await start({ recrod: true })).config.debug, { recrod: true });
});
