// The script tag where something is wrong: calls, the queue, the core, the page.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Clock, settle } from './doubles/clock.mjs';
import { Disk } from './doubles/disk.mjs';
import { fakeRuntime } from './doubles/runtime.mjs';
import { arrive, config, open, purchase, up } from './doubles/script_tag.mjs';
import { openTab } from './doubles/tab.mjs';

test('a misspelt call is reported with the name of the nearest call', async () => {
  const tab = open();
  const names = {
    trackPurchase: 'events.trackPurchase',
    'event.trackPurchase': 'events.trackPurchase',
    trackPurchsae: 'events.trackPurchase',
    'events.track_purchase': 'events.trackPurchase',
    Identify: 'identify',
    setconsent: 'setConsent',
    similaritems: 'recs.similarItems',
    optout: 'optOut',
  };
  tab.page.vitrine('init', config);
  for (const name in names) tab.page.vitrine(name);
  await up(tab);
  assert.deepEqual(
    tab.said.map((line) => /there is no such call\. Did you mean '(.*)'\?/.exec(line)?.[1]),
    Object.values(names),
  );
});

test('calls made early are kept if the core dies before it has stored anything', async () => {
  for (const fault of ['new', 'shopEvent', 'drainEffects']) {
    const disk = new Disk();
    const clock = new Clock();
    const core = fakeRuntime();
    const trap = () => {
      throw new Error('unreachable');
    };
    if (fault === 'new') core.glue.open = trap;
    else core.on[fault] = trap;
    const tab = open({ disk, clock, core });
    tab.page.vitrine('events.trackPurchase', { orderId: 'before init' });
    tab.page.vitrine('init', config);
    tab.page.vitrine('events.trackPurchase', purchase);
    await up(tab);
    assert.equal(tab.said.length, 1, fault);
    tab.page.vitrine('events.trackPurchase', { orderId: 'later' });
    const next = open({ disk, clock });
    next.page.vitrine('init', config);
    await up(next);
    assert.deepEqual(
      next.core.of('shopEvent').map((call) => JSON.parse(call[2]).orderId),
      ['before init', 'o1', 'later'],
      fault,
    );
    assert.deepEqual([...disk.items.keys()], [], 'taken once');
    // Another page has the calls now, so the dead page keeps only what comes later.
    tab.page.vitrine('events.trackPurchase', { orderId: 'last' });
    const left = [...disk.items.values()].join();
    assert.match(left, /last/);
    assert.doesNotMatch(left, /o1|before init|later/);
  }
});

test('entries of the queue that are no calls do not stop the others', async () => {
  const tab = open();
  const { page, said } = tab;
  page.vitrine('init', config);
  page.vitrine.q.push(null, 7, ['events.trackPurchase', purchase], [NaN, ['identify', 'u1']], [1]);
  page.vitrine('identify', 'u2');
  tab.script();
  tab.hide();
  tab.show();
  await arrive(tab);
  assert.deepEqual(
    tab.core.of('identify').map((call) => call[1]),
    ['u1', 'u2'],
  );
  assert.equal(said.length, 4, said.join('\n'));
});

test('a call that cannot be stored does not keep the others from being stored', async () => {
  const tab = open();
  const cycle = { orderId: 'cycle' };
  Object.assign(cycle, { cycle });
  tab.page.vitrine('init', config);
  tab.page.vitrine('events.trackPurchase', cycle);
  tab.page.vitrine('events.trackPurchase', purchase);
  tab.script();
  tab.close();
  assert.match([...tab.disk.items.values()].join(), /o1/);
});

test('nothing that fails while the script starts leaves it, and the core starts all the same', async () => {
  const unhandled = [];
  const note = (reason) => unhandled.push(reason);
  process.on('unhandledRejection', note);
  const refuse = () => {
    throw new Error('refused by the page');
  };
  const faults = {
    'customElements.define': { customElements: { get: refuse } },
    performance: { performance: undefined },
    'a page without an address': { location: { href: 'about:srcdoc' } },
  };
  for (const [name, globals] of Object.entries(faults)) {
    const tab = open({ globals });
    tab.page.document.documentElement.lang = undefined;
    tab.page.vitrine('init', config);
    tab.page.vitrine('identify', 'u1');
    tab.script();
    await settle();
    await arrive(tab);
    assert.equal(tab.core.of('identify').length, 1, name);
    assert.ok(
      tab.said.every((line) => line.startsWith('error: [vitrine] ')),
      tab.said.join('\n'),
    );
  }
  process.off('unhandledRejection', note);
  assert.deepEqual(unhandled, []);
});

test('a page that refuses to give window.vitrine gets one line, and no promise of the script rejects', async () => {
  const unhandled = [];
  const note = (reason) => unhandled.push(reason);
  process.on('unhandledRejection', note);
  const tab = openTab();
  tab.evaluate("Object.defineProperty(globalThis, 'vitrine', { get() { throw new Error('refused'); } })");
  tab.script();
  await settle();
  process.off('unhandledRejection', note);
  assert.deepEqual(unhandled, []);
  assert.equal(tab.said.length, 1);
  assert.match(tab.said[0], /^error: \[vitrine\] vitrine: Error: refused \(call-failed\)/);
});

test('five seconds without init are reported once; a page that constructs a Vitrine itself needs none', async () => {
  const uses = {
    'nothing is called': () => {},
    'init is missing': ({ page }) => page.vitrine('identify', 'u1'),
    'init is called': ({ page }) => page.vitrine('init', config),
    'a Vitrine is constructed': ({ page }) => new page.Vitrine(config),
    'init is called, and timers have no number': (tab) => tab.page.vitrine('init', config),
    'nothing is called, and setTimeout calls back at once': () => {},
    'nothing is called, and setTimeout throws': () => {},
  };
  const replaced = (setTimeout) => ({
    'timers have no number': (...args) => void setTimeout(...args),
    'setTimeout calls back at once': (callback) => {
      callback();
      return 1;
    },
    'setTimeout throws': () => {
      throw new Error('no timers');
    },
  });
  for (const [name, use] of Object.entries(uses)) {
    const tab = open();
    const own = replaced(tab.page.setTimeout)[name.split(', and ')[1]];
    if (own) tab.page.setTimeout = own;
    await up(tab);
    use(tab);
    await tab.clock.advance(4999);
    assert.deepEqual(tab.said, [], name);
    await tab.clock.advance(10_000);
    const isMissing = /nothing is called|init is missing/.test(name);
    const line =
      "warn: [vitrine] Nothing is recorded. Call vitrine('init', {...}) by the snippet of Vitrine. (no-init)";
    assert.deepEqual(tab.said, isMissing ? [line] : [], name);
  }
});

test("the shopper's own word in the queue counts before anything is kept", async () => {
  const left = (calls, options) => {
    const tab = open();
    tab.page.vitrine('init', { ...config, ...options });
    tab.page.vitrine('identify', 'ann@example.com');
    for (const call of calls) tab.page.vitrine(...call);
    tab.script();
    tab.close();
    return [...tab.disk.items].map(([key, value]) => `${key} ${value}`);
  };
  const optOut = ['vitrine:1:optout 1'];
  assert.deepEqual(left([['optOut']]), optOut);
  assert.deepEqual(left([['optIn'], ['optOut']]), optOut);
  assert.deepEqual(left([['optOut']], { events: { persistence: 'memory' } }), []);
  for (const level of ['denied', 'anonymous', 'unknown']) {
    const said = level === 'unknown' ? [] : [`vitrine:1:consent ${level}`];
    assert.deepEqual(left([['setConsent', level]]), said);
    assert.deepEqual(
      left([
        ['setConsent', 'granted'],
        ['setConsent', level],
      ]),
      said,
    );
    assert.equal(left([['setConsent', 'granted']], { consent: level }).length, 2);
    assert.deepEqual(left([], { consent: level }), []);
  }
  /** @type {[string, object, boolean][]} */
  const remembered = [
    ['denied', {}, false],
    ['anonymous', {}, false],
    ['granted', {}, true],
    ['granted', { consent: 'unknown' }, true],
    ['granted', { consent: 'denied' }, false],
    ['denied', { consent: 'unknown' }, false],
  ];
  for (const [said, options, isKept] of remembered) {
    const tab = open();
    tab.disk.items.set('vitrine:1:consent', said);
    tab.page.vitrine('init', { ...config, ...options });
    tab.page.vitrine('identify', 'ann@example.com');
    tab.script();
    tab.close();
    const keys = [...tab.disk.items.keys()].join();
    assert.equal(keys.includes('vitrine:1:early'), isKept, `${said} ${JSON.stringify(options)}`);
  }
  assert.match(left([['optOut'], ['optIn']]).join(), /^vitrine:1:early:\w+ .*ann@example\.com/);
});
