// npm run bench:views: what watching 2,000 items costs the main thread of Chromium while the whole page is scrolled by.
//
// The same scroll three times: with nothing, with a bare IntersectionObserver whose callback does nothing (what the browser itself takes to
// watch so many elements), and with the package, which shares that cost. "script" is what runs as JavaScript and WebAssembly.

import { launch } from '../browser/engine.mjs';
import { addList, pause } from '../browser/items.mjs';
import { openStage } from '../browser/stage.mjs';

const kItems = 2000;
const kRounds = 3;
const kVariants = ['nothing', 'a bare observer', 'the package'];

const after = [];
const t = { after: (step) => after.unshift(step) };
const browser = await launch('chromium');
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

const measure = async (variant) => {
  const stage = await openStage(t, browser, { config: { autoTrack: variant === 'the package' } });
  const tab = await stage.open('script.html', 'window');
  await tab.resize(1000, 800);
  await tab.cdp('Performance.enable');
  const spent = async () => {
    const { metrics } = await tab.cdp('Performance.getMetrics');
    const of = (what) => metrics.find(({ name }) => name === what).value * 1000;
    return { script: of('ScriptDuration'), all: of('TaskDuration') };
  };
  const list = { display: 'grid', gridTemplateColumns: 'repeat(4, 200px)', gap: '10px' };
  await addList(tab, 'grid', kItems, { list, item: { height: '120px' } });
  if (variant === 'a bare observer')
    await tab.run(() => {
      const observer = new IntersectionObserver(() => {}, { threshold: [0.3, 0.5] });
      for (const item of document.querySelectorAll('li')) observer.observe(item);
    });
  await pause(tab, 1000);
  const before = await spent();
  // Nine windows a second: a shopper in a hurry, who sees nothing for long.
  await tab.run(
    () =>
      new Promise((resolve) => {
        const step = () => {
          scrollBy({ top: 120, behavior: 'instant' });
          if (scrollY + innerHeight < document.documentElement.scrollHeight - 1) requestAnimationFrame(step);
          else resolve();
        };
        requestAnimationFrame(step);
      }),
  );
  const end = await spent();
  await tab.close();
  return { script: end.script - before.script, all: end.all - before.all };
};

try {
  const rounds = Object.fromEntries(kVariants.map((variant) => [variant, []]));
  for (let i = 0; i < kRounds; i++) for (const variant of kVariants) rounds[variant].push(await measure(variant));
  console.log(`${browser.version}, ${kItems} items, a full scroll, medians of ${kRounds}, ms of the main thread\n`);
  console.log('| with | script | all tasks |\n|---|---|---|');
  for (const variant of kVariants) {
    const of = (pick) => median(rounds[variant].map(pick)).toFixed(0);
    console.log(`| ${variant} | ${of(({ script }) => script)} | ${of(({ all }) => all)} |`);
  }
} finally {
  for (const step of after) await step();
  await browser.quit();
}
