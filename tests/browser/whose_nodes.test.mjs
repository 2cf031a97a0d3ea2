// Which nodes are the shop's and which are the widget's, whatever the page does to both: it clears, clones, moves and
// changes them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEachEngine } from './each_engine.mjs';
import { expectQuiet } from './expect.mjs';
import { ids, settled } from './items.mjs';
import { helpers, kReady, open } from './whose_nodes.mjs';

inEachEngine('whose nodes', (_engine, browser) => {
  for (const attributes of [{}, { shadow: '' }]) {
    test(`the shop's children stay while products come, go and fail ${Object.keys(attributes)}`, async (t) => {
      const { tab } = await open(t, browser());
      const seen = await tab.run(async (more) => {
        const widget = await answers.put4(more);
        const own = widget.querySelector('#own');
        const moves = [];
        new MutationObserver((records) => {
          for (const { addedNodes, removedNodes } of records)
            for (const node of [...addedNodes, ...removedNodes])
              if (node === own || node.nodeType === 3) moves.push(node.nodeName);
        }).observe(widget, { childList: true });
        const all = [answers.seen(widget)];
        for (const text of ['{"serveId":"x","results":[]}', answers.slate(2), 'no JSON']) {
          answers.next = [{ text }];
          await widget.refresh();
          all.push(answers.seen(widget));
        }
        await null;
        return { all, moves };
      }, attributes);
      assert.deepEqual(seen, {
        all: [
          kReady,
          { state: 'empty', cards: '', own: 'own', kept: 'own', views: 0 },
          { ...kReady, cards: 'p0 p1' },
          { ...kReady, cards: 'p0 p1', state: 'stale' },
        ],
        moves: [],
      });
    });
  }

  const wipes = {
    "innerHTML = ''": (widget) => (widget.innerHTML = ''),
    'textContent = "other"': (widget) => (widget.textContent = 'other'),
    'view.remove()': (widget) => widget.querySelector('[data-vitrine-view]').remove(),
    'a view of another element put in': (widget) =>
      widget.append(widget.querySelector('[data-vitrine-view]').cloneNode(true)),
    'the state taken away': (widget) => widget.removeAttribute('state'),
  };
  for (const [name, wipe] of Object.entries(wipes)) {
    test(`a page that does ${name} keeps the products, watched as before`, async (t) => {
      const { site, tab } = await open(t, browser());
      await site.arrived(0);
      await tab.run(async () => void (window.widget = await answers.put4()));
      await tab.run(`() => (${wipe})(window.widget)`);
      const { kept: _, ...seen } = await tab.run(() => answers.seen(window.widget));
      const { kept: __, ...ready } = kReady;
      assert.deepEqual(seen, ready);
      await site.arrived(4, { type: 'view' });
      await tab.run(() => window.widget.querySelectorAll('.vitrine-link')[1].click());
      const of = await settled(site, tab);
      assert.deepEqual([of('itemsServed').length, ids(of('view')).length, ids(of('click'))], [1, 4, ['p1']]);
      assert.equal(await tab.run(() => answers.asked), 1);
    });
  }

  test('a page that changed the cards gets all of them anew at the next refresh', async (t) => {
    const { tab } = await open(t, browser());
    for (const change of [
      (cards) => cards[1].remove(),
      (cards) => (cards[2].textContent = ''),
      (cards) => cards[0].parentNode.prepend(cards[3]),
      (cards) => cards[0].closest('[data-vitrine-view]').replaceChildren(),
    ]) {
      await tab.run(`async () => {
        document.querySelector('vitrine-widget')?.remove();
        window.widget = await answers.put4();
        (${change})([...widget.querySelectorAll('[data-vitrine-item]')]);
      }`);
      const seen = await tab.run(async () => {
        const outcome = await window.widget.refresh();
        const empty = widget.querySelectorAll('[data-vitrine-item]:empty').length;
        return { outcome, empty, ...answers.seen(window.widget) };
      });
      assert.deepEqual(seen, { ...kReady, outcome: 'ready', empty: 0 });
    }
    await expectQuiet(tab);
  });

  test('a page that removes the products every time gets its own children back', async (t) => {
    const { tab } = await open(t, browser());
    const seen = await tab.run(async () => {
      const widget = await answers.put4();
      new MutationObserver(() => widget.querySelector('[data-vitrine-view]')?.remove()).observe(widget, {
        childList: true,
      });
      widget.querySelector('[data-vitrine-view]').remove();
      await answers.isIn(widget, 'error');
      return answers.seen(widget);
    });
    assert.deepEqual(seen, { state: 'error', cards: '', own: 'own', kept: 'own', views: 0 });
    const { console: lines, faults } = await tab.run(() => window.seen);
    assert.deepEqual([lines.length, faults], [1, []], lines.join('\n'));
    assert.match(lines[0], /\[vitrine\] <vitrine-widget .*cannot be shown.*removes them/);
  });

  test('a list that is cloned, mounted again or moved is told once, and moving makes no request', async (t) => {
    const { site, tab } = await open(t, browser());
    const seen = await tab.run(async () => {
      const widget = await answers.put4();
      const clone = widget.cloneNode(true);
      document.querySelector('main').append(clone);
      const copied = clone.querySelector('[data-vitrine-item=p0]');
      await answers.until(() => ![null, copied].includes(clone.querySelector('[data-vitrine-item=p0]')));
      const both = [answers.seen(widget), answers.seen(clone)];
      widget.remove();
      clone.remove();
      await new Promise((resolve) => setTimeout(resolve));
      const again = await answers.put4();
      const [first] = again.querySelectorAll('[data-vitrine-item]');
      const before = answers.asked;
      again.remove();
      await new Promise((resolve) => setTimeout(resolve));
      document.body.append(again);
      await new Promise((resolve) => setTimeout(resolve));
      return {
        both,
        again: answers.seen(again),
        isSame: again.querySelector('[data-vitrine-item]') === first,
        asked: answers.asked - before,
      };
    });
    assert.deepEqual(seen, { both: [kReady, kReady], again: kReady, isSame: true, asked: 0 });
    await site.arrived(4, { type: 'view' });
    const of = await settled(site, tab);
    assert.deepEqual([of('itemsServed').length, ids(of('view'))], [1, ['p0', 'p1', 'p2', 'p3']]);
    await expectQuiet(tab);
  });

  test("a clone with another request has none of the first one's products", async (t) => {
    const { tab } = await open(t, browser());
    const seen = await tab.run(async () => {
      const widget = await answers.put4();
      const clone = widget.cloneNode(true);
      clone.setAttribute('config-id', 'other');
      answers.next = [{ text: '{"serveId":"x","results":[]}' }];
      document.querySelector('main').append(clone);
      await answers.isIn(clone, 'empty');
      return [answers.seen(clone), clone.innerHTML];
    });
    assert.deepEqual(seen, [
      { state: 'empty', cards: '', own: 'own', kept: 'own', views: 0 },
      'text<p id="own">own</p>',
    ]);
  });

  test('a page whose attachShadow fails still shows either the products or its own children', async (t) => {
    const { tab } = await open(
      t,
      browser(),
      `${helpers} Element.prototype.attachShadow = () => { throw Error('none'); };`,
    );
    const seen = await tab.run(async () => {
      const widget = await answers.put4();
      const ready = answers.seen(widget);
      answers.next = [{ text: '{"serveId":"x","results":[]}' }];
      await widget.refresh();
      return [ready, answers.seen(widget)];
    });
    assert.deepEqual(seen, [kReady, { state: 'empty', cards: '', own: 'own', kept: 'own', views: 0 }]);
  });
});
