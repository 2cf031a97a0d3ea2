// The element's attributes decide its request, its looks and its events.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answering } from './answers.mjs';
import { inEachEngine } from './each_engine.mjs';
import { expectQuiet } from './expect.mjs';
import { openSite } from './open_site.mjs';

// Records the requests, too.
const noting = `${answering}
  window.questions = [];
  const answer = window.fetch;
  window.fetch = (url, init) => {
    if (/\\/recs(\\/|$)/.test(String(url))) {
      const path = new URL(url).pathname.replace(/.*\\/recs/, '');
      questions.push({ path, ...JSON.parse(init.body) });
    }
    return answer(url, init);
  };`;

const openBlank = async (t, browser, config) => {
  const site = await openSite(t, browser, { before: noting, config });
  return { site, tab: await site.open('blank.html', 'window') };
};
/** Replaces the widget by one with exactly these attributes, and resolves to the outcome. */
const put = (tab, attributes, count = 3) =>
  tab.run(
    async (given, products) => {
      document.querySelector('vitrine-widget')?.remove();
      questions.length = 0;
      answers.next = [{ text: answers.slate(products, (reply) => ({ ...reply, serveId: `sv_${answers.asked}` })) }];
      window.widget = answers.put({ 'anchor-id': null, 'top-k': null, load: null, currency: null, ...given });
      const state = await widget.refresh();
      const text = (selector) => (widget.shadowRoot || widget).querySelector(selector)?.textContent ?? null;
      return {
        state,
        questions,
        ids: [...(widget.shadowRoot || widget).querySelectorAll('[data-vitrine-item]')]
          .map(({ dataset }) => dataset.vitrineItem)
          .join(' '),
        price: text('.vitrine-price-now'),
        title: text('.vitrine-title'),
        layout: (widget.shadowRoot || widget).querySelector('.vitrine')?.className,
        eager: [...(widget.shadowRoot || widget).querySelectorAll('.vitrine-image')].filter(
          ({ loading }) => loading === 'eager',
        ).length,
        isShadow: !!widget.shadowRoot,
      };
    },
    attributes,
    count,
  );

/** Sorts the attributes in the tag of a console line. A driver may set the attributes of `put` in another order. */
const sorted = (line) =>
  line.replace(
    /<vitrine-widget (.*?)>/,
    (_, list) =>
      `<${list
        .split(/(?<=") /)
        .toSorted()
        .join(' ')}>`,
  );

inEachEngine('attributes', (_engine, browser) => {
  test('attributes of the request: kind, its subject, number of products', async (t) => {
    const { tab } = await openBlank(t, browser());
    const asked = async (attributes) => (await put(tab, attributes)).questions;
    const [similar] = await asked({ 'anchor-id': 'SKU-9', 'top-k': '5' });
    assert.deepEqual([similar.productId, similar.topK], ['SKU-9', 5]);
    const [home] = await asked({ 'config-id': 'home' });
    assert.deepEqual([home.configId, home.topK, home.productId], ['home', 12, undefined]);
    const [found] = await asked({ kind: 'forVisitor', 'anchor-id': 'SKU-9', 'config-id': 'other', 'top-k': '2' });
    assert.deepEqual([found.configId, found.topK], ['other', 2]);
    const unknown = await put(tab, { kind: 'nonsense', 'config-id': 'home' });
    assert.deepEqual([unknown.state, unknown.questions.length], ['error', 0]);
  });

  test('fallback and min-results request the next kind; exclude omits what the shopper saw or owns', async (t) => {
    const { tab } = await openBlank(t, browser());
    const two = await put(tab, {
      'anchor-id': 'SKU-9',
      'config-id': 'home',
      fallback: 'forVisitor',
      'min-results': '4',
      'time-budget': '4000',
    });
    assert.deepEqual(
      two.questions.map(({ productId, configId }) => productId ?? configId),
      ['SKU-9', 'home'],
    );
    const one = await put(tab, {
      'anchor-id': 'SKU-9',
      'config-id': 'home',
      fallback: 'forVisitor',
      'min-results': '3',
    });
    assert.equal(one.questions.length, 1);
    await tab.run(() => shopper.vitrine.setCart(['p1']));
    assert.equal((await put(tab, { 'anchor-id': 'SKU-9', exclude: 'inCart' })).ids, 'p0 p2');
  });

  test('attributes of the looks: heading, template, prices, pictures, colours, a shadow root', async (t) => {
    const { tab } = await openBlank(t, browser());
    const of = (attributes) => put(tab, { 'anchor-id': 'SKU-9', ...attributes }, 6);
    const { price, title, layout, eager, isShadow } = await of({});
    assert.deepEqual([price, title, layout, eager, isShadow], ['10.00 EUR', null, 'vitrine vitrine-grid', 4, false]);
    assert.equal((await of({ heading: 'Like it' })).title, 'Like it');
    assert.equal((await of({ template: 'list' })).layout, 'vitrine vitrine-list');
    assert.equal((await of({ template: 'nonsense' })).layout, 'vitrine vitrine-grid');
    assert.match((await of({ currency: 'EUR', locale: 'de' })).price, /^10,00\s€$/);
    assert.equal((await of({ currency: 'EUR' })).price, '€10.00');
    assert.equal((await of({ currency: 'nonsense' })).price, '10.00 EUR');
    assert.deepEqual([(await of({ eager: '2' })).eager, (await of({ eager: '0' })).eager], [2, 0]);
    assert.ok((await of({ shadow: '' })).isShadow);
    const scheme = () => tab.run(() => getComputedStyle(widget).colorScheme);
    await of({ theme: 'dark' });
    assert.equal(await scheme(), 'dark');
    await of({ theme: 'auto' });
    assert.equal(await scheme(), 'light dark');
  });

  test('attributes of the events: surface and source, or the kind; the variant of an experiment', async (t) => {
    const { site, tab } = await openBlank(t, browser(), {
      experiments: { layout: { variants: [{ name: 'row', slot: { template: 'carousel', query: { topK: 2 } } }] } },
    });
    await put(tab, { 'anchor-id': 'SKU-9' });
    await put(tab, { 'anchor-id': 'SKU-9', surface: 'cart_page', source: 'mine' });
    const { layout, questions } = await put(tab, { 'anchor-id': 'SKU-9', experiment: 'layout', source: 'tried' });
    await put(tab, { 'anchor-id': 'SKU-9', experiment: 'layout', source: 'tried again' });
    assert.deepEqual([layout, questions[0].topK], ['vitrine vitrine-carousel', 2]);
    const { events } = await site.arrived(4, { type: 'itemsServed' });
    assert.deepEqual(
      events.map(({ surface, source }) => `${surface} ${source}`),
      ['widget similarItems', 'cart_page mine', 'widget tried', 'widget tried again'],
    );
    const exposures = (await site.events({ type: 'exposure' })).events;
    assert.deepEqual(
      exposures.map(({ experiment, variant }) => [experiment, variant]),
      [['layout', 'row']],
    );
  });

  test('a misspelt attribute or value is reported once, with the widget and the right name', async (t) => {
    const { tab } = await openBlank(t, browser());
    const warnings = async (attributes) => {
      await tab.run(() => (seen.console.length = 0));
      await put(tab, attributes);
      // Another attribute opens the slot again.
      await tab.run(async () => {
        widget.setAttribute('top-k', '3');
        await widget.refresh();
      });
      return (await tab.run(() => seen.console)).map(sorted).toSorted();
    };
    const lines = (tag, ...faults) =>
      faults.map((fault) => sorted(`warn: [vitrine] ${tag}: ${fault} (bad-attribute)`)).toSorted();
    const names = {
      anchor_id: 'anchor-id',
      top_k: 'top-k',
      confgid: 'config-id',
      'add-to-card': 'add-to-cart',
      kidn: 'kind',
      templat: 'template',
      'anchor-idd': 'anchor-id',
    };
    for (const [wrong, right] of Object.entries(names)) {
      const tag = `<vitrine-widget anchor-id="SKU-9" id="similar" ${wrong}="1">`;
      assert.deepEqual(
        await warnings({ 'anchor-id': 'SKU-9', id: 'similar', [wrong]: '1' }),
        lines(tag, `${wrong} is not known. Write ${right}.`),
      );
    }
    assert.deepEqual(
      await warnings({ kind: 'forVisitor', 'config-id': 'home', theme: 'drak', load: 'eagr', exclude: 'incart, x' }),
      lines(
        '<vitrine-widget kind="forVisitor" config-id="home" theme="drak" load="eagr" exclude="incart, x">',
        'theme="drak" is not known. Write dark.',
        'load="eagr" is not known. Write eager.',
        'exclude="incart" is not known. Write inCart.',
        'exclude="x" is not known. Write shown or inCart or viewing.',
      ),
    );
  });

  test('attributes of the page and of frameworks are not reported', async (t) => {
    const { tab } = await openBlank(t, browser());
    const all = {};
    for (const name of [
      'id',
      'class',
      'slot',
      'dir',
      'lang',
      'title',
      'role',
      'part',
      'nonce',
      'tabindex',
      'is',
      'key',
    ])
      all[name] = name === 'dir' ? 'rtl' : 'x';
    for (const name of ['itemscope', 'itemid', 'inert', 'loading', 'width', 'translate', 'far-away', 'constructor'])
      all[name] = '1';
    for (const name of ['data-kind', 'data-theme', 'aria-label', 'v-load', 'v-theme', 'x-load', 'ng-query', '_load'])
      all[name] = 'x';
    for (const name of ['_ngcontent-abc-c12', 'wire:load', 'load.camel']) all[name] = '';
    for (const name of ['theme', 'exclude', 'fallback', 'heading']) all[name] = '';
    await put(tab, { 'anchor-id': 'SKU-9', load: 'lazy', ...all });
    await expectQuiet(tab);
  });

  test("an unknown kind or template is reported with the widget's name and all right words", async (t) => {
    const { tab } = await openBlank(t, browser());
    await put(tab, { kind: 'forvisitor', 'config-id': 'home' });
    await put(tab, { kind: 'forVisitor', 'config-id': 'home', template: 'carusel' });
    assert.deepEqual((await tab.run(() => seen.console)).map(sorted), [
      'warn: [vitrine] <config-id="home" kind="forvisitor">: kind must be similarItems, forVisitor, ' +
        'forUser, boughtTogether, trending, category, searchText or searchCategory. (bad-argument)',
      'error: [vitrine] <config-id="home" kind="forVisitor" template="carusel">: A template is grid, ' +
        'carousel, list, strip or hero. (template-unknown)',
    ]);
  });
});
