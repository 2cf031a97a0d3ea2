// How the scripts of this repository run things: steps with their time, npm's packages, CMake's presets. Node
// built-ins only, because this is what fetches the rest.

import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The checkout, with a trailing slash. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** A command that did not end well. */
export class CommandError extends Error {
  /** @param {string} output all that it wrote */
  constructor(command, code, output) {
    super(`${command} ended with ${code}`);
    this.output = output;
  }

  /** What a reader needs to see: the end of the output, and which command it was. */
  get story() {
    const lines = this.output.trimEnd().split('\n');
    if (lines.length > kStoryLines) lines.splice(0, lines.length - kStoryLines, '…');
    return [...lines, `✗ ${this.message}`].join('\n').trim();
  }
}

const kStoryLines = 80;

/** Lines of ninja, of apt-get and of node --test that tell how far it is. */
const progress = /^(\[\d+\/\d+\] |Get:\d|Unpacking |Setting up |\s*[✔✖] )/;

/**
 * Runs a command in the checkout and resolves with what it wrote. Shown while it runs: a line of progress every two
 * seconds, and all that tools/toolchain.sh says, which is for the reader and so not part of the result. Rejects with
 * CommandError.
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

/** Runs `work`, says what it is and how long it took, and resolves with what it resolved with. */
export const step = async (title, work) => {
  const started = performance.now();
  console.log(`▸ ${title}`);
  const result = await work();
  console.log(`  ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return result;
};

/** Is this command on PATH? */
export const onPath = (command) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;

/** node_modules as package-lock.json wants it; fetched only when that has changed. */
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

/** The last word of a script: what went wrong, and exit code 1. */
export const fail = (error) => {
  console.error(error.story ?? error);
  process.exit(1);
};
