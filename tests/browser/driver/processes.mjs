// Programs that tests start. Each has its own process group, because a browser is a dozen processes that must end
// together. None outlives the test run.

import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const kLogChars = 20_000;
const groups = new Set();
const folders = new Set();

const killGroup = (pid) => {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The group has already ended.
  }
};

process.on('exit', () => {
  groups.forEach(killGroup);
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
/** @type {[signal: NodeJS.Signals, exitCode: number][]} */
const signals = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
];
for (const [signal, code] of signals) process.once(signal, () => process.exit(code));

/**
 * Starts a program.
 * @param {string[]} [pipes] stdio beyond the first three
 * @returns {any} a ChildProcess with `log` (the end of what it wrote) and `ended` (a promise)
 */
export const start = (command, args, env = {}, pipes = []) => {
  const child = /** @type {any} */ (spawn)(command, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', ...pipes],
    detached: true,
  });
  if (child.pid) groups.add(child.pid);
  child.log = '';
  const add = (text) => (child.log = (child.log + text).slice(-kLogChars));
  child.stdout.setEncoding('utf8').on('data', add);
  child.stderr.setEncoding('utf8').on('data', add);
  child.ended = new Promise((resolve) => {
    child.once('exit', resolve);
    child.once('error', (error) => resolve(add(String(error))));
  });
  return child;
};

/** Kills a program's whole group, as the system does when memory is short. */
export const kill = async (child) => {
  if (!child.pid) return;
  killGroup(child.pid);
  await child.ended;
  groups.delete(child.pid);
};

/** Returns a new temporary folder, which is removed after the run at the latest. */
export const makeFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-browser-'));
  folders.add(folder);
  return folder;
};

/** Removes a folder. Repeats on failure, because children of a killed browser may still write. */
export const removeFolder = async (folder) => {
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  folders.delete(folder);
};

/** Resolves to a free port of 127.0.0.1. */
export const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
