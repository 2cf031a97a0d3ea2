// The pages of the shop: /shop?tracker=NAME contains the bundle of that tracker, /away contains nothing.

import { once } from 'node:events';
import { createServer } from 'node:http';
import { build } from 'esbuild';
import { root } from '../../../tools/steps.mjs';
import { modules } from './peers.mjs';

// Algolia's packages need Preact 10 and bring it. Without the alias some of their dependencies would find Preact 11,
// which is itself a peer.
const oldPreact = { preact: `${modules}/instantsearch.js/node_modules/preact` };

const bundle = async (tracker, vitrine, minify) => {
  const { outputFiles } = await build({
    entryPoints: [`${root}tests/bench/adapters/${tracker.split(':', 1)}.js`],
    alias: { vitrine, ...(/instantsearch|recommend/.test(tracker) ? oldPreact : {}) },
    nodePaths: [modules],
    bundle: true,
    minify,
    format: 'iife',
    target: 'es2020',
    write: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  });
  return outputFiles[0].contents;
};

const kHead = '<!doctype html><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,">';
const kPage = (script) => `${kHead}<body>${script ? `<script src="${script}"></script>` : ''}`;

// With these two headers a page is cross-origin isolated, and performance.now() counts in steps of 5 µs.
const kIsolated = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };

/**
 * @param {string[]} trackers whose bundles to serve
 * @param {{vitrine: string, builds?: Record<string, string>, isolated?: boolean, minify?: boolean}} options `vitrine`:
 * the measured module; `builds`: by tracker ("NAME:BUILD" is the adapter NAME with another build) another module
 * @returns {Promise<{url: string, close: () => void}>}
 */
export const openShop = async (trackers, { vitrine, builds = {}, isolated = false, minify = true }) => {
  const scripts = new Map();
  for (const tracker of trackers)
    scripts.set(`/${tracker}.js`, await bundle(tracker, builds[tracker] ?? vitrine, minify));
  const server = createServer((request, reply) => {
    const { pathname, searchParams } = new URL(request.url, 'http://shop');
    const headers = {
      'cache-control': 'no-store',
      'cross-origin-resource-policy': 'cross-origin',
      ...(isolated ? kIsolated : {}),
    };
    const script = scripts.get(pathname);
    if (script) return reply.writeHead(200, { ...headers, 'content-type': 'text/javascript' }).end(script);
    const tracker = searchParams.get('tracker');
    return reply
      .writeHead(200, { ...headers, 'content-type': 'text/html; charset=utf-8' })
      .end(kPage(tracker && `/${tracker}.js`));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
};
