// The editor of templates: colours of HTML and Mustache, refusals at their line and column while one types, and all of
// it under the policy of the page, which allows no inline styles.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { buildStudioBundles } from '../../tools/studio.mjs';
import { startServer } from '../server/server.mjs';
import { inEachEngine } from './each_engine.mjs';
import { openStudio, settingsIn } from './studio/open.mjs';
import { until } from './until.mjs';

const kBackspace = '\uE003';
const kTab = '\uE004';
const kEnter = '\uE007';

let server;
before(async () => {
  await buildStudioBundles();
  server = await startServer();
});
after(() => server.stop());

const inEditor = (tab, selector) =>
  tab.run(
    (css) =>
      [...(document.querySelector('.editor').shadowRoot?.querySelectorAll(css) ?? [])].map((each) => each.textContent),
    selector,
  );
const type = async (tab, text) => {
  for (const letter of text) await tab.key(letter === '\n' ? kEnter : letter);
};
const verdict = (tab) => tab.run(() => document.querySelector('.verdict').textContent);
const open = async (t, browser, settings) => {
  const tab = await openStudio(t, browser, `${server.url}/preview`, { count: '2', ...settings });
  await until(async () => (await inEditor(tab, '.cm-content')).length === 1, 'the editor', 60_000);
  return tab;
};

inEachEngine('editor of templates', (engine, browser) => {
  test('what is typed is judged at once, marked at its line and column, and shown in the widget', {
    timeout: 120_000,
  }, async (t) => {
    const tab = await open(t, browser());
    await tab.click('.editor');
    await type(tab, '<p>\n<b id="{{id}}">{{title}}</b></p>');
    await until(async () => /^Line 2, column \d+: /.test(await verdict(tab)), 'a refusal');
    await until(async () => (await inEditor(tab, '.cm-lintRange-error')).length === 1, 'a mark');
    const [line, column] = /^Line (\d+), column (\d+)/
      .exec(await verdict(tab))
      .slice(1)
      .map(Number);
    const marked = await tab.run(() => {
      const root = document.querySelector('.editor').shadowRoot;
      const mark = root.querySelector('.cm-lintRange-error');
      const row = mark.closest('.cm-line');
      const range = document.createRange();
      range.setStart(row, 0);
      range.setEndBefore(mark);
      return [[...root.querySelectorAll('.cm-line')].indexOf(row) + 1, range.toString().length + 1];
    });
    assert.deepEqual(marked, [line, column]);
    assert.equal((await inEditor(tab, '.cm-lint-marker-error')).length, 1, 'a sign beside the line');
    // The whole tag is taken out again, from the end, where the caret is. The editor has indented the line.
    const end = '{{title}}</b></p>';
    for (const _ of `<b id="{{id}}">${end}`) await tab.key(kBackspace);
    await type(tab, `<b>${end}`);
    await until(async () => /^Safe/.test(await verdict(tab)), 'an approval');
    await until(async () => (await inEditor(tab, '.cm-lintRange-error')).length === 0, 'no mark');
    await until(async () => (await settingsIn(tab)).own === `<p>\n  <b>${end}`, 'the template in the address');
    await until(
      () =>
        tab.run(() => {
          const bold = document.querySelector('#canvas').contentDocument.querySelectorAll('.vitrine-item > p > b');
          return bold.length === 2 && [...bold].every((each) => each.textContent.length > 2);
        }),
      'the template in the widget',
    );
    if (engine === 'chromium') assert.deepEqual(await tab.consoleLines(), []);
  });

  test('HTML and Mustache have colours of their own, by style sheets that the policy allows', async (t) => {
    const own = '<p class="x">{{title}}</p>';
    const tab = await open(t, browser(), { own });
    assert.deepEqual(await inEditor(tab, '.cm-mustache'), ['{{title}}']);
    const looks = await tab.run(() => {
      const root = document.querySelector('.editor').shadowRoot;
      const colours = [...root.querySelectorAll('.cm-line span')].map((each) => getComputedStyle(each).color);
      return {
        colours: new Set(colours).size,
        text: getComputedStyle(root.querySelector('.cm-content')).whiteSpace,
        sheets: root.adoptedStyleSheets.length,
        elements: root.querySelectorAll('style').length + document.querySelectorAll('style').length,
      };
    });
    assert.ok(looks.colours >= 3, `${looks.colours} colours`);
    assert.equal(looks.text, 'pre');
    assert.ok(looks.sheets > 0);
    assert.equal(looks.elements, 0);
  });

  test('the line of a refusal leads to its place, and Tab leads out of the editor', async (t) => {
    const tab = await open(t, browser(), { own: '<p>\n  <b onclick="{{title}}">x</b>\n</p>' });
    await until(async () => /^Line 2/.test(await verdict(tab)), 'a refusal');
    await tab.run(() => document.querySelector('.verdict').click());
    assert.equal(await tab.run(() => document.activeElement.className), 'editor');
    assert.match((await inEditor(tab, '.cm-activeLine')).join(), /onclick/);
    await tab.key(kTab);
    await until(() => tab.run(() => document.activeElement.className !== 'editor'), 'the focus elsewhere');
  });

  test('an example fills the editor, and is removed again', { timeout: 60_000 }, async (t) => {
    const tab = await open(t, browser());
    const press = (text) =>
      tab.run(
        (name) => [...document.querySelectorAll('.pane .button')].find((each) => each.textContent === name).click(),
        text,
      );
    await press('Begin with an example');
    await until(async () => /instead of/.test((await inEditor(tab, '.cm-content')).join()), 'the example');
    await until(async () => /^Safe/.test(await verdict(tab)), 'an approval');
    await press('Remove');
    await until(async () => (await inEditor(tab, '.cm-content')).join() === '', 'an empty editor');
    await until(async () => !('own' in (await settingsIn(tab))), 'no template in the address');
  });
});
