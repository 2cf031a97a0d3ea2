// The components, hooks and composables of vitrine/react and vitrine/vue, with the frameworks' development builds,
// which warn where the page and the component differ: React 18 and 19 in StrictMode, and Vue 3.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frameworks, kNoise, open } from './components/open.mjs';
import { inEachEngine } from './each_engine.mjs';
import { expectQuiet } from './expect.mjs';
import { settled } from './items.mjs';
import { until } from './until.mjs';

const kMounts = 1000;

inEachEngine('components', (engine, browser) => {
  for (const name of Object.keys(frameworks)) {
    for (const isFirst of [true, false])
      test(`${name} hydrates markup of a server ${isFirst ? 'after' : 'before'} the element has it`, async (t) => {
        const { tab } = await open(t, browser(), name);
        const seenHere = await tab.run(async (elementFirst) => {
          const slate = await shopper.vitrine.recs.similarItems({ anchorId: 'SKU-1', topK: 4 });
          await kit.loadProducts();
          const html = kit.renderWidget(slate, { currency: 'EUR' });
          kit.asked.length = 0;
          const states = [];
          const properties = {
            ...{ anchorId: 'SKU-1', topK: 4, currency: 'EUR', html, serve: slate.serveId, load: 'eager' },
            onState: (state) => states.push(state),
          };
          const page = await kit.render('Widget', { ...properties, own: 'own' });
          // A page whose element is not there yet is one whose markup is not in the document.
          const box = kit.app;
          if (elementFirst) {
            box.innerHTML = page;
            await kit.until(() =>
              box.querySelector('[data-vitrine-item]')?.closest('vitrine-widget').getAttribute('state'),
            );
            await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
          } else box.innerHTML = page;
          const before = [...box.querySelectorAll('vitrine-widget,[data-vitrine-item]')];
          await kit.hydrate('Widget', { ...properties, own: 'own' });
          await kit.until(() => kit.widget && box.querySelector('vitrine-widget p'));
          const after = [...box.querySelectorAll('vitrine-widget,[data-vitrine-item]')];
          const isKept = before.length === 5 && before.every((node, i) => node === after[i]);
          const fallback = () =>
            [...box.querySelectorAll('vitrine-widget p, vitrine-widget i')]
              .filter((node) => !node.closest('[data-vitrine-view]'))
              .map((node) => node.textContent + kit.isSeen(node));
          const atFirst = fallback();
          await kit.update({ ...properties, own: 'other' });
          const changed = fallback();
          const asked = kit.asked.length;
          answers.next = [kit.slate('sv_2', 0)];
          await kit.widget.refresh();
          const empty = [fallback(), box.querySelectorAll('[data-vitrine-item]').length];
          kit.unmount();
          return { isKept, atFirst, changed, asked, empty, states: states.join(), left: box.childElementCount };
        }, isFirst);
        assert.deepEqual(seenHere, {
          isKept: true,
          atFirst: ['ownfalse'],
          changed: ['otherfalse'],
          asked: 0,
          empty: [['othertrue'], 0],
          states: 'ready,empty',
          left: 0,
        });
        await expectQuiet(tab, kNoise);
      });

    test(`${name} hydrates a widget with children while or after its products come, and may change them`, async (t) => {
      const { tab } = await open(t, browser(), name);
      for (const isReady of [true, false]) {
        const seenHere = await tab.run(async (waits) => {
          const properties = { anchorId: 'SKU-1', topK: 4, load: 'eager', quantity: false };
          kit.app.innerHTML = await kit.render('Widget', { ...properties, own: 'own' });
          const before = kit.app.querySelector('vitrine-widget');
          if (waits) await kit.isIn(before, 'ready');
          await kit.hydrate('Widget', { ...properties, own: 'own' });
          for (const own of ['other', 'own', '', 'other']) await kit.update({ ...properties, own });
          await kit.isIn(before, 'ready');
          const items = before.querySelectorAll('[data-vitrine-item]').length;
          const steppers = before.querySelectorAll('[data-vitrine-quantity]').length;
          const isKept = kit.app.querySelector('vitrine-widget') === before;
          const own = before.querySelector('i:not([data-vitrine-view] i)');
          const state = [isKept, items, steppers, own.textContent, kit.isSeen(own)];
          kit.unmount();
          return state;
        }, isReady);
        assert.deepEqual(seenHere, [true, 4, 0, 'other', false]);
      }
      await expectQuiet(tab, kNoise);
    });

    test(`${name} passes properties in camel case, and calls the handlers of a widget's events`, async (t) => {
      const { site, tab } = await open(t, browser(), name, { isWaiting: true });
      const seenHere = await tab.run(async () => {
        const states = [];
        const wishes = [];
        // The component is there before the element is defined, and before Vitrine is.
        const mounted = kit.mount(
          'Widget',
          {
            ...{ anchorId: 'SKU-1', topK: 4, load: 'eager', quantity: false, exclude: ['viewing'], heading: 'Similar' },
            ...{ class: 'mine', id: 'similar', 'data-test': '1' },
            onState: (state) => states.push(state),
            async onAddToCart({ itemId }) {
              wishes.push(itemId);
              return { ok: itemId === 'p0' };
            },
          },
          {},
        );
        await mounted;
        await kit.start();
        const { widget } = kit;
        await kit.isIn(widget, 'ready');
        const [first, second] = widget.querySelectorAll('[data-vitrine-add]');
        first.click();
        second.click();
        await kit.until(() => first.dataset.vitrineCart === 'added' && second.dataset.vitrineCart === 'failed');
        const again = await widget.refresh();
        return {
          ...{ states: states.at(-1), wishes, again, asked: [kit.asked[0].productId, kit.asked[0].topK] },
          quantity: widget.querySelectorAll('[data-vitrine-quantity]').length,
          own: [widget.className, widget.id, widget.dataset.test, widget.querySelector('.vitrine-title').textContent],
        };
      });
      assert.deepEqual(seenHere, {
        ...{ states: 'ready', wishes: ['p0', 'p1'], again: 'ready', asked: ['SKU-1', 4], quantity: 0 },
        own: ['mine', 'similar', '1', 'Similar'],
      });
      const of = await settled(site, tab);
      assert.deepEqual(
        of('addToCart').map(({ itemId }) => itemId),
        ['p0'],
      );
      await expectQuiet(tab, kNoise);
    });

    test(`${name} takes the bare element: camel case, false for the stepper, events without a colon`, async (t) => {
      const { tab } = await open(t, browser(), name);
      const seenHere = await tab.run(async (hasEvents) => {
        const states = [];
        const properties = { anchorId: 'SKU-7', topK: 3, load: 'eager', quantity: false };
        const listener = ({ type, detail }) => states.push(`${type} ${detail.state}`);
        await kit.mount('Bare', {
          ...properties,
          ...(hasEvents && { 'onvitrine-state': listener, onVitrineState: listener }),
        });
        const mounted = kit.app.querySelector('vitrine-widget');
        await kit.isIn(mounted, 'ready');
        const steppers = mounted.querySelectorAll('[data-vitrine-quantity]').length;
        await kit.update({ ...properties, anchorId: 'SKU-8' });
        await kit.until(() => kit.asked.at(-1).productId === 'SKU-8');
        kit.unmount();
        // On a server each property becomes an attribute; false is left out, so it is written as a word.
        const written = { ...properties, anchorId: 'SKU-9', quantity: 'off', suppressHydrationWarning: true };
        kit.app.innerHTML = await kit.render('Bare', written);
        const element = kit.app.querySelector('vitrine-widget');
        await kit.isIn(element, 'ready');
        await kit.hydrate('Bare', written);
        const hydrated = [
          kit.app.querySelector('vitrine-widget') === element,
          element.querySelectorAll('[data-vitrine-quantity]').length,
        ];
        kit.unmount();
        const asked = [...new Set(kit.asked.map(({ productId, topK }) => `${productId} ${topK}`))];
        return { states: states.at(-1), steppers, hydrated, asked };
      }, name !== 'React 18');
      assert.deepEqual(seenHere, {
        states: name === 'React 18' ? null : 'vitrine-state ready',
        steppers: 0,
        hydrated: [true, 0],
        asked: ['SKU-7 3', 'SKU-8 3', 'SKU-9 3'],
      });
      await expectQuiet(tab, kNoise);
    });

    test(`${name}: a call is made once, follows its query, aborts, refreshes and reports errors`, async (t) => {
      const { tab } = await open(t, browser(), name);
      const seenHere = await tab.run(async () => {
        const last = () => JSON.parse(kit.notes.at(-1));
        const log = {};
        let go = kit.hold();
        await kit.mount('Calls', { query: { anchorId: 'SKU-1', topK: 4 } });
        await kit.until(() => kit.asked.length);
        log.loading = last();
        go(kit.slate('sv_1'));
        await kit.until(() => !last().loading);
        log.loaded = last();
        // An equal query is the same call.
        await kit.update({ query: { anchorId: 'SKU-1', topK: 4 } });
        go = kit.hold();
        await kit.update({ query: { anchorId: 'SKU-2', topK: 4 } });
        log.changed = last();
        await kit.until(() => kit.asked.length === 2);
        await kit.update({ query: { anchorId: 'SKU-3', topK: 4 } });
        await kit.until(() => kit.asked.length === 3);
        log.aborted = kit.asked.map(({ isAborted }) => isAborted);
        go(kit.slate('sv_3', 2));
        await kit.until(() => !last().loading);
        log.third = last();
        answers.next = [kit.slate('sv_4', 3)];
        log.refreshed = (await kit.refresh()).serveId;
        await kit.until(() => last().serveId === 'sv_4');
        answers.next = [{ status: 404, text: '{}' }];
        log.failed = await kit.refresh();
        await kit.until(() => last().error);
        log.error = last();
        await kit.update({ query: null });
        log.none = last();
        kit.hold();
        await kit.update({ query: { anchorId: 'SKU-5', topK: 4 } });
        await kit.until(() => kit.asked.length === 6);
        kit.unmount();
        await kit.until(() => kit.asked.at(-1).isAborted);
        log.asked = kit.asked.map(({ productId }) => productId);
        return log;
      });
      const state = (serveId, count, loading, error) => JSON.parse(JSON.stringify({ serveId, count, loading, error }));
      assert.deepEqual(seenHere, {
        loading: state(undefined, 0, true),
        loaded: state('sv_1', 4, false),
        changed: state(undefined, 0, true),
        aborted: [false, true, false],
        third: state('sv_3', 2, false),
        refreshed: 'sv_4',
        failed: null,
        error: state('sv_4', 3, false, 'NotFoundError'),
        none: state(undefined, 0, false),
        asked: ['SKU-1', 'SKU-2', 'SKU-3', 'SKU-3', 'SKU-3', 'SKU-5'],
      });
      await expectQuiet(tab, kNoise);
    });

    test(`${name}: a slate of a server makes no call, and a search waits for words and the last key`, async (t) => {
      const { tab } = await open(t, browser(), name);
      const seenHere = await tab.run(async () => {
        const last = () => JSON.parse(kit.notes.at(-1));
        const query = { anchorId: 'SKU-1', topK: 4 };
        const initial = await shopper.vitrine.recs.similarItems(query);
        kit.asked.length = 0;
        await kit.mount('Calls', { query, options: { initial, keep: true } });
        const given = [last(), kit.asked.length];
        const go = kit.hold();
        await kit.update({ query: { ...query, anchorId: 'SKU-2' }, options: { initial, keep: true } });
        const kept = last();
        go(kit.slate('sv_2', 1));
        await kit.until(() => !last().loading);
        const then = last();
        kit.unmount();
        kit.asked.length = 0;
        const real = shopper.vitrine.search.text;
        const words = [];
        shopper.vitrine.search.text = (wanted, options) => {
          words.push(wanted.query);
          return real(wanted, options).catch(() => initial);
        };
        await kit.mount('Calls', { search: { query: ' ', topK: 4 }, options: { delay: 30 } });
        const blank = last();
        for (const word of ['l', 'la', 'lam', 'lamp'])
          await kit.update({ search: { query: word, topK: 4 }, options: { delay: 30 } });
        await kit.until(() => !last().loading);
        kit.unmount();
        return { given, kept, then, blank, words };
      });
      assert.deepEqual(seenHere.words, ['lamp']);
      assert.deepEqual(seenHere.given, [{ serveId: 'sv_1', count: 4, loading: false }, 0]);
      assert.deepEqual(seenHere.kept, { serveId: 'sv_1', count: 4, loading: true });
      assert.deepEqual(seenHere.then, { serveId: 'sv_2', count: 1, loading: false });
      assert.deepEqual(seenHere.blank, { count: 0, loading: false });
      await expectQuiet(tab, kNoise);
    });

    test(`${name}: the shop's own cards are served once, viewed once and clicked`, async (t) => {
      const { site, tab } = await open(t, browser(), name);
      await tab.run(() => kit.mount('List', { query: { anchorId: 'SKU-1', topK: 4 } }));
      await until(() => tab.run(() => kit.app.querySelectorAll('li').length === 4), 'the list');
      const viewed = async () => {
        const of = await settled(site, tab);
        return of('view').length === 4 && of;
      };
      await until(viewed, 'four views');
      await tab.click('#p2');
      const of = await settled(site, tab);
      assert.deepEqual(
        of('itemsServed').map(({ surface, source, serveId, itemIds }) => [surface, source, serveId, itemIds.join()]),
        [['product_page', 'own', 'sv_1', 'p0,p1,p2,p3']],
      );
      assert.deepEqual(
        of('click').map(({ itemId, position }) => [itemId, position]),
        [['p2', 2]],
      );
      assert.equal(of('view').length, 4);
      await tab.run(() => kit.unmount());
      await expectQuiet(tab, kNoise);
    });

    test(`${name}: ${kMounts} mounts of widget, call and provider leave nothing behind`, async (t) => {
      const { site, tab } = await open(t, browser(), name);
      const mountOften = (count) =>
        tab.run(async (times) => {
          const provider = { config: { ...settings, events: { persistence: 'memory' } } };
          await new Promise((resolve) => setTimeout(resolve));
          for (let i = 0; i < times; i++) {
            // Each fifth mount has a Vitrine of its own, which is closed with it.
            await kit.mount(
              'Widget',
              { anchorId: 'SKU-1', topK: 4, load: 'eager', own: 'own', onState() {} },
              i % 5 ? undefined : provider,
            );
            await kit.isIn(kit.app.querySelector('vitrine-widget'), 'ready');
            kit.unmount();
            await kit.mount('Calls', { query: { anchorId: 'SKU-1', topK: 4 } });
            await kit.until(() => kit.app.textContent === '4');
            kit.unmount();
          }
          kit.notes.length = kit.asked.length = seen.listeners.length = 0;
          kit.widget = undefined;
          return kit.app.childElementCount;
        }, count);
      const measure = async () => {
        for (let i = 0; i < 3; i++) await tab.cdp('HeapProfiler.collectGarbage');
        const { usedSize } = await tab.cdp('Runtime.getHeapUsage');
        return { ...(await tab.cdp('Memory.getDOMCounters')), heap: usedSize };
      };
      assert.equal(await mountOften(100), 0);
      if (engine !== 'chromium') return;
      const before = await measure();
      for (let done = 0; done < kMounts; done += 100) assert.equal(await mountOften(100), 0);
      await until(async () => {
        const after = await measure();
        for (const of of ['nodes', 'jsEventListeners'])
          assert.ok(after[of] - before[of] < 50, `${of}: ${before[of]}, then ${after[of]}`);
        assert.ok(after.heap - before.heap < 600_000, `heap: ${before.heap}, then ${after.heap}`);
        return true;
      }, 'the nodes, listeners and memory of unmounted components to be freed');
      const of = await settled(site, tab);
      assert.ok(of('itemsServed').length >= 1);
      await expectQuiet(tab, kNoise);
    });
  }
});
