// The output of a bench: Markdown tables, and the machine on which they were measured.

import { cpus } from 'node:os';
import { version } from './chromium.mjs';
import { peerVersion } from './peers.mjs';
import { trackers } from './trackers.mjs';

/** @param {number} p 0 to 100 */
export const percentile = (numbers, p) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * p) / 100))];
};

export const table = (head, rows) => {
  const line = (cells) => `| ${cells.map((cell) => cell ?? '–').join(' | ')} |`;
  return [line(head), `|${head.map((_, i) => (i ? '---:' : '---')).join('|')}|`, ...rows.map(line)].join('\n');
};

/** Returns one line with the machine, the browser, and the versions of the named trackers. */
export const setting = (names) => {
  const versions = new Set(
    names
      .filter((name) => trackers[name].package)
      .map((name) => `${trackers[name].package} ${peerVersion(trackers[name].package)}`),
  );
  return [`${cpus()[0].model}, ${cpus().length} cores`, `node ${process.version}`, version, ...versions].join('; ');
};
