// The whole way through a widget by keyboard: every control in the order in which it is read, each with a ring to be
// seen, none that keeps the focus; and the same widget at twice the size.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answering } from './answers.mjs';
import { inEachEngine } from './each_engine.mjs';
import { expectQuiet } from './expect.mjs';
import { openSite } from './open_site.mjs';
import { until } from './until.mjs';

const [kTab, kShift, kEnter, kSpace, kUp, kDown] = ['\uE004', '\uE008', '\uE007', ' ', '\uE013', '\uE015'];
const templates = ['grid', 'carousel', 'list', 'strip', 'hero'];

/**
 * Opens a page with a button, a widget of this template, and another button.
 * @param {import('node:test').TestContext} t
 * @param {import('./engine.mjs').Browser} browser
 * @param {string} template
 * @param {{ count?: number, waiting?: boolean, strings?: object, attributes?: object }} [options]
 */
const openBetween = async (t, browser, template, { count = 3, waiting = false, strings, attributes = {} } = {}) => {
  const site = await openSite(t, browser, { before: answering, config: strings ? { strings } : {} });
  const tab = await site.open('blank.html', 'window');
  await tab.run(
    async (name, items, isWaiting, more) => {
      const main = document.querySelector('main');
      const button = (id) => Object.assign(document.createElement('button'), { id, textContent: id });
      main.replaceChildren(button('before'));
      const never = new Promise(() => {});
      answers.next = [
        isWaiting
          ? never
          : {
              text: answers.slate(items, (reply) => {
                Object.assign(reply.results[0].metadata, { originalPrice: 99, badges: ['New'] });
                return reply;
              }),
            },
      ];
      window.widget = answers.put({ template: name, heading: 'Picked for you', 'top-k': items, ...more });
      main.append(button('after'));
      if (!isWaiting) await widget.refresh();
      document.getElementById('before').focus();
    },
    template,
    count,
    waiting,
    attributes,
  );
  if (waiting) await until(() => tab.run(() => widget.getAttribute('state') === 'skeleton'), 'a skeleton');
  return { site, tab };
};
/** Returns the focused element, and whether it is visible. */
const focused = (tab) =>
  tab.run(async () => {
    const isSeen = ({ left, right, top, bottom }) =>
      left >= -1 && right <= innerWidth + 1 && top >= -1 && bottom <= innerHeight + 1;
    // A carousel scrolls to what has the focus, when it comes to it: waited for until it is there and stays there.
    let last;
    for (let frames = 0, still = 0; still < 3 && frames < 300; frames++) {
      await new Promise(requestAnimationFrame);
      const box = document.activeElement.getBoundingClientRect();
      const place = `${box.left} ${box.top}`;
      still = place === last && isSeen(box) ? still + 1 : 0;
      last = place;
    }
    const element = document.activeElement;
    const item = element.closest('[data-vitrine-item]');
    const kind = ['link', 'step', 'count', 'add', 'turn', 'items'].find((name) =>
      element.classList.contains(`vitrine-${name}`),
    );
    const sign = { step: element.textContent, turn: element.textContent }[kind] || '';
    const ring = [getComputedStyle(element), getComputedStyle(element, '::after')].find(
      ({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
    );
    const isInView = isSeen(element.getBoundingClientRect());
    return { at: element.id || `${item ? item.dataset.vitrineItem + ' ' : ''}${kind}${sign}`, ring: !!ring, isInView };
  });

// A card of a carousel is one tab stop.
const perItem = { strip: ['link', 'add'], carousel: ['link'] };
const way = (template, count) => [
  ...(template === 'carousel' ? ['turn‹', 'turn›', 'items'] : []),
  ...Array.from({ length: count }, (_, i) =>
    (perItem[template] || ['link', 'step−', 'count', 'step+', 'add']).map((kind) => `p${i} ${kind}`),
  ).flat(),
];

inEachEngine('keyboard', (_engine, browser) => {
  for (const template of templates) {
    test(`Tab visits every control in order with a focus ring, and leaves the widget: ${template}`, async (t) => {
      const count = template === 'carousel' ? 8 : 3;
      const { tab } = await openBetween(t, browser(), template, { count });
      const expected = way(template, count);
      const seen = [];
      for (let i = 0; i <= expected.length + 2 && seen.at(-1)?.at !== 'after'; i++) {
        await tab.key(kTab);
        seen.push(await focused(tab));
      }
      assert.deepEqual(
        seen.map(({ at }) => at),
        [...expected, 'after'],
      );
      assert.deepEqual(
        seen.slice(0, -1).filter(({ ring, isInView }) => !ring || !isInView),
        [],
      );
      await tab.key(kTab, kShift);
      assert.equal((await focused(tab)).at, expected.at(-1));
      await tab.run(() => document.getElementById('after').focus());
      for (let i = 0; i < expected.length; i++) await tab.key(kTab, kShift);
      assert.equal((await focused(tab)).at, expected[0]);
      await tab.key(kTab, kShift);
      assert.equal((await focused(tab)).at, 'before');
      await expectQuiet(tab);
    });
  }

  test('the arrow down leads to the other controls of a card, which are tab stops until it is left', async (t) => {
    const { tab } = await openBetween(t, browser(), 'carousel');
    await tab.run(() => widget.querySelectorAll('.vitrine-link')[1].focus());
    const walk = async (...keys) => {
      const seen = [];
      for (const key of keys) {
        await tab.key(...[key].flat());
        seen.push((await focused(tab)).at);
      }
      return seen;
    };
    assert.deepEqual(await walk(kDown, kTab, kTab, kTab, kTab), [
      'p1 step−',
      'p1 count',
      'p1 step+',
      'p1 add',
      'p2 link',
    ]);
    // The card that was left is one tab stop again.
    assert.deepEqual(await walk([kTab, kShift], kDown, kTab), ['p1 link', 'p1 step−', 'p1 count']);
    // In the field the arrows change the quantity.
    await tab.key(kUp);
    assert.equal(await tab.run(() => widget.querySelectorAll('[data-vitrine-quantity]')[1].value), '2');
    assert.deepEqual(await walk([kTab, kShift], [kTab, kShift], [kTab, kShift]), ['p1 step−', 'p1 link', 'p0 link']);
    await expectQuiet(tab);
  });

  test('a card keeps one tab stop when it is rendered again, and in a shadow root', async (t) => {
    for (const shadow of [null, '']) {
      const { tab } = await openBetween(t, browser(), 'carousel', { count: 10, attributes: { shadow } });
      const stops = () =>
        tab.run(() =>
          [...(widget.shadowRoot || widget).querySelectorAll('a[href],button,input,[tabindex]')]
            .filter(({ tabIndex }) => tabIndex >= 0)
            .map(({ className }) => className),
        );
      const expected = ['vitrine-turn', 'vitrine-turn', 'vitrine-items', ...Array(10).fill('vitrine-link')];
      assert.deepEqual(await stops(), expected);
      await tab.run(() => {
        answers.next = [
          {
            text: answers.slate(11, (reply) => ({
              ...reply,
              results: reply.results.slice(1).map((result, i) => ({
                ...result,
                metadata: { ...result.metadata, price: 5, badges: i % 2 ? ['New'] : [] },
              })),
            })),
          },
        ];
        return widget.refresh();
      });
      assert.deepEqual(await stops(), expected);
    }
  });

  test('Tab skips a skeleton', async (t) => {
    const { tab } = await openBetween(t, browser(), 'carousel', { waiting: true });
    await tab.key(kTab);
    assert.equal((await focused(tab)).at, 'after');
  });

  test('quantity and cart work by keyboard, and the focus stays', async (t) => {
    const { tab } = await openBetween(t, browser(), 'grid');
    await tab.run(() => {
      window.wishes = [];
      document.addEventListener('vitrine:add-to-cart', ({ detail }) => {
        wishes.push([detail.itemId, detail.quantity]);
        detail.waitUntil(new Promise((resolve) => (window.settle = resolve)));
      });
      widget.querySelector('.vitrine-step').focus();
    });
    await tab.key(kTab);
    await tab.key(kTab);
    await tab.key(kEnter);
    await tab.key(kSpace);
    const quantity = () =>
      tab.run(() => [
        widget.querySelector('[data-vitrine-quantity]').value,
        document.querySelector('[role=status]').textContent,
      ]);
    assert.deepEqual(await quantity(), ['3', '3']);
    await tab.key(kTab, kShift);
    await tab.key(kUp);
    assert.equal((await quantity())[0], '4');
    await tab.key(kTab);
    await tab.key(kTab);
    await tab.key(kEnter);
    await tab.key(kEnter);
    assert.deepEqual(await tab.run(() => wishes), [['p0', 4]]);
    assert.equal((await focused(tab)).at, 'p0 add');
    await tab.run(() => settle());
    await tab.key(kSpace);
    assert.deepEqual(await tab.run(() => wishes), [
      ['p0', 4],
      ['p0', 4],
    ]);
    assert.equal((await focused(tab)).at, 'p0 add');
  });
});

/**
 * Returns the parts of the widget that a shopper cannot use: text that is cut, controls outside of their card or on top
 * of each other, a page that scrolls sideways.
 */
const lost = (tab) =>
  tab.run(() => {
    const out = [];
    if (document.documentElement.scrollWidth > innerWidth)
      out.push(`the page is ${document.documentElement.scrollWidth} wide`);
    const shown = [
      ...widget.querySelectorAll(
        '.vitrine-add,.vitrine-step,.vitrine-count,.vitrine-turn,.vitrine-price-now,.vitrine-title,.vitrine-link',
      ),
    ].filter((element) => element.getClientRects().length);
    const name = (element) => `${element.className} "${element.textContent || element.value}"`;
    const controls = [];
    for (const element of shown) {
      const [box, card] = [
        element.getBoundingClientRect(),
        (element.closest('.vitrine-item') || widget).getBoundingClientRect(),
      ];
      // A link may be cut with an ellipsis, and the card shows the focus ring of the link.
      const isLink = element.matches('.vitrine-link');
      if (!isLink && (box.left < card.left - 1 || box.right > card.right + 1 || box.bottom > card.bottom + 1))
        out.push(`${name(element)} stands out`);
      if (
        !isLink &&
        element.localName !== 'input' &&
        element.scrollWidth > element.clientWidth + 1 &&
        getComputedStyle(element).display !== 'inline'
      )
        out.push(`${name(element)} is cut`);
      if (element.matches('button,input')) {
        if (box.width < 24 || box.height < 24) out.push(`${name(element)} is ${box.width} by ${box.height}`);
        for (const [other, theirs] of controls)
          if (
            box.left < theirs.right - 1 &&
            theirs.left < box.right - 1 &&
            box.top < theirs.bottom - 1 &&
            theirs.top < box.bottom - 1
          )
            out.push(`${name(element)} lies on ${name(other)}`);
        controls.push([element, box]);
      }
    }
    return out;
  });
const german = { addToCart: 'In den Warenkorb', products: 'Empfohlene Produkte' };

inEachEngine(
  'zoom',
  (_engine, browser) => {
    for (const template of templates) {
      test(`at zoom 200 % and 400 %, and with text twice as large, nothing is cut: ${template}`, async (t) => {
        const { tab } = await openBetween(t, browser(), template, { count: 6, strings: german });
        const zoomTo = (zoom) =>
          tab.cdp('Emulation.setDeviceMetricsOverride', {
            width: 1280 / zoom,
            height: Math.round(1024 / zoom),
            deviceScaleFactor: zoom,
            mobile: false,
          });
        for (const zoom of [1, 2, 4]) {
          await zoomTo(zoom);
          assert.deepEqual(await lost(tab), [], `${zoom * 100} %`);
        }
        await zoomTo(1);
        for (const dir of ['ltr', 'rtl']) {
          await tab.run((way) => {
            document.documentElement.dir = way;
            document.documentElement.style.fontSize = '200%';
          }, dir);
          for (const zoom of [1, 2]) {
            await zoomTo(zoom);
            assert.deepEqual(await lost(tab), [], `letters of 200 %, ${dir}, ${zoom * 100} %`);
          }
        }
      });
    }
  },
  { only: ['chromium'] },
);
