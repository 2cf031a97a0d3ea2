// Each tab of the debug overlay shows what happens on the page.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../tools/steps.mjs';
import { keepingRoot, overlayOf } from './debug_page.mjs';
import { makeFolder } from './driver/processes.mjs';
import { inEachEngine } from './each_engine.mjs';
import { openSite } from './open_site.mjs';
import { until } from './until.mjs';

const openShown = async (t, browser, { config = {}, path = 'script.html', ...more } = {}) => {
  const site = await openSite(t, browser, { before: keepingRoot, config: { debug: true, ...config }, ...more });
  const tab = await site.open(path, 'window');
  const overlay = overlayOf(tab);
  await overlay.open();
  return { site, tab, overlay };
};
const click = (tab, name, count) => tab.run((id, times) => void shopper.click(id, times), name, count);

inEachEngine('tabs of the debug overlay', (_engine, browser) => {
  test('Start shows who the shopper is, the consent, and what runs', async (t) => {
    const { tab, overlay } = await openShown(t, browser());
    const [visitor, session] = await tab.run(() => [shopper.vitrine.getVisitorId(), shopper.vitrine.getSessionId()]);
    for (const text of [
      visitor,
      session,
      'granted',
      'Events are stored and sent, with ids.',
      'refine',
      'vitrine-refine.wasm',
    ])
      await overlay.has('#view', text);
    await tab.run(() => shopper.vitrine.identify('user-7'));
    await overlay.has('dd', 'user-7');
    assert.deepEqual(await overlay.fault(), []);
  });

  test('Events shows each step of an event with its JSON, and filters by type and state', async (t) => {
    const { site, tab, overlay } = await openShown(t, browser());
    await click(tab, 'shoe', 1);
    await site.arrived(1, { type: 'click' });
    await overlay.show('events');
    await until(async () => (await overlay.texts('.row .tag')).every((text) => text === 'received'), 'received events');
    assert.equal((await overlay.texts('.row')).length, 2);
    await overlay.press('.row .head', 'click');
    for (const text of ['made', 'stored in the journal', 'sent to', 'status 200', 'removed from storage'])
      await overlay.has('.steps li', text);
    const [{ eventId }] = (await site.events({ type: 'click' })).events;
    await overlay.has('pre', eventId);
    const choose = (place, value) =>
      tab.run(
        (at, to) => {
          const select = debugRoot().querySelectorAll('.bar select')[at];
          select.value = to;
          select.dispatchEvent(new Event('change', { bubbles: true }));
        },
        place,
        value,
      );
    await choose(0, 'click');
    await until(async () => (await overlay.texts('.row .head')).length === 1, 'one row');
    await choose(1, 'dropped');
    await overlay.has('#view', 'No event fits the filters.');
  });

  test('Events says why an event has not arrived, and what to do', async (t) => {
    const { site, tab, overlay } = await openShown(t, browser());
    await site.fault({ target: 'events', status: 503, count: 100 });
    await click(tab, 'shoe', 1);
    await overlay.show('events');
    await overlay.has('.row .tag', 'waits to be sent again');
    await overlay.press('.row .head', 'click');
    await overlay.has('.why', 'The last attempt failed: status 503.');
    await tab.run(() => shopper.vitrine.setConsent('denied'));
    await overlay.has('.row .tag', 'dropped: consent');
    await overlay.has('.why', "setConsent('granted')");
  });

  test('Events that a hook has dropped are shown with their reason', async (t) => {
    const site = await openSite(t, browser(), { before: keepingRoot, config: { debug: true } });
    const tab = await site.open('script.html', 'window');
    const overlay = overlayOf(tab);
    await overlay.open();
    await tab.run(() => vitrine('use', { name: 'filter', beforeTrack: ({ type }) => type !== 'click' }));
    await until(
      () =>
        tab.run(() => {
          shopper.click('shoe', 1);
          return (shopper.vitrine.events.getMetrics().dropped.hook ?? 0) > 0;
        }),
      'a click that the hook drops',
    );
    await overlay.show('events');
    await overlay.has('.row .tag', 'dropped: hook');
  });

  test('Views draws a ring over each item, which follows the core to "viewed"', async (t) => {
    const { site, tab, overlay } = await openShown(t, browser(), { path: 'widget.html' });
    await overlay.show('views');
    await site.arrived(4, { type: 'view' });
    await overlay.has('.mark .label', 'viewed');
    await overlay.has('.line', 'viewed');
    const [mark, item, events] = await tab.run(() => {
      const one = debugRoot().querySelector('.mark');
      const element = document.querySelector(`[data-vitrine-item="${one.dataset.item}"]`);
      const place = (node) => [node.getBoundingClientRect().left, node.getBoundingClientRect().top].map(Math.round);
      return [place(one), place(element), getComputedStyle(debugRoot().querySelector('.layer')).pointerEvents];
    });
    assert.deepEqual(mark, item);
    assert.equal(events, 'none');
    await tab.run(() => {
      document.body.style.minHeight = '4000px';
      scrollTo({ top: 30, behavior: 'instant' });
    });
    await until(
      () =>
        tab.run(() => {
          const one = debugRoot().querySelector('.mark');
          const element = one && document.querySelector(`[data-vitrine-item="${one.dataset.item}"]`);
          const top = (node) => Math.round(node.getBoundingClientRect().top);
          return scrollY === 30 && !!element && top(one) === top(element);
        }),
      'the ring at the scrolled item',
    );
    await overlay.show('events');
    await until(async () => (await overlay.texts('.mark')).length === 0, 'no ring');
  });

  test('Lists shows the lists of the page view, and the list that led to a product', async (t) => {
    const { site, tab, overlay } = await openShown(t, browser());
    const serveId = await tab.run(() => shopper.click('shoe', 2));
    await site.arrived(2, { type: 'click' });
    await overlay.show('lists');
    await overlay.press('.row .head', 'test_page');
    await overlay.has('.body', serveId);
    await overlay.has('.body pre', '1. shoe-0');
    await overlay.has('.body', '2 clicks');
    await overlay.has('[data-touch]', 'shoe-1');
  });

  test('Requests shows address, body, result, bytes and tries of events and data calls', async (t) => {
    const { site, tab, overlay } = await openShown(t, browser());
    await site.fault({ target: 'events', status: 503, count: 1 });
    await click(tab, 'shoe', 1);
    await site.arrived(1, { type: 'click' });
    await tab.run(() => shopper.vitrine.recs.similarItems({ anchorId: 'SKU-0001', topK: 2 }).catch(() => {}));
    await overlay.show('requests');
    await overlay.has('.row .head', 'data call');
    await overlay.has('.row .tag', 'status 503');
    await overlay.press('.row:last-child .head');
    await overlay.has('.body dd', '/refine/events');
    await overlay.has('.body pre', '"batchId"');
    await overlay.press('.row .head', 'events');
    await overlay.has('.body dd', '2');
  });

  test('Storage shows each journal with its owner, and each key with its meaning', async (t) => {
    const { site, tab, overlay } = await openShown(t, browser());
    await site.fault({ target: 'events', status: 503, count: 100 });
    await click(tab, 'shoe', 1);
    await tab.run(() => localStorage.setItem('vitrine:1:j:deadpage01:0', '{"eventId":"x","type":"click"}'));
    await overlay.show('storage');
    await overlay.has('[data-journal]', 'this tab');
    await overlay.has('[data-journal="deadpage01"]', 'nobody: waits to be adopted');
    await overlay.press('.row .head', 'vitrine:1:id');
    await overlay.has('.body', 'who the browser is');
    await overlay.has('.body pre', '"v"');
  });

  test('Storage says that a journal belongs to another tab that is open', async (t) => {
    const { site, overlay } = await openShown(t, browser());
    await site.fault({ target: 'events', status: 503, count: 100 });
    const other = await site.open('script.html', 'window');
    await click(other, 'hat', 1);
    await overlay.show('storage');
    await overlay.has('[data-journal]', 'another tab');
  });

  test('Counts shows the numbers of the core as charts, and drops by reason', async (t) => {
    const { site, tab, overlay } = await openShown(t, browser());
    await click(tab, 'shoe', 2);
    await site.arrived(2, { type: 'click' });
    await tab.run(() => shopper.vitrine.optOut());
    await tab.run(() => shopper.vitrine.events.track('x'));
    await overlay.show('counts');
    await overlay.has('[data-chart="Received"] b', '3');
    assert.equal(
      await tab.run(() => debugRoot().querySelector('[data-chart="Received"] path').namespaceURI),
      'http://www.w3.org/2000/svg',
    );
    await overlay.has('[data-reason="consent"]', 'What to do');
  });

  test('Console shows each line of Vitrine with its count, cause and cure', async (t) => {
    const { tab, overlay } = await openShown(t, browser(), { config: { consnet: 'granted' } });
    await overlay.show('lines');
    await overlay.has('[data-code="bad-option"]', 'Correct the option that the line names');
    await tab.run(() => vitrine('events.trackPurchas', {}));
    await tab.run(() => vitrine('events.trackPurchas', {}));
    await overlay.has('[data-code="unknown-call"]', '2 times');
    await overlay.has('[data-code="unknown-call"]', 'What to do: Correct the name');
  });

  test('Record gives the session as a file that the native core replays', async (t) => {
    const { site, tab, overlay } = await openShown(t, browser());
    await tab.run(() => {
      const { createObjectURL } = URL;
      URL.createObjectURL = (/** @type {any} */ blob) => {
        blob.text().then((text) => (window.arrive = text));
        return createObjectURL(blob);
      };
      HTMLAnchorElement.prototype.click = () => {};
    });
    await click(tab, 'shoe', 2);
    await site.arrived(2, { type: 'click' });
    await overlay.show('record');
    await overlay.has('.why', 'The file contains the ids of the shopper');
    await overlay.has('dd', 'From the start of this page on.');
    await tab.run(() => {
      for (const button of debugRoot().querySelectorAll('button'))
        if (button.textContent === 'Download session') button.click();
    });
    const text = await until(() => tab.run(() => window.arrive), 'the file');
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      lines.slice(0, 2).map(([name]) => name),
      ['vitrine', 'new'],
    );
    assert.equal(lines.filter(([name, , kind]) => name === 'itemEvent' && kind === 'click').length, 2);
    assert.ok(!lines.some(([name]) => name === 'metrics'), "the overlay's own questions are left out");
    const replay = `${root}build/dev/vitrine-replay`;
    if (!existsSync(replay)) return t.diagnostic('vitrine-replay is not built');
    const file = join(await makeFolder(), 'session.jsonl');
    writeFileSync(file, text);
    const output = execFileSync(replay, [file], { encoding: 'utf8' });
    assert.match(output, /shoe-1/);
  });
});
