// The figures of a run as JSON, with what is needed to judge them: machine, versions, date, command. The documentation
// draws its charts from bench/results.json.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem, type } from 'node:os';
import { root } from '../../../tools/steps.mjs';
import { version as browser } from './chromium.mjs';
import { peerVersion } from './peers.mjs';

const kGigabyte = 2 ** 30;

/** Returns the name of the operating system. */
const system = () => {
  try {
    return /^PRETTY_NAME="?([^"\n]+)/m.exec(readFileSync('/etc/os-release', 'utf8'))[1];
  } catch {
    return type();
  }
};

/** Returns the command of this run, without the file that it writes. */
const commandOf = (bench, args) => {
  const rest = args.filter((arg, i) => arg !== '--json' && args[i - 1] !== '--json' && !arg.startsWith('--json='));
  return [`npm run bench:${bench}`, ...(rest.length ? ['--', ...rest] : [])].join(' ');
};

/** Returns a number with at most four digits after the point; other values as they are. */
const rounded = (_key, value) =>
  typeof value !== 'number' ? value : Number.isFinite(value) ? Number(value.toFixed(4)) : null;

/**
 * Writes the run of a bench into `file`, in place of its run before. Runs of other benches stay.
 * @param {string | undefined} file nothing is written without it
 * @param {string} bench the name in `npm run bench:…`
 * @param {{ name: string, rows: Record<string, string | number | null>[] }[]} tables
 * @param {(string | undefined)[]} [packages] names of the measured packages
 */
export const saveRun = (file, bench, tables, packages = []) => {
  if (!file) return;
  const runs = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const own = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  const [name, number] = browser.split(' ');
  runs[bench] = {
    command: commandOf(bench, process.argv.slice(2)),
    date: new Date().toISOString().slice(0, 10),
    machine: {
      cpu: cpus()[0].model,
      cores: cpus().length,
      memoryGb: Math.round(totalmem() / kGigabyte),
      os: system(),
    },
    versions: {
      vitrine: own.version,
      node: process.versions.node,
      [name]: number,
      ...Object.fromEntries(packages.filter(Boolean).map((each) => [each, peerVersion(each)])),
    },
    tables,
  };
  const sorted = Object.fromEntries(Object.entries(runs).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(file, `${JSON.stringify(sorted, rounded, 2)}\n`);
};
