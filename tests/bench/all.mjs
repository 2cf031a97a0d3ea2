// npm run bench [-- NAME...] [--report]: runs the benchmarks one after the other, each beside its peers, and writes
// bench/results.json and bench/RESULTS.md. All take about an hour; NAME runs some. --report writes RESULTS.md alone.

import { readFileSync, writeFileSync } from 'node:fs';
import { fail, root, run, step } from '../../tools/steps.mjs';
import { kBenches, reportOf } from './report.mjs';

const wanted = process.argv.slice(2);
const names = wanted.filter((name) => name !== '--report');
const unknown = names.filter((name) => !(name in kBenches));
if (unknown.length) {
  console.error(`There is no benchmark ${unknown.join(', ')}. There are ${Object.keys(kBenches).join(', ')}.`);
  process.exit(2);
}
try {
  if (!wanted.includes('--report'))
    for (const name of names.length ? names : Object.keys(kBenches))
      await step(name, () => run('npm', ['run', '--silent', `bench:${name}`, '--', '--json', 'bench/results.json']));
  writeFileSync(`${root}bench/RESULTS.md`, reportOf(JSON.parse(readFileSync(`${root}bench/results.json`, 'utf8'))));
  console.log('  bench/RESULTS.md');
} catch (error) {
  fail(error);
}
