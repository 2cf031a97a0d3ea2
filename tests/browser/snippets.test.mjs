// Every snippet of every page runs: here, or in a test that reads its page. A snippet that cannot run says why in a
// comment before it.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { root } from '../../tools/steps.mjs';
import { freePort, makeFolder, removeFolder } from './driver/processes.mjs';
import { inEachEngine } from './each_engine.mjs';
import { openSite } from './open_site.mjs';
import { bundle, withAccount } from './snippets/bundle.mjs';
import { modules } from './snippets/modules.mjs';
import { pageOf, pages } from './snippets/pages.mjs';
import { readSnippets } from './snippets/read.mjs';
import { until } from './until.mjs';

/** Snippets that other tests run, by the test. A pattern stands for all snippets of a page and language. */
const elsewhere = {
  'tests/browser/readme.test.mjs': [/^README\.md ((html|js|sh) 1|html 2)$/],
  'tests/package/readme.test.mjs': [/^README\.md js 2$/, /^widget\/README\.md js \d$/, /^js\/README\.md js \d$/],
  'tests/browser/shops.test.mjs': [/^docs\/shops\.md js \d$/],
  'tests/package/start_pages.test.mjs': [
    /^docs\/start\/(script-tag|server)\.md /,
    /^docs\/(start\/application|loading)\.md sh 1$/,
  ],
};
/** The most snippets that may say that they cannot run. */
const kMostNotRun = 8;

const snippets = readSnippets();
const textOf = Object.fromEntries(snippets.map(({ key, text }) => [key, text]));
const joined = Object.values(pages).flatMap(({ join: keys = [] }) => keys);
const used = Object.values(modules).flatMap(({ uses = {} }) => Object.values(uses));
const here = new Set([...Object.keys(modules), ...Object.keys(pages), ...joined, ...used]);

test('every snippet is run by a test, or says why it cannot run', (t) => {
  assert.ok(snippets.length > 80, String(snippets.length));
  const runs = ({ key }) => Object.entries(elsewhere).filter(([, patterns]) => patterns.some((one) => one.test(key)));
  const unknown = snippets.filter((one) => !one.why && !here.has(one.key) && !runs(one).length);
  assert.deepEqual(
    unknown.map(({ key, line }) => `${key}, line ${line}`),
    [],
  );
  const keys = new Set(snippets.map(({ key }) => key));
  assert.deepEqual(
    [...here].filter((key) => !keys.has(key)),
    [],
    'cases without a snippet',
  );
  const notRun = snippets.filter(({ why }) => why);
  for (const { key, why } of notRun) {
    assert.ok(why.length > 20, `${key} says why`);
    assert.ok(!here.has(key), `${key} is run`);
    t.diagnostic(`not run: ${key}: ${why}`);
  }
  t.diagnostic(`${snippets.length} snippets, ${notRun.length} of them not run`);
  assert.ok(notRun.length <= kMostNotRun, `${notRun.length} snippets are not run, at most ${kMostNotRun} may be`);
});

test('the tests that run snippets elsewhere read the pages of these snippets', () => {
  for (const [file, patterns] of Object.entries(elsewhere)) {
    const source = readFileSync(root + file, 'utf8');
    for (const pattern of patterns) {
      const own = snippets.filter(({ key }) => pattern.test(key));
      assert.ok(own.length > 0, `${pattern} is no snippet`);
      for (const { page } of own) assert.ok(source.includes(page), `${file} reads ${page}`);
    }
  }
  // This test takes only modules that import the package.
  for (const { key, text } of snippets)
    if (elsewhere['tests/package/readme.test.mjs'].some((one) => one.test(key)))
      assert.ok(text.includes("from 'vitrine'"), key);
});

test('a snippet that breaks fails its case', async () => {
  const text = await bundle({ text: 'const enrich = ;', kind: 'js', after: '' }).catch(({ message }) => message);
  assert.match(text, /Unexpected ";"/);
});

inEachEngine('snippets', (engine, browser) => {
  let site;
  let folder;
  const closing = [];
  before(async () => {
    folder = await makeFolder();
    site = await openSite({ after: (work) => closing.push(work) }, browser(), { policy: {} });
    const { replies } = site.pages;
    replies.set('/clean.html', { body: '<!doctype html><title>Nothing</title>' });
    replies.set('/server.js', { body: `globalThis.snippetServer = '${site.serverUrl}';` });
    replies.set('/stub.js', { body: readFileSync(new URL('snippets/stub.js', import.meta.url)) });
    for (const name of readdirSync(`${root}dist`, { recursive: true, encoding: 'utf8' }))
      if (/^[\w.-]+\.(js|wasm|css|mjs)$/.test(name))
        for (const path of ['', 'media/vitrine/'])
          replies.set(`/${path}${name}`, { body: readFileSync(`${root}dist/${name}`) });
    replies.set('/media/vitrine/vitrine-magento.js', { body: textOf['docs/shops.md js 4'] });
  });
  after(async () => {
    for (const close of closing) await close();
    await removeFolder(folder);
  });

  /** Opens a page, and asserts that all its conditions were true. */
  const run = async (key, html) => {
    // Without the back/forward cache, so that the page is gone afterwards.
    site.pages.replies.set('/snippet.html', { body: html, cache: 'no-store' });
    const tab = await browser().open(site.address('snippet.html'), 'window');
    try {
      const outcome = await until(
        () => tab.run(() => (outcome.done || outcome.failed.length) && outcome),
        'the end of the snippet',
        30_000,
      );
      assert.deepEqual(outcome.failed, [], key);
      assert.ok(outcome.passed > 0, `${key} has a condition`);
    } finally {
      // A page without Vitrine, so that nothing is written again.
      await tab.goto(site.address('clean.html'));
      await tab.run(async () => {
        localStorage.clear();
        await new Promise((resolve, reject) => {
          const request = indexedDB.deleteDatabase('vitrine');
          // Where a page still holds the database, it goes when that page does.
          Object.assign(request, { onsuccess: resolve, onblocked: resolve, onerror: reject });
        });
      });
      await tab.close();
    }
  };

  for (const [key, one] of Object.entries(modules).filter(([, { isServer }]) => !isServer))
    test(`${key} runs in a page`, async () => {
      const { kind = 'js', change = (text) => text, uses = {}, before: first, after: last } = one;
      const files = Object.fromEntries(Object.entries(uses).map(([path, name]) => [path, withAccount(textOf[name])]));
      const text = await bundle({ text: change(withAccount(textOf[key])), kind, before: first, after: last, files });
      site.pages.replies.set('/snippet.js', { body: text });
      await run(
        key,
        `<!doctype html><html lang="en"><title>A snippet</title><link rel="icon" href="data:,"><body>
<script src="/server.js"></script><script src="/stub.js"></script>
<script type="module" src="/snippet.js"></script></body></html>`,
      );
    });

  for (const [key, one] of Object.entries(pages))
    test(`${key} runs as a page`, async () => {
      const { change = (text) => text } = one;
      const keys = one.join ?? [key];
      const blocks = Object.fromEntries(keys.map((name) => [name, change(withAccount(textOf[name]))]));
      await run(key, pageOf(key, one, blocks));
    });

  if (engine !== 'chromium') return;
  for (const [key, one] of Object.entries(modules).filter(([, { isServer }]) => isServer))
    test(`${key} runs in Node`, async () => {
      const { kind = 'js', change = (text) => text, before: first, after: last } = one;
      const report = "process.on('exit', () => process.stdout.write(JSON.stringify(outcome)));";
      const text = await bundle({
        ...{ text: change(withAccount(textOf[key])), kind, isServer: true, after: last },
        before: `${first ?? ''}\n${report}`,
      });
      const stub = readFileSync(new URL('snippets/stub.js', import.meta.url), 'utf8');
      const prelude = `globalThis.snippetServer = '${site.serverUrl}'; globalThis.snippetFetch = fetch;\n${stub}`;
      writeFileSync(join(folder, 'prelude.cjs'), prelude);
      writeFileSync(join(folder, 'snippet.mjs'), text);
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ['--require', join(folder, 'prelude.cjs'), join(folder, 'snippet.mjs')],
        { cwd: folder, timeout: 30_000, env: { ...process.env, PORT: String(await freePort()) } },
      );
      rmSync(join(folder, 'snippet.mjs'));
      const outcome = JSON.parse(stdout);
      assert.deepEqual(outcome.failed, [], key);
      assert.ok(outcome.done && outcome.passed > 0, `${key} has a condition`);
    });
});
