// npm run bench:views [-- [--rounds N] [--json FILE] [PACE…]]
// Measures how much time of Chromium's main thread it takes to watch 2,000 items, from adding them to the page to the
// end of a scroll past all of them.
//
// The same page is scrolled three times: with nothing, with a bare IntersectionObserver of the same shares whose
// callback does nothing (the browser's own cost of watching all elements), and with the package. "script" is the time
// of JavaScript and WebAssembly, with the loop that scrolls; "all" is the time of all tasks. Both are the thread's
// own time, which does not grow with the load of the machine.

import { parseArgs } from 'node:util';
import { launch } from '../browser/engine.mjs';
import { addList, pause } from '../browser/items.mjs';
import { openSite } from '../browser/open_site.mjs';
import { percentile, table } from './harness/report.mjs';
import { saveRun } from './harness/results.mjs';

const kItems = 2000;
const kVariants = ['nothing', 'a bare observer', 'the package'];
const kWindow = { width: 1000, height: 800 };

/** Four items in a row: 500 rows, some 80 windows. No frame skips a row, so each item enters and leaves the window. */
const long = { columns: 4, width: '200px', height: '120px' };
/** All items in five windows. */
const dense = { columns: 40, width: '18px', height: '50px' };

const paces = {
  hurry: { says: '120 px a frame, nine windows a second: nothing is seen for long', grid: long, px: 120 },
  stroll: {
    says: '40 px a frame, three windows a second: each item is reported at every share that matters',
    grid: long,
    px: 40,
  },
  reading: {
    says: '1.3 s in each window: every item is viewed, and its event is stored and sent',
    grid: dense,
    px: 700,
    restMs: 1300,
  },
};

const { values, positionals } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, json: { type: 'string' } },
  allowPositionals: true,
});
const chosen = positionals.length ? positionals : ['hurry'];

const browser = await launch('chromium');

/** Scrolls down to the end of the page; resolves with the number of frames. */
const scroll = (px, restMs = 0) =>
  new Promise((resolve) => {
    const end = document.documentElement.scrollHeight - innerHeight;
    let [top, frames] = [0, 0];
    const step = () => {
      frames++;
      scrollTo({ top: (top += px), behavior: 'instant' });
      if (top >= end) setTimeout(resolve, restMs, frames);
      else if (restMs) setTimeout(requestAnimationFrame, restMs, step);
      else requestAnimationFrame(step);
    };
    setTimeout(requestAnimationFrame, restMs, step);
  });

const measure = async (variant, { grid, px, restMs }) => {
  const isOurs = variant === 'the package';
  const after = [];
  const t = { after: (step) => after.push(step) };
  const site = await openSite(t, browser, {
    events: { rateLimit: { burst: 10_000 } },
    config: { autoTrack: isOurs },
  });
  const tab = await site.open('script.html', 'window');
  await tab.resize(kWindow.width, kWindow.height);
  await tab.run(() => shopper.vitrine.events.flush());
  await tab.cdp('Performance.enable', { timeDomain: 'threadTicks' });
  const spent = async () => {
    const { metrics } = await tab.cdp('Performance.getMetrics');
    const of = (what) => metrics.find(({ name }) => name === what).value * 1000;
    return { script: of('ScriptDuration'), all: of('TaskDuration') };
  };
  const start = await spent();
  const list = { display: 'grid', gridTemplateColumns: `repeat(${grid.columns}, ${grid.width})`, gap: '10px 4px' };
  await addList(tab, 'grid', kItems, { list, item: { width: grid.width, height: grid.height } });
  if (variant === 'a bare observer')
    await tab.run(() => {
      const observer = new IntersectionObserver(() => {}, { threshold: [0.3, 0.5] });
      for (const item of document.querySelectorAll('li')) observer.observe(item);
    });
  await pause(tab, 700);
  const middle = await spent();
  const frames = await tab.run(scroll, px, restMs);
  const end = await spent();
  if (isOurs) await tab.run(() => shopper.vitrine.events.flush());
  const { total: views } = await site.events({ type: 'view' });
  for (const step of after) await step();
  return {
    begin: middle.all - start.all,
    script: end.script - middle.script,
    all: end.all - middle.all,
    frames,
    views,
  };
};

const show = async (name) => {
  const rounds = Object.fromEntries(kVariants.map((variant) => [variant, []]));
  for (let i = 0; i < +values.rounds; i++)
    for (const variant of kVariants) rounds[variant].push(await measure(variant, paces[name]));
  const of = (variant, column) =>
    percentile(
      rounds[variant].map((one) => one[column]),
      50,
    );
  const columns = ['begin', 'script', 'all'];
  const row = (variant) => [variant, ...columns.map((column) => of(variant, column).toFixed(0))];
  const over = (variant, base) => [
    `${variant}, over ${base}`,
    ...columns.map((column) => (of(variant, column) - of(base, column)).toFixed(0)),
  ];
  const [nothing, bare, ours] = kVariants;
  const rows = kVariants.map((variant) => ({
    watching: variant,
    ...Object.fromEntries(columns.map((column) => [column, of(variant, column)])),
  }));
  console.log(`\n${name}: ${paces[name].says}; ${of(ours, 'frames')} frames, ${of(ours, 'views')} views\n`);
  console.log(
    table(
      ['ms of the main thread', 'begin: list and first look', 'scroll: script', 'scroll: all'],
      [...kVariants.map(row), over(bare, nothing), over(ours, nothing), over(ours, bare)],
    ),
  );
  return rows;
};

try {
  console.log(`${browser.version}, ${kItems} items, medians of ${values.rounds}`);
  const tables = [];
  for (const name of chosen) tables.push({ name, rows: await show(name) });
  saveRun(values.json, 'views', tables);
} finally {
  await browser.quit();
}
