// npm run bench:durability [-- [--scenario TEXT]… [--vitrine FILE] [--parallel N] [--json FILE] [TRACKER…]]
// Counts how many of 200 different events reach the collector, how many a server would store twice, and how many were
// sent more often than needed. PARALLEL=N has the effect of --parallel. Ends with Vitrine's goals beside the peers
// (goals.mjs). js/README.md describes the result.

import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { fail, root } from '../../tools/steps.mjs';
import { durabilityHead, judgeDurability } from './goals.mjs';
import { Chromium } from './harness/chromium.mjs';
import { Collector } from './harness/collector.mjs';
import { trackSlowly } from './harness/page.mjs';
import { installPeers } from './harness/peers.mjs';
import { setting, table } from './harness/report.mjs';
import { saveRun } from './harness/results.mjs';
import { openShop } from './harness/shop.mjs';
import { chosenTrackers, floors, trackers } from './harness/trackers.mjs';

const kEvents = 200;
const kReturnMs = 60_000;
const kQuietMs = 12_000;
// Chromium has then made its first write of localStorage to disk, and the next one is a minute away.
const kSettleMs = 8000;

const usualTrackers = ['vitrine', 'snowplow', 'rudderstack', 'rudderstack-batch'];
const options = /** @type {const} */ ({
  scenario: { type: 'string', multiple: true },
  vitrine: { type: 'string', multiple: false },
  parallel: { type: 'string', default: process.env.PARALLEL ?? '1' },
  json: { type: 'string', multiple: false },
});

/**
 * Opens the shop in a new tab and starts the tracker. Resolves with the page when the tracker is idle, before any
 * event.
 */
const visit = async ({ browser, shop, collector, tracker }, isFirst) => {
  const page = await browser.context.newPage();
  await page.goto(`${shop.url}/shop?tracker=${tracker}`);
  await page.evaluate((url) => TRACKER.start(url), collector.url);
  await sleep(300);
  if (isFirst) await page.evaluate(() => TRACKER.identify('user-42'));
  await sleep(700);
  return page;
};

const trackAll = (page) => page.evaluate(trackSlowly, [0, kEvents]);

const killedAfter =
  (ms) =>
  async ({ browser }, page) => {
    await trackAll(page);
    await sleep(ms);
    await browser.kill();
  };

/**
 * By name: the collector's first mode, how long the page waits before the events, and what happens to the page of the
 * events. Afterwards the collector is up, and a browser that still runs is quit unless `staysOpen`.
 */
const scenarios = {
  'refused, fresh page, killed after 15 s': { mode: 'refused', act: killedAfter(15_000) },
  '503, fresh page, killed after 15 s': { mode: '503', act: killedAfter(15_000) },
  'refused, page 8 s old, killed after 1 s': { mode: 'refused', settleMs: kSettleMs, act: killedAfter(1000) },
  'refused, page 8 s old, killed after 15 s': { mode: 'refused', settleMs: kSettleMs, act: killedAfter(15_000) },
  'up, navigated away at once': {
    mode: 'up',
    async act({ shop }, page) {
      // The page is left before evaluate() can return.
      await page.evaluate(trackSlowly, [0, kEvents, `${shop.url}/away`]).catch(() => {});
      await sleep(5000);
    },
  },
  'up, tab closed at once': {
    mode: 'up',
    async act(_, page) {
      await trackAll(page);
      await page.close({ runBeforeUnload: false });
      await sleep(5000);
    },
  },
  'refused, two tabs closed, one reopened': {
    mode: 'refused',
    staysOpen: true,
    async act(scene, page) {
      const second = await visit(scene, false);
      await Promise.all([
        page.evaluate(trackSlowly, [0, kEvents / 2]),
        second.evaluate(trackSlowly, [kEvents / 2, kEvents]),
      ]);
      await sleep(2000);
      for (const tab of [page, second]) {
        await tab.close({ runBeforeUnload: false });
        await sleep(200);
      }
      await sleep(2000);
    },
  },
  'refused for 60 s, page stays open': {
    mode: 'refused',
    staysOpen: true,
    async act({ collector }, page) {
      await trackAll(page);
      await sleep(60_000);
      await collector.become('up');
      await page.evaluate(() => TRACKER.track('after-recovery', 0));
      await sleep(30_000);
      await page.close({ runBeforeUnload: false });
      await sleep(1000);
    },
  },
};

/** Waits until all events have arrived and none has come for kQuietMs, or until kReturnMs have passed. */
const settle = async (collector) => {
  const started = performance.now();
  const isOver = () => performance.now() - Math.max(collector.lastAt, started) > kQuietMs;
  while (performance.now() - started < kReturnMs && !(collector.distinct >= kEvents && isOver())) await sleep(250);
};

const run = async (shop, tracker, name) => {
  const { mode, settleMs = 0, staysOpen = false, act } = scenarios[name];
  const collector = await Collector.open(trackers[tracker], mode);
  const scene = { shop, tracker, collector, browser: await Chromium.open() };
  const { profile } = scene.browser;
  try {
    const page = await visit(scene, true);
    await sleep(settleMs);
    await act(scene, page);
    const early = collector.distinct;
    await collector.become('up');
    if (!staysOpen) {
      await scene.browser.quit();
      scene.browser = await Chromium.open(profile);
    }
    const again = await visit(scene, false);
    await again.evaluate(() => TRACKER.track('on-return', 0));
    await settle(collector);
    return {
      early,
      distinct: collector.distinct,
      twice: collector.storedTwice,
      resent: collector.resent,
      requests: collector.requests,
      unreadable: collector.unreadable,
    };
  } finally {
    await scene.browser.kill();
    await scene.browser.remove();
    await collector.close();
  }
};

const words = ({ error, distinct, twice, resent }) =>
  error ??
  [distinct, twice && `${twice} stored twice`, resent && `${resent} resent`].filter((part, i) => !i || part).join(', ');

const main = async () => {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const names = chosenTrackers(positionals, usualTrackers).filter((name) => !floors.includes(name));
  const chosen = Object.keys(scenarios).filter(
    (name) => !values.scenario || values.scenario.some((text) => name.includes(text)),
  );
  const vitrine = values.vitrine ?? `${root}dist/index.js`;
  if (!existsSync(vitrine)) throw Error(`${vitrine} does not exist; run: npm run build`);

  await installPeers();
  const shop = await openShop(names, { vitrine });
  const results = Object.fromEntries(names.map((name) => [name, {}]));
  const jobs = names.flatMap((tracker) => chosen.map((name) => ({ tracker, name })));
  const work = async () => {
    for (let job = jobs.shift(); job; job = jobs.shift()) {
      const { tracker, name } = job;
      const result = await run(shop, tracker, name).catch((error) => ({
        error: String(error.message).split('\n', 1)[0],
      }));
      results[tracker][name] = result;
      console.error(tracker, '|', name, '|', JSON.stringify(result));
    }
  };
  await Promise.all(Array.from({ length: Number(values.parallel) }, work));
  shop.close();
  console.log(`${setting(names)}\n`);
  console.log(
    table(
      [`of ${kEvents} events`, ...names],
      chosen.map((name) => [name, ...names.map((tracker) => words(results[tracker][name]))]),
    ),
  );
  const rows = chosen.flatMap((scenario) =>
    names.map((tracker) => {
      const { distinct = null, twice = null, resent = null } = results[tracker][scenario];
      return { scenario, tracker, distinct, 'stored twice': twice, resent };
    }),
  );
  const all = names.map((tracker) => {
    const of = rows.filter((row) => row.tracker === tracker);
    const sum = (column) => of.reduce((total, row) => total + (row[column] ?? 0), 0);
    const counts = { distinct: sum('distinct'), 'stored twice': sum('stored twice'), resent: sum('resent') };
    return { scenario: `all ${chosen.length}, of ${chosen.length * kEvents} events`, tracker, ...counts };
  });
  const packages = names.map((name) => trackers[name].package);
  saveRun(values.json, 'durability', [{ name: 'arrived', rows: [...rows, ...all] }], packages);
  console.log(`\n${table(durabilityHead, judgeDurability(results, chosen, kEvents))}`);
};

await main().then(() => process.exit(0), fail);
