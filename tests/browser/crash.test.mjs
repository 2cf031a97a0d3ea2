// A killed browser, common on phones, has lost no event when the shopper returns.
//
// WebKit is left out, because it keeps no profile under automation.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeFolder } from './driver/processes.mjs';
import { inEachEngine } from './each_engine.mjs';
import { launch } from './engine.mjs';
import { expectClicks, expectOneResend } from './expect.mjs';
import { isIdle, openSite } from './open_site.mjs';
import { until } from './until.mjs';

const kClicks = 200;

/** Returns true if a file of Chromium's localStorage on disk contains this text. */
const isOnDisk = (folder, text) => {
  const database = join(folder, 'profile/Default/Local Storage/leveldb');
  return readdirSync(database).some((name) => readFileSync(join(database, name)).includes(text));
};

const isMirrored = (tab, text) =>
  until(
    () => tab.run((wanted) => shopper.mirror().then((copy) => copy.includes(wanted)), text),
    'the crash-proof copy',
  );

/** Clicks while the collector is down, kills the browser, and returns after the collector is up again. */
const crash = async (t, engine, { beforeClicks = (_folder) => {}, name = 'crash' } = {}) => {
  const folder = await makeFolder();
  const first = await launch(engine, { folder });
  const site = await openSite(t, first);
  await site.stopServer();
  const tab = await site.open();
  await beforeClicks(folder);
  await tab.run((word, count) => void shopper.click(word, count), name, kClicks);
  await isMirrored(tab, `${name}-${kClicks - 1}`);
  await first.kill();

  await site.startServer();
  const second = await launch(engine, { folder });
  const heir = await site.open('script.html', 'tab', second);
  const page = await site.arrived(kClicks + 1);
  expectClicks(page, name, kClicks);
  assert.equal(page.total, kClicks + 1);
  await isIdle(heir);
  await until(async () => (await heir.run(() => shopper.mirror('vitrine:1:j:'))) === '', 'a copy without journals');
  expectOneResend(await site.events());
  await second.quit();
};

inEachEngine(
  'crash',
  (engine) => {
    test('200 clicks of a new page survive the kill', (t) => crash(t, engine));

    // Chromium commits localStorage some seconds after the first write and then about once a minute: once the first
    // commit is made, what comes after it is in no file for a long time.
    const isOther = engine !== 'chromium' && 'Chromium commits that way';
    test('200 clicks after the first commit of localStorage survive the kill', { skip: isOther }, (t) => {
      const beforeClicks = (folder) => until(() => isOnDisk(folder, 'vitrine:1:id'), 'the first commit', 30_000);
      return crash(t, engine, { beforeClicks });
    });
  },
  { only: ['chromium', 'firefox'], isShared: false },
);
