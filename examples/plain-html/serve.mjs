// Serves this folder, and the package's files below /vitrine/. A shop copies them from node_modules/vitrine/dist.

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';

const { PORT = '3000', DEMO_URL = 'http://127.0.0.1:8787' } = process.env;
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
};

const server = createServer(async (request, response) => {
  const path = normalize(new URL(request.url, 'http://shop').pathname);
  const type = types[extname(path) || '.html'];
  if (path === '/settings.js')
    return response.writeHead(200, { 'content-type': type }).end(`window.demoUrl = ${JSON.stringify(DEMO_URL)};`);
  // A shop has its pictures and product pages itself; here they are the demo server's.
  if (/^\/(img|product)\//.test(path)) return response.writeHead(302, { location: `${DEMO_URL}${path}` }).end();
  const name = path === '/' ? 'index.html' : path.replace(/^\/vitrine\//, 'node_modules/vitrine/dist/');
  try {
    const body = await readFile(join(import.meta.dirname, name));
    response.writeHead(200, { 'content-type': type }).end(body);
  } catch {
    response.writeHead(404).end();
  }
});
server.listen(Number(PORT), '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
