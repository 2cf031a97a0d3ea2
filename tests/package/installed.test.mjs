// The package as npm installs it in an empty folder: checkers, compilers, test runners and runtimes take it as it is.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import { before, test } from 'node:test';
import { promisify } from 'node:util';
import { root } from '../../tools/steps.mjs';
import { listenOnNewPort } from '../server/ports.mjs';
import { installTools, makeApp, pack, programs, tool, toolsFolder } from './installed.mjs';

const runFile = promisify(execFile);

/** Runs a program in a folder. Resolves with what it has written, and rejects with all of it if it fails. */
const runIn = async (folder, program, args, env = {}) => {
  const options = { cwd: folder, env: { ...process.env, NODE_OPTIONS: '', ...env }, timeout: 120_000 };
  const { stdout, stderr } = await runFile(program, args, options).catch((error) => {
    throw Error(
      `${error.stdout}\n${error.stderr}`.replace(/^.{1100,}$/gm, (line) => `a line of ${line.length} characters`),
    );
  });
  return `${stdout}${stderr}`;
};

/** A collector on this machine. */
const serveCollector = async (t) => {
  const events = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const part of request) text += part;
    if (text) events.push(...JSON.parse(text).events);
    response.writeHead(200, { 'access-control-allow-origin': '*' }).end();
  });
  const url = await listenOnNewPort(server);
  t.after(() => server.close());
  return { url: `${url}/collect`, events };
};

/** The program of a shop; `url` receives its events. */
const program = (url) => `
import { loadVitrine, renderWidget } from 'vitrine';
const vitrine = await loadVitrine({ events: { url: '${url}' } });
vitrine.events.trackPurchase({ orderId: 'o-1', value: 5, currency: 'EUR', items: [{ itemId: 'a', quantity: 1 }] });
await vitrine.close();
`;

let app = '';
before(async () => {
  await installTools();
  app = await makeApp('installed', {});
});

test('publint has no advice', async () => {
  const { publint } = await tool('publint');
  const { formatMessage } = await tool('publint/utils');
  const pkg = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  const { messages } = await publint({ pkgDir: root, strict: true });
  assert.deepEqual(
    messages.map((message) => formatMessage(message, pkg)),
    [],
  );
});

test('the types are right for every kind of resolution that reads exports', async () => {
  const { checkPackage, createPackageFromTarballData } = await tool('@arethetypeswrong/core');
  const analysis = await checkPackage(createPackageFromTarballData(readFileSync(await pack('types'))), {
    excludeEntrypoints: [/\.wasm$/, /\.css$/, /strings/],
  });
  // The package has ES modules alone: require() of one is for Node to allow. node10 reads no exports.
  const known = (problem) =>
    problem.kind === 'CJSResolvesToESM' || problem.resolutionKind === 'node10' || problem.resolutionOption === 'node10';
  assert.deepEqual(
    analysis.problems.filter((problem) => !known(problem)),
    [],
  );
});

for (const [resolution, module] of [
  ['nodenext', 'nodenext'],
  ['bundler', 'esnext'],
])
  test(`a shop's strict TypeScript compiles with moduleResolution ${resolution}`, async () => {
    const shop = await makeApp(`types-${resolution}`, {
      'shop.ts': `
import { defineWidget, loadVitrine, type Slate, ValidationError, Vitrine } from 'vitrine';
import { loadVitrine as loadTracking } from 'vitrine/tracking';
import { Vitrine as Inline } from 'vitrine/inline';
import { Refine, type RefineConfig, RefineError } from 'vitrine/refine';
import { defineWidget as define, whenVitrine } from 'vitrine/element';
import { renderWidget } from 'vitrine/node';
import 'vitrine/script';
import 'vitrine/vitrine.css';
const vitrine: Vitrine = await loadVitrine({ events: { url: 'https://shop.example/collect' }, autoTrack: true });
const config: RefineConfig = { apiKey: 'k', organizationId: 'o', catalogId: 'c' };
const refine: Vitrine = new Refine(config);
whenVitrine((first) => first.identify('u'));
defineWidget(vitrine); define();
const ids: string[] = (await vitrine.recs.forVisitor({ topK: 4 })).results.map(({ productId }) => productId);
export { ids, refine, Inline, loadTracking, RefineError, renderWidget, ValidationError };
`.replace('type Slate, ', ''),
      'tsconfig.json': JSON.stringify({
        compilerOptions: {
          ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedSideEffectImports: true, noEmit: true },
          ...{ target: 'es2022', lib: ['es2022', 'dom'], types: [], module, moduleResolution: resolution },
        },
        include: ['shop.ts'],
      }),
    });
    assert.equal(await runIn(shop, `${root}node_modules/.bin/tsc`, ['-p', shop]), '');
  });

test('it imports, renders a widget and sends an event in Node', async (t) => {
  const { url, events } = await serveCollector(t);
  const reply = JSON.stringify({ results: [{ productId: 'a', title: 'A lamp', price: 5 }] });
  const provider = { name: 'refine', apiKey: 'pk_a', organizationId: 'o', catalogId: 'c' };
  const source = JSON.stringify({ provider, reply });
  const code = `${program(url)}
console.log(renderWidget(${source}, { template: 'grid', title: 'Lamps' }));`;
  const html = await runIn(app, process.execPath, ['--input-type=module', '-e', code]);
  assert.match(html, /data-vitrine-item="a".*A lamp/s);
  assert.deepEqual(
    events.map(({ type, orderId }) => [type, orderId]),
    [['purchase', 'o-1']],
  );
});

test('an uncaught error in Node prints no packed core', async () => {
  const code = `import { Vitrine } from 'vitrine'; new Vitrine({}).identify({});`;
  const text = await runIn(app, process.execPath, ['--input-type=module', '-e', code]).catch(({ message }) => message);
  assert.match(text, /ValidationError/);
  assert.doesNotMatch(text, /a line of/);
  assert.ok(text.length < 5000, `${text.length} characters`);
});

/** A test of a shop, for Jest and Vitest. */
const kShopTest = `
test('a purchase is recorded', async () => {
  const { loadVitrine } = await import('vitrine');
  const vitrine = await loadVitrine({ events: { url: 'https://shop.example/collect' } });
  vitrine.events.trackPurchase({ orderId: 'o-1', value: 5, currency: 'EUR', items: [{ itemId: 'a', quantity: 1 }] });
  expect(vitrine.getVisitorId()).toMatch(/^v_/);
  await Promise.resolve();
  expect(Object.keys(localStorage).some((key) => localStorage.getItem(key).includes('o-1'))).toBe(true);
});
`;

test('it runs in Jest with jsdom', async () => {
  const shop = await makeApp('jest', {
    'shop.test.mjs': kShopTest,
    'setup.cjs': "Object.assign(globalThis, require('node:util'));",
    'jest.config.json': JSON.stringify({
      testEnvironment: `${toolsFolder}node_modules/jest-environment-jsdom`,
      testEnvironmentOptions: { customExportConditions: ['node'] },
      setupFiles: ['./setup.cjs'],
      testMatch: ['**/*.test.mjs'],
      transform: {},
    }),
  });
  const jest = ['--experimental-vm-modules', `${programs}jest`, '--ci', '--rootDir', shop];
  assert.match(await runIn(shop, process.execPath, jest), /1 passed/);
});

test('it runs in Vitest with jsdom', async () => {
  const shop = await makeApp('vitest', {
    'shop.test.mjs': kShopTest,
    'vitest.config.mjs': 'export default { test: { globals: true, environment: "jsdom" } };',
  });
  symlinkSync(`${toolsFolder}node_modules/jsdom`, `${shop}node_modules/jsdom`);
  const args = [`${toolsFolder}node_modules/vitest/vitest.mjs`, 'run', '--root', shop];
  assert.match(await runIn(shop, process.execPath, args, { CI: '1', NO_COLOR: '1' }), /1 passed/);
});

test('it runs in a worker that compiles no WebAssembly', async (t) => {
  const { url, events } = await serveCollector(t);
  const { bundleForWorkers, serveWorker } = await import('./worker.mjs');
  const shop = await makeApp('worker', {
    'worker.js': `
import { loadVitrine } from 'vitrine';
export default {
  async fetch() {
    const vitrine = await loadVitrine({ events: { url: '${url}' } });
    vitrine.events.trackPurchase({ orderId: 'o-1', value: 5, currency: 'EUR', items: [{ itemId: 'a', quantity: 1 }] });
    const { runtime } = vitrine.events.getMetrics();
    const { delivered } = await vitrine.close();
    return new Response(runtime + ' ' + delivered);
  },
};`,
  });
  await bundleForWorkers(shop);
  const address = await serveWorker(t, shop);
  const reply = await fetch(address);
  assert.equal(await reply.text(), 'wasm2js 1');
  assert.equal(events[0].orderId, 'o-1');
});
