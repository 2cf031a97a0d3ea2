// node tests/bench/many_widgets.mjs: long tasks of a page with 75, 150 and 300 widgets of twelve products below each
// other, in Chromium at full speed, from the start of the script until every widget near the window is ready, and while
// the shopper scrolls through the page.

import { answering } from '../browser/answers.mjs';
import { launch } from '../browser/engine.mjs';
import { servePages } from '../browser/pages.mjs';
import { until } from '../browser/until.mjs';

const widgetOf = (i, attributes) =>
  `<vitrine-widget anchor-id="SKU-${i}" top-k="12" currency="EUR" heading="Row ${i}" ${attributes}></vitrine-widget>`;
const pageOf = (count, attributes) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Many</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/dist/vitrine.css">
<script src="/watch.js"></script><script src="/before.js"></script><script src="/settings.js"></script>
<script src="/shopper.js"></script><script src="/snippet.js"></script>
<main>${Array.from({ length: count }, (_, i) => widgetOf(i, attributes)).join('\n')}</main>
<script async src="/dist/vitrine.js"></script>`;

const before = `${answering}
answers.next = [{ text: answers.slate(12) }];
window.longTasks = [];
new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ duration }) => Math.round(duration))))
  .observe({ type: 'longtask', buffered: true });`;

const provider = { name: 'refine', apiKey: 'pk_demo', organizationId: 'o', catalogId: 'c' };
const pages = await servePages({ settings: { provider }, before });
const browser = await launch('chromium');
const total = (list) => list.reduce((sum, ms) => sum + ms, 0);
try {
  for (const attributes of ['', 'template="carousel"', 'load="eager"']) {
    for (const count of [75, 150, 300]) {
      pages.replies.set('/many.html', { body: pageOf(count, attributes) });
      const tab = await browser.open(`${pages.url}/many.html`, 'window');
      const isReady = () =>
        tab.run(() =>
          [...document.querySelectorAll('vitrine-widget')].every(
            (widget) => widget.getBoundingClientRect().top > innerHeight || widget.getAttribute('state') === 'ready',
          ),
        );
      await until(isReady, 'ready widgets');
      const settle = () => tab.run(() => new Promise((resolve) => requestIdleCallback(() => setTimeout(resolve, 300))));
      await settle();
      const started = await tab.run(() => longTasks.splice(0));
      await tab.run(async () => {
        for (let i = 0; i < 40; i++) {
          scrollBy(0, 400);
          await new Promise(requestAnimationFrame);
        }
      });
      await settle();
      const scrolled = await tab.run(() => longTasks.splice(0));
      const say = (list) => `longest ${Math.max(0, ...list)} ms, together ${total(list)} ms (${list.length})`;
      const asked = await tab.run(() => answers.asked);
      console.log(
        `${count} ${attributes || 'grid'}: start ${say(started)}; scroll ${say(scrolled)}; ${asked} requests`,
      );
      await tab.close();
    }
  }
} finally {
  await browser.quit();
  await pages.stop();
}
