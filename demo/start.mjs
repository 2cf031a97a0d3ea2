// npm start [-- --port N --db FILE --host NAME --stream URL]: builds what is missing and runs the demo shop until
// Ctrl-C.

import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { buildPackage } from '../tools/build.mjs';
import { buildSite } from '../tools/site/build.mjs';
import { buildPreset, fail, root, run, step } from '../tools/steps.mjs';
import { buildStudioBundles } from '../tools/studio.mjs';

const readOptions = () => {
  const options = /** @type {const} */ ({
    port: { type: 'string', multiple: false, default: '8787' },
    db: { type: 'string', multiple: false },
    host: { type: 'string', multiple: true, default: /** @type {string[]} */ ([]) },
    stream: { type: 'string', multiple: false },
    'stream-replicas': { type: 'string', multiple: false },
    'stream-timeout': { type: 'string', multiple: false },
  });
  try {
    const { port, db, host, ...stream } = parseArgs({ options }).values;
    // A relative path is relative to the folder in which npm was called.
    return {
      port,
      db: db === undefined ? `${root}build/demo.db` : resolve(process.env.INIT_CWD ?? '.', db),
      more: [
        ...host.flatMap((name) => ['--host', name]),
        ...Object.entries(stream).flatMap(([name, value]) => [`--${name}`, value]),
      ],
    };
  } catch (error) {
    console.error(`${error.message}\nusage: npm start -- [--port N] [--db FILE] [--host NAME]... [--stream URL,...]`);
    process.exit(2);
  }
};

const { port, db, more } = readOptions();
try {
  await buildPackage();
  await step('catalogue pictures', () => run('node', ['demo/catalog/make.mjs']));
  await step('documentation site', buildSite);
  await step('parts of the studio', buildStudioBundles);
  await step('demo server', () => buildPreset('demo-server', 'native'));
} catch (error) {
  fail(error);
}

const server = spawn(`${root}build/dev/vitrine-demo-server`, ['--port', port, '--db', db, '--root', root, ...more], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
server.on('error', fail);
server.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGKILL' ? 1 : 0)));
// The server is in the same process group and receives Ctrl-C itself; a SIGTERM to this process must be passed on.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => server.kill('SIGTERM'));
createInterface({ input: server.stdout }).on('line', (line) => {
  const address = /^listening on (\S+)/.exec(line)?.[1];
  const shop = [
    `  The demo shop is open: ${address}`,
    `  The documentation: ${address}/docs/`,
    `  The events are kept in ${db}. Ctrl-C closes it.`,
  ];
  console.log(address ? `\n${shop.join('\n')}\n` : line);
});
