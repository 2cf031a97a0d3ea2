// Which nodes are the shop's and which are the widget's, whatever the page does to both: it clears, clones, moves, morphs
// and restores them, and its parser delivers them in pieces.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { renderPlaceholder, renderWidget } from '../../dist/index.js';
import { root } from '../../tools/steps.mjs';
import { answering } from './answers.mjs';
import { inEachEngine } from './each_engine.mjs';
import { expectQuiet } from './expect.mjs';
import { ids, settled } from './items.mjs';
import { isUp, openSite } from './open_site.mjs';
import { until } from './until.mjs';

const kOpenPolicy = { 'default-src': "* 'unsafe-inline' 'unsafe-eval' data:" };

// In the page: what can be seen of a widget.
const helpers = `${answering}
  answers.next = [{ text: answers.slate(4) }];
  addEventListener('click', (event) => event.target.closest('.vitrine-link') && event.preventDefault());
  answers.seen = (widget) => {
    const isSeen = (element) => element.getClientRects().length > 0;
    const root = widget.shadowRoot || widget;
    const own = [...widget.children].filter((child) => !child.matches('[data-vitrine-view]'));
    return {
      state: widget.getAttribute('state'),
      cards: [...root.querySelectorAll('[data-vitrine-item]')].filter(isSeen).map(({ dataset }) => dataset.vitrineItem).join(' '),
      own: own.filter(isSeen).map(({ id }) => id).join(' '),
      kept: own.map(({ id }) => id).join(' '),
      views: root.querySelectorAll('[data-vitrine-view]').length,
    };
  };
  answers.put4 = async (attributes = {}) => {
    const widget = document.createElement('vitrine-widget');
    const all = { kind: 'forVisitor', 'config-id': 'home', 'top-k': 4, load: 'eager', ...attributes };
    for (const name in all) widget.setAttribute(name, all[name]);
    widget.innerHTML = 'text<p id="own">own</p>';
    document.querySelector('main').append(widget);
    await answers.isIn(widget, 'ready');
    return widget;
  };
  answers.until = async (condition) => {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  answers.isIn = (widget, state) => answers.until(() => widget.getAttribute('state') === state);`;

const kReady = { state: 'ready', cards: 'p0 p1 p2 p3', own: '', kept: 'own', views: 1 };

const open = async (t, browser, before = helpers) => {
  const site = await openSite(t, browser, { before, policy: kOpenPolicy });
  return { site, tab: await site.open('blank.html', 'window') };
};

inEachEngine('whose nodes', (_engine, browser) => {
  for (const attributes of [{}, { shadow: '' }]) {
    test(`the shop's children stay where they are while products come, go and fail ${Object.keys(attributes)}`, async (t) => {
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

  test('a page that changed the cards gets all of them anew at the next refresh, also with the same reply', async (t) => {
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
      for (const { text, state } of [{ text: undefined, state: 'ready' }]) {
        const seen = await tab.run(async (reply) => {
          if (reply) answers.next = [{ text: reply }];
          const outcome = await window.widget.refresh();
          return {
            outcome,
            ...answers.seen(window.widget),
            empty: widget.querySelectorAll('[data-vitrine-item]:empty').length,
          };
        }, text);
        assert.deepEqual(seen, { ...kReady, outcome: state, empty: 0 });
      }
    }
    await expectQuiet(tab);
  });

  test('a page that removes the products every time gets its own children back, with one line in the console', async (t) => {
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

  test('a clone and a remounted element show the list without a request, and it is told and viewed once', async (t) => {
    const { site, tab } = await open(t, browser());
    const seen = await tab.run(async () => {
      const widget = await answers.put4();
      const clone = widget.cloneNode(true);
      document.querySelector('main').append(clone);
      const copied = clone.querySelector('[data-vitrine-item]');
      await answers.until(() => ![null, copied].includes(clone.querySelector('[data-vitrine-item]')));
      const both = [answers.seen(widget), answers.seen(clone)];
      widget.remove();
      clone.remove();
      await new Promise((resolve) => setTimeout(resolve));
      const again = await answers.put4();
      const [first] = again.querySelectorAll('[data-vitrine-item]');
      again.remove();
      await new Promise((resolve) => setTimeout(resolve));
      document.body.append(again);
      await new Promise((resolve) => setTimeout(resolve));
      return {
        both,
        again: answers.seen(again),
        isSame: again.querySelector('[data-vitrine-item]') === first,
        asked: answers.asked,
      };
    });
    assert.deepEqual(seen, { both: [kReady, kReady], again: kReady, isSame: true, asked: 1 });
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

  const reply = (serveId, products) =>
    JSON.stringify({
      serveId,
      results: products.map((productId) => ({
        productId,
        metadata: { name: productId, url: '/p', price: 1, currency: 'EUR' },
      })),
    });
  const rendered = (text) => renderWidget({ provider: kProvider, reply: text }, { currency: 'EUR', locale: 'en' });
  const kProvider = /** @type {const} */ ({ name: 'refine', apiKey: 'k', organizationId: 'o', catalogId: 'c' });
  const server = (serveId, products, more = '') =>
    `<vitrine-widget kind="forVisitor" config-id="home" top-k="2" currency="EUR" serve="${serveId}" state="ready"${more}>${rendered(reply(serveId, products))}</vitrine-widget>`;

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
        const copied = clone.querySelector('[data-vitrine-item]');
        document.querySelector('main').append(widget, clone);
        await answers.until(() => ![null, copied].includes(clone.querySelector('[data-vitrine-item]')));
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
    assert.equal(await tab.run(() => answers.asked), 1);
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
        window['Idiomorph'].morph(document.querySelector('main'), html, { morphStyle: 'innerHTML' });
        await new Promise((resolve) => setTimeout(resolve));
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

  const scripts = {
    'a script in the head': ['<script src="/dist/vitrine.js"></script>', ''],
    'an async script': ['<script async src="/dist/vitrine.js"></script>', ''],
    'a deferred script': ['<script defer src="/dist/vitrine.js"></script>', ''],
    'a module': ['<script type="module" src="/module.js"></script>', ''],
  };
  for (const [name, [head]] of Object.entries(scripts)) {
    test(`${name}: a page that arrives in pieces keeps its templates, fallback and server markup`, async (t) => {
      const site = await openSite(t, browser(), { before: helpers, policy: kOpenPolicy });
      let release;
      const released = new Promise((resolve) => (release = resolve));
      const html = server('sv_s', ['a', 'b']);
      const middle = html.indexOf('data-vitrine-position="1"');
      const own =
        '<vitrine-widget kind="forVisitor" config-id="home" top-k="4" load="eager"><template><i>{{title}}</i></template>';
      async function* parts() {
        yield `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Pieces</title><link rel="icon" href="data:,">
          <script src="/watch.js"></script><script src="/before.js"></script><script src="/settings.js"></script>
          <script src="/shopper.js"></script>${name === 'a module' ? '' : '<script src="/snippet.js"></script>'}${head}</head><body><main>${'<!-- filler -->'.repeat(100)}
          ${own.slice(0, -40)}`;
        await released;
        yield own.slice(-40, -12);
        await new Promise((resolve) => setTimeout(resolve, 30));
        yield `${own.slice(-12)}<p id="own">own</p>`;
        await new Promise((resolve) => setTimeout(resolve, 30));
        yield `</vitrine-widget>${html.slice(0, middle)}`;
        await new Promise((resolve) => setTimeout(resolve, 30));
        yield html.slice(middle);
      }
      site.pages.replies.set('/pieces.html', { body: parts() });
      const tab = await browser().open(undefined, 'window');
      const arriving = tab.goto(site.address('pieces.html'));
      await until(() => site.pages.requests.some((path) => path.includes('before.js')), 'the head');
      if (!/defer|module/.test(name))
        await until(() => site.pages.requests.some((path) => path.includes('vitrine.wasm')), 'the script');
      release();
      await arriving;
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

  test('after a visit and Back with Turbo, a snapshot shows what the service replies, and nothing of before', async (t) => {
    const turbo = readFileSync(`${root}node_modules/@hotwired/turbo/dist/turbo.es2017-umd.js`, 'utf8');
    const site = await openSite(t, browser(), { before: `${helpers}\n${turbo}`, policy: kOpenPolicy });
    const head = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Turbo</title><link rel="icon" href="data:,">
      <script src="/watch.js"></script><script src="/before.js"></script><script src="/settings.js"></script>
      <script src="/shopper.js"></script><script src="/snippet.js"></script><script async src="/dist/vitrine.js"></script></head>`;
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
