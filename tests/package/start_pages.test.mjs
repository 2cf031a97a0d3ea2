// The pages for the first five minutes, done as they say: docs/start/script-tag.md, docs/start/server.md and the
// installation of docs/start/application.md, with the packed package in an empty folder. Also the command of
// docs/loading.md that writes hashes.

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { root } from '../../tools/steps.mjs';
import { freePort } from '../browser/driver/processes.mjs';
import { launch } from '../browser/engine.mjs';
import { withAccount } from '../browser/snippets/bundle.mjs';
import { readSnippets } from '../browser/snippets/read.mjs';
import { until } from '../browser/until.mjs';
import { startServer } from '../server/server.mjs';
import { pack } from './installed.mjs';

const text = Object.fromEntries(readSnippets().map((snippet) => [snippet.key, snippet.text]));

let tarball;
before(async () => (tarball = await pack('start-pages')));

/** Makes an empty folder. */
const empty = (name) => {
  const folder = `${root}build/package/${name}/`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
};
/** Runs the commands of a page in a folder. The package is the packed one in place of the registry's. */
const runIn = (folder, commands) => {
  assert.match(commands, /npm install vitrine\n/);
  const own = commands.replace('npm install vitrine', `npm install --offline --no-audit --no-fund ${tarball}`);
  return promisify(execFile)('sh', ['-e', '-c', own], { cwd: folder });
};
const running = [];
after(() => {
  for (const child of running) child.kill();
});
/** Starts a program of a page, and collects the lines that it prints. */
const start = (folder, command) => {
  const [program, ...args] = command.trim().split(' ');
  const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  const seen = { text: '' };
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part) => {
      seen.text += part;
    });
  return seen;
};

test('docs/start/script-tag.md: the terminal prints what the page promises', async (t) => {
  const folder = empty('start-script');
  const port = await freePort();
  await runIn(folder, text['docs/start/script-tag.md sh 1']);
  writeFileSync(`${folder}public/index.html`, text['docs/start/script-tag.md html 1']);
  writeFileSync(`${folder}server.mjs`, text['docs/start/script-tag.md js 1'].replaceAll('8080', String(port)));
  const printed = start(folder, text['docs/start/script-tag.md sh 2']);
  await until(() => printed.text.includes(`http://127.0.0.1:${port}`), 'the server');
  const browser = await launch('chromium');
  t.after(() => browser.quit());
  const tab = await browser.open(`http://127.0.0.1:${port}/`, 'window');
  await until(() => /^view SKU-2$/m.test(printed.text), 'the views', 30_000);
  await tab.click('[data-vitrine-item] a');
  await tab.click('#buy');
  const page = readFileSync(`${root}docs/start/script-tag.md`, 'utf8');
  const [promise] = /terminal prints .*?`purchase order-…`/s.exec(page);
  const promised = [...promise.matchAll(/`([^`]+)`/g)].map(([, line]) => line.replace('…', ''));
  assert.equal(promised.length, 6);
  for (const line of promised)
    await until(() => printed.text.split('\n').some((one) => one.startsWith(line)), `the line ${line}`);
  assert.doesNotMatch(printed.text, /Error/);
});

test('docs/start/application.md: the package installs', async () => {
  const folder = empty('start-application');
  writeFileSync(`${folder}package.json`, '{ "private": true }');
  await runIn(folder, text['docs/start/application.md sh 1']);
  assert.ok(readFileSync(`${folder}node_modules/vitrine/dist/react.js`).length > 0);
});

test('docs/start/server.md: the job writes an e-mail for each shopper, and the collector hears of it', async (t) => {
  const folder = empty('start-server');
  const port = String(await freePort());
  const demo = await startServer();
  t.after(() => demo.stop());
  await runIn(folder, text['docs/start/server.md sh 1']);
  writeFileSync(`${folder}collector.mjs`, text['docs/start/server.md js 1'].replaceAll('8790', port));
  // The demo server is the service, at the option that the page names for it.
  const job = withAccount(text['docs/start/server.md js 2'])
    .replaceAll('8790', port)
    .replace('eventsUrl:', `apiUrl: '${demo.url}/refine', eventsUrl:`);
  writeFileSync(`${folder}job.mjs`, job);
  const collector = start(folder, 'node collector.mjs');
  await until(() => collector.text.includes('ready'), 'the collector');
  const { stderr } = await promisify(execFile)('node', ['job.mjs'], { cwd: folder, timeout: 30_000 });
  assert.equal(stderr, '');
  for (const userId of ['u-1001', 'u-1002']) {
    const mail = readFileSync(`${folder}${userId}.html`, 'utf8');
    assert.equal(mail.match(/data-vitrine-item=/g).length, 4);
    assert.ok(collector.text.includes(`itemsServed ${userId}`), collector.text);
  }
});

test('docs/loading.md: the command prints the hashes of the files that it names', async () => {
  const { stdout } = await promisify(execFile)('sh', ['-c', text['docs/loading.md sh 1']], { cwd: `${root}dist` });
  const hashes = JSON.parse(readFileSync(`${root}dist/integrity.json`, 'utf8'));
  const wanted = ['vitrine-tracking-none.wasm', 'vitrine-autotrack.js'].map((file) => `${file}=${hashes[file]}`);
  assert.deepEqual(stdout.trim().split(' ').toSorted(), wanted.toSorted());
});
