// Everybody can use a widget: what axe-core finds, what assistive technology is told, and the way by keyboard alone.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { answering } from './answers.mjs';
import { inEachEngine } from './each_engine.mjs';
import { expectQuiet } from './expect.mjs';
import { openStage } from './stage.mjs';
import { until } from './until.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const templates = ['grid', 'carousel', 'list', 'strip', 'hero'];
const [kRight, kEnd, kHome] = ['\uE014', '\uE010', '\uE011'];

const openBlank = async (t, browser) => {
  const stage = await openStage(t, browser, { before: answering });
  const tab = await stage.open('blank.html', 'window');
  return { stage, tab };
};
/** What axe-core finds in the page: "rule: element". */
const findings = async (tab) => {
  const script = `${axe}; const done = arguments[arguments.length - 1];
    // Colours on their way from one theme to the other are nobody's colours.
    document.getAnimations().filter(({ effect }) => effect.getTiming().iterations !== Infinity).forEach((animation) => animation.finish());
    axe.run(document).then(({ violations }) => done(violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ': ' + html.slice(0, 200) + ' ' + failureSummary))), (error) => done([String(error)]));`;
  return tab.send('ExecuteAsyncScript', { script, args: [] });
};
/** One widget that is in this state, in place of the one before. */
const bring = (tab, template, state) =>
  tab.run(
    async (name, wanted) => {
      document.querySelector('vitrine-widget')?.remove();
      const text = answers.slate(6, (reply) => {
        reply.results.forEach(({ metadata }, i) => i % 2 && Object.assign(metadata, { originalPrice: 99, badges: ['New'] }));
        return reply;
      });
      const never = new Promise(() => {});
      answers.next = [{ loading: never, skeleton: never, empty: { text: '{"serveId":"e","results":[]}' }, error: { status: 404, text: '{}' } }[wanted] || { text }];
      const widget = answers.put({ template: name, heading: 'Picked for you', 'top-k': 6, load: wanted === 'loading' ? null : 'eager' });
      const reached = () => widget.getAttribute('state') === wanted;
      if (wanted === 'ready') await widget.refresh();
      if (wanted === 'stale') {
        await widget.refresh();
        answers.next = [{ status: 404, text: '{}' }];
        await widget.refresh();
      }
      // A button in each state of its own.
      ['added', 'failed', 'adding'].forEach((how, i) => widget.querySelectorAll('[data-vitrine-add]')[i]?.setAttribute('data-vitrine-cart', how));
      while (!reached()) await new Promise((resolve) => widget.addEventListener('vitrine:state', resolve, { once: true }));
    },
    template,
    state,
  );

inEachEngine('access', (engine, browser) => {
  for (const template of templates) {
    test(`axe-core finds nothing in any state, light, dark, and from right to left: ${template}`, { timeout: 120_000 }, async (t) => {
      const { tab } = await openBlank(t, browser());
      for (const state of ['ready', 'skeleton', 'loading', 'stale', 'empty', 'error']) {
        await bring(tab, template, state);
        for (const [theme, dir] of state === 'ready' ? [['light', 'ltr'], ['dark', 'ltr'], ['light', 'rtl']] : [['light', 'ltr']]) {
          await tab.run(
            (scheme, way) => {
              document.documentElement.style.colorScheme = scheme;
              document.documentElement.style.background = scheme === 'dark' ? '#111' : '#fff';
              document.documentElement.style.color = scheme === 'dark' ? '#eee' : '#111';
              document.documentElement.dir = way;
            },
            theme, dir,
          );
          assert.deepEqual(await findings(tab), [], `${template} ${state} ${theme} ${dir}`);
        }
      }
    });
  }

  test('axe-core does find what is wrong', async (t) => {
    const { tab } = await openBlank(t, browser());
    await tab.run(() => void document.querySelector('main').append(document.createElement('img'), document.createElement('button')));
    const found = (await findings(tab)).map((line) => line.split(':')[0]);
    assert.deepEqual(found.toSorted(), ['button-name', 'image-alt']);
  });

  test('a carousel turns by buttons and keys, says where it is, and its buttons know its ends', async (t) => {
    const { tab } = await openBlank(t, browser());
    const begin = (dir) =>
      tab.run(async (way) => {
        document.documentElement.dir = way;
        document.querySelector('vitrine-widget')?.remove();
        answers.next = [{ text: answers.slate(12) }];
        await answers.put({ template: 'carousel', heading: 'Picked for you', 'top-k': 12 }).refresh();
        window.said = [];
        new MutationObserver(() => said.push(document.querySelector('[role=status]').textContent)).observe(document.querySelector('[role=status]'), { childList: true });
      }, dir);
    const at = () => tab.run(() => Math.abs(document.querySelector('[data-vitrine-scroller]').scrollLeft));
    const ends = () => tab.run(() => ['prev', 'next'].map((name) => document.querySelector(`[data-vitrine-${name}]`).getAttribute('aria-disabled')));
    for (const dir of ['ltr', 'rtl']) {
      await begin(dir);
      await until(async () => (await ends()).join() === 'true,', 'the beginning');
      await tab.click('[data-vitrine-next]');
      await until(async () => (await at()) > 50, 'a turn');
      await until(() => tab.run(() => said.some((words) => /^\d+ of 12$/.test(words))), 'the place');
      assert.equal(await tab.run(() => document.activeElement === document.querySelector('[data-vitrine-next]') || document.activeElement === document.body), true);
      await tab.type('[data-vitrine-scroller]', kEnd);
      await until(async () => (await ends()).join() === ',true', 'the end');
      await tab.type('[data-vitrine-scroller]', kHome);
      await until(async () => (await ends()).join() === 'true,', 'the beginning again');
    }
    await begin('ltr');
    await tab.type('[data-vitrine-scroller]', kRight);
    await until(async () => (await at()) > 20, 'a step');
    await expectQuiet(tab);
  });

  test('the cart answers: added at once, taken back when it fails, and told', async (t) => {
    const { stage, tab } = await openBlank(t, browser());
    const seen = await tab.run(async () => {
      answers.next = [{ text: answers.slate(4) }];
      const widget = answers.put({});
      await widget.refresh();
      const settle = [];
      document.addEventListener('vitrine:add-to-cart', ({ detail }) => detail.waitUntil(new Promise((resolve, reject) => settle.push({ ...detail, resolve, reject }))));
      const item = (i) => widget.querySelectorAll('[data-vitrine-item]')[i];
      const add = (i) => item(i).querySelector('[data-vitrine-add]');
      const state = (i) => [add(i).getAttribute('data-vitrine-cart'), add(i).getAttribute('aria-disabled')];
      item(0).querySelector('[data-vitrine-step="1"]').click();
      item(0).querySelector('[data-vitrine-step="1"]').click();
      add(0).click();
      add(0).click();
      add(1).click();
      const waiting = [state(0), state(1)];
      const wishes = settle.map(({ itemId, quantity, title, price }) => [itemId, quantity, title, price]);
      settle[0].resolve();
      settle[1].reject(new Error('sold out'));
      await new Promise((resolve) => setTimeout(resolve, 20));
      const done = [state(0), state(1)];
      const said = document.querySelector('[role=status]').textContent;
      await shopper.vitrine.events.flush();
      return { waiting, wishes, done, said };
    });
    assert.deepEqual(seen.waiting, [['adding', 'true'], ['adding', 'true']]);
    assert.deepEqual(seen.wishes, [['p0', 3, 'Product 0', '€10.00'], ['p1', 1, 'Product 1', '€11.00']]);
    assert.deepEqual(seen.done, [['added', null], ['failed', null]]);
    assert.match(seen.said, /Product 1/);
    const { events } = await stage.arrived(1, { type: 'addToCart' });
    assert.deepEqual(events.map(({ itemId, quantity }) => [itemId, quantity]), [['p0', 3]]);
    await expectQuiet(tab);
  });
});

inEachEngine(
  'accessibility tree',
  (engine, browser) => {
    test('links, buttons, groups and pictures have the names that a shopper needs', async (t) => {
      const { tab } = await openBlank(t, browser());
      for (const template of templates) {
        await bring(tab, template, 'ready');
        await tab.cdp('Accessibility.enable');
        const { nodes } = await tab.cdp('Accessibility.getFullAXTree');
        const of = (role) => nodes.filter((node) => !node.ignored && node.role?.value === role).map((node) => node.name?.value ?? '');
        const titles = Array.from({ length: 6 }, (_, i) => `Product ${i}`);
        assert.deepEqual(of('link').filter((name) => titles.includes(name)).toSorted(), titles, template);
        const buttons = of('button');
        for (const title of titles) assert.ok(buttons.some((name) => name.includes(title)), `${template}: a button for ${title} among ${buttons}`);
        assert.ok(of('heading').includes('Picked for you'), template);
        assert.ok(buttons.every(Boolean) && of('spinbutton').every(Boolean), `${template}: all controls have names`);
        if (template !== 'carousel') continue;
        assert.ok(of('group').some((name) => /^1 of 6/.test(name)), `places of ${of('group')}`);
        assert.deepEqual(buttons.filter((name) => /previous|next/i.test(name)).length, 2, String(buttons));
      }
    });
  },
  { only: ['chromium'] },
);
