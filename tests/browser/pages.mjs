// A small web server for test pages. Serves the files of pages/, the built package, two scripts that each test writes,
// and /other/vitrine.js: the package's script as if it were another version, with another name in console messages.

import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { listenOnNewPort } from '../server/ports.mjs';

const kPages = fileURLToPath(new URL('pages/', import.meta.url));
const kDist = fileURLToPath(new URL('../../dist/', import.meta.url));
const kTypes = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.map': 'application/json',
  '.json': 'application/json',
};

/** The strictest policy under which the package works. */
export const strictPolicy = {
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'connect-src': "'self' http://127.0.0.1:*",
  'style-src': "'self'",
  'img-src': "'self' data: http://127.0.0.1:*",
  'base-uri': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': 'vitrine',
};

/**
 * A reply of a test's own. Defaults: status 200, the type by the path, the Cache-Control `no-cache`. Without a body the
 * connection is closed. A body in parts is sent as they come.
 * @typedef {{status?: number, type?: string, cache?: string, body?: string | Buffer | AsyncIterable<string>}} OneReply
 * @typedef {OneReply | ((request: import('node:http').IncomingMessage) => OneReply)} Reply
 */

/**
 * Serves on a free port, which makes an origin with a storage of its own.
 * @param {object} options
 * @param {object} options.settings the configuration that the pages pass to `new Vitrine` or `init`
 * @param {string} [options.before] a script that runs before any other in each page
 * @param {string} [options.library] a script that pages can load from /library.js
 * @param {object} [options.policy] Content-Security-Policy by directive; default the strict one
 * @returns {Promise<{url: string, absent: Set<string>, replies: Map<string, Reply>, requests: string[],
 *   hold(path: string): () => void, stop(): Promise<void>}>}
 *   paths in `absent` are not found; a path in `replies` gets this reply; `requests` lists all addresses so far;
 *   requests for a path of `hold` wait until the returned function is called
 */
export const servePages = async ({ settings, before = '', library = '', policy = strictPolicy }) => {
  const absent = new Set();
  /** @type {Map<string, Reply>} */
  const replies = new Map();
  const requests = [];
  const held = new Map();
  const written = {
    '/before.js': () => before,
    '/library.js': () => library,
    '/settings.js': () => `window.settings = ${JSON.stringify(settings)};`,
    '/other/vitrine.js': () => readFileSync(`${kDist}vitrine.js`, 'utf8').replaceAll('[vitrine]', '[other]'),
  };
  const policyHeader = () =>
    Object.entries(policy)
      .map((pair) => pair.join(' '))
      .join('; ');
  const answer = (path, response) => {
    const own = replies.get(path);
    const {
      status = 200,
      type = kTypes[extname(path)],
      cache = 'no-cache',
      body,
    } = typeof own === 'function' ? own(response.req) : own || {};
    if (own && body === undefined) return response.destroy();
    const [, built] = /^\/(?:dist|other)\/(.*)/.exec(path) || [];
    const file = built ? join(kDist, built) : join(kPages, path);
    if (!type || absent.has(path) || path.includes('..') || !(own || written[path] || existsSync(file)))
      return response.writeHead(404).end();
    // Not "no-store", which keeps a page out of the back/forward cache.
    const headers = { 'content-type': type, 'cache-control': cache };
    if (type.startsWith('text/html') && policyHeader()) headers['content-security-policy'] = policyHeader();
    response.writeHead(status, headers);
    if (own && typeof body === 'object' && Symbol.asyncIterator in body) return Readable.from(body).pipe(response);
    if (own) return response.end(body);
    if (written[path]) return response.end(written[path]());
    return createReadStream(file).pipe(response);
  };
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://pages').pathname;
    requests.push(request.url);
    const waiting = held.get(path);
    if (waiting) waiting.push(() => answer(path, response));
    else answer(path, response);
  });
  const url = await listenOnNewPort(server);
  return {
    url,
    absent,
    replies,
    requests,
    hold(path) {
      const waiting = [];
      held.set(path, waiting);
      return () => {
        held.delete(path);
        for (const go of waiting) go();
      };
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
