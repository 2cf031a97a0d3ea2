// Compares the storage keys in C++, in TypeScript and in docs/storage.md, which describes the content of each.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../tools/steps.mjs';

const read = (path) => readFileSync(`${root}${path}`, 'utf8');
const HEADER = 'wasm/base/storage_keys.h';
const SCRIPT = 'js/ports/storage.ts';

const inCore = [...read(HEADER).matchAll(/\bk\w+\[\] = "([^"]+)"/g)].map(([, key]) => key);
const script = read(SCRIPT);
const prefix = /export const PREFIX = '([^']+)'/.exec(script)[1];
const inScript = [...script.matchAll(/export const \w+ = PREFIX \+ '([^']+)'/g)].map(([, name]) => prefix + name);
// A row of the table of keys: its first cell is the key, with `<journal>` and `<number>` for what varies.
const rows = [...read('docs/storage.md').matchAll(/^\| `(vitrine:1:[^`]+)` \|(.*)\|$/gm)].map(([, key, cells]) => ({
  key: key.replace(/<.*/, ''),
  isShared: cells.split('|').at(-1).trim().startsWith('yes'),
}));

test('docs/storage.md has a row for every key of the code, and for no other', () => {
  const documented = rows.map(({ key }) => key).sort();
  assert.deepEqual(documented, [...new Set([...inCore, ...inScript])].sort());
});

test('no source file but the two lists spells a storage key', () => {
  for (const folder of ['wasm', 'js', 'widget'])
    for (const name of readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })) {
      const path = join(folder, name);
      if (!/\.(h|cpp|ts)$/.test(path) || path === HEADER || path === SCRIPT) continue;
      const code = read(path).replace(/^\s*(\/\/|\*|\/\*).*$/gm, '');
      assert.doesNotMatch(code, /['"`]vitrine:\d|PREFIX \+|\$\{PREFIX\}/, path);
    }
});

test('the keys that tabs share are those that the table says', () => {
  // The same rule as isShared in js/ports/storage.ts, built from the names that it uses.
  const rule = /isShared = .*?;/s.exec(script)[0];
  const named = Object.fromEntries(
    [...script.matchAll(/export const (\w+) = PREFIX \+ '([^']+)'/g)].map(([, name, key]) => [name, prefix + key]),
  );
  const own = ['JOURNAL', 'LEASE', 'EARLY'].filter((name) => rule.includes(name)).map((name) => named[name]);
  assert.deepEqual(
    rows
      .filter(({ isShared }) => !isShared)
      .map(({ key }) => key)
      .sort(),
    own.sort(),
  );
});

test('the names of the database, its store and the locks are those of docs/storage.md', () => {
  const mirror = read('js/ports/mirror.ts');
  const database = /indexedDB\.open\('([^']+)', (\d+)\)/.exec(mirror);
  const store = /STORE = '([^']+)'/.exec(mirror)[1];
  const page = read('docs/storage.md');
  assert.ok(page.includes(`database \`${database[1]}\` (version ${database[2]}), object store \`${store}\``));
  assert.ok(page.includes(`| Web Locks | \`${prefix}j:<journal>\``));
  assert.match(read('js/ports/locks.ts'), /\.request\(JOURNAL \+ id,/);
});

test('nothing else of the browser stores anything', () => {
  for (const folder of ['js', 'widget'])
    for (const name of readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })) {
      const path = join(folder, name);
      if (!path.endsWith('.ts')) continue;
      const code = read(path).replace(/^\s*(\/\/|\*|\/\*).*$/gm, '');
      assert.doesNotMatch(code, /sessionStorage|BroadcastChannel|document\.cookie|cookieStore|\bcaches\./, path);
    }
});
