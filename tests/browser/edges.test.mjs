// A widget where pages are unusual: in a modal dialog, with a long word in its heading, with a forced theme, without
// products, in another language, and with a cart that replies when everything has changed.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { answering } from './answers.mjs';
import { inEachEngine } from './each_engine.mjs';
import { expectQuiet } from './expect.mjs';
import { settled } from './items.mjs';
import { openSite } from './open_site.mjs';
import { until } from './until.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const blank = readFileSync(new URL('pages/blank.html', import.meta.url), 'utf8');
const templates = ['grid', 'carousel', 'list', 'strip', 'hero'];

const german = readFileSync(new URL('../../dist/strings/de.json', import.meta.url));

const open = async (t, browser, { html = (page) => page } = {}) => {
  const site = await openSite(t, browser, { before: answering });
  site.pages.replies.set('/dist/strings/de.json', { type: 'application/json', body: german });
  site.pages.replies.set('/edge.html', { body: html(blank) });
  const tab = await site.open('edge.html', 'window');
  await tab.run(() => {
    answers.next = [{ text: answers.slate(4) }];
  });
  return { site, tab };
};
/** Returns axe-core's findings in the page: "rule: element". */
const findings = (tab) =>
  tab.send('ExecuteAsyncScript', {
    script: `${axe}; const done = arguments[arguments.length - 1];
      document.getAnimations().forEach((animation) => animation.finish());
      const lineOf = (id, { html, failureSummary }) => id + ': ' + html.slice(0, 200) + ' ' + failureSummary;
      axe.run(document).then(({ violations }) =>
        done(violations.flatMap(({ id, nodes }) => nodes.map((node) => lineOf(id, node)))));`,
    args: [],
  });

inEachEngine('dialog', (engine, browser) => {
  for (const shadow of [null, '']) {
    test(`a modal dialog's widget announces in it${shadow === '' ? ', in a shadow root' : ''}`, async (t) => {
      const { tab } = await open(t, browser());
      const seen = await tab.run(async (isShadow) => {
        document.addEventListener('vitrine:add-to-cart', ({ detail }) => void detail.itemId);
        const dialog = document.createElement('dialog');
        dialog.setAttribute('aria-label', 'More');
        document.querySelector('main').append(dialog);
        window.widget = answers.put({ shadow: isShadow });
        dialog.append(widget);
        dialog.showModal();
        await widget.refresh();
        await widget.refresh();
        const root = widget.shadowRoot || widget;
        const regions = root.querySelectorAll('[role=status],[aria-live]');
        // The region is there before it is needed, and outside of what is inert.
        const isEmpty = regions[0].textContent === '';
        root.querySelector('[data-vitrine-add]').click();
        return { count: regions.length, isEmpty, said: regions[0].textContent };
      }, shadow);
      assert.deepEqual(seen, { count: 1, isEmpty: true, said: 'Product 0 is in the cart' });
      const outside = await tab.run(() => document.querySelectorAll('body > [role=status]').length);
      assert.equal(outside, 0);
      assert.deepEqual(await findings(tab), []);
      if (engine !== 'chromium') return;
      await tab.cdp('Accessibility.enable');
      const { nodes } = await tab.cdp('Accessibility.getFullAXTree');
      const region = nodes.find(({ role, ignored }) => !ignored && role?.value === 'status');
      const words = nodes.find(({ nodeId }) => nodeId === region?.childIds[0])?.name.value;
      assert.equal(words, 'Product 0 is in the cart', 'the region is in the accessibility tree');
      await expectQuiet(tab);
    });
  }

  test('a frame of the shop without a live region gets one, and only one', async (t) => {
    const { tab } = await open(t, browser(), {
      html: (page) =>
        page.replace(
          '</main>',
          `<template id="frame" name="frame"><div class="mine">{{#items}}<p data-vitrine-item="{{id}}"
            data-vitrine-position="{{position}}">{{title}} <button data-vitrine-add>Buy</button></p>{{/items}}</div>
          </template></main>`,
        ),
    });
    const seen = await tab.run(async () => {
      document.addEventListener('vitrine:add-to-cart', ({ detail }) => void detail.itemId);
      // The frame is inside from the start: WebKit's driver lets microtasks run in the middle of a script.
      window.widget = document.createElement('vitrine-widget');
      for (const name of ['anchor-id', 'top-k']) widget.setAttribute(name, '4');
      widget.append(document.getElementById('frame'));
      document.querySelector('main').append(widget);
      await widget.refresh();
      answers.next = [{ text: answers.slate(3) }];
      await widget.refresh();
      const regions = widget.querySelectorAll('[role=status]');
      widget.querySelector('button').click();
      return [regions.length, regions[0].textContent, widget.querySelectorAll('p').length];
    });
    assert.deepEqual(seen, [1, 'p0 is in the cart', 3]);
  });
});

inEachEngine('edges', (engine, browser) => {
  for (const template of templates) {
    test(`one long word in a heading wraps, and does not run under the arrows: ${template}`, async (t) => {
      const { tab } = await open(t, browser());
      const seen = await tab.run(async (name) => {
        // Before the widget is there: WebKit's driver lets microtasks run in the middle of a script.
        document.querySelector('main').style.width = '400px';
        answers.next = [{ text: answers.slate(8) }];
        window.widget = answers.put({ template: name, heading: 'Donaudampfschifffahrtsgesellschaft'.repeat(4) });
        await widget.refresh();
        const title = widget.querySelector('.vitrine-title');
        const range = document.createRange();
        range.selectNodeContents(title);
        const right = Math.max(...[...range.getClientRects()].map((box) => box.right));
        const arrow = widget.querySelector('[data-vitrine-prev]')?.getBoundingClientRect().left ?? Infinity;
        return [right <= widget.getBoundingClientRect().right + 1, right <= arrow];
      }, template);
      assert.deepEqual(seen, [true, true]);
    });

    test(`a forced theme has the contrast of its own background, whatever the page's: ${template}`, async (t) => {
      const { tab } = await open(t, browser());
      for (const [theme, background, color] of [
        ['dark', '#fff', '#111'],
        ['light', '#000', '#eee'],
      ]) {
        await tab.run(
          async (name, forced, ground, ink) => {
            document.querySelector('vitrine-widget')?.remove();
            document.querySelector('h1').textContent = '';
            Object.assign(document.documentElement.style, { background: ground, color: ink });
            document.querySelector('h1').textContent = 'Widgets';
            window.widget = answers.put({ template: name, theme: forced, heading: 'Picked for you' });
            await widget.refresh();
          },
          template,
          theme,
          background,
          color,
        );
        assert.deepEqual(await findings(tab), [], theme);
      }
    });
  }

  test('a widget without products takes no room, also with a template of its own, and comes back', async (t) => {
    const { tab } = await open(t, browser());
    const seen = await tab.run(async () => {
      const main = document.querySelector('main');
      main.style.cssText = 'display: grid; gap: 65px';
      main.replaceChildren();
      window.widget = answers.put({});
      const template = document.createElement('template');
      template.content.append(document.createElement('b'));
      template.setAttribute('name', 'name');
      widget.prepend(template, '\n  ');
      widget.style.minHeight = '65px';
      main.append(document.createElement('div'));
      const heights = [];
      const measure = async (reply) => {
        answers.next = [reply];
        const state = await widget.refresh();
        heights.push(`${state} ${widget.getBoundingClientRect().height > 0}`);
      };
      await measure({ text: '{"serveId":"e","results":[]}' });
      await measure({ text: answers.slate(2) });
      await measure({ text: '{"serveId":"e","results":[]}' });
      const top = main.lastChild.getBoundingClientRect().top - main.getBoundingClientRect().top;
      // Another call makes it visible again while it loads, so that it can come near.
      answers.next = [{ text: answers.slate(3) }];
      widget.removeAttribute('load');
      widget.setAttribute('anchor-id', 'SKU-9');
      while (widget.getAttribute('state') !== 'ready') await new Promise((resolve) => setTimeout(resolve, 20));
      return [...heights, Math.round(top)];
    });
    assert.deepEqual(seen, ['empty false', 'ready true', 'empty false', 0]);
  });

  test('a picture that cannot be loaded leaves the plain area of a picture', async (t) => {
    const { tab } = await open(t, browser());
    await tab.run(async () => {
      window.widget = answers.put({});
      await widget.refresh();
    });
    const isBroken = () =>
      tab.run(() => {
        const image = widget.querySelector('img');
        return image.complete && image.naturalWidth === 0;
      });
    await until(isBroken, 'a picture that has failed');
    const cover = await tab.run(() => {
      const image = widget.querySelector('img');
      const style = getComputedStyle(image, '::before');
      return [
        style.content,
        style.position,
        style.backgroundColor === getComputedStyle(image.parentNode).backgroundColor,
      ];
    });
    // Firefox puts the alternative text there, which is empty.
    assert.deepEqual(cover, [engine === 'firefox' ? '-moz-alt-content' : '""', 'absolute', true]);
  });

  test("an underscore in the page's language is read, and prices follow a change of the language", async (t) => {
    const { tab } = await open(t, browser(), { html: (page) => page.replace('lang="en"', 'lang="de_DE"') });
    const priceOf = () => tab.run(() => widget.querySelector('.vitrine-price-now').textContent.replace(/\s/g, ' '));
    await tab.run(async () => {
      window.widget = answers.put({});
      await widget.refresh();
    });
    assert.equal(await priceOf(), '10,00 €');
    assert.equal(await tab.run(() => widget.querySelector('.vitrine-add').textContent), 'In den Warenkorb');
    await tab.run(() => {
      document.documentElement.lang = 'en-IE';
    });
    await until(async () => (await priceOf()) === '€10.00', 'the other format');
    await tab.run(() => {
      widget.setAttribute('locale', 'fr_FR');
    });
    await until(async () => (await priceOf()) === '10,00 €', "the element's own format");
    await expectQuiet(tab);
  });

  if (engine === 'chromium')
    for (const template of templates)
      test(`axe-core finds nothing in forced colours, with less motion: ${template}`, async (t) => {
        const { tab } = await open(t, browser());
        await tab.cdp('Emulation.setEmulatedMedia', {
          features: [
            { name: 'forced-colors', value: 'active' },
            { name: 'prefers-reduced-motion', value: 'reduce' },
          ],
        });
        for (const dir of ['ltr', 'rtl']) {
          const moving = await tab.run(
            async (name, way) => {
              document.documentElement.dir = way;
              document.querySelector('vitrine-widget')?.remove();
              window.widget = answers.put({ template: name, heading: 'Picked for you' });
              await widget.refresh();
              return [...widget.querySelectorAll('*')].filter((element) => {
                const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element);
                return transitionDuration !== '0s' || animationName !== 'none' || scrollBehavior === 'smooth';
              }).length;
            },
            template,
            dir,
          );
          assert.equal(moving, 0);
          assert.deepEqual(await findings(tab), [], dir);
        }
      });
});

inEachEngine('late carts', (_engine, browser) => {
  const changes = {
    'the widget was removed': () => widget.remove(),
    'the widget has made another call': async () => {
      answers.next = [{ text: answers.slate(4, (reply) => ({ serveId: 'sv_2', results: reply.results.reverse() })) }];
      widget.setAttribute('anchor-id', 'SKU-2');
      while (widget.querySelector('[data-vitrine-item]').dataset.vitrineItem !== 'p3')
        await new Promise((resolve) => setTimeout(resolve, 20));
    },
    'the widget has become empty': () => {
      answers.next = [{ text: '{"serveId":"e","results":[]}' }];
      return widget.refresh();
    },
    'the page has gone to another address': () => {
      history.pushState({}, '', '/cart');
      widget.remove();
    },
    'the quantity and the position have changed': () => {
      widget.querySelectorAll('[data-vitrine-quantity]')[1].value = '9';
      widget.querySelectorAll('[data-vitrine-item]')[1].dataset.vitrinePosition = '3';
    },
  };
  for (const [what, change] of Object.entries(changes))
    test(`an item counts once, as it was pressed, although ${what}`, async (t) => {
      const { site, tab } = await open(t, browser());
      await tab.run(async () => {
        window.widget = answers.put({});
        await widget.refresh();
        document.addEventListener('vitrine:add-to-cart', ({ detail }) =>
          detail.waitUntil(new Promise((resolve) => (window.settle = resolve))),
        );
        widget.querySelectorAll('[data-vitrine-quantity]')[1].value = '3';
        widget.querySelectorAll('[data-vitrine-add]')[1].click();
      });
      await tab.run(change);
      await tab.run(() => settle());
      const of = await settled(site, tab);
      assert.deepEqual(
        of('addToCart').map(({ itemId, quantity, position, serveId }) => [itemId, quantity, position, serveId]),
        [['p1', 3, 1, 'sv_1']],
      );
    });
});
