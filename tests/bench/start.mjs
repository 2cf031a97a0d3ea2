// npm run bench:start [-- [--path script|npm]… [--cache cold|warm]… [--throttle N]… [--rounds N] [--rest MS]
//   [--profile] [--vitrine FOLDER] [--build NAME=FOLDER]… [--json FILE] [STARTER…]]
// Measures the main thread's own time from the insertion of a script until it can track, for Vitrine and its peers in
// one run. Prints Markdown tables, and ends with status 0 even if a goal is missed. --build adds another dist/ to the
// run, as vitrine:NAME and vitrine-tracking:NAME. docs/testing.md describes the result.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { fail, root } from '../../tools/steps.mjs';
import { until } from '../browser/until.mjs';
import { judgeStart, startHead } from './goals.mjs';
import { version } from './harness/chromium.mjs';
import { DevTools } from './harness/devtools.mjs';
import { traced } from './harness/main_thread.mjs';
import { installPeers, peerVersion } from './harness/peers.mjs';
import { startProfile, stopProfile } from './harness/profile.mjs';
import { percentile, table } from './harness/report.mjs';
import { saveRun } from './harness/results.mjs';
import { openStartShop, starters } from './harness/start_shop.mjs';

/** @type {import('node:util').ParseArgsConfig['options']} */
const options = {
  path: { type: 'string', multiple: true, default: ['script', 'npm'] },
  cache: { type: 'string', multiple: true, default: ['cold', 'warm'] },
  throttle: { type: 'string', multiple: true, default: ['1', '4'] },
  rounds: { type: 'string', default: '9' },
  rest: { type: 'string', default: '2000' },
  profile: { type: 'boolean' },
  vitrine: { type: 'string', multiple: false, default: `${root}dist` },
  build: { type: 'string', multiple: true, default: [] },
  json: { type: 'string', multiple: false },
};

// Chromium keeps the compiled code of a script at its second or third load, and that of a wasm file some time after it.
const kViewsBefore = 3;
const kQuietMs = 250;
const kDearest = 40;

const median = (numbers) => percentile(numbers, 50);

/** Views the page once. Resolves with milliseconds: until the script can track, afterwards, and of the longest task. */
const view = async (
  devTools,
  page,
  shop,
  name,
  path,
  /** @type {any} */ { throttle, restMs, profileFile, isMeasured },
) => {
  await page.send('Page.navigate', { url: shop.page });
  await until(() => page.evaluate("typeof START === 'function' && document.readyState === 'complete'"), shop.page);
  await page.send('Emulation.setCPUThrottlingRate', { rate: throttle });
  await sleep(kQuietMs);
  const start = async () => {
    const failure = await page.evaluate(`START(...${JSON.stringify([...shop.load(name, path), restMs])})`);
    if (failure) throw Error(`${name} has failed: ${failure}`);
  };
  if (profileFile) await startProfile(page);
  const trace = isMeasured ? await traced(devTools, start) : await start();
  if (profileFile) {
    const { profile, dearest } = await stopProfile(page);
    writeFileSync(profileFile, JSON.stringify(profile));
    const lines = dearest.slice(0, kDearest).map(([ms, what]) => `${ms.toFixed(2).padStart(8)} ms  ${what}`);
    console.error(`${profileFile}\n${lines.join('\n')}`);
  }
  return (
    trace && {
      ready: trace.cpuMs('bench:start', 'bench:ready'),
      rest: trace.cpuMs('bench:ready', 'bench:end'),
      longest: trace.longestMs('bench:start', 'bench:end'),
    }
  );
};

/** Measures all starters in turn, `rounds` times. Resolves with lists of milliseconds by starter. */
const measure = async (shop, names, path, cache, /** @type {any} */ { rounds, folder, ...how }) => {
  const devTools = await DevTools.open();
  const results = Object.fromEntries(names.map((name) => [name, { ready: [], rest: [], longest: [] }]));
  const isCold = cache === 'cold';
  try {
    const shared = isCold || (await devTools.newPage(false));
    for (let round = isCold ? 0 : -kViewsBefore; round < rounds; round++) {
      for (const name of names) {
        const page = shared === true ? await devTools.newPage(true) : shared;
        const isLast = round === rounds - 1;
        const profileFile = folder && isLast && `${folder}start-${name}-${path}-${cache}-${how.throttle}.cpuprofile`;
        const result = await view(devTools, page, shop, name, path, { ...how, profileFile, isMeasured: round >= 0 });
        for (const key in result) results[name][key].push(result[key]);
        if (isCold) await page.close();
      }
    }
  } finally {
    await devTools.close();
  }
  return results;
};

const main = async () => {
  const { values, positionals } = /** @type {any} */ (parseArgs({ options, allowPositionals: true }));
  const builds = { '': values.vitrine, ...Object.fromEntries(values.build.map((build) => build.split('=', 2))) };
  const others = Object.keys(builds)
    .filter(Boolean)
    .flatMap((build) => [`vitrine:${build}`, `vitrine-tracking:${build}`]);
  const known = [...Object.keys(starters), ...others];
  const unknown = positionals.filter((name) => !known.includes(name));
  if (unknown.length) throw Error(`no starter is called ${unknown}; there are ${known.join(', ')}`);
  const names = positionals.length ? ['empty', ...positionals.filter((name) => name !== 'empty')] : known;
  for (const folder of Object.values(builds))
    if (!existsSync(`${folder}/vitrine.js`)) throw Error(`${folder}/vitrine.js does not exist; run: npm run build`);
  const folder = values.profile && `${root}build/bench/profiles/`;
  if (folder) mkdirSync(folder, { recursive: true });

  await installPeers();
  const shop = await openStartShop(names, builds);
  const packages = names
    .filter((name) => starters[name]?.package)
    .map((name) => `${starters[name].package} ${peerVersion(starters[name].package)}`);
  console.log(
    [`${cpus()[0].model}, ${cpus().length} cores`, `node ${process.version}`, version, ...packages].join('; '),
  );
  const cells = [];
  for (const throttle of values.throttle.map(Number)) {
    for (const path of values.path) {
      for (const cache of values.cache) {
        const results = await measure(shop, names, path, cache, {
          throttle,
          rounds: +values.rounds,
          restMs: +values.rest,
          folder,
        });
        const of = (name, key) => median(results[name][key]) - median(results.empty[key]);
        for (const name of names.filter((name) => name !== 'empty')) {
          const { ready, longest } = results[name];
          cells.push({
            throttle,
            path,
            cache,
            name,
            readyMs: of(name, 'ready'),
            least: Math.min(...ready) - median(results.empty.ready),
            restMs: of(name, 'rest'),
            longestMs: median(longest),
          });
        }
      }
    }
  }
  shop.close();
  const besideSnowplow = (cell) => {
    const peer = cells.find(
      ({ throttle, path, cache, name }) =>
        name === 'snowplow' && throttle === cell.throttle && path === cell.path && cache === cell.cache,
    );
    return peer && cell.readyMs / peer.readyMs;
  };
  for (const cell of cells) cell.ratio = besideSnowplow(cell);
  console.log(
    `\nCPU ms of the main thread above an empty script, medians of ${values.rounds}. ready: until it can track; ` +
      `rest: in the ${values.rest} ms afterwards; longest: the longest task\n`,
  );
  console.log(
    table(
      ['starter', 'path', 'cache', 'throttle', 'ready', 'least', 'ratio to snowplow', 'rest', 'longest'],
      cells.map(({ name, path, cache, throttle, readyMs, least, ratio, restMs, longestMs }) => [
        name,
        path,
        cache,
        `${throttle}x`,
        readyMs.toFixed(1),
        least.toFixed(1),
        ratio?.toFixed(2),
        restMs.toFixed(1),
        longestMs.toFixed(1),
      ]),
    ),
  );
  console.log(`\n${table(startHead, judgeStart(cells))}`);
  const rows = cells.map(({ name, path, cache, throttle, readyMs, restMs, longestMs }) => ({
    starter: name,
    path,
    cache,
    throttle: `${throttle}x`,
    ready: readyMs,
    rest: restMs,
    'longest task': longestMs,
  }));
  saveRun(
    values.json,
    'start',
    [{ name: 'start', rows }],
    names.map((name) => starters[name]?.package),
  );
};

await main().then(() => process.exit(0), fail);
