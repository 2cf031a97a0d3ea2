// npm run bench:render [-- [--products N]… [--runs N] [--throttle N] [--profile] [--vitrine FILE]
//   [--build NAME=FILE]… [--json FILE] [RENDERER…]]
// Measures the time from a reply's text to its products in the page, for Vitrine and its peers in one run. Prints
// Markdown tables, and ends with status 0 even if a goal is missed. --build adds another build of dist/index.js to the
// run, as the renderer vitrine:NAME: so the gain of a part is measured.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { fail, root } from '../../tools/steps.mjs';
import { Chromium, version } from './harness/chromium.mjs';
import { installPeers, peerVersion } from './harness/peers.mjs';
import { startProfile, stopProfile } from './harness/profile.mjs';
import { setUp } from './harness/render_page.mjs';
import { reply } from './harness/replies.mjs';
import { percentile, table } from './harness/report.mjs';
import { saveRun } from './harness/results.mjs';
import { openShop } from './harness/shop.mjs';

/** By name: the npm package that is measured, if it is one. */
const renderers = {
  vitrine: undefined,
  innerhtml: undefined,
  clone: undefined,
  preact: 'preact',
  'lit-html': 'lit-html',
  'recommend-js': '@algolia/recommend-js',
  instantsearch: 'instantsearch.js',
};

/**
 * Goals of Vitrine: in a phase it takes at most `factor` times as long as the peer.
 * @type {[phase: string, peer: string, factor: number][]}
 */
const goals = [
  ['cold', 'innerhtml', 1.1],
  ['first', 'innerhtml', 1.1],
  ['same', 'lit-html', 1],
  ['changed', 'lit-html', 1.5],
  ['changed', 'preact', 1],
];

const options = /** @type {const} */ ({
  products: { type: 'string', multiple: true },
  runs: { type: 'string', default: '50' },
  rounds: { type: 'string', default: '3' },
  throttle: { type: 'string', default: '1' },
  profile: { type: 'boolean' },
  vitrine: { type: 'string', multiple: false },
  build: { type: 'string', multiple: true },
  json: { type: 'string', multiple: false },
});

const phases = ['cold', 'first', 'same', 'changed'];
const kDearest = 40;

/** Returns the thread's own milliseconds in tasks so far, which do not grow with the load of the machine. */
const taskMs = async (session) => {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
};

const measure = async (shop, name, n, { runs, throttle, profileFile }) => {
  const browser = await Chromium.open();
  try {
    const page = await browser.context.newPage();
    const session = await browser.context.newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    if (throttle > 1) await session.send('Emulation.setCPUThrottlingRate', { rate: throttle });
    await page.goto(`${shop.url}/shop?tracker=render/${name}`);
    await page.evaluate(setUp, [[reply(n), reply(n, 1), reply(n, 2)], n]);
    const result = { busy: {} };
    for (const phase of phases) {
      if (profileFile) await startProfile(session);
      const before = await taskMs(session);
      result[phase] = await page.evaluate(([of, k]) => BENCH[of](k), phase === 'cold' ? ['first', 1] : [phase, runs]);
      result.busy[phase] = ((await taskMs(session)) - before) / result[phase].length;
      if (!profileFile) continue;
      const { profile, dearest } = await stopProfile(session);
      writeFileSync(`${profileFile}-${phase}.cpuprofile`, JSON.stringify(profile));
      const per = result[phase].length;
      console.error(
        `${phase}\n${dearest
          .slice(0, kDearest)
          .map(([ms, what]) => `${((ms * 1000) / per).toFixed(1).padStart(8)} µs  ${what}`)
          .join('\n')}`,
      );
    }
    if (!(await page.evaluate(() => BENCH.isEscaped()))) throw Error(`${name} shows titles wrongly`);
    return result;
  } finally {
    await browser.kill();
    await browser.remove();
  }
};

const main = async () => {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const builds = Object.fromEntries((values.build ?? []).map((build) => build.split('=', 2)));
  for (const name in builds) renderers[`vitrine:${name}`] = undefined;
  const unknown = positionals.filter((name) => !(name in renderers));
  if (unknown.length) throw Error(`no renderer is called ${unknown}; there are ${Object.keys(renderers).join(', ')}`);
  const names = positionals.length ? positionals : Object.keys(renderers);
  const vitrine = values.vitrine ?? `${root}dist/index.js`;
  if (!existsSync(vitrine)) throw Error(`${vitrine} does not exist; run: npm run build`);
  const folder = `${root}build/bench/profiles/`;
  if (values.profile) mkdirSync(folder, { recursive: true });

  await installPeers();
  const shop = await openShop(
    names.map((name) => `render/${name}`),
    {
      vitrine,
      builds: Object.fromEntries(Object.entries(builds).map(([name, file]) => [`render/vitrine:${name}`, file])),
      isolated: true,
      minify: !values.profile,
    },
  );
  const packages = names
    .filter((name) => renderers[name])
    .map((name) => `${renderers[name]} ${peerVersion(renderers[name])}`);
  console.log(
    [`${cpus()[0].model}, ${cpus().length} cores`, `node ${process.version}`, version, ...packages].join('; '),
  );
  const tables = [];
  for (const n of (values.products ?? ['24', '200']).map(Number)) {
    const ms = {};
    const busy = {};
    // Runs in rounds, so that other work of the machine slows all renderers alike.
    for (let round = 0; round < +values.rounds; round++) {
      for (const name of names) {
        const profileFile = values.profile && `${folder}render-${name}-${n}`;
        const result = await measure(shop, name, n, { runs: +values.runs, throttle: +values.throttle, profileFile });
        ms[name] ??= Object.fromEntries(phases.map((phase) => [phase, []]));
        for (const phase of phases) {
          ms[name][phase].push(...result[phase]);
          ((busy[name] ??= {})[phase] ??= []).push(result.busy[phase]);
        }
      }
    }
    const of = (name, phase, p = 50) => percentile(ms[name][phase], p);
    const cells = (name) =>
      phases.flatMap((phase) => [
        ...(phase === 'cold'
          ? [of(name, phase).toFixed(2)]
          : [of(name, phase).toFixed(3), of(name, phase, 95).toFixed(3)]),
        percentile(busy[name][phase], 50).toFixed(2),
      ]);
    const rows = names.map((name) => ({
      renderer: name,
      ...Object.fromEntries(
        phases.flatMap((phase) => [
          [phase, of(name, phase)],
          [`${phase}, CPU`, percentile(busy[name][phase], 50)],
        ]),
      ),
    }));
    tables.push({ name: `${n} products`, rows });
    console.log(
      `\n${n} products, ${reply(n).length} characters; ms from the reply to the attached products, median and 95th ` +
        'percentile; CPU: of the main thread per rendering, with style, layout and the bench itself\n',
    );
    console.log(
      table(
        ['renderer', 'cold', 'CPU', 'first', 'p95', 'CPU', 'same', 'p95', 'CPU', '10 % changed', 'p95', 'CPU'],
        names.map((name) => [name, ...cells(name)]),
      ),
    );
    const asked = goals.filter(([, peer]) => names.includes('vitrine') && names.includes(peer));
    const ratio = (phase, peer) => of('vitrine', phase) / of(peer, phase);
    if (!asked.length) continue;
    console.log(
      `\n${table(
        ['phase', 'beside', 'ratio', 'goal', 'met'],
        asked.map(([phase, peer, goal]) => {
          const factor = ratio(phase, peer);
          return [phase, peer, factor.toFixed(2), goal, factor <= goal ? 'yes' : 'no'];
        }),
      )}`,
    );
  }
  shop.close();
  saveRun(
    values.json,
    'render',
    tables,
    names.map((name) => renderers[name]),
  );
};

await main().then(() => process.exit(0), fail);
