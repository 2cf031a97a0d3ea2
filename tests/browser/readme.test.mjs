// The README's first sixty seconds, as its reader goes through them: the server and both pages are the README's text.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../tools/steps.mjs';
import { listenOnNewPort } from '../server/ports.mjs';
import { inEachEngine } from './each_engine.mjs';
import { until } from './until.mjs';

const [, section] = /^## Sixty seconds\n(.*?)^## /ms.exec(readFileSync(`${root}README.md`, 'utf8'));
const blocks = [...section.matchAll(/^```(\w+)\n(.*?)^```/gms)].map(([, language, text]) => ({ language, text }));
const [install, server, tag, module] = blocks;

/**
 * Makes the folder of the section, with one page, and starts its server.
 * @returns the page's address, what the server has printed, and a function that stops and starts the server again
 */
const follow = async (t, page) => {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-readme-'));
  mkdirSync(`${folder}/node_modules`);
  symlinkSync(root, `${folder}/node_modules/vitrine`);
  const probe = createServer();
  const address = await listenOnNewPort(probe);
  await new Promise((resolve) => probe.close(resolve));
  writeFileSync(`${folder}/server.mjs`, server.text.replace('8080', new URL(address).port));
  writeFileSync(`${folder}/index.html`, page.text);
  let child;
  const printed = { text: '' };
  const stop = () =>
    new Promise((resolve) => {
      child.on('exit', resolve);
      child.kill();
    });
  const start = async () => {
    child = spawn(process.execPath, ['server.mjs'], { cwd: folder });
    child.stdout.on('data', (bytes) => (printed.text += bytes));
    await until(
      () =>
        fetch(address).then(
          () => true,
          () => false,
        ),
      'the server listens',
    );
  };
  t.after(async () => {
    await stop();
    rmSync(folder, { recursive: true });
  });
  await start();
  return { address: `${address}/`, printed, stop, start };
};
/** The number of events of a type that the server has printed. */
const count = (printed, type) => printed.text.split('\n').filter((line) => line.startsWith(`${type} {`)).length;

test('the section has an install line, a server, a page with the script tag and a page with the import', () => {
  assert.deepEqual(
    blocks.map(({ language }) => language),
    ['sh', 'js', 'html', 'html'],
  );
  assert.equal(install.text, 'npm install vitrine\n');
});

inEachEngine('the sixty seconds of the README', (_engine, browser) => {
  test('by script tag: page view, own event and purchase are printed, also after an outage', async (t) => {
    const { address, printed, stop, start } = await follow(t, tag);
    const tab = await browser().open(address);
    const [own, buy] = [0, 1].map((at) => () => tab.run((n) => document.querySelectorAll('button')[n].click(), at));
    await until(() => count(printed, 'pageView') === 1, 'the page view');
    await own();
    await buy();
    await until(() => count(printed, 'custom') === 1 && count(printed, 'purchase') === 1, 'both events');
    await stop();
    await buy();
    await start();
    const next = await browser().open(address);
    await until(() => count(printed, 'purchase') === 2 && count(printed, 'pageView') === 2, 'the second purchase');
    await next.close();
    assert.equal(count(printed, 'purchase'), 2);
  });

  test('by npm import: page view and own event are printed', async (t) => {
    const { address, printed } = await follow(t, module);
    const tab = await browser().open(address);
    await until(() => count(printed, 'pageView') === 1, 'the page view');
    await tab.run(() => document.querySelector('button').click());
    await until(() => count(printed, 'custom') === 1, 'the event');
  });
});
