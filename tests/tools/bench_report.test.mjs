// The report of the benchmarks is what its JSON says.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { reportOf } from '../bench/report.mjs';
import { root } from '../../tools/steps.mjs';

test('a table has a column for each member, a row for each row, and a dash where a row has no value', () => {
  const machine = { cpu: 'A processor', cores: 2, memoryGb: 24, os: 'An OS' };
  const rows = [
    { tracker: 'a', ms: 0.12345, units: 12345.6 },
    { tracker: 'b|c', ms: 2 },
  ];
  const track = {
    command: 'npm run x',
    date: '2026-01-02',
    machine,
    versions: { vitrine: '1.0.0' },
    tables: [{ name: 't', rows }],
  };
  const report = reportOf({ track });
  assert.match(report, /`npm run x`, 2026-01-02, A processor, 2 cores, 24 GB, An OS\. vitrine 1\.0\.0\./);
  assert.match(
    report,
    /\| tracker \| ms \| units \|\n\|---\|---:\|---:\|\n\| a \| 0\.123 \| 12346 \|\n\| b\\\|c \| 2 \| – \|\n/,
  );
});

test('bench/RESULTS.md is written from bench/results.json', () => {
  const read = (name) => readFileSync(`${root}bench/${name}`, 'utf8');
  assert.equal(read('RESULTS.md'), reportOf(JSON.parse(read('results.json'))));
});
