// Access to the replay page: axe-core's findings, the width of a phone, and what the list tells assistive technology.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { startServer } from '../server/server.mjs';
import { inEachEngine } from './each_engine.mjs';
import { goTo, openReplay, openText, showReplay } from './replay_page.mjs';
import { until } from './until.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const example = readFileSync(new URL('../../demo/preview/replay/example.jsonl', import.meta.url), 'utf8');

const findings = (tab) =>
  tab.send('ExecuteAsyncScript', {
    script: `${axe}; const done = arguments[arguments.length - 1];
      const lineOf = (id, { html, failureSummary }) => id + ': ' + html.slice(0, 200) + ' ' + failureSummary;
      axe.run(document).then(
        ({ violations }) => done(violations.flatMap(({ id, nodes }) => nodes.map((node) => lineOf(id, node)))),
        (error) => done([String(error)]),
      );`,
    args: [],
  });

inEachEngine('access to the replay page', (_engine, browser) => {
  let server;
  let tab;
  before(async () => {
    server = await startServer();
    tab = await openReplay(browser(), server.url);
  });
  after(() => server?.stop());

  const inBoth = async (what) => {
    for (const scheme of ['light', 'dark']) {
      await tab.run((wanted) => void (document.documentElement.style.colorScheme = wanted), scheme);
      assert.deepEqual(await findings(tab), [], `${what}, ${scheme}`);
    }
  };
  const fits = async (what) => {
    const [page, width] = await tab.run(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(page <= width, `${what}: ${page} px in ${width} px`);
  };

  test('axe-core finds nothing, in light and dark, and nothing is wider than a phone', {
    timeout: 120_000,
  }, async () => {
    for (const [name, width] of [
      ['desk', 1280],
      ['phone', 390],
    ]) {
      await tab.resize(width, 900);
      await showReplay(tab, `${server.url}/preview/replay.html`);
      await tab.run(() => {
        document.querySelector('#start details').open = true;
        document.querySelector('#paste-open').click();
      });
      await until(() => tab.run(() => !document.querySelector('#message').hidden), 'a message');
      await inBoth(`start, ${name}`);
      await fits(`start, ${name}`);
      await openText(tab, example);
      const end = await tab.run(() => Number(document.querySelector('#slider').max));
      await goTo(tab, end - 12);
      await tab.run(() => {
        document.querySelector('.filter').open = true;
        for (const part of document.querySelectorAll('#panel-input details')) part.open = true;
      });
      await inBoth(`input, ${name}`);
      await fits(`input, ${name}`);
      await tab.click('#tab-events');
      await tab.run(() => document.querySelector('.life-button').click());
      await inBoth(`event, ${name}`);
      await fits(`event, ${name}`);
    }
  });

  test('axe-core finds a known fault', async () => {
    await tab.run(() => void document.querySelector('main').append(document.createElement('button')));
    assert.deepEqual(
      (await findings(tab)).map((line) => line.split(':')[0]),
      ['button-name'],
    );
    await tab.run(() => document.querySelector('main > button').remove());
  });

  test('the list says which input is chosen, and how many there are', async () => {
    await tab.click('#tab-input');
    await goTo(tab, 5);
    const told = await tab.run(() => {
      const list = document.querySelector('#list');
      const row = document.getElementById(list.getAttribute('aria-activedescendant'));
      return [row.getAttribute('aria-selected'), row.getAttribute('aria-posinset'), row.getAttribute('aria-setsize')];
    });
    const inputs = example.split('\n').filter(Boolean).length - 1;
    assert.deepEqual(told, ['true', '6', String(inputs)]);
  });

  test('the tabs are changed by the arrow keys', async () => {
    await tab.run(() => document.querySelector('#tab-input').focus());
    await tab.key('\uE014');
    await until(() => tab.run(() => !document.querySelector('#panel-events').hidden), 'the events');
    assert.equal(await tab.run(() => document.activeElement.id), 'tab-events');
    await tab.key('\uE012');
    await until(() => tab.run(() => !document.querySelector('#panel-input').hidden), 'the input');
  });
});
