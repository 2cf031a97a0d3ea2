// Functions with which the scripts of this repository run things: steps with their time, npm's packages, CMake's
// presets. Uses Node built-ins only, because this file fetches the packages.

import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The checkout, with a trailing slash. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** The error of a command that did not end with exit code 0. */
export class CommandError extends Error {
  /** @param {string} output everything that the command wrote */
  constructor(command, code, output) {
    super(`${command} ended with ${code}`);
    this.output = output;
  }

  /** The text for the terminal: the end of the output, and the command that failed. */
  get story() {
    const lines = this.output.trimEnd().split('\n');
    if (lines.length > kStoryLines) lines.splice(0, lines.length - kStoryLines, '…');
    return [...lines, `✗ ${this.message}`].join('\n').trim();
  }
}

const kStoryLines = 80;

/** Matches the lines of ninja, apt-get and node --test that report progress. */
const progress = /^(\[\d+\/\d+\] |Get:\d|Unpacking |Setting up |\s*[✔✖] )/;

/**
 * Runs a command in the checkout and resolves with its output. Shows a line of progress every two seconds, and all
 * lines of tools/toolchain.sh, which are for the reader and not part of the result. Rejects with CommandError.
 */
export const run = (command, args = [], { env = process.env } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let shownAt = Date.now();
    const take = (line) => {
      if (line.startsWith('[toolchain]')) return console.log(`    ${line}`);
      output += `${line}\n`;
      if (!progress.test(line) || Date.now() - shownAt < 2000) return;
      console.log(`    ${line.trim().slice(0, 116)}`);
      shownAt = Date.now();
    };
    for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', take);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output);
      else reject(new CommandError([command, ...args].join(' '), signal ?? code, output));
    });
  });

/** Runs `work`, prints its title and its time, and resolves with its result. */
export const step = async (title, work) => {
  const started = performance.now();
  console.log(`▸ ${title}`);
  const result = await work();
  console.log(`  ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return result;
};

/** Returns whether this command is on PATH. */
export const onPath = (command) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;

/** Makes node_modules agree with package-lock.json; fetches packages only when that file has changed. */
export const installPackages = async () => {
  const stamp = `${root}node_modules/.vitrine-lock`;
  const wanted = createHash('sha256')
    .update(readFileSync(`${root}package-lock.json`))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  await step('npm packages', () => run('npm', ['ci']));
  writeFileSync(stamp, wanted);
};

/** Configures and builds a workflow preset of CMakePresets.json; `needs` as in tools/toolchain.sh. */
export const buildPreset = (preset, needs) =>
  run('tools/toolchain.sh', ['--needs', needs, 'cmake', '--workflow', '--preset', preset]);

/** Ends a script that failed: prints the error and sets exit code 1. */
export const fail = (error) => {
  console.error(error.story ?? error);
  process.exit(1);
};
