// getMetrics() of the real core has exactly these fields, however the core runs.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Vitrine } from '../../dist/index.js';

const fields = [
  'bytes',
  'dropped',
  'failed',
  'lastError',
  'oldestMs',
  'queued',
  'retrying',
  'runtime',
  'sent',
  'storage',
];
/** @type {import('../../dist/index.js').Provider} */
const provider = { name: 'refine', apiKey: 'pk', organizationId: 'o', catalogId: 'c' };

test('getMetrics() has its ten fields, and onMetrics receives the same', async () => {
  const told = [];
  const vitrine = new Vitrine({
    applicationType: 'server',
    provider,
    consent: 'unknown',
    events: { rateLimit: { burst: 2, perSecond: 1 }, onMetrics: (metrics) => told.push(metrics) },
  });
  const served = vitrine.events.trackItemsServed({ surface: 'home_page', source: 'picks', itemIds: ['a'] });
  for (let i = 0; i < 5; i++) served.trackClick('a', 0);
  await Promise.resolve().then(() => {});
  const { oldestMs, bytes, ...rest } = vitrine.events.getMetrics();
  assert.deepEqual(Object.keys({ oldestMs, bytes, ...rest }).sort(), fields);
  assert.ok(oldestMs >= 0 && bytes > 0);
  assert.deepEqual(rest, {
    queued: 3,
    sent: 0,
    failed: 0,
    retrying: 0,
    dropped: { rateLimit: 3 },
    lastError: null,
    runtime: 'wasm',
    storage: 'memory',
  });
  assert.deepEqual(Object.keys(told.at(-1)).sort(), fields);
  assert.equal(told.at(-1).dropped.rateLimit, 3);
  await vitrine.close(0);
  const ended = vitrine.events.getMetrics();
  assert.equal(ended.runtime, 'dead');
  assert.deepEqual(Object.keys(ended).sort(), fields);
});
