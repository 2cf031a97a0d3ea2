// The house rules of which room may know which, read off the #include and import lines.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { root } from '../tools/steps.mjs';

/** A room (a header and its .cpp) includes rooms of the floors below its own, never of its own floor or above. */
const floors = [
  ['core/number', 'core/time', 'core/utf8', 'render/trace', 'core/consent', 'core/hash', 'core/currency', 'render/html', 'render/view'],
  ['render/order', 'render/tokens', 'core/json', 'core/random', 'core/effects', 'core/privacy', 'core/viewability', 'core/libc'],
  ['render/kind', 'core/attribution', 'core/bot', 'core/error', 'core/event', 'core/retry', 'render/money'],
  ['render/patch', 'render/stamp', 'render/json_view', 'render/tags', 'render/strings'],
  ['render/markup'],
  ['render/template'],
  ['render/compiler', 'render/templates'],
  ['providers/product', 'providers/status', 'providers/query_string', 'providers/md5', 'providers/fields'],
  ['render/card_view'],
  ['render/look'],
  ['core/identity', 'core/rate', 'core/serve', 'providers/provider', 'providers/reply', 'render/card'],
  ['providers/list'],
  ['core/config', 'core/journal', 'core/slot', 'core/registry', 'core/replies', 'providers/refine', 'providers/depict', 'providers/richrelevance', 'providers/doofinder'],
  ['core/outbox', 'core/calls', 'core/prerender'],
  ['core/delivery'],
  ['core/custody', 'core/experiments'],
  ['core/records', 'core/tracker'],
  ['core/slots', 'core/views'],
  ['core/tracking_runtime'],
  ['core/runtime'],
  ['seam'],
  ['bindings', 'embind', 'replay'],
];
const floorOf = new Map(floors.flatMap((rooms, floor) => rooms.map((room) => [room, floor])));

/** The one file that must know every vendor, to make the one that was asked for. */
const chooser = 'services/provider.cpp';

/** The core is told the time and performs nothing, so these have no business in it. */
const outside = /^(chrono|ctime|time\.h|random|thread|mutex|atomic|future|fstream|iostream|filesystem|sys\/.*|unistd\.h)$/;

const filesIn = (folder, pattern) =>
  readdirSync(`${root}${folder}`, { recursive: true }).filter((name) => pattern.test(name)).map((name) => join(folder, name));
const read = (path) => readFileSync(`${root}${path}`, 'utf8');

const rooms = filesIn('wasm', /\.(h|cpp)$/).map((path) => {
  const name = path.slice('wasm/'.length);
  const includes = [...read(path).matchAll(/^\s*#\s*include\s+([<"])([^>"]+)/gm)];
  return {
    path,
    name,
    room: name.replace(/\.(h|cpp)$/, ''),
    own: includes.filter(([, quote]) => quote === '"').map(([, , file]) => file),
    system: includes.filter(([, quote]) => quote === '<').map(([, , file]) => file),
  };
});

const scripts = [...filesIn('js', /\.ts$/), ...filesIn('widget', /\.ts$/)].filter((path) => !path.endsWith('.d.ts'));
const imports = new Map(
  scripts.map((path) => {
    const names = [...read(path).matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]/g)].map(([, name]) => name);
    return [path, names.map((name) => (name.startsWith('.') ? join(dirname(path), name.replace(/\.js$/, '.ts')) : name))];
  }),
);
const importersOf = (name) => scripts.filter((path) => imports.get(path).includes(name));

test('every room of the core has a floor', () => {
  assert.deepEqual(rooms.filter(({ room }) => !floorOf.has(room)).map(({ path }) => path), []);
});

test('no room includes its own floor or one above', () => {
  const wrong = rooms.flatMap(({ path, name, room, own }) =>
    own
      .filter((file) => !file.endsWith('.inc'))  // texts that CMake makes
      .map((file) => file.replace(/\.h$/, ''))
      .filter((other) => other !== room && !(floorOf.get(other) < floorOf.get(room)))
      .filter((other) => !(name === chooser && other.startsWith('providers/')))
      .map((other) => `${path} includes ${other}`),
  );
  assert.deepEqual(wrong, []);
});

test('only the bindings and the Embind under them know Emscripten', () => {
  const knowing = rooms.filter(({ system }) => system.some((file) => file.startsWith('emscripten')));
  assert.deepEqual(knowing.map(({ path }) => path).sort(), ['wasm/seam/bindings.cpp', 'wasm/seam/embind.cpp']);
});

test('the core has no clock, random device, thread, file or console', () => {
  const wrong = rooms
    .filter(({ room }) => floorOf.get(room) < floorOf.get('bindings'))
    .flatMap(({ path, system }) => system.filter((file) => outside.test(file)).map((file) => `${path} includes <${file}>`));
  assert.deepEqual(wrong, []);
});

test('only js/core/core.ts imports the glue, and only the npm entries carry the bytes', () => {
  assert.deepEqual(importersOf('vitrine:glue'), ['js/core/core.ts']);
  assert.deepEqual(importersOf('vitrine:wasm'), ['js/core/embedded.ts']);
});

test('no script imports itself by a detour', () => {
  const done = new Set();
  const visit = (path, trail) => {
    assert.ok(!trail.includes(path), `a circle: ${[...trail, path].join(' -> ')}`);
    if (done.has(path)) return;
    for (const next of imports.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of scripts) visit(path, []);
});

test('only the entries bring the widget in', () => {
  const entries = ['js/entries/index.ts', 'js/entries/script.ts'];
  const wrong = scripts.filter((path) => path.startsWith('js/') && imports.get(path).some((name) => name.startsWith('widget/')));
  assert.deepEqual(wrong.filter((path) => !entries.includes(path)), []);
});

test('ports know no other room', () => {
  const ports = scripts.filter((path) => path.startsWith('js/ports/'));
  const known = ports.flatMap((path) => imports.get(path).map((name) => `${path} imports ${name}`));
  assert.deepEqual(known.filter((line) => !/ js\/ports\/\S+$/.test(line)), []);
});

test('the demo shop uses the built package alone', () => {
  const reaching = filesIn('demo/shop', /\.(m?js|html)$/).filter((path) => /['"(](\.\.\/)+(js|widget|wasm)\//.test(read(path)));
  assert.deepEqual(reaching, []);
});

test('no source file is longer than 400 lines', () => {
  const folders = ['wasm', 'js', 'widget', 'demo', 'tests'];
  const sources = folders.flatMap((folder) => filesIn(folder, /\.(h|cpp|ts|mjs|js|css|html|sh)$/));
  assert.deepEqual(sources.filter((path) => read(path).split('\n').length > 401), []);
});
