// Starts the real demo server for a test, on a free port and with its own database.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isNewPort } from './ports.mjs';

/** The folder of the checkout. */
export const checkout = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** A small shop of 24 products in four categories, independent of the demo's catalogue. */
export const fixture = join(checkout, 'tests', 'server', 'fixture');

const binary = process.env.VITRINE_DEMO_SERVER ?? join(checkout, 'build', 'dev', 'vitrine-demo-server');

/** Resolves to the exit code, or the name of the signal that ended the process. */
function ended(process) {
  return new Promise((resolve) => {
    if (process.exitCode !== null || process.signalCode !== null) resolve(process.exitCode ?? process.signalCode);
    else process.once('exit', (code, signal) => resolve(code ?? signal));
  });
}

/**
 * Runs the server binary with these arguments until it prints a line or ends.
 * @returns {Promise<{child, line: string, readonly errors: string, exit?: number | string}>} `errors`: all of stderr so
 *   far; `exit` only if it ended
 */
export function launch(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    // A test file that crashes must not leave its server behind.
    const killWithUs = () => child.kill('SIGKILL');
    process.once('exit', killWithUs);
    child.once('exit', () => process.off('exit', killWithUs));
    let output = '';
    let errors = '';
    const started = (line) => ({
      child,
      line,
      get errors() {
        return errors;
      },
    });
    child.stderr.setEncoding('utf8').on('data', (text) => (errors += text));
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text;
      if (output.includes('\n')) resolve(started(output.split('\n', 1)[0]));
    });
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(Object.assign(started(output), { exit: code ?? signal })));
  });
}

/**
 * Starts a server and waits until it listens.
 * @param {object} [options]
 * @param {string} [options.db] database file; default a new one that is removed by stop()
 * @param {number} [options.port] default 0: a free one
 * @param {string} [options.root] folder with demo/ and dist/; default the checkout
 * @param {string[]} [options.hosts] further hosts to serve; default none
 * @param {string[]} [options.more] further arguments; default none
 * @returns {Promise<{url: string, port: number, db: string, pid: number, errors: () => string,
 *   stop: () => Promise<number|string>, kill: () => Promise<void>}>}
 *   errors: all of its stderr so far; stop: ends it gracefully and resolves to the exit code; kill: SIGKILL, the
 *   database stays
 */
export async function startServer({ db, port = 0, root = checkout, hosts = [], more = [] } = {}) {
  const folder = db ? undefined : await mkdtemp(join(tmpdir(), 'vitrine-server-'));
  const file = db ?? join(folder, 'events.db');
  const started = await launch([
    ...['--port', String(port), '--db', file, '--root', root],
    ...hosts.flatMap((name) => ['--host', name]),
    ...more,
  ]);
  const { child, line, errors, exit } = started;
  const url = line.match(/^listening on (http:\/\/127\.0\.0\.1:\d+)$/)?.[1];
  if (!url) throw new Error(`the demo server did not start (${exit ?? line}): ${errors}`);
  const endWith = async (signal) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    return ended(child);
  };
  const server = {
    url,
    port: Number(new URL(url).port),
    db: file,
    pid: child.pid,
    errors: () => started.errors,
    async stop() {
      const exitCode = await endWith('SIGTERM');
      if (folder) await rm(folder, { recursive: true, force: true });
      return exitCode;
    },
    async kill() {
      await endWith('SIGKILL');
    },
  };
  if (port || isNewPort(server.port)) return server;
  await server.stop();
  return startServer({ db, root, hosts, more });
}
