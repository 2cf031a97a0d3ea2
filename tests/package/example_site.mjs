// Installs, builds and serves the examples in build/, as a newcomer does in examples/.

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { root, run } from '../../tools/steps.mjs';
import { installLocked, isSource } from '../../tools/install.mjs';
import { listenOnNewPort } from '../server/ports.mjs';

/** Stands for the checkout: the examples find the package by file:../.. */
const home = `${root}build/examples/`;
const kTypes = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
};

/** Copies what npm would pack into a folder. */
const copyPackage = (folder) => {
  const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  delete manifest.devDependencies;
  rmSync(`${folder}dist`, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(`${root}dist`, `${folder}dist`, { recursive: true });
  cpSync(`${root}CHANGELOG.md`, `${folder}CHANGELOG.md`);
  writeFileSync(`${folder}package.json`, JSON.stringify(manifest, undefined, 2));
};

/** Installs an example by its lock file, with the package as it is built now. Resolves to the example's folder. */
export const installExample = async (name) => {
  const source = `${root}examples/${name}/`;
  const folder = `${home}examples/${name}/`;
  // The lock file names the package by its path.
  copyPackage(home);
  await installLocked(`packages of examples/${name}`, source, folder);
  cpSync(source, folder, { recursive: true, filter: isSource });
  copyPackage(`${folder}node_modules/vitrine/`);
  return folder;
};

/** Runs a program of an example's packages. Resolves to its output. */
export const runIn = (folder, program, args, env = {}) =>
  run(`${folder}node_modules/.bin/${program}`, args, { env: { ...process.env, ...env } });

/** Serves the files of a folder. Resolves to its address, and a function that stops it. */
export const serveFolder = async (folder) => {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://example');
    try {
      const name = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
      const body = await readFile(join(folder, name));
      response.writeHead(200, { 'content-type': kTypes[extname(name)] ?? 'application/octet-stream' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  const url = await listenOnNewPort(server);
  return {
    url,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
