// Markup that comes with the page, in any way: from a server, in pieces, by a morph, from a snapshot. The widget adopts
// what is its own, and keeps what is the shop's.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { renderPlaceholder } from '../../dist/index.js';
import { root } from '../../tools/steps.mjs';
import { inEachEngine } from './each_engine.mjs';
import { expectQuiet } from './expect.mjs';
import { settled } from './items.mjs';
import { isUp, openSite } from './open_site.mjs';
import { preludes } from './preludes.mjs';
import { until } from './until.mjs';
import { headOf, helpers, kOpenPolicy, kReady, open, reply, server } from './whose_nodes.mjs';

inEachEngine('whose markup', (engine, browser) => {
  test('a server-rendered list that was refreshed and then moved or cloned keeps its new serve', async (t) => {
    const { site, tab } = await open(t, browser());
    await tab.run(
      async (html, text) => {
        document.querySelector('main').innerHTML = html;
        window.widget = document.querySelector('vitrine-widget');
        const [first] = widget.querySelectorAll('[data-vitrine-item]');
        // Moved before the refresh: nothing is told again.
        await answers.until(() => shopper.vitrine.events.getMetrics().queued);
        widget.remove();
        await new Promise((resolve) => setTimeout(resolve));
        document.querySelector('main').append(widget);
        await new Promise((resolve) => setTimeout(resolve));
        if (widget.querySelector('[data-vitrine-item]') !== first) throw Error('other nodes');
        answers.next = [{ text }];
        await widget.refresh();
        widget.remove();
        await new Promise((resolve) => setTimeout(resolve));
        const clone = widget.cloneNode(true);
        const copied = clone.querySelector('[data-vitrine-item=b]');
        document.querySelector('main').append(widget, clone);
        await answers.until(() => ![null, copied].includes(clone.querySelector('[data-vitrine-item=b]')));
        // Items are watched after the task that shows them.
        await new Promise((resolve) => setTimeout(resolve));
        for (const link of document.querySelectorAll('[data-vitrine-position="0"] a')) link.click();
      },
      server('sv_a', ['a', 'b']),
      reply('sv_b', ['b', 'c']),
    );
    const of = await settled(site, tab);
    assert.deepEqual(
      of('itemsServed').map(({ serveId, itemIds }) => `${serveId} ${itemIds}`),
      ['sv_a a,b', 'sv_b b,c'],
    );
    assert.deepEqual(
      of('click').map(({ serveId, itemId }) => `${serveId} ${itemId}`),
      ['sv_b b', 'sv_b b'],
    );
    assert.equal(await tab.run(() => answers.asked), 2);
  });

  test('server markup with another serve, put in by a morph, is adopted without a request', async (t) => {
    const idiomorph = readFileSync(`${root}node_modules/idiomorph/dist/idiomorph.js`, 'utf8');
    const { site, tab } = await open(t, browser(), `${helpers}\n${idiomorph}`);
    await tab.run(
      (html) => {
        document.querySelector('main').innerHTML = html;
      },
      server('sv_a', ['a', 'b']),
    );
    await site.arrived(1, { type: 'itemsServed' });
    const seen = await tab.run(
      async (html) => {
        const widget = document.querySelector('vitrine-widget');
        // In a task of the page: WebKit's driver lets microtasks run in the middle of a script.
        await new Promise((resolve) =>
          setTimeout(() => {
            window['Idiomorph'].morph(document.querySelector('main'), html, { morphStyle: 'innerHTML' });
            setTimeout(resolve);
          }),
        );
        return { isSame: widget === document.querySelector('vitrine-widget'), ...answers.seen(widget) };
      },
      server('sv_b', ['b', 'c']),
    );
    assert.deepEqual(seen, { isSame: true, state: 'ready', cards: 'b c', own: '', kept: '', views: 1 });
    const { events } = await site.arrived(2, { type: 'itemsServed' });
    assert.deepEqual(
      events.map(({ serveId, itemIds }) => `${serveId} ${itemIds}`),
      ['sv_a a,b', 'sv_b b,c'],
    );
    assert.equal(await tab.run(() => answers.asked), 0);
  });

  test('markup of an earlier version, without a view around it, is adopted', async (t) => {
    const { tab } = await open(t, browser());
    const withoutView = (html) =>
      html.replace(' data-vitrine-view="" slot="vitrine"', '').replace(/<div>(<section.*)<.div>/s, '\n$1\n');
    const seen = await tab.run(
      async (html) => {
        document.querySelector('main').innerHTML = html;
        const [widget, other] = document.querySelectorAll('vitrine-widget');
        const [first] = widget.querySelectorAll('[data-vitrine-item]');
        await answers.until(() => widget.querySelector('[data-vitrine-view] [data-vitrine-item]'));
        const [asked, isSame] = [answers.asked, widget.querySelector('[data-vitrine-item]') === first];
        answers.next = [{ text: '{"serveId":"x","results":[]}' }];
        await other.refresh();
        return { asked, isSame, ...answers.seen(widget), other: other.childNodes.length };
      },
      withoutView(server('sv_a', ['a', 'b'])) +
        `<vitrine-widget kind="trending" state="loading">${withoutView(renderPlaceholder(2))}</vitrine-widget>`,
    );
    assert.deepEqual(seen, {
      asked: 0,
      isSame: true,
      state: 'ready',
      cards: 'a b',
      own: '',
      kept: '',
      views: 1,
      other: 0,
    });
  });

  const snippet = '<script src="/snippet.js"></script>';
  const scripts = {
    'a script in the head': snippet + '<script src="/dist/vitrine.js"></script>',
    'an async script': snippet + '<script async src="/dist/vitrine.js"></script>',
    'a deferred script': snippet + '<script defer src="/dist/vitrine.js"></script>',
    'a module': '<script type="module" src="/module.js"></script>',
    'a script where setTimeout calls back at once': snippet + '<script src="/dist/vitrine.js"></script>',
  };
  for (const [name, script] of Object.entries(scripts)) {
    test(`${name}: a page that arrives in pieces keeps its templates, fallback and server markup`, async (t) => {
      // The page reports each piece, as its parser has delivered it.
      const reporting = `
        new MutationObserver(() => fetch('/piece.js')).observe(document, { childList: true, subtree: true });`;
      const prelude = preludes[name.replace('a script where ', '')] ?? '';
      const site = await openSite(t, browser(), { before: helpers + reporting + prelude, policy: kOpenPolicy });
      site.pages.replies.set('/piece.js', { body: '' });
      const html = server('sv_s', ['a', 'b']);
      const middle = html.indexOf('data-vitrine-position="1"');
      // WebKit looks at 512 bytes before its parser gets any.
      const head = `${headOf(script)}<!--${' '.repeat(512)}-->`;
      const pieces = [
        `${head}<body><main><vitrine-widget kind="forVisitor" config-id="home" top-k="4" load="eager">\n`,
        '<template><i>{{title}}</i></template>',
        '<p id="own">own</p>',
        `</vitrine-widget>${html.slice(0, middle)}`,
        html.slice(middle),
      ];
      const requests = (path) => site.pages.requests.filter((one) => one.includes(path)).length;
      async function* send() {
        for (const [i, piece] of pieces.entries()) {
          const before = requests('piece.js');
          yield piece;
          await until(() => requests('piece.js') > before, `piece ${i}`);
          // A deferred script and a module only run at the end, and WebKit defers an async script too.
          const isLate = (engine === 'webkit' ? /async|defer|module/ : /defer|module/).test(name);
          if (i === 0 && !isLate) await until(() => requests('.wasm'), 'the core');
        }
      }
      site.pages.replies.set('/pieces.html', { body: send() });
      const tab = await browser().open(site.address('pieces.html'), 'window');
      await isUp(tab);
      await until(
        () => tab.run(() => document.querySelector('vitrine-widget').getAttribute('state') === 'ready'),
        'products',
      );
      const seen = await tab.run(() => {
        const [own, served] = document.querySelectorAll('vitrine-widget');
        const names = [...own.querySelectorAll('[data-vitrine-item] > i')].map(({ textContent }) => textContent);
        return { own: answers.seen(own), served: answers.seen(served), names, asked: answers.asked };
      });
      assert.deepEqual(seen, {
        own: { ...kReady, kept: ' own' },
        served: { state: 'ready', cards: 'a b', own: '', kept: '', views: 1 },
        names: ['Product 0', 'Product 1', 'Product 2', 'Product 3'],
        asked: 1,
      });
      const { events } = await site.arrived(2, { type: 'itemsServed' });
      assert.deepEqual(events.map(({ serveId }) => serveId).toSorted(), ['sv_1', 'sv_s']);
      await expectQuiet(tab);
    });
  }

  test('after a visit and Back with Turbo, a snapshot shows what the service replies now', async (t) => {
    const turbo = readFileSync(`${root}node_modules/@hotwired/turbo/dist/turbo.es2017-umd.js`, 'utf8');
    const site = await openSite(t, browser(), { before: `${helpers}\n${turbo}`, policy: kOpenPolicy });
    const head = headOf('<script src="/snippet.js"></script><script async src="/dist/vitrine.js"></script>');
    const own =
      '<vitrine-widget kind="forVisitor" config-id="home" top-k="4" load="eager"><p id="own">own</p></vitrine-widget>';
    site.pages.replies.set('/one.html', {
      body: `${head}<body><a id="go" href="/two.html">two</a>${own}</body></html>`,
    });
    site.pages.replies.set('/two.html', { body: `${head}<body><p id="two">two</p></body></html>` });
    const tab = await site.open('one.html', 'window');
    await tab.run(() => answers.isIn(document.querySelector('vitrine-widget'), 'ready'));
    await tab.click('#go');
    await until(() => tab.run(() => !!document.querySelector('#two')), 'the other page');
    await tab.run(() => void (answers.next = [{ text: '{"serveId":"x","results":[]}' }]));
    await tab.run(() => history.back());
    await until(
      () => tab.run(() => document.querySelector('vitrine-widget')?.getAttribute('state') === 'empty'),
      'the reply',
    );
    const seen = await tab.run(() => [
      answers.seen(document.querySelector('vitrine-widget')),
      document.querySelector('vitrine-widget').innerHTML,
    ]);
    assert.deepEqual(seen, [{ state: 'empty', cards: '', own: 'own', kept: 'own', views: 0 }, '<p id="own">own</p>']);
    await expectQuiet(tab);
  });
});
