// A recorded session gives the same results and effects in the native core and in wasm, byte for byte.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { splitEffects } from '../../tools/seam.mjs';
import { openRuntime } from './core.mjs';

const traces = new URL('../traces/', import.meta.url);
const replayTool = fileURLToPath(new URL('../../build/dev/vitrine-replay', import.meta.url));

/** Replays the trace in wasm and returns the text that vitrine-replay prints for it. */
const replay = (trace) => {
  const lines = [];
  let runtime;
  for (const line of trace.split('\n').filter(Boolean)) {
    const [name, ...args] = JSON.parse(line);
    if (name === 'vitrine') continue;
    if (name === 'new') {
      runtime = openRuntime(...args);
      continue;
    }
    const result = runtime[name](...args.map((arg) => arg ?? NaN));
    if (name === 'drainEffects') for (const effect of splitEffects(result)) lines.push(JSON.stringify(effect));
    else if (result !== undefined) lines.push(JSON.stringify(result));
  }
  return lines;
};

for (const name of readdirSync(traces)) {
  test(`${name} replays the same natively and in wasm`, () => {
    const trace = readFileSync(new URL(name, traces), 'utf8');
    const native = execFileSync(replayTool, { input: trace, encoding: 'utf8' }).split('\n').filter(Boolean);
    assert.ok(native.length > 50, 'the trace has output');
    assert.deepEqual(native, replay(trace));
  });
}
