// npm run chaos: random shoppers in a real browser while everything fails (docs/testing.md).

import { createWriteStream, mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { CommandError, root } from '../../tools/steps.mjs';
import { missing } from '../browser/engine.mjs';
import { playChaos } from './run.mjs';

const kEngines = ['chromium', 'firefox', 'webkit'];
const kServices = ['refine', 'depict', 'richrelevance', 'doofinder', 'none'];
const kUsage = `usage: npm run chaos -- [--minutes N | --steps N] [--seed S] [--engine E] [--service S]

  --minutes  how long the shoppers act; default 1
  --steps    ends after so many steps instead
  --seed     a whole number; default 1
  --engine   ${kEngines.join(', ')}; default chromium
  --service  ${kServices.join(', ')}; default refine

The exit code is 0 if nothing was lost and nothing came twice, 1 if something was, 2 if the run could not be made.`;

const fail = (message) => {
  console.error(`${message}\n\n${kUsage}`);
  process.exit(2);
};

const readOptions = () => {
  try {
    return parseArgs({
      options: {
        minutes: { type: 'string' },
        steps: { type: 'string' },
        seed: { type: 'string', default: '1' },
        engine: { type: 'string', default: 'chromium' },
        service: { type: 'string', default: 'refine' },
      },
    }).values;
  } catch (error) {
    return fail(error.message);
  }
};

const options = readOptions();
const numberOf = (name, text) => {
  const number = Number(text);
  if (!(number > 0)) fail(`--${name} must be a number above 0.`);
  return number;
};
const { service } = options;
const engine = /** @type {'chromium' | 'firefox' | 'webkit'} */ (options.engine);
if (!kEngines.includes(engine)) fail(`There is no engine ${engine}.`);
if (!kServices.includes(service)) fail(`There is no service ${service}.`);
if (!/^\d+$/.test(options.seed)) fail('--seed must be a whole number.');
const reason = missing(engine);
if (reason) fail(reason);

const seed = Number(options.seed);
const length = options.steps
  ? { steps: numberOf('steps', options.steps) }
  : { minutes: numberOf('minutes', options.minutes ?? '1') };

const folder = `${root}build/chaos`;
mkdirSync(folder, { recursive: true });
const path = `${folder}/${engine}-${service}-${seed}.jsonl`;
const log = createWriteStream(path);
const write = (line) => log.write(`${JSON.stringify(line)}\n`);

const table = (title, rows) => {
  const names = Object.keys(Object.values(rows)[0] ?? {});
  const cells = (values) => values.map((value) => String(value).padStart(9)).join('');
  console.log(`\n${title.padEnd(14)}${cells(names)}`);
  for (const [name, row] of Object.entries(rows)) console.log(name.padEnd(14) + cells(Object.values(row)));
};
const list = (title, counts) => {
  const parts = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
  console.log(`${title}: ${parts.join(', ') || 'none'}`);
};

console.log(`seed ${seed}, ${engine}, ${service}; steps in ${path}`);
try {
  const verdict = await playChaos({ engine, service, seed, ...length, write, say: (text) => console.log(text) });
  table('fault', verdict.table);
  list('\nexcused or dropped', verdict.reasons);
  list('dropped, as the pages counted', verdict.counted);
  console.log(`events that another page took from a living one: ${verdict.adopted}`);
  list('steps', verdict.done);
  list('steps left out', verdict.leftOut);
  list('requests', verdict.requests);
  for (const breach of verdict.breaches) console.log(`FAULT ${breach}`);
  write({ verdict });
  process.exitCode = verdict.breaches.length > 0 ? 1 : 0;
} catch (error) {
  console.error(error instanceof CommandError ? error.message : error);
  process.exitCode = 2;
} finally {
  log.end();
}
