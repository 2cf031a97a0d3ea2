// Runs a worker in workerd, the runtime of Cloudflare Workers.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { writeFileSync } from 'node:fs';
import { until } from '../browser/until.mjs';
import { listenOnNewPort } from '../server/ports.mjs';
import { tool, toolsFolder } from './installed.mjs';

/** Bundles worker.js of an app into out.js, with the conditions that the tools of such runtimes set. */
export const bundleForWorkers = async (app) => {
  const { build } = await tool('esbuild');
  await build({
    absWorkingDir: app,
    entryPoints: ['worker.js'],
    outfile: `${app}out.js`,
    bundle: true,
    format: 'esm',
    conditions: ['workerd', 'worker', 'browser'],
    logLevel: 'error',
  });
};

/** Returns a host and a port on which nothing listens. */
const freeAddress = async () => {
  const server = createServer();
  const { host } = new URL(await listenOnNewPort(server));
  await new Promise((resolve) => server.close(resolve));
  return host;
};

/** Serves out.js of an app until test `t` has ended. Resolves with its address. */
export const serveWorker = async (t, app) => {
  const address = await freeAddress();
  writeFileSync(
    `${app}config.capnp`,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "out.js", esModule = embed "out.js")],
      compatibilityDate = "2024-09-23",
    )),
    (name = "internet", network = (allow = ["local", "private", "public"])),
  ],
  sockets = [(name = "http", address = "${address}", http = (), service = "main")],
);
`,
  );
  const program = `${toolsFolder}node_modules/@cloudflare/workerd-linux-64/bin/workerd`;
  const child = spawn(program, ['serve', 'config.capnp'], { cwd: app, stdio: ['ignore', 'inherit', 'inherit'] });
  t.after(async () => {
    child.kill();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  });
  await until(
    () =>
      fetch(`http://${address}/`).then(
        () => true,
        () => false,
      ),
    'the worker',
  );
  return `http://${address}/`;
};
