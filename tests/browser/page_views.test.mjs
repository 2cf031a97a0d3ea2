// The rule of docs/page-views.md in a browser: which changes of the address are page views, and what becomes of lists
// that stay in the page.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEachEngine } from './each_engine.mjs';
import { addList, ids, pause, settled } from './items.mjs';
import { openSite } from './open_site.mjs';

const tracked = (more = {}, before = '') => ({ config: { autoTrack: true, ...more }, before });
// A browser without the Navigation API, in every engine, where an element has its name.
const noNavigation = `
  delete window.navigation;
  if (window.navigation) Object.defineProperty(window, 'navigation', { value: document.createElement('a') });`;

const pathOf = (url) => url?.replace(/^http:\/\/[^/]+/, '');
const pathsOf = (of) =>
  of('pageView')
    .toSorted((a, b) => (a.eventId < b.eventId ? -1 : 1))
    .map(({ url }) => pathOf(url));
const servesOf = (of) =>
  of('itemsServed')
    .map(({ source, itemIds }) => `${source} ${itemIds.length}`)
    .toSorted();

/** Changes the address as told: "push /a", "replace ?x=1", "back", "hash #a". Resolves when the page knows. */
const walk = (tab, ...steps) =>
  tab.run(async (all) => {
    const turn = () => new Promise((resolve) => setTimeout(resolve, 20));
    for (const step of all) {
      const [how, to] = step.split(' ');
      if (how === 'back') {
        const arrived = new Promise((resolve) => addEventListener('popstate', resolve, { once: true }));
        history.back();
        await arrived;
      } else if (how === 'hash') location.hash = to;
      else history[`${how}State`](null, '', to);
      await turn();
    }
  }, steps);

inEachEngine('page views', (_engine, browser) => {
  test('picking a variant is no page view: the list is served once and each product viewed once', async (t) => {
    const site = await openSite(t, browser(), tracked());
    const tab = await site.open('script.html', 'window');
    await addList(tab, 'list', 4, { link: '#x' });
    await site.arrived(4, { type: 'view' });
    for (const variant of [11, 12, 11]) {
      await walk(tab, `replace ?variant=${variant}`);
      await pause(tab, 1200);
    }
    await tab.press('#list li:nth-child(2) a');
    const of = await settled(site, tab);
    assert.deepEqual(pathsOf(of), ['/script.html']);
    assert.deepEqual(servesOf(of), ['list 4']);
    assert.deepEqual(ids(of('view')), ['list-0', 'list-1', 'list-2', 'list-3']);
    assert.deepEqual(ids(of('click')), ['list-1']);
  });

  for (const [name, before] of [
    ['with the Navigation API where there is one', ''],
    ['without the Navigation API', noNavigation],
  ]) {
    test(`path, query, fragment, push, replace and back count as the rule says, ${name}`, async (t) => {
      const site = await openSite(t, browser(), tracked({}, before));
      const tab = await site.open('script.html', 'window');
      await walk(
        tab,
        'replace ?utm=1',
        'push ?utm=1',
        'push ?page=2',
        'replace ?page=3',
        'hash #reviews',
        'back',
        'back',
        'hash #/cart',
        'replace #/cart?open=1',
        'replace /path?open=1',
      );
      await tab.run(() => shopper.click('late', 1));
      const of = await settled(site, tab);
      const at = '/script.html';
      assert.deepEqual(pathsOf(of), [at, `${at}?page=2`, `${at}?utm=1`, `${at}?utm=1#/cart`, '/path?open=1']);
      assert.deepEqual(
        of('itemsServed').map(({ url }) => pathOf(url)),
        ['/path?open=1'],
      );
    });
  }

  test('with parameters a changed query counts exactly when one of them changes', async (t) => {
    const site = await openSite(t, browser(), tracked({ pageViews: { parameters: ['q', 'page'] } }));
    const tab = await site.open('script.html', 'window');
    await walk(tab, 'replace ?q=a', 'push ?q=a&variant=1', 'replace ?q=a&page=2', 'back', 'push ?q=a&x=2');
    const at = '/script.html';
    assert.deepEqual(pathsOf(await settled(site, tab)), [at, `${at}?q=a`, `${at}?q=a&page=2`, `${at}?q=a`]);
  });

  test('without autoTrack inputs notice the page view: an old list ends after two, a variant ends none', async (t) => {
    const site = await openSite(t, browser());
    const tab = await site.open('script.html', 'window');
    const codes = await tab.run(() => {
      const context = shopper.vitrine.events.trackItemsServed({ surface: 's', source: 'old', itemIds: ['a'] });
      const codeAfter = (how, to) => {
        history[how](null, '', to);
        shopper.vitrine.events.trackItemsServed({ surface: 's', source: 'next', itemIds: ['b'] });
        try {
          return context.trackClick('a', 0);
        } catch (error) {
          return error.code;
        }
      };
      return [
        ...[1, 2, 3].map((n) => codeAfter('replaceState', `?variant=${n}`)),
        codeAfter('pushState', '/1'),
        codeAfter('replaceState', '/2'),
      ];
    });
    assert.deepEqual(codes, [null, null, null, null, 'unknown-serve']);
  });

  test('a list that stays in the page is served and viewed once, and its clicks count on every route', async (t) => {
    const site = await openSite(t, browser(), tracked());
    const tab = await site.open('script.html', 'window');
    await addList(tab, 'stays', 2, { link: '#x' });
    await site.arrived(2, { type: 'view' });
    for (const path of ['/1', '/2', '/3']) {
      await walk(tab, `push ${path}`);
      await pause(tab, 1300);
      await tab.press('#stays li:nth-child(1) a');
    }
    await addList(tab, 'new', 1);
    await site.arrived(3, { type: 'view' });
    const of = await settled(site, tab);
    assert.deepEqual(servesOf(of), ['new 1', 'stays 2']);
    assert.deepEqual(ids(of('view')), ['new-0', 'stays-0', 'stays-1']);
    assert.deepEqual(ids(of('click')), ['stays-0', 'stays-0', 'stays-0']);
    assert.equal(new Set(of('click').map(({ serveId }) => serveId)).size, 1);
  });

  test('infinite scroll serves the new products only; a product whose id changes is served anew', async (t) => {
    const site = await openSite(t, browser(), tracked());
    const tab = await site.open('script.html', 'window');
    await addList(tab, 'list', 2);
    await site.arrived(2, { type: 'view' });
    await tab.run(() => {
      history.replaceState(null, '', '?page=2');
      for (const id of ['more-0', 'more-1']) {
        const item = document.querySelector('#list li').cloneNode(true);
        item.dataset.vitrineItem = id;
        document.getElementById('list').append(item);
      }
    });
    await site.arrived(4, { type: 'view' });
    await tab.run(() => {
      const [first, second] = document.querySelectorAll('#list li');
      first.dataset.vitrineItem = 'other';
      second.setAttribute('data-vitrine-item', second.dataset.vitrineItem);
    });
    await site.arrived(5, { type: 'view' });
    const of = await settled(site, tab);
    assert.deepEqual(pathsOf(of), ['/script.html']);
    assert.deepEqual(
      of('itemsServed').map(({ itemIds }) => itemIds.join()),
      ['list-0,list-1', 'more-0,more-1', 'other'],
    );
    assert.deepEqual(ids(of('view')), ['list-0', 'list-1', 'more-0', 'more-1', 'other']);
  });

  test('a list that was taken out is served anew on a later route, and not within its page view', async (t) => {
    const site = await openSite(t, browser(), tracked());
    const tab = await site.open('script.html', 'window');
    await addList(tab, 'list', 1);
    await site.arrived(1, { type: 'view' });
    const move = (isIn) =>
      tab.run((put) => {
        const { kept } = Object.assign(window, { kept: window['kept'] ?? document.getElementById('list') });
        if (put) document.body.append(kept);
        else kept.remove();
      }, isIn);
    await move(false);
    await pause(tab, 50);
    await move(true);
    await pause(tab, 1300);
    await walk(tab, 'push /other');
    await move(false);
    await walk(tab, 'back');
    await move(true);
    await site.arrived(2, { type: 'view' });
    await pause(tab, 300);
    const of = await settled(site, tab);
    assert.deepEqual(servesOf(of), ['list 1', 'list 1']);
    assert.deepEqual(ids(of('view')), ['list-0', 'list-0']);
    assert.equal(new Set(of('view').map(({ serveId }) => serveId)).size, 2);
  });

  test('history keeps its contract for the page and for libraries that wrap it before and after', async (t) => {
    const before = `${noNavigation}
      window.calls = [];
      const push = history.pushState;
      history.pushState = function (...args) {
        calls.push(['before', this === history, args.length]);
        push.apply(this, args);
        return 'returned';
      };`;
    const site = await openSite(t, browser(), tracked({}, before));
    const tab = await site.open('script.html', 'window');
    const found = await tab.run(() => {
      const patched = history.pushState;
      const calls = window['calls'];
      history.pushState = (...args) => {
        calls.push(['after', args.length]);
        return patched.apply(history, args);
      };
      const results = [history.pushState(null, ''), history.pushState(null, '', '/a')];
      try {
        patched.call(history, () => {}, '');
      } catch (error) {
        results.push(error.name);
      }
      return [...results, patched.name, history.replaceState.name, history.replaceState.length, ...calls];
    });
    const of = await settled(site, tab);
    assert.deepEqual(found, [
      'returned',
      'returned',
      'DataCloneError',
      '',
      'replaceState',
      2,
      ['after', 2],
      ['before', true, 2],
      ['after', 3],
      ['before', true, 3],
      ['before', true, 2],
    ]);
    assert.deepEqual(pathsOf(of), ['/script.html', '/a']);
  });

  test('navigate() begins a page view that the rule does not see, and none that has begun', async (t) => {
    const site = await openSite(t, browser(), tracked());
    const tab = await site.open('script.html', 'window');
    await walk(tab, 'replace ?step=2');
    await tab.run(() => {
      shopper.vitrine.navigate();
      shopper.vitrine.navigate();
    });
    await walk(tab, 'push /next');
    await tab.run(() => shopper.vitrine.navigate());
    assert.deepEqual(pathsOf(await settled(site, tab)), ['/script.html', '/script.html?step=2', '/next']);
  });
});
