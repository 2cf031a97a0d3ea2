// npm run simulate: plays random sessions of a shopper in the simulated world and prints them (docs/testing.md).

import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { CommandError, root, run } from './steps.mjs';

const kServices = ['refine', 'depict', 'richrelevance', 'doofinder'];
const kUsage = `usage: npm run simulate -- --seed N [--service S]      prints one session
       npm run simulate -- --seeds A..B [--service S]  plays a range, prints the first session that has a fault

  --service  ${kServices.join(', ')} or all; default refine
  --quiet    prints the verdict of a session without its steps
  --inputs   prints the input log of each tab too, which vitrine-replay reads

The exit code is 0 without a fault, 1 with one, 2 for wrong options.`;

const fail = (message) => {
  console.error(`${message}\n\n${kUsage}`);
  process.exit(2);
};

const readOptions = () => {
  try {
    return parseArgs({
      options: {
        seed: { type: 'string' },
        seeds: { type: 'string' },
        service: { type: 'string', default: 'refine' },
        quiet: { type: 'boolean', default: false },
        inputs: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return fail(error.message);
  }
};

const { seed, seeds, service, quiet, inputs } = readOptions();
const range = /^(\d+)(?:\.\.(\d+))?$/.exec(seeds ?? seed ?? '');
if (!range) fail('Name a seed, as --seed 42, or a range, as --seeds 1..1000.');
const [first, last] = [Number(range[1]), Number(range[2] ?? range[1])];
if (last > 0xffff_ffff || first > last) fail('Seeds are numbers from 0 to 4294967295, the smaller one first.');
const services = service === 'all' ? kServices : [service];
if (!kServices.includes(services[0])) fail(`There is no service "${service}".`);

try {
  await run('tools/toolchain.sh', ['--needs', 'native', 'cmake', '--workflow', '--preset', 'simulate']);
} catch (error) {
  console.error(error instanceof CommandError ? error.story : error);
  process.exit(2);
}
const flags = [quiet ? 'quiet' : 'steps', inputs ? 'inputs' : '-'];
const program = `${root}build/dev/vitrine-simulate`;
const { status } = spawnSync(program, [`${first}`, `${last}`, ...flags, ...services], { stdio: 'inherit' });
process.exit(status ?? 1);
