// How the scripts of this repository run things: steps with their time, npm's packages, CMake's presets. Node built-ins only,
// because this is what fetches the rest.

import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
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
    return [...(lines.length > kStoryLines ? ['…'] : []), ...lines.slice(-kStoryLines), `✗ ${this.message}`].join('\n').trim();
  }
}

const kStoryLines = 80;

/** Lines of ninja, of wasm/toolchain.sh and of node --test that tell how far it is. */
const progress = /^(\[\d+\/\d+\] |\[toolchain\]|\s*[✔✖] )/;

/**
 * Runs a command in the checkout and resolves with everything it wrote; of that, while it runs, a line of progress is shown
 * every two seconds and all that the toolchain says about itself. Rejects with CommandError.
 */
export const run = (command, args = [], { env = process.env } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let shownAt = Date.now();
    const take = (chunk) => {
      output += chunk;
      const lines = chunk.trimEnd().split('\n').filter((line) => progress.test(line));
      const toolchain = lines.filter((line) => line.startsWith('[toolchain]'));
      for (const line of toolchain) console.log(`    ${line.slice(0, 116)}`);
      if (toolchain.length === 0 && lines.length > 0 && Date.now() - shownAt >= 2000) {
        console.log(`    ${lines.at(-1).trim().slice(0, 116)}`);
        shownAt = Date.now();
      }
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
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
  const wanted = createHash('sha256').update(readFileSync(`${root}package-lock.json`)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  await step('npm packages', () => run('npm', ['ci']));
  writeFileSync(stamp, wanted);
};

/** Configures and builds a workflow preset of CMakePresets.json; `needs` as in wasm/toolchain.sh. */
export const buildPreset = (preset, needs) =>
  run('wasm/toolchain.sh', ['--needs', needs, 'cmake', '--workflow', '--preset', preset]);

/** The last word of a script: what went wrong, and exit code 1. */
export const fail = (error) => {
  console.error(error.story ?? error);
  process.exit(1);
};
