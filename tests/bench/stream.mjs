// npm run bench:stream [-- --events N --parallel N --batch N --json FILE]
// Measures how many events per second the demo server takes with SQLite alone, with a stream on one nats-server, and
// with a stream on three, one after the other on this machine. `parallel` clients post batches one after the other, as
// pages do. docs/server.md describes the result.

import { parseArgs } from 'node:util';
import { fail } from '../../tools/steps.mjs';
import { until } from '../browser/until.mjs';
import { startCluster } from '../server/nats.mjs';
import { fixture, startServer } from '../server/server.mjs';
import { event, post, stored } from '../server/wire.mjs';
import { percentile, table } from './harness/report.mjs';
import { saveRun } from './harness/results.mjs';

const options = /** @type {const} */ ({
  events: { type: 'string', default: '40000' },
  parallel: { type: 'string', default: '32' },
  batch: { type: 'string', default: '20' },
  json: { type: 'string', multiple: false },
});
const { values } = parseArgs({ options });
const [count, parallel, batchSize] = [values.events, values.parallel, values.batch].map(Number);

const kStoredLimitMs = 120_000;

const measure = async (title, more) => {
  const server = await startServer({ root: fixture, more });
  try {
    const batches = Array.from({ length: count / batchSize }, (_, n) =>
      Array.from({ length: batchSize }, () => event('click', { visitorId: `v_${n % 500}`, sessionId: 's_1' })),
    );
    const times = [];
    const client = async () => {
      for (let batch = batches.pop(); batch; batch = batches.pop()) {
        const sentAt = performance.now();
        const { status, text } = await post(server, batch);
        if (status !== 200) throw Error(`status ${status}: ${text}`);
        times.push(performance.now() - sentAt);
      }
    };
    const started = performance.now();
    await Promise.all(Array.from({ length: parallel }, client));
    const accepted = performance.now() - started;
    await until(async () => (await stored(server, { limit: 1 })).total === count, 'all events', kStoredLimitMs);
    const kept = performance.now() - started;
    return {
      way: title,
      'accepted per second': Math.round((count / accepted) * 1000),
      'reply ms, median': percentile(times, 50),
      'reply ms, 99 %': percentile(times, 99),
      'stored per second': Math.round((count / kept) * 1000),
    };
  } finally {
    await server.stop();
  }
};

const measureStream = async (title, size) => {
  const cluster = await startCluster(size);
  try {
    return await measure(title, ['--stream', cluster.url]);
  } finally {
    await cluster.stop();
  }
};

try {
  const rows = [
    await measure('SQLite alone', []),
    await measureStream('stream on one nats-server', 1),
    await measureStream('stream on three', 3),
  ];
  console.log(`${count} events in batches of ${batchSize}, ${parallel} clients, all on this machine\n`);
  const number = (value) => (typeof value === 'number' ? Number(value.toFixed(1)).toLocaleString('en') : value);
  const cells = rows.map((row) => Object.values(row).map(number));
  console.log(table(Object.keys(rows[0]), cells));
  saveRun(values.json, 'stream', [{ name: 'server', rows }]);
} catch (error) {
  fail(error);
}
