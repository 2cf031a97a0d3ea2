// A session of the demo shop, recorded in a real browser, is replayed in the page and natively with the same effects,
// and the page shows the state that the live page had.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startServer } from '../server/server.mjs';
import { inEachEngine } from './each_engine.mjs';
import {
  goTo,
  openReplay,
  openText,
  positionOf,
  recordSession,
  showReplay,
  shownOf,
  stateOf,
  version,
} from './replay_page.mjs';
import { until } from './until.mjs';

const replayTool = fileURLToPath(new URL('../../build/dev/vitrine-replay', import.meta.url));
const examplePath = fileURLToPath(new URL('../../demo/preview/replay/example.jsonl', import.meta.url));

/** Returns what vitrine-replay would print for a session, as the page's own modules replay it. Runs in the page. */
const replayInPage = async (text) => {
  const from = (name) => import(new URL(`replay/${name}`, document.baseURI).href);
  const [{ openCore, calls }, { readSession }, { openPlayer }] = await Promise.all(
    ['core.js', 'session.js', 'play.js'].map(from),
  );
  const steps = openPlayer(await openCore(), calls).play(readSession(text, calls).inputs);
  return steps.flatMap(({ result, effects }) =>
    result === undefined ? effects.map((effect) => JSON.stringify(effect)) : [JSON.stringify(result)],
  );
};

/** Returns the storage after the last input, as the page's own modules make it from the effects. Runs in the page. */
const storageInPage = async (text) => {
  const from = (name) => import(new URL(`replay/${name}`, document.baseURI).href);
  const [build, { readSession }, { replay }] = await Promise.all(['core.js', 'session.js', 'replayed.js'].map(from));
  const { calls, version: own } = build;
  const session = replay(readSession(text, calls), { core: await build.openCore(), calls, version: own });
  const { storage } = session.stateAt(session.steps.length - 1);
  return Object.fromEntries([...storage].map(([key, { value }]) => [key, value]));
};

inEachEngine('replay page', (engine, browser) => {
  let server;
  let recorded;
  let tab;
  before(async () => {
    server = await startServer();
    recorded = await recordSession(browser(), server.url);
    // The example that the page offers is such a session.
    if (process.env.VITRINE_WRITE_EXAMPLE && engine === 'chromium')
      writeFileSync(examplePath, recorded.text.replaceAll(server.url, 'http://127.0.0.1:8787'));
    tab = await openReplay(browser(), server.url);
    await openText(tab, recorded.text);
  });
  after(() => server?.stop());

  const last = () => tab.run(() => Number(document.querySelector('#slider').max));
  const find = (id) =>
    tab.run((text) => {
      const field = document.querySelector('#event-search');
      field.value = text;
      field.dispatchEvent(new Event('input'));
      return [...document.querySelectorAll('.life-button')].map((button) => button.textContent);
    }, id);
  const chapters = () =>
    tab.run(() =>
      [...document.querySelectorAll('.chapters li')].map((item) => [
        item.dataset.kind,
        Number(item.querySelector('button').textContent.slice(1)),
      ]),
    );

  test('the recording names the version of the package', () => {
    assert.deepEqual(JSON.parse(recorded.text.split('\n')[0]), ['vitrine', version]);
  });

  test('the state after the last input is that of the live page', async () => {
    const { live } = recorded;
    await goTo(tab, await last());
    const shown = await stateOf(tab);
    assert.equal(await tab.run(() => document.querySelector('#notices').textContent), '');
    for (const name of ['visitor', 'session', 'user', 'consent']) assert.equal(shown[name], live[name], name);
    assert.ok(live.metrics.sent >= 5, `${live.metrics.sent} events were sent`);
    for (const name of ['queued', 'sent', 'failed']) assert.equal(shown[name], String(live.metrics[name]), name);
    assert.equal(shown.duplicate, '1');
    assert.deepEqual(shown.keys.toSorted(), Object.keys(live.storage).toSorted());
    assert.deepEqual(await tab.run(storageInPage, recorded.text), live.storage);
  });

  test('vitrine-replay gives the same results and effects', async () => {
    const native = execFileSync(replayTool, { input: recorded.text, encoding: 'utf8', maxBuffer: 2 ** 28 });
    const lines = native.split('\n').filter(Boolean);
    assert.ok(lines.length > 50, `${lines.length} lines`);
    assert.deepEqual(await tab.run(replayInPage, recorded.text), lines);
  });

  test('stepping back shows what stepping forward has shown', async () => {
    const end = await last();
    const forward = [];
    for (let index = end - 8; index <= end; index++) {
      await goTo(tab, index);
      forward.push(await shownOf(tab));
    }
    assert.ok(new Set(forward).size > 5, 'the steps differ');
    for (let index = end; index >= end - 8; index--) {
      await goTo(tab, index);
      assert.equal(await shownOf(tab), forward[index - end + 8], `input ${index}`);
    }
  });

  test('an order has its life: made, stored, sent, received; the second one was dropped', async () => {
    await tab.click('#tab-events');
    assert.equal((await find('order-77')).length, 2);
    const choose = (way) =>
      tab.run(
        (end) =>
          [...document.querySelectorAll('.life-button')]
            .find((button) => button.querySelector('.end').textContent === end)
            .click(),
        way,
      );
    await choose('received');
    const life = await chapters();
    assert.deepEqual(
      life.map(([kind]) => kind),
      ['made', 'stored', 'sent', 'received'],
    );
    const words = [];
    for (const [, step] of life) {
      await tab.run((at) => document.querySelector(`.chapters [aria-label="Go to input ${at}"]`).click(), step);
      assert.equal(await positionOf(tab), step);
      words.push(await tab.run(() => document.querySelector('#input-title').textContent));
    }
    assert.match(words[0], /^Shopper bought order order-77: 1 line, 49.9 EUR$/);
    assert.match(words[1], /stores/);
    assert.match(words[2], /sends events/);
    assert.match(words[3], /^Request \d+ to .*: status 200$/);
    await choose('dropped');
    assert.deepEqual(await chapters(), [['dropped', life[0][1] + 1]]);
    assert.match(await tab.run(() => document.querySelector('.chapters').textContent), /duplicate.*tracked before/);
  });

  test('every stored event of the page is found by its id, as received', async () => {
    const { events } = await (await fetch(`${server.url}/_events?limit=1000`)).json();
    const { pageId } = events.find(({ type }) => type === 'purchase');
    const own = events.filter((event) => event.pageId === pageId);
    assert.ok(own.length >= 5, `${own.length} events`);
    for (const { eventId, type } of own) {
      const [found, ...more] = await find(eventId);
      assert.deepEqual(more, [], eventId);
      assert.match(found, new RegExp(`^${type}.*received`), eventId);
    }
    assert.deepEqual(await find('no-such-event'), []);
    assert.match(await tab.run(() => document.querySelector('#lives-found').textContent), /^No event fits/);
    await tab.click('#tab-input');
  });

  test('the keys step, and n and p jump to what is asked for', async () => {
    const end = await last();
    await tab.run(() => document.querySelector('#list').focus());
    const keys = { Home: '\uE011', End: '\uE010', ArrowDown: '\uE015', ArrowUp: '\uE013' };
    const press = async (key, wanted) => {
      await tab.key(keys[key] ?? key);
      await until(async () => (await positionOf(tab)) === wanted, `input ${wanted} after ${key}`);
    };
    await press('End', end);
    await press('ArrowUp', end - 1);
    await press('ArrowDown', end);
    await press('Home', 0);
    await press('ArrowDown', 1);
    const jump = async (kind, key) => {
      await tab.run((value) => (document.querySelector('#jump').value = value), kind);
      const from = await positionOf(tab);
      await tab.key(key);
      await until(async () => (await positionOf(tab)) !== from, `a jump from ${from}`);
      return tab.run(() => document.querySelector('#panel-input').textContent);
    };
    assert.match(await jump('request', 'n'), /Asks|Sends/);
    assert.match(await jump('drop', 'n'), /dropped: duplicate1was 0/);
    const drop = await positionOf(tab);
    assert.match(await jump('event', 'p'), /Shopper bought order|identifies/);
    assert.ok((await positionOf(tab)) < drop);
  });

  test('the address holds the position, for this session alone', async () => {
    await goTo(tab, 12);
    await until(async () => /#at=12&session=\w+$/.test(await tab.address()), 'the position in the address');
    const { hash } = new URL(await tab.address());
    const other = await openReplay(browser(), server.url, hash);
    await openText(other, recorded.text);
    assert.equal(await positionOf(other), 12);
    await showReplay(other, `${server.url}/preview/replay.html${hash}`);
    await openText(other, `${recorded.text.split('\n').slice(0, 40).join('\n')}\n`);
    assert.equal(await positionOf(other), 0, 'another session begins at its start');
    await other.close();
  });

  test('search and groups choose the inputs that are listed', async () => {
    const listed = () =>
      tab.run(() => [...document.querySelectorAll('.row')].map((row) => row.querySelector('.row-words').textContent));
    const search = (text) =>
      tab.run((value) => {
        const field = document.querySelector('#search');
        field.value = value;
        field.dispatchEvent(new Event('input'));
      }, text);
    await search('bought order');
    assert.deepEqual(await listed(), Array(2).fill('Shopper bought order order-77: 1 line, 49.9 EUR'));
    await search('nothing has these words');
    assert.deepEqual(await listed(), []);
    assert.equal(await tab.run(() => document.querySelector('#none').hidden), false);
    await search('');
    await tab.run(() => {
      document.querySelector('.filter').open = true;
      for (const box of document.querySelectorAll('#groups input')) if (box.id !== 'group-Shopper') box.click();
    });
    const shopper = await listed();
    assert.ok(shopper.length >= 4, `${shopper.length} inputs`);
    for (const words of shopper) assert.match(words, /^(Shopper|The shop) /);
    await tab.run(() => {
      for (const box of document.querySelectorAll('#groups input')) if (!box.checked) box.click();
    });
  });

  test('playing goes on from input to input, and pauses', async () => {
    await goTo(tab, 0);
    await tab.run(() => (document.querySelector('#speed').value = '64'));
    await tab.click('#play');
    await until(async () => (await positionOf(tab)) > 10, 'some inputs');
    await tab.click('#play');
    const at = await positionOf(tab);
    assert.equal(await tab.run(() => document.querySelector('#play').textContent), 'Play');
    await tab.run(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
    assert.equal(await positionOf(tab), at);
  });
});
