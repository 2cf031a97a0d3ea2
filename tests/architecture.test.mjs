// Checks the #include and import lines against the rules of the architecture: which folder may use which.
// docs/architecture.md explains the rules.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { root } from '../tools/steps.mjs';

/** The folders of each tree, one layer per row. A file uses its own folder and the layers below, nothing else. */
const trees = {
  'wasm/': [
    ['base'],
    ['model'],
    ['shopper', 'services', 'templates'],
    ['delivery', 'calls', 'cards'],
    ['tracking'],
    ['slots'],
    ['runtime'],
    ['seam'],
  ],
  'js/': [
    ['types'],
    ['ports'],
    ['core', 'bridges'],
    ['formats', 'debug'],
    ['page'],
    ['api'],
    ['../widget'],
    ['entries'],
    ['frameworks'],
    ['react', 'vue', 'testing'],
  ],
  'demo/server/': [['http'], ['store'], ['stream'], ['recommend'], ['services', 'control', 'ssr'], ['main.cpp']],
};

/** Names that the core may not use: it receives the time as an argument and performs no effect itself. */
const outside =
  /^(chrono|ctime|time\.h|random|thread|mutex|atomic|future|fstream|iostream|filesystem|sys\/.*|unistd\.h)$/;

const filesIn = (folder, pattern) =>
  readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => pattern.test(name) && !name.includes('node_modules'))
    .map((name) => join(folder, name));
const read = (path) => readFileSync(`${root}${path}`, 'utf8');

const sources = (folder) => filesIn(folder, /\.(h|cpp|ts)$/).filter((path) => !path.endsWith('.d.ts'));
const includesOf = (path, quote) =>
  [...read(path).matchAll(/^\s*#\s*include\s+([<"])([^>"]+)/gm)]
    .filter(([, sign]) => sign === quote)
    .map(([, , file]) => file);

const core = sources('wasm');
const server = sources('demo/server');
const scripts = [...sources('js'), ...sources('widget')];
const imports = new Map(
  scripts.map((path) => {
    const names = [...read(path).matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]/g)].map(([, name]) => name);
    return [
      path,
      names.map((name) => (name.startsWith('.') ? join(dirname(path), name.replace(/\.js$/, '.ts')) : name)),
    ];
  }),
);
const importersOf = (name) => scripts.filter((path) => imports.get(path).includes(name));

/** Returns the files of this project that `path` uses, as paths from the checkout. */
const usesOf = (path) =>
  imports.get(path) ??
  includesOf(path, '"').flatMap((file) =>
    ['wasm', 'demo/server'].map((at) => join(at, file)).filter((at) => [...core, ...server].includes(at)),
  );

/** Returns the layer of a file in its tree; undefined for a file in none of its folders. */
const layerOf = (tree, path) => {
  const layer = trees[tree].findIndex((folders) =>
    folders.some((folder) => `${path}/`.startsWith(`${join(tree, folder)}/`)),
  );
  return layer < 0 ? undefined : layer;
};
const folderOf = (tree, path) => trees[tree].flat().find((folder) => `${path}/`.startsWith(`${join(tree, folder)}/`));
const filesOf = { 'wasm/': core, 'js/': scripts, 'demo/server/': server };

for (const tree of Object.keys(trees)) {
  test(`every source file below ${tree} is in a folder of the list`, () => {
    assert.deepEqual(
      filesOf[tree].filter((path) => layerOf(tree, path) === undefined),
      [],
    );
  });

  test(`no folder below ${tree} uses a folder beside or above it`, () => {
    const back = filesOf[tree].flatMap((path) =>
      usesOf(path)
        .filter((used) => filesOf[tree].includes(used) && folderOf(tree, used) !== folderOf(tree, path))
        .filter((used) => layerOf(tree, used) >= layerOf(tree, path))
        .map((used) => `${path} uses ${used}`),
    );
    assert.deepEqual(back, []);
  });

  test(`no file below ${tree} uses itself by a detour`, () => {
    // A header and its .cpp are one unit.
    const unit = (path) => path.replace(/\.(h|cpp|ts)$/, '');
    const uses = new Map();
    for (const path of filesOf[tree]) {
      const known = uses.get(unit(path)) ?? uses.set(unit(path), new Set()).get(unit(path));
      for (const used of usesOf(path)) if (unit(used) !== unit(path)) known.add(unit(used));
    }
    const done = new Set();
    const visit = (name, trail) => {
      assert.ok(!trail.includes(name), `a circle: ${[...trail, name].join(' -> ')}`);
      if (done.has(name)) return;
      for (const next of uses.get(name) ?? []) visit(next, [...trail, name]);
      done.add(name);
    };
    for (const name of uses.keys()) visit(name, []);
  });
}

test('only one file knows each service by its name', () => {
  const named = core.filter((path) => includesOf(path, '"').includes('services/list.h'));
  const services = ['depict', 'doofinder', 'make_service', 'refine', 'richrelevance'].map(
    (name) => `wasm/services/${name}.cpp`,
  );
  assert.deepEqual(named.sort(), services);
});

test('only the seam knows Emscripten', () => {
  const knowing = core.filter((path) => includesOf(path, '<').some((file) => file.startsWith('emscripten')));
  assert.deepEqual(knowing.sort(), ['wasm/seam/bindings.cpp', 'wasm/seam/embind.cpp', 'wasm/seam/embind_pins.h']);
});

test('delivery has one front door: only its own folder and its own tests use what stands behind queue.h', () => {
  const inside = ['wasm/delivery/', 'tests/native/delivery/'];
  const hidden = /^delivery\/(departures|journal|outbox|persistence|sender)\.h$/;
  const reaching = [...core, ...server, ...filesIn('tests', /\.(h|cpp)$/)]
    .filter((path) => !inside.some((folder) => path.startsWith(folder)))
    .flatMap((path) =>
      includesOf(path, '"')
        .filter((file) => hidden.test(file))
        .map((file) => `${path} includes ${file}`),
    );
  assert.deepEqual(reaching, []);
});

test('the core has no clock, random device, thread, file or console', () => {
  const wrong = core
    .filter((path) => !path.startsWith('wasm/seam/'))
    .flatMap((path) =>
      includesOf(path, '<')
        .filter((file) => outside.test(file))
        .map((file) => `${path} includes <${file}>`),
    );
  assert.deepEqual(wrong, []);
});

test('only js/core/core.ts imports the glue, and only the npm modules know where the bytes are', () => {
  assert.deepEqual(importersOf('vitrine:glue'), ['js/core/core.ts']);
  for (const name of ['vitrine:packed/1', 'vitrine:files'])
    assert.deepEqual(importersOf(name), ['js/core/embedded.ts']);
  const users = importersOf('js/core/embedded.ts');
  assert.deepEqual(users.sort(), [
    'js/api/load_vitrine.ts',
    'js/entries/module.ts',
    'js/entries/module_tracking.ts',
    'js/entries/tracking.ts',
  ]);
});

test('only the entries bring the widget in, and components its names', () => {
  const entries = ['element', 'index', 'script', 'widgets'].map((name) => `js/entries/${name}.ts`);
  const wrong = scripts.filter(
    (path) => path.startsWith('js/') && imports.get(path).some((name) => name.startsWith('widget/')),
  );
  assert.deepEqual(
    wrong.filter((path) => !entries.includes(path)),
    ['js/frameworks/widget.ts'],
  );
  const used = imports.get('js/frameworks/widget.ts').filter((name) => name.startsWith('widget/'));
  assert.deepEqual(used, ['widget/names.ts']);
});

test('what is for frameworks uses the complete entry, which stays an import, because it must share its state', () => {
  const own = scripts.filter((path) => /^js\/(frameworks|react|vue)\//.test(path));
  const reaching = own.filter((path) =>
    usesOf(path).some((used) => /^js\/(?!frameworks|react|vue|entries\/index\.ts|ports\/(clock|json)\.ts)/.test(used)),
  );
  assert.deepEqual(reaching, []);
});

test('the demo shop uses the built package alone', () => {
  const reaching = filesIn('demo/shop', /\.(m?js|html)$/).filter((path) =>
    /['"(](\.\.\/)+(js|widget|wasm)\//.test(read(path)),
  );
  assert.deepEqual(reaching, []);
});

test('no source file is longer than 400 lines', () => {
  const folders = ['wasm', 'js', 'widget', 'demo', 'tests', 'tools'];
  const files = folders.flatMap((folder) => filesIn(folder, /\.(h|cpp|ts|mjs|js|css|html|sh)$/));
  assert.deepEqual(
    files.filter((path) => read(path).split('\n').length > 401),
    [],
  );
});
