// The pages of the start bench: /page?tracker=NAME loads nothing until the bench calls START there. The files of a
// tracker are at /NAME/…, with headers by which a browser caches them.

import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { build } from 'esbuild';
import { root } from '../../../tools/steps.mjs';
import { modules } from './peers.mjs';

// A queue of calls, as the snippets of the vendors have one.
const queueAs = (name, queue, call) =>
  `window.${name} = function () { (${name}.${queue} = ${name}.${queue} || []).push(${call}); };`;
const kVitrineStub =
  queueAs('vitrine', 'q', '[Date.now(), [].slice.call(arguments)]') +
  "vitrine('init', CONFIG); vitrine('ready', READY);";

/**
 * By name. `adapter`: file in adapters/start/ that is bundled for the npm path, and for the script path where the
 * vendor's package has no file for a script tag. `file`: the vendor's file for a script tag, in its package or, for
 * Vitrine, in dist/. `stub`: code of the page in front of this file, which must lead to a call of READY. `module`:
 * Vitrine's module for the npm path; an older build has index.js.
 * @type {Record<string, { adapter: string, file?: string, stub?: string, package?: string, module?: string }>}
 */
export const starters = {
  empty: { adapter: 'empty' },
  snowplow: { adapter: 'snowplow', package: '@snowplow/browser-tracker' },
  'search-insights': {
    adapter: 'search-insights',
    file: 'dist/search-insights.min.js',
    stub:
      `window.AlgoliaAnalyticsObject = 'aa'; ${queueAs('aa', 'queue', 'arguments')}` +
      "aa('init', { appId: 'app', apiKey: 'key', useCookie: true }); aa('getVersion', READY);",
    package: 'search-insights',
  },
  posthog: {
    adapter: 'posthog',
    file: 'dist/array.js',
    stub:
      'window.posthog = []; posthog.__SV = 1; posthog._i = ' +
      "[['phc_bench', { api_host: CONFIG.provider.apiUrl, loaded: READY }, 'posthog']];",
    package: 'posthog-js',
  },
  vitrine: { adapter: 'vitrine', module: 'module.js', file: 'vitrine.js', stub: kVitrineStub },
  'vitrine-tracking': {
    adapter: 'vitrine',
    module: 'module-tracking.js',
    file: 'vitrine-tracking.js',
    stub: kVitrineStub,
  },
};

/** Functions of the page. `START` inserts the script once the page is at rest, as a snippet does. */
const kFunctions = `
  addEventListener('error', ({ message }) => (window.FAILED = message));
  window.CONFIG = { provider: { name: 'refine', apiKey: 'pk_bench', organizationId: 'org', catalogId: 'cat',
    apiUrl: location.origin + '/collect', eventsUrl: location.origin + '/collect' } };
  // The microtasks of a start belong to it.
  window.READY = () => void Promise.resolve().then(() => { performance.mark('bench:ready'); IS_READY(); });
  window.START = (src, isModule, stub, restMs) => new Promise((resolve) => {
    window.IS_READY = () => setTimeout(() => { performance.mark('bench:end'); resolve(window.FAILED); }, restMs);
    setTimeout(() => {
      performance.mark('bench:start');
      Function(stub)();
      const script = document.createElement('script');
      script.async = true;
      if (isModule) script.type = 'module';
      script.src = src;
      document.head.append(script);
    });
  });`;
const kPage =
  '<!doctype html><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,">' +
  `<script>${kFunctions}</script><body><p>Shop`;

const bundle = async (adapter, vitrine, format) => {
  const { outputFiles } = await build({
    entryPoints: [`${root}tests/bench/adapters/start/${adapter}.js`],
    alias: { vitrine },
    nodePaths: [modules],
    bundle: true,
    minify: true,
    format,
    target: 'es2020',
    write: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
    // As in a shop's build: what is imported later is a file of its own.
    splitting: format === 'esm',
    outdir: '/',
    entryNames: format === 'esm' ? 'module' : 'script',
  });
  return outputFiles.map(({ path, contents }) => [path, contents]);
};

const kTypes = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm' };

/**
 * Opens the shop.
 * @param {string[]} names of `starters`; "NAME:BUILD" is the starter NAME with another build of Vitrine
 * @param {Record<string, string>} builds folders of Vitrine's files, by build; '' is the usual one
 */
export const openStartShop = async (names, builds) => {
  const files = new Map();
  const folders = new Map();
  for (const name of names) {
    const [base, of = ''] = name.split(':');
    const { adapter, file, module, package: from } = starters[base];
    const folder = from ? `${modules}/${from}` : builds[of];
    const found = [module ?? 'module.js', 'index.js'].find((candidate) => existsSync(`${folder}/${candidate}`));
    const vitrine = `${folder}/${found}`;
    for (const format of ['esm', 'iife'])
      for (const [path, contents] of await bundle(adapter, vitrine, format)) files.set(`/${name}${path}`, contents);
    if (file) folders.set(name, `${folder}${from ? '/dist' : ''}`);
  }
  const read = (pathname) => {
    const [, name, file] = pathname.split('/');
    const folder = folders.get(decodeURIComponent(name));
    return folder && file ? readFileSync(`${folder}/${file}`) : undefined;
  };
  const server = createServer((request, reply) => {
    const { pathname } = new URL(request.url, 'http://shop');
    if (pathname === '/page') return reply.writeHead(200, { 'content-type': 'text/html' }).end(kPage);
    let body;
    try {
      body = files.get(decodeURIComponent(pathname)) ?? read(pathname);
    } catch {
      // The peers ask for files of their vendor's servers.
    }
    if (!body) return reply.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    return reply
      .writeHead(200, { 'content-type': kTypes[extname(pathname)], 'cache-control': 'max-age=86400, immutable' })
      .end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    page: `http://127.0.0.1:${port}/page`,
    /** Returns the arguments of START: the address of the script, whether it is a module, the code in front of it. */
    load(name, path) {
      const { file, stub } = starters[name.split(':')[0]];
      if (path === 'npm') return [`/${name}/module.js`, true, ''];
      return file ? [`/${name}/${file.split('/').at(-1)}`, false, stub ?? ''] : [`/${name}/script.js`, false, ''];
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
};
