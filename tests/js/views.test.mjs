import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTab } from './stage/tab.mjs';

const windowRect = { width: 1000, height: 800 };

/** A tab whose IntersectionObserver reports what the test says, when it says so. */
const open = () => {
  const observed = new Set();
  let waiting = [];
  let report;
  const tab = openTab({
    globals: {
      IntersectionObserver: class {
        constructor(callback) {
          report = callback;
        }
        observe = (element) => observed.add(element);
        unobserve = (element) => observed.delete(element);
        takeRecords = () => waiting.splice(0);
      },
    },
  });
  const js = tab.modules();
  const pageMs = () => tab.page.performance.now();
  const entry = (target, ratio, { size = [200, 200], time = pageMs() } = {}) => ({
    target,
    time,
    isIntersecting: ratio > 0,
    boundingClientRect: { width: size[0], height: size[1] },
    intersectionRect: { width: size[0], height: size[1] * ratio },
    rootBounds: windowRect,
  });
  const seen = [];
  return {
    ...tab,
    js,
    observed,
    seen,
    watch: (element) => js.watchView(element, () => seen.push(element)),
    /** The observer calls back now. */
    scroll: (...args) => report([entry(...args)]),
    /** The observer has something to say, but the page is busy. */
    scrollUnheard: (...args) => waiting.push(entry(...args)),
    pageMs,
  };
};

test('half of an item for one second is a view, told once', async () => {
  const { watch, scroll, clock, seen, observed } = open();
  watch('a');
  scroll('a', 0.5);
  await clock.advance(999);
  assert.deepEqual(seen, []);
  await clock.advance(1);
  assert.deepEqual(seen, ['a']);
  assert.equal(observed.size, 0);
  await clock.advance(5000);
  assert.deepEqual(seen, ['a']);
});

test('less than half is no view, however long', async () => {
  const { watch, scroll, clock, seen } = open();
  watch('a');
  scroll('a', 0.49);
  await clock.advance(10_000);
  assert.deepEqual(seen, []);
});

test('the second must be continuous', async () => {
  const { watch, scroll, clock, seen } = open();
  watch('a');
  for (let i = 0; i < 4; i++) {
    scroll('a', 1);
    await clock.advance(900);
    scroll('a', 0.2);
    await clock.advance(100);
  }
  assert.deepEqual(seen, []);
});

test('an item that scrolled away while the page was busy is judged by when it left', async () => {
  const { watch, scroll, scrollUnheard, clock, seen, pageMs } = open();
  for (const element of ['left', 'stayed']) {
    watch(element);
    scroll(element, 1);
  }
  scrollUnheard('left', 0, { time: pageMs() + 400 });
  scrollUnheard('stayed', 0, { time: pageMs() + 1600 });
  clock.nowMs += 3000;
  await clock.advance(0);
  assert.deepEqual(seen, ['stayed']);
});

test('a hidden tab stops the clock; shown again it starts anew', async () => {
  const { watch, scroll, clock, seen, hide, show, observed } = open();
  watch('a');
  scroll('a', 1);
  await clock.advance(900);
  hide();
  await clock.advance(60_000);
  show();
  assert.ok(observed.has('a'));
  scroll('a', 1);
  await clock.advance(999);
  assert.deepEqual(seen, []);
  await clock.advance(1);
  assert.deepEqual(seen, ['a']);
});

test('an entry that arrives while the tab is hidden starts no clock', async () => {
  const { watch, scroll, clock, seen, hide } = open();
  watch('a');
  hide();
  scroll('a', 1);
  await clock.advance(60_000);
  assert.deepEqual(seen, []);
});

test('30 % of a large item is enough, and an item larger than the window is judged against the window', async () => {
  const { watch, scroll, clock, seen } = open();
  for (const element of ['large', 'small', 'huge', 'flat']) watch(element);
  scroll('large', 0.31, { size: [500, 500] });
  scroll('small', 0.31, { size: [400, 400] });
  scroll('huge', 0.1, { size: [1000, 2600] });
  scroll('flat', 1, { size: [0, 0] });
  await clock.advance(1000);
  assert.deepEqual(seen, ['large', 'huge']);
});

test('a forgotten item is never told, and nothing keeps ticking', async () => {
  const { js, watch, scroll, clock, seen, observed } = open();
  watch('a');
  scroll('a', 1);
  js.unwatchView('a');
  await clock.advance(2000);
  assert.deepEqual(seen, []);
  assert.equal(observed.size, 0);
  assert.deepEqual(clock.delays, []);
});

test('without IntersectionObserver nothing counts as seen and nothing breaks', () => {
  const js = openTab().modules();
  js.watchView('a', () => assert.fail());
  js.unwatchView('a');
});
