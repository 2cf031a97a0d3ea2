// Every public name is on a page that somebody has written: methods, options, members, functions, attributes, events
// and custom properties. The names come from the declarations and the style sheets.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { root } from '../../tools/steps.mjs';
import { home, openPackages } from '../../tools/site/packages.mjs';
import { hiddenPages, sections } from '../../tools/site/pages.mjs';
import { makeReference } from '../../tools/site/reference.mjs';

const read = (path) => readFileSync(`${root}${path}`, 'utf8');

/** Kinds of typedoc's reflections. */
const kMembers = [1024, 2048, 262144]; // property, method, accessor
const kValues = [32, 64, 128]; // variable, function, class

/** Names that every object, error or component of a framework has. */
const kForeign = new Set(['stack', 'children', 'name', 'message']);

/** Attributes of the built-in layouts, which the element sets and reads itself. */
const kOwn = ['blank', 'next', 'prev', 'scroller', 'step'].map((word) => `data-vitrine-${word}`);

const sources = [...sections().flatMap(({ pages }) => pages), ...hiddenPages()].map(({ source }) => source);
/** Pages for users: the changes and decisions of the past name what is gone. */
const forUsers = sources.filter((path) => !/CHANGELOG|decisions|testing|releasing|seam|CONTRIBUTING/.test(path));
/** The code on the pages: between backticks, and in blocks. */
const code = forUsers
  .flatMap((path) => [...read(path).matchAll(/^ *```.*?^ *```|`[^`\n]+`/gms)].map(([text]) => text))
  .join('\n');
const named = new Set(code.match(/[A-Za-z_$][\w$]*/g));
const missing = (names) => [...new Set(names)].filter((name) => !named.has(name) && !kForeign.has(name)).toSorted();

let modules;
before(async () => {
  await openPackages();
  await makeReference();
  modules = JSON.parse(readFileSync(`${home}reference/api.json`, 'utf8')).children;
});

/** Returns the members of a declaration, also of object types within it. */
const membersOf = (node) => {
  if (!node || typeof node !== 'object') return [];
  if (Array.isArray(node)) return node.flatMap(membersOf);
  const own = kMembers.includes(node.kind) && /^[A-Za-z]\w*$/.test(node.name) ? [node.name] : [];
  return [...own, ...membersOf(node.children), ...membersOf(node.type), ...membersOf(node.declaration)];
};

test('every member of a public type is on a page', () => {
  const names = modules.flatMap(membersOf);
  assert.ok(new Set(names).size > 250, String(new Set(names).size));
  for (const known of ['trackPurchase', 'scrubParameters', 'similarItems', 'dwellMs']) assert.ok(names.includes(known));
  assert.deepEqual(missing(names), []);
});

test('every function, class and component that the package exports is on a page', () => {
  const names = modules.flatMap(({ children }) => children.filter(({ kind }) => kValues.includes(kind)));
  assert.ok(names.length > 30, String(names.length));
  assert.deepEqual(missing(names.map(({ name }) => name)), []);
});

test('every attribute that the scripts and the element read is on a page', () => {
  const texts = execFileSync('git', ['ls-files', 'js/**/*.ts', 'widget/*.ts'], { cwd: root, encoding: 'utf8' })
    .trim()
    .split('\n')
    .filter((path) => existsSync(root + path))
    .map(read);
  const listed = read('widget/names.ts').match(/ATTRIBUTES = \[([^\]]+)\]/)[1];
  const ofElement = [...listed.matchAll(/'([a-z-]+)'/g)].map(([, name]) => name);
  // An attribute `data-vitrine-<word>` stands as such in a selector or in a call.
  const ofPage = texts.flatMap((text) => text.match(/data-vitrine-[a-z]+(?:-[a-z]+)*/g) ?? []);
  assert.ok(ofElement.length > 15 && new Set(ofPage).size > 10);
  // A table shortens a row of names: `data-vitrine-total`, `-query`.
  const isNamed = (name) => code.includes(name) || code.includes(`\`-${name.replace('data-vitrine-', '')}\``);
  const unnamed = [...new Set([...ofElement, ...ofPage])].filter((name) => !isNamed(name));
  assert.deepEqual(unnamed.toSorted(), kOwn);
});

test('every event and custom property is on a page', () => {
  const widget = execFileSync('git', ['ls-files', 'widget'], { cwd: root, encoding: 'utf8' }).trim().split('\n');
  const texts = widget.filter((path) => /\.(ts|css)$/.test(path)).map(read);
  const events = texts.flatMap((text) => text.match(/vitrine:[a-z]+(?:-[a-z]+)*(?=')/g) ?? []);
  const properties = texts.flatMap((text) => text.match(/(?<=var\()--vitrine-[a-z-]+/g) ?? []);
  assert.ok(events.length > 1 && new Set(properties).size > 10);
  const isNamed = (name) => code.includes(name) || code.includes(`\`${name.replace('--vitrine', '')}\``);
  assert.deepEqual([...new Set([...events, ...properties])].filter((name) => !isNamed(name)).toSorted(), []);
});
