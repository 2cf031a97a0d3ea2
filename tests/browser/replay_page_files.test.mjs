// Files for the replay page: every way to open one, files that are none, a long one, and the page below another path.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { listenOnNewPort } from '../server/ports.mjs';
import { startServer } from '../server/server.mjs';
import { makeFolder, removeFolder } from './driver/processes.mjs';
import { inEachEngine } from './each_engine.mjs';
import { goTo, isOpen, openReplay, openText, positionOf, showReplay, version } from './replay_page.mjs';
import { until } from './until.mjs';

const page = fileURLToPath(new URL('../../demo/preview/', import.meta.url));
const example = readFileSync(join(page, 'replay/example.jsonl'), 'utf8');
const lines = example.split('\n').filter(Boolean);
const withoutVersion = lines.slice(1);
const older = readFileSync(new URL('../traces/session.jsonl', import.meta.url), 'utf8');

/** A session of 10,000 inputs: items are seen and clicked, batches are sent and received. */
const longSession = () => {
  const start = 1_700_000_000_000;
  const items = Array.from({ length: 24 }, (_, i) => `SKU-${i}`);
  const [boot, drain, claimed] = older.split('\n');
  const inputs = [boot, drain, claimed];
  let nowMs = start + 100;
  const add = (...call) => inputs.push(JSON.stringify(call), '["drainEffects"]');
  add('serve', JSON.stringify({ surface: 's', source: 'l', itemIds: items }), nowMs);
  for (let i = 0; inputs.length < 9_998; i++) {
    nowMs += 40;
    add('itemEvent', 0, i % 3 ? 'view' : 'click', items[i % 24], i % 24, 0, nowMs);
  }
  inputs.length = 9_998;
  add('itemEvent', 0, 'click', 'the-last', 0, 0, nowMs);
  return `${inputs.join('\n')}\n`;
};

/** Serves the folder of the page below a path, with the demo server's policy, and lists what else is asked for. */
const serveBelow = async (prefix) => {
  const strangers = [];
  const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
  const server = createServer((request, reply) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    try {
      if (!pathname.startsWith(prefix)) throw Error('elsewhere');
      const body = readFileSync(join(page, pathname.slice(prefix.length)));
      reply.setHeader('Content-Type', types[extname(pathname)] ?? 'text/plain');
      reply.setHeader(
        'Content-Security-Policy',
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; " +
          "require-trusted-types-for 'script'; trusted-types vitrine",
      );
      reply.end(body);
    } catch {
      strangers.push(pathname);
      reply.writeHead(404).end();
    }
  });
  const origin = await listenOnNewPort(server);
  return { url: `${origin}${prefix}`, strangers, stop: () => new Promise((done) => server.close(done)) };
};

inEachEngine('files of the replay page', (engine, browser) => {
  let server;
  let folder;
  let tab;
  before(async () => {
    [server, folder] = [await startServer(), await makeFolder()];
    tab = await openReplay(browser(), server.url);
  });
  after(async () => {
    await server?.stop();
    await removeFolder(folder);
  });
  const restart = () => showReplay(tab, `${server.url}/preview/replay.html`);
  const inputs = () => tab.run(() => Number(document.querySelector('#slider').max) + 1);
  const notices = () => tab.run(() => [...document.querySelectorAll('#notices p')].map((each) => each.textContent));
  /** Gives a text to the page and resolves to its message. */
  const refused = async (text) => {
    await tab.run((given) => {
      document.querySelector('#message').textContent = '';
      document.querySelector('#paste').value = given;
      document.querySelector('#paste-open').click();
    }, text);
    return until(() => tab.run(() => document.querySelector('#message').textContent), 'a message');
  };

  test('a file is opened by the picker, by a drop, by a paste and by an address of this site', async () => {
    const path = join(folder, 'session.jsonl');
    writeFileSync(path, example);
    await tab.type('#file', path);
    await isOpen(tab);
    assert.equal(await inputs(), lines.length - 1);
    assert.equal(await tab.run(() => document.querySelector('#file-name').textContent), 'session.jsonl');

    await restart();
    await tab.run((text) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], 'dropped.jsonl'));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    }, example);
    await isOpen(tab);
    assert.equal(await tab.run(() => document.querySelector('#file-name').textContent), 'dropped.jsonl');

    await restart();
    await tab.run((text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      const event = new ClipboardEvent('paste', { clipboardData, bubbles: true });
      // WebKit ignores the member of a made event.
      if (!event.clipboardData?.getData('text/plain'))
        Object.defineProperty(event, 'clipboardData', { value: clipboardData });
      document.body.dispatchEvent(event);
    }, example);
    await isOpen(tab);
    assert.equal(await inputs(), lines.length - 1);

    await restart();
    await tab.click('#example');
    await isOpen(tab);
    await goTo(tab, 7);
    await until(
      async () => /(?=.*open=)(?=.*=7\b)/.test(await tab.address()),
      'the file and the position in the address',
    );
    const address = await tab.address();
    await tab.goto('about:blank');
    await tab.goto(address);
    await isOpen(tab);
    await until(async () => (await positionOf(tab)) === 7, 'the position of the address');
  });

  test('an address of another site is not opened', async () => {
    await tab.goto('about:blank');
    await tab.goto(`${server.url}/preview/replay.html#open=${encodeURIComponent('https://other.example/a.jsonl')}`);
    const message = await until(() => tab.run(() => document.querySelector('#message').textContent), 'a message');
    assert.match(message, /only sessions of this site/);
    assert.equal(await tab.run(() => document.querySelector('#room').hidden), true);
  });

  test('a text that is no session gives one message, and the page stays usable', async () => {
    await restart();
    const bodies = {
      '': /^The file is empty\. Press /,
      '<!doctype html>': /^This is no recorded session: line 1 is no input\./,
      '{"events": []}': /^This is no recorded session: line 1/,
      '["hello"]\n': /^This is no recorded session: line 1/,
      [lines.slice(5).join('\n')]: /^The session lacks its beginning: its first input is “\w+”/,
      '["vitrine","9.0.0"]\n["new","{}",1]': /^Line 2 has a start without a configuration\. .*version 9\.0\.0/,
      '["vitrine","0.2.2"]\n': /^The file has no input\./,
      [lines[1].slice(0, 200)]: /^This is no recorded session/,
    };
    for (const [text, message] of Object.entries(bodies)) assert.match(await refused(text), message, text.slice(0, 60));
    assert.equal(await tab.run(() => document.querySelector('#room').hidden), true);
    await openText(tab, example);
    assert.equal(await tab.run(() => document.querySelector('#message').hidden), true);
    if (engine === 'chromium') assert.deepEqual(await tab.consoleLines(), []);
  });

  test('a file that is cut off, damaged or of another version is shown as far as it can be', async () => {
    const shown = async (text) => {
      await restart();
      await openText(tab, text);
      return [await inputs(), ...(await notices())];
    };
    const half = [...lines.slice(0, 30), lines[30].slice(0, -3)].join('\n');
    assert.deepEqual(await shown(half), [29, 'The file is cut off in line 31. The 29 inputs before it are shown.']);
    const damaged = lines.with(20, 'ruined').join('\n');
    assert.deepEqual(await shown(damaged), [19, 'The file is damaged in line 21. The 19 inputs before it are shown.']);
    const other = ['["vitrine","0.1.0"]', ...withoutVersion].join('\n');
    const [, note, ...none] = await shown(other);
    assert.deepEqual(none, []);
    assert.equal(note, `Recorded by version 0.1.0, replayed by version ${version}: the core may act differently here.`);
    const [count, unnamed] = await shown(withoutVersion.join('\n'));
    assert.equal(count, lines.length - 1);
    assert.match(unnamed, /^The recording does not name its version\./);
    const [, gap] = await shown([`["vitrine","${version}",40]`, ...withoutVersion].join('\n'));
    assert.match(gap, /^The recording lacks 40 inputs that followed the first one/);
    const unknown = ['["vitrine","9.0.0"]', ...withoutVersion.slice(0, 10), '["dance",1]'].join('\n');
    const [known, newer] = await shown(unknown);
    assert.equal(known, 10);
    assert.match(newer, /^Line 12 has the input “dance”, which this version does not know\. .* version 9\.0\.0\./);
    const wrong = [...lines.slice(0, 10), '["identify",7]'].join('\n');
    assert.match((await shown(wrong))[1], /^Line 11 has other arguments for “identify”/);
  });

  test('a reply that the replayed core did not ask for is named', async () => {
    await restart();
    const at = lines.findIndex((line) => line.startsWith('["requestDone"'));
    const call = JSON.parse(lines[at]);
    await openText(tab, lines.with(at, JSON.stringify(call.with(1, 999))).join('\n'));
    assert.match((await notices()).at(-1), new RegExp(`^Input ${at - 1} is the reply to a request that`));
  });

  test('10,000 inputs are replayed, listed and stepped through', async (t) => {
    await restart();
    const beganMs = performance.now();
    await openText(tab, longSession());
    assert.equal(await inputs(), 10_000);
    t.diagnostic(`opened after ${Math.round(performance.now() - beganMs)} ms`);
    assert.ok(await tab.run(() => document.querySelectorAll('.row').length < 60), 'only the rows in view are made');
    const words = () => tab.run(() => document.querySelector('#input-title').textContent);
    await goTo(tab, 9998);
    assert.equal(await words(), 'Shopper clicked the-last, position 0 of l');
    const stepMs = await tab.run(() => {
      const slider = document.querySelector('#slider');
      const from = performance.now();
      for (const at of [9_997, 5_000, 4_999, 9_999]) {
        slider.value = at;
        slider.dispatchEvent(new Event('input'));
      }
      return (performance.now() - from) / 4;
    });
    t.diagnostic(`a step takes ${Math.round(stepMs)} ms`);
    await goTo(tab, 4997);
    assert.match(await words(), /^Shopper (clicked|saw) SKU-\d+, position \d+ of l$/);
    await tab.run(() => {
      const field = document.querySelector('#search');
      field.value = 'the-last';
      field.dispatchEvent(new Event('input'));
    });
    await until(
      async () => /^\d of 10,000 inputs$/.test(await tab.run(() => document.querySelector('#found').textContent)),
      'the inputs that name the item',
    );
  });

  test('nothing leaves the page and nothing is stored', async () => {
    await restart();
    const before = await tab.run(() => JSON.stringify(localStorage) + document.cookie);
    await openText(tab, example);
    await goTo(tab, 20);
    const asked = await tab.run(() => performance.getEntriesByType('resource').map(({ name }) => name));
    for (const address of asked) assert.match(address, /\/preview\/replay\/[\w-]+\.(js|css|svg)$/);
    assert.equal(await tab.run(() => JSON.stringify(localStorage) + document.cookie), before);
    const { total } = await (await fetch(`${server.url}/_events`)).json();
    assert.equal(total, 0);
  });

  test('it works below any path of a static site', async (t) => {
    const site = await serveBelow('/tools/a%20b/');
    t.after(site.stop);
    const other = await browser().open();
    await showReplay(other, `${site.url}replay.html`);
    await openText(other, example);
    await goTo(other, 3);
    assert.equal(await positionOf(other), 3);
    assert.deepEqual(
      site.strangers.filter((path) => path !== '/favicon.ico'),
      [],
    );
    await other.close();
  });
});
