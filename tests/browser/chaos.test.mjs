// Random shoppers while everything fails, in one fixed run; `npm run chaos` plays others (tests/chaos/).

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ledger } from '../chaos/ledger.mjs';
import { planOf } from '../chaos/plan.mjs';
import { playChaos } from '../chaos/run.mjs';
import { inEachEngine } from './each_engine.mjs';

const kSeed = 14_204;
const kSteps = 150;

/** A ledger whose store has these rows in the end. `made`: calls of one open page that have returned. */
const ledgerOf = ({ service = 'refine', made = [], rows = [], fates = {} }) => {
  const events = rows.map((row, i) => ({ eventId: `e${i}`, service: 'refine', receivedAt: i, ...row }));
  const store = { events: async () => ({ events, total: events.length }) };
  const ledger = new Ledger(service, { fates: new Map(Object.entries(fates)) }, store);
  const page = { number: 1, isAlive: true };
  for (const entry of ledger.enter(made, page, 0, [])) entry.state = 'promised';
  return { ledger, page };
};
const click = (itemId) => ({ type: 'click', itemId });
const kOne = { made: [['click', 'q000001z']] };

const judged = async ({ ledger }) => {
  await ledger.refresh();
  return ledger.verdict();
};

test('the ledger of a chaos run finds an event that is lost', async () => {
  const { table, breaches } = await judged(ledgerOf(kOne));
  assert.equal(table.all.lost, 1);
  assert.equal(breaches.length, 1);
});

test('the ledger finds an event that is stored twice, and one that nobody made', async () => {
  const rows = [click('q000001z'), click('q000001z'), click('q000002z')];
  const { table, breaches } = await judged(ledgerOf({ ...kOne, rows }));
  assert.deepEqual([table.all.twice, table.all.lost], [1, 0]);
  assert.equal(breaches.length, 2);
});

test('the ledger finds a stored event that a page has counted as dropped', async () => {
  const given = ledgerOf({ ...kOne, rows: [click('q000001z')] });
  for (const entry of given.ledger.entries.values()) entry.state = 'dropped';
  const { breaches } = await judged(given);
  assert.equal(breaches.length, 1);
});

test('the ledger excuses what a killed browser had in memory only, and nothing that the mirror had', async () => {
  const inMemory = ledgerOf(kOne);
  inMemory.ledger.killed(new Set());
  const { table, breaches, reasons } = await judged(inMemory);
  assert.deepEqual([table.all.excused, breaches.length], [1, 0]);
  assert.deepEqual(reasons, { 'killed before the mirror was written': 1 });

  const inMirror = ledgerOf(kOne);
  inMirror.ledger.killed(new Set(['q000001z']));
  assert.equal((await judged(inMirror)).table.all.lost, 1);
});

test('the ledger excuses nothing of a page that has crashed with a storage', async () => {
  const given = ledgerOf(kOne);
  given.page.isAlive = false;
  given.ledger.pageEnded(given.page, 'crash');
  const { table } = await judged(given);
  assert.equal(table.crash.lost, 1);
});

test('only a service that counts each time may have an event twice, after a reply that was cut off', async () => {
  const made = [['addToCart', 'q000001z']];
  const row = { type: 'addToCart', itemId: 'q000001z' };
  const fates = { q000001z: new Set(['cut']) };
  const rowsOf = (service) => [
    { ...row, service },
    { ...row, service },
  ];
  const counts = await judged(ledgerOf({ service: 'doofinder', made, fates, rows: rowsOf('doofinder') }));
  assert.deepEqual([counts.table.all.twice, counts.breaches.length], [0, 0]);
  const knows = await judged(ledgerOf({ made, fates, rows: rowsOf('refine') }));
  assert.equal(knows.table.all.twice, 1);
});

test('a seed draws the same steps each time, and another seed others', () => {
  const drawn = (seed) => {
    const steps = planOf(seed);
    return Array.from({ length: 2_000 }, () => steps.next().value);
  };
  assert.deepEqual(drawn(7), drawn(7));
  assert.notDeepEqual(drawn(7), drawn(8));
  const acts = new Set(drawn(7).map(({ act }) => act));
  for (const act of ['kill', 'crash', 'mood', 'calm', 'consent', 'corrupt', 'wipe', 'clear', 'full']) {
    assert.ok(acts.has(act), act);
  }
});

inEachEngine(
  'chaos',
  (engine) => {
    test(`${kSteps} random steps: nothing is lost, nothing comes twice, each drop is counted`, async () => {
      const verdict = await playChaos({ engine, service: 'refine', seed: kSeed, steps: kSteps });
      const { table, breaches, done } = verdict;
      assert.deepEqual(breaches, []);
      assert.ok(table.all.stored > 250, `${table.all.stored} events are stored`);
      for (const act of [
        'kill',
        'crash',
        'mood',
        'full',
        'clear',
        'wipe',
        'corrupt',
        'freeze',
        'away',
        'view',
        'purchase',
      ])
        assert.ok(done[act] > 0, `a step of the kind ${act}`);
    });
  },
  { only: ['chromium'], isShared: false },
);
