// A refreshed widget keeps nodes, focus and scroll position, and the page around it does not move.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answering } from './answers.mjs';
import { inEachEngine } from './each_engine.mjs';
import { expectQuiet } from './expect.mjs';
import { openSite } from './open_site.mjs';

const openBlank = async (t, browser) => {
  const site = await openSite(t, browser, { before: answering });
  return { site, tab: await site.open('blank.html', 'window') };
};

inEachEngine('refresh', (_engine, browser) => {
  test('a changed price changes one text node', async (t) => {
    const { tab } = await openBlank(t, browser());
    const seen = await tab.run(async () => {
      answers.next = [{ text: answers.slate(4) }];
      const widget = answers.put({});
      await widget.refresh();
      const nodes = [...widget.querySelectorAll('*')];
      widget.querySelectorAll('.vitrine-link')[2].focus();
      const changes = [];
      new MutationObserver((records) => changes.push(...records)).observe(widget, {
        subtree: true,
        childList: true,
        characterData: true,
        attributes: true,
      });
      const same = await widget.refresh();
      await null;
      const afterSame = changes.length;
      answers.next = [
        {
          text: answers.slate(4, (reply) => {
            reply.results[1].metadata.price = 7.5;
            return reply;
          }),
        },
      ];
      const state = await widget.refresh();
      await null;
      return {
        same,
        afterSame,
        state,
        changes: changes.map(({ type, target }) => `${type} ${target.nodeName} ${target.data}`),
        areSame: nodes.every((node, i) => node === widget.querySelectorAll('*')[i]),
        focus: document.activeElement === widget.querySelectorAll('.vitrine-link')[2],
      };
    });
    assert.deepEqual(seen, {
      same: 'ready',
      afterSame: 0,
      state: 'ready',
      changes: ['characterData #text €7.50'],
      areSame: true,
      focus: true,
    });
    await expectQuiet(tab);
  });

  test('added, removed and moved items keep other nodes, the focus and the scroll position', async (t) => {
    const { tab } = await openBlank(t, browser());
    const seen = await tab.run(async () => {
      answers.next = [{ text: answers.slate(12) }];
      const widget = answers.put({ template: 'carousel', 'top-k': 12 });
      await widget.refresh();
      const item = (id) => widget.querySelector(`[data-vitrine-item="${id}"]`);
      const scroller = widget.querySelector('[data-vitrine-scroller]');
      scroller.style.scrollSnapType = 'none';
      scroller.style.scrollBehavior = 'auto';
      scroller.scrollLeft = 200;
      const kept = Object.fromEntries(['p0', 'p3', 'p5', 'p11'].map((id) => [id, item(id)]));
      item('p5').querySelector('[data-vitrine-add]').focus({ preventScroll: true });
      const at = scroller.scrollLeft;
      answers.next = [
        {
          text: answers.slate(12, (reply) => {
            const [p0, p1, , p3, p4, p5, ...rest] = reply.results;
            const fresh = { ...p1, productId: 'new', metadata: { ...p1.metadata, name: 'New' } };
            return { serveId: 'sv_2', results: [p0, p5, p4, p3, ...rest, fresh] };
          }),
        },
      ];
      await widget.refresh();
      return {
        order: [...widget.querySelectorAll('[data-vitrine-item]')].map(({ dataset }) => dataset.vitrineItem).join(' '),
        positions: [...widget.querySelectorAll('[data-vitrine-item]')].every(
          ({ dataset }, i) => +dataset.vitrinePosition === i,
        ),
        kept: Object.entries(kept).every(([id, node]) => item(id) === node),
        focus: document.activeElement === kept.p5.querySelector('[data-vitrine-add]'),
        scrolled: Math.abs(scroller.scrollLeft - at) < 2 || at === 0,
      };
    });
    assert.deepEqual(seen, {
      order: 'p0 p5 p4 p3 p6 p7 p8 p9 p10 p11 new',
      positions: true,
      kept: true,
      focus: true,
      scrolled: true,
    });
    await expectQuiet(tab);
  });

  test('a heading that the page adds later appears above the same products', async (t) => {
    const { tab } = await openBlank(t, browser());
    const seen = await tab.run(async () => {
      answers.next = [{ text: answers.slate(4) }];
      const widget = answers.put({});
      await widget.refresh();
      widget.setAttribute('heading', 'For you');
      await widget.refresh();
      return {
        heading: widget.querySelector('h2').textContent,
        ids: [...widget.querySelectorAll('[data-vitrine-item]')].map(({ dataset }) => dataset.vitrineItem).join(' '),
        isInList: !!widget.querySelector('section > ul > li > .vitrine-body'),
      };
    });
    assert.deepEqual(seen, { heading: 'For you', ids: 'p0 p1 p2 p3', isInList: true });
    await expectQuiet(tab);
  });

  test('an item whose nodes were changed by others is replaced, and nothing is shown twice', async (t) => {
    const { tab } = await openBlank(t, browser());
    const seen = await tab.run(async () => {
      answers.next = [{ text: answers.slate(4) }];
      const widget = answers.put({});
      await widget.refresh();
      const items = [...widget.querySelectorAll('[data-vitrine-item]')];
      items[1].querySelector('.vitrine-price-now').textContent = 'on request';
      items[2].remove();
      const dearer = (by) =>
        answers.slate(4, (reply) => {
          for (const { metadata } of reply.results) metadata.price += by;
          return reply;
        });
      answers.next = [{ text: dearer(100) }];
      await widget.refresh();
      const now = [...widget.querySelectorAll('[data-vitrine-item]')];
      return {
        prices: [...widget.querySelectorAll('.vitrine-price-now')].map(({ textContent }) => textContent),
        count: now.length,
        first: now[0] === items[0] || 'anew',
      };
    });
    assert.deepEqual(seen.prices, ['€110.00', '€111.00', '€112.00', '€113.00']);
    assert.equal(seen.count, 4);
  });

  test('a failed refresh keeps the products and marks them stale; an empty reply removes them', async (t) => {
    const { tab } = await openBlank(t, browser());
    const states = await tab.run(async () => {
      answers.next = [{ text: answers.slate(4) }];
      const heard = [];
      // Before it is there: WebKit's driver lets microtasks run in the middle of a script.
      document.addEventListener('vitrine:state', ({ detail }) => heard.push(detail.state));
      const widget = answers.put({});
      await widget.refresh();
      answers.next = [{ status: 404, text: '{}' }];
      await widget.refresh();
      const shown = widget.querySelectorAll('[data-vitrine-item]').length;
      answers.next = [{ text: '{"serveId":"x","results":[]}' }];
      await widget.refresh();
      return { heard, shown, height: widget.offsetHeight };
    });
    assert.deepEqual(states, { heard: ['loading', 'ready', 'stale', 'empty'], shown: 4, height: 0 });
  });

  test('a widget below the fold requests once when it comes near; a server-rendered one stays as it is', async (t) => {
    const { site, tab } = await openBlank(t, browser());
    const seen = await tab.run(async () => {
      answers.next = [{ text: answers.slate(4) }];
      const space = document.createElement('div');
      space.style.height = '5000px';
      document.querySelector('main').append(space);
      const far = answers.put({ load: null, margin: '300' });
      await new Promise((resolve) => setTimeout(resolve, 400));
      const before = [answers.asked, far.getAttribute('state')];
      far.scrollIntoView({ behavior: 'instant' });
      await new Promise((resolve) => far.addEventListener('vitrine:state', resolve));
      scrollTo(0, 0);
      far.scrollIntoView({ behavior: 'instant' });
      await new Promise((resolve) => setTimeout(resolve, 200));
      const after = [answers.asked, far.getAttribute('state')];
      // As a server sends it.
      const rendered = document.createElement('vitrine-widget');
      for (const [name, value] of Object.entries({ 'anchor-id': 'SKU-1', serve: 'sv_server', state: 'ready' }))
        rendered.setAttribute(name, value);
      rendered.append(...[...far.children].map((child) => child.cloneNode(true)));
      const changes = [];
      new MutationObserver((records) => changes.push(...records)).observe(rendered, {
        subtree: true,
        childList: true,
        characterData: true,
        attributes: true,
      });
      document.querySelector('main').prepend(rendered);
      await new Promise((resolve) => setTimeout(resolve, 300));
      await shopper.vitrine.events.flush();
      return { before, after, asked: answers.asked, changes: changes.length };
    });
    assert.deepEqual(seen, { before: [0, 'loading'], after: [1, 'ready'], asked: 1, changes: 0 });
    const { events } = await site.arrived(2, { type: 'itemsServed' });
    assert.ok(events.some(({ serveId, itemIds }) => serveId === 'sv_server' && itemIds.length === 4));
  });

  test('a widget in a shadow root looks the same as outside, with the same style sheet', async (t) => {
    const { tab } = await openBlank(t, browser());
    const seen = await tab.run(async () => {
      answers.next = [{ text: answers.slate(4) }];
      const [light, shadow] = [answers.put({}), answers.put({ shadow: '' })];
      await Promise.all([light.refresh(), shadow.refresh()]);
      const look = (root) => {
        const { display, gap, color } = getComputedStyle(root.querySelector('.vitrine-items'));
        const { height } = root.querySelector('.vitrine-item').getBoundingClientRect();
        return `${display} ${gap} ${color} ${Math.round(height)}`;
      };
      const wishes = [];
      document.addEventListener('vitrine:add-to-cart', ({ detail }) => wishes.push(detail.itemId));
      shadow.shadowRoot.querySelector('[data-vitrine-add]').click();
      return { light: look(light), shadow: look(shadow.shadowRoot), children: shadow.childElementCount, wishes };
    });
    assert.equal(seen.shadow, seen.light);
    assert.deepEqual([seen.children, seen.wishes], [0, ['p0']]);
    await expectQuiet(tab);
  });
});
