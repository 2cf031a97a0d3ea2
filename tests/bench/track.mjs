// npm run bench:track [-- [--state STATE]… [--profile] [--vitrine FILE] [--json FILE] [TRACKER…]]
// Measures the cost of one track call, for Vitrine, its peers and two floors. Prints two Markdown tables: the figures,
// and the goals (goals.mjs). Ends with status 0 even if a goal is missed. js/README.md describes the result.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { fail, root } from '../../tools/steps.mjs';
import { judgeTrack, trackHead } from './goals.mjs';
import { Chromium } from './harness/chromium.mjs';
import { Collector } from './harness/collector.mjs';
import { count, settle, trackEach } from './harness/page.mjs';
import { installPeers } from './harness/peers.mjs';
import { startProfile, stopProfile } from './harness/profile.mjs';
import { percentile, setting, table } from './harness/report.mjs';
import { saveRun } from './harness/results.mjs';
import { openShop } from './harness/shop.mjs';
import { chosenTrackers, floors, trackers } from './harness/trackers.mjs';

/**
 * queued: number of events tracked before the measured ones, with the collector down. mode: the collector's mode
 * later.
 */
const states = {
  up: { queued: 0, mode: 'up' },
  'up-100': { queued: 100, mode: 'up' },
  'up-1000': { queued: 1000, mode: 'up' },
  refused: { queued: 0, mode: 'refused' },
  'refused-100': { queued: 100, mode: 'refused' },
  'refused-1000': { queued: 1000, mode: 'refused' },
};
const usualStates = ['up', 'refused', 'refused-100', 'refused-1000'];
const usualTrackers = [
  ...floors,
  'vitrine',
  'snowplow',
  'rudderstack',
  'rudderstack-batch',
  'segment',
  'amplitude',
  'mixpanel',
];

const kCalls = 500;
const kFirstQueued = 1000;
const kFirstMeasured = 5000;
const kQuietMs = 3000;
const kLimitMs = 30_000;
const kDearest = 25;

const options = /** @type {const} */ ({
  state: { type: 'string', multiple: true },
  profile: { type: 'boolean' },
  vitrine: { type: 'string', multiple: false },
  json: { type: 'string', multiple: false },
});

const micros = (ms) => Math.round(ms * 1000);
const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

/** Returns the milliseconds that the main thread has spent in tasks so far. */
const taskMs = async (session) => {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
};

const measure = async (page, session, collector, { queued, mode }, isProfiled) => {
  const counts = () => page.evaluate(() => ({ ...COUNTS, now: performance.now() }));
  if (queued) {
    await collector.become('refused');
    await page.evaluate(trackEach, [kFirstQueued, queued]);
    await page.evaluate(settle, [kQuietMs / 2, kLimitMs / 2]);
    await collector.become(mode);
  }
  if (isProfiled) await startProfile(session);
  const [cpuBefore, before, acceptedBefore] = [await taskMs(session), await counts(), collector.distinct];
  const { call, task } = await page.evaluate(trackEach, [kFirstMeasured, kCalls]);
  const isQuiet = await page.evaluate(settle, [kQuietMs, kLimitMs]);
  const [cpuAfter, after] = [await taskMs(session), await counts()];
  // Once the collector is up again, sending the backlog is part of the work.
  const events = Math.max(kCalls, collector.distinct - acceptedBefore);
  const each = (name) => (after[name] - before[name]) / events;
  return {
    call,
    task,
    cpuMs: (cpuAfter - cpuBefore) / events,
    localWrites: each('localWrites'),
    localUnits: each('localUnits'),
    idbWrites: each('idbWrites'),
    idbUnits: each('idbUnits'),
    requests: each('requests'),
    longTasks: after.longTasks - before.longTasks,
    longMs: after.longMs - before.longMs,
    settledMs: isQuiet ? Math.max(0, after.lastAt - before.now) : Infinity,
  };
};

const run = async (shop, tracker, state, profileFile) => {
  const collector = await Collector.open(trackers[tracker], state.mode);
  const browser = await Chromium.open();
  try {
    const page = await browser.context.newPage();
    const session = await browser.context.newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.addInitScript(count);
    await page.goto(`${shop.url}/shop?tracker=${tracker}`);
    await page.evaluate((url) => TRACKER.start(url), collector.url);
    await sleep(300);
    await page.evaluate(() => TRACKER.identify('user-42'));
    await page.evaluate(settle, [kQuietMs / 2, kLimitMs / 2]);
    const isProfiled = !!profileFile;
    const result = await measure(page, session, collector, state, isProfiled);
    if (isProfiled) {
      const { profile, dearest } = await stopProfile(session);
      writeFileSync(profileFile, JSON.stringify(profile));
      console.error(
        dearest
          .slice(0, kDearest)
          .map(([ms, name]) => `${((ms * 1000) / kCalls).toFixed(1).padStart(8)} µs/event  ${name}`)
          .join('\n'),
      );
    }
    return result;
  } finally {
    await browser.kill();
    await browser.remove();
    await collector.close();
  }
};

const main = async () => {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const names = chosenTrackers(positionals, usualTrackers);
  const chosen = values.state?.flatMap((list) => list.split(',')) ?? usualStates;
  const unknown = chosen.filter((name) => !states[name]);
  if (unknown.length) throw Error(`no state is called ${unknown}; there are ${Object.keys(states).join(', ')}`);
  const vitrine = values.vitrine ?? `${root}dist/index.js`;
  if (!existsSync(vitrine)) throw Error(`${vitrine} does not exist; run: npm run build`);

  await installPeers();
  const shop = await openShop(names, { vitrine, isolated: true, minify: !values.profile });
  const folder = `${root}build/bench/profiles/`;
  if (values.profile) mkdirSync(folder, { recursive: true });
  const rows = [];
  const saved = [];
  const results = {};
  for (const name of names) {
    for (const state of chosen) {
      const r = await run(shop, name, states[state], values.profile && `${folder}${name}-${state}.cpuprofile`);
      if (!floors.includes(name)) (results[name] ??= {})[state] = r;
      saved.push({
        tracker: name,
        state,
        'call µs, median': micros(percentile(r.call, 50)),
        'call µs, p95': micros(percentile(r.call, 95)),
        'CPU ms/event': r.cpuMs,
        'writes/event': r.localWrites + r.idbWrites,
        'units/event': r.localUnits + r.idbUnits,
        'requests/event': r.requests,
        'long tasks, ms': r.longMs,
      });
      rows.push([
        name,
        state,
        micros(percentile(r.call, 50)),
        micros(percentile(r.call, 95)),
        micros(mean(r.call)),
        micros(percentile(r.task, 50)),
        micros(percentile(r.task, 95)),
        r.cpuMs.toFixed(3),
        r.localWrites.toFixed(2),
        Math.round(r.localUnits),
        r.idbWrites.toFixed(2),
        Math.round(r.idbUnits),
        r.requests.toFixed(3),
        r.longTasks ? `${r.longTasks} / ${Math.round(r.longMs)}` : 0,
        r.settledMs === Infinity ? `>${kLimitMs / 1000}` : (r.settledMs / 1000).toFixed(1),
      ]);
      console.error(rows.at(-1).join('  '));
    }
  }
  shop.close();
  console.log(`${setting(names)}\n`);
  console.log(
    table(
      [
        'tracker',
        'state',
        'call µs, median',
        'p95',
        'mean',
        'task µs, median',
        'p95',
        'CPU ms/event',
        'localStorage writes/event',
        'units/event',
        'IndexedDB writes/event',
        'units/event',
        'requests/event',
        'long tasks n / ms',
        'settled after s',
      ],
      rows,
    ),
  );
  const packages = names.map((name) => trackers[name].package);
  saveRun(values.json, 'track', [{ name: 'cost', rows: saved }], packages);
  console.log(`\n${table(trackHead, judgeTrack(results))}`);
};

await main().then(() => process.exit(0), fail);
