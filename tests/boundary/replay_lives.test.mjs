// The lives of events in the replay page (“Where did my event go?”), for events whose way the test decides as a host.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { livesOf, endOf } from '../../demo/preview/replay/lives.js';
import { openPlayer } from '../../demo/preview/replay/play.js';
import { readSession } from '../../demo/preview/replay/session.js';
import { calls, splitEffects } from '../../tools/seam.mjs';
import { load, openRuntime } from './core.mjs';

const kStart = 1_700_000_000_000;

/** Plays a page with the built core, and records it as js/core/recorder.ts does. */
const openPage = (config, more = {}) => {
  const boot = JSON.stringify({
    config,
    seed: '00112233445566778899aabbccddeeff',
    page: { url: 'https://shop.example/p/1', referrer: '', title: '' },
    visible: 1,
    online: 1,
    storage: 'localStorage',
    state: {},
    journals: [],
    ...more,
  });
  const lines = [JSON.stringify(['vitrine', '1.0.0']), JSON.stringify(['new', boot, kStart])];
  const runtime = openRuntime(boot, kStart);
  let nowMs = kStart;
  const page = {
    /** The numbers of requests with events that have no reply. */
    sent: [],
    call(name, ...args) {
      lines.push(JSON.stringify([name, ...args]));
      return runtime[name](...args);
    },
    at: (ms) => (nowMs = kStart + ms),
    now: () => nowMs,
    drain() {
      for (const [verb, ...fields] of splitEffects(page.call('drainEffects'))) {
        if (verb === 'claim' && fields[1] === '1') page.call('claimed', fields[0], '{}', nowMs);
        if (verb === 'send') page.sent.push(Number(fields[0]));
      }
    },
    track: (kind, itemId) => page.call('itemEvent', page.serve, kind, itemId, 0, 0, nowMs),
    /** Answers all requests with events. */
    reply(status) {
      for (const number of page.sent.splice(0)) page.call('requestDone', number, status, '', '{}', nowMs);
      page.drain();
    },
    flush() {
      page.call('flush', 1000 + lines.length, nowMs);
      page.drain();
    },
    serve: -1,
    lives() {
      const steps = openPlayer(load(), calls).play(readSession(`${lines.join('\n')}\n`, calls).inputs);
      return livesOf(steps).map((life) => ({
        ...life,
        end: endOf(life),
        kinds: life.chapters.map(({ kind }) => kind),
        words: life.chapters.map(({ text }) => text).join('. '),
        inputs: life.chapters.map(({ step }) => steps[step].input.name),
      }));
    },
  };
  page.drain();
  page.serve = page.call('serve', JSON.stringify({ surface: 's', source: 'l', itemIds: ['a', 'b'] }), nowMs);
  page.drain();
  return page;
};

const collector = { events: { url: 'https://shop.example/collect' } };
const only = (lives, type) => {
  const found = lives.filter(({ event }) => event.type === type);
  assert.equal(found.length, 1, `${found.length} lives of ${type}`);
  return found[0];
};

test('an event that is tried again names each try, its failure and its receipt', () => {
  const page = openPage(collector);
  page.at(100);
  page.track('click', 'a');
  page.drain();
  page.flush();
  page.at(200);
  page.reply(503);
  page.at(60_000);
  page.call('wake', page.now());
  page.drain();
  page.at(60_100);
  page.reply(200);
  const { kinds, inputs, words, end } = only(page.lives(), 'click');
  assert.deepEqual(kinds, ['made', 'stored', 'sent', 'waits', 'sent', 'received']);
  assert.deepEqual([inputs[0], inputs[3], inputs[5]], ['itemEvent', 'requestDone', 'requestDone']);
  assert.match(words, /status 503.*try 2/);
  assert.equal(end, 'received');
});

test('an event of a batch that the collector refuses is dropped at the reply', () => {
  const page = openPage(collector);
  page.at(100);
  page.track('click', 'a');
  page.drain();
  page.flush();
  page.reply(401);
  const { kinds, inputs, words, end } = only(page.lives(), 'click');
  assert.equal(end, 'dropped');
  assert.deepEqual(kinds, ['made', 'stored', 'sent', 'dropped']);
  assert.equal(inputs[3], 'requestDone');
  assert.match(words, /Dropped \(refused\): .*key or the address is wrong/);
});

test('under a refusal the events that wait are dropped, and those that follow are never made', () => {
  const page = openPage(collector);
  page.at(100);
  page.track('click', 'a');
  page.drain();
  page.at(200);
  page.call('setConsent', 'denied', page.now());
  page.drain();
  page.at(300);
  page.track('view', 'b');
  page.drain();
  const lives = page.lives();
  assert.deepEqual(only(lives, 'click').kinds, ['made', 'stored', 'dropped']);
  assert.match(only(lives, 'click').words, /Dropped \(consent\)/);
  const view = only(lives, 'view');
  assert.deepEqual([view.id, view.kinds, view.inputs], ['', ['dropped'], ['itemEvent']]);
});

test('an error to the shop is the end of its event', () => {
  const page = openPage(collector);
  const order = { orderId: 'o-2', value: 1, currency: 'euro', items: [] };
  assert.equal(page.call('shopEvent', 'purchase', JSON.stringify(order), '', page.now()), -1);
  page.call('takeError');
  page.drain();
  const { kinds, words, event } = only(page.lives(), 'purchase');
  assert.deepEqual([kinds, event.orderId], [['dropped'], 'o-2']);
  assert.match(words, /^Refused with an error to the shop \([\w-]+\): ./);
});

test('an event that a hook drops is named as such, and the others are received', () => {
  const page = openPage(collector, { hooks: 1 });
  page.at(100);
  page.track('click', 'a');
  page.track('view', 'b');
  const held = page.call('hold', '', page.now()).split('\x1e').filter(Boolean);
  for (const event of held) page.call('hold', /"click"/.test(event) ? 'null' : event, page.now());
  page.drain();
  page.flush();
  page.reply(200);
  const lives = page.lives();
  assert.equal(only(lives, 'view').end, 'received');
  assert.equal(only(lives, 'click').end, 'dropped');
  assert.match(only(lives, 'click').words, /Dropped \(hook\)/);
});

test('the events of an ended page are taken over, and received', () => {
  const ended = openPage(collector);
  ended.track('click', 'a');
  const saved = splitEffects(ended.call('drainEffects')).filter(([verb, key]) => verb === 'save' && /:j:/.test(key));
  const [, key, text] = saved.at(-1);
  const [journal, number] = key.split(':').slice(3);
  const page = openPage(collector, { seed: 'ffeeddccbbaa99887766554433221100', journals: [journal] });
  page.at(50);
  page.call('claimed', journal, JSON.stringify({ [number]: text }), page.now());
  page.drain();
  page.flush();
  while (page.sent.length) page.reply(200);
  const { kinds, words } = only(page.lives(), 'click');
  assert.deepEqual(kinds, ['adopted', 'sent', 'received']);
  assert.match(words, /^Taken over from an ended page/);
});

test('in a service’s own form, which has no event ids, an event is received when its request is', () => {
  const provider = { name: 'depict', merchant: 'm', market: 'de', locale: 'de_DE' };
  const page = openPage({ provider });
  page.at(100);
  page.track('click', 'a');
  page.drain();
  page.flush();
  assert.ok(page.sent.length > 0, 'a request');
  page.reply(200);
  const { kinds, end } = only(page.lives(), 'click');
  assert.equal(end, 'received');
  assert.deepEqual(kinds, ['made', 'stored', 'sent', 'received']);
});

test('an event that is neither stored nor named in a request says so', () => {
  const provider = { name: 'depict', merchant: 'm', market: 'de', locale: 'de_DE' };
  const page = openPage({ provider, consent: 'anonymous' });
  page.at(100);
  page.track('click', 'a');
  page.drain();
  page.flush();
  const { id, kinds, end } = only(page.lives(), 'click');
  assert.deepEqual([id, kinds, end], ['', ['unnamed'], 'unknown']);
});
