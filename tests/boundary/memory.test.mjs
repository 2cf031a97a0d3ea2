// The core's allocator (wasm/base/malloc.cpp), which exists in WebAssembly only.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { built, module } from './core.mjs';

const { default: createCore } = await import(built('vitrine.mjs').href);
const kStartMs = 1_700_000_000_000;

/** Makes an instance of the core with its allocator. */
const open = () => {
  let exports;
  const glue = createCore({
    instantiateWasm: (imports, receive) => {
      const instance = new WebAssembly.Instance(module, imports);
      exports = instance.exports;
      return receive(instance);
    },
  });
  const text = readFileSync(built('vitrine.mjs'), 'utf8');
  const exported = (name) => exports[RegExp(`${name}=wasmExports\\["(\\w+)"\\]`).exec(text)[1]];
  const memory = Object.values(exports).find((value) => value instanceof WebAssembly.Memory);
  return { glue, memory, malloc: exported('_malloc'), free: exported('_free') };
};

/** A generator of whole numbers below `limit` (a linear congruence). */
const randomFrom = (seed) => (limit) => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed % limit;
};

test('blocks are aligned, do not overlap, and keep what was written into them', () => {
  const { memory, malloc, free } = open();
  const random = randomFrom(1);
  const blocks = [];
  const check = ({ at, bytes, mark }) => {
    const written = new Uint8Array(memory.buffer, at, bytes);
    assert.ok(
      written.every((byte) => byte === mark),
      `block of ${bytes} bytes at ${at}`,
    );
  };
  for (let step = 0; step < 20_000; step++) {
    if (blocks.length > 200 || (blocks.length > 0 && random(2) === 0)) {
      const [block] = blocks.splice(random(blocks.length), 1);
      check(block);
      free(block.at);
      continue;
    }
    const bytes = random(100) === 0 ? random(300_000) : random(600);
    const at = malloc(bytes);
    assert.ok(at > 0 && at % 8 === 0, `${bytes} bytes at ${at}`);
    const mark = random(256);
    new Uint8Array(memory.buffer, at, bytes).fill(mark);
    blocks.push({ at, bytes, mark });
  }
  blocks.forEach(check);
  free(0);
});

test('a block of every size up to 70,000 bytes has room for it', () => {
  const { memory, malloc, free } = open();
  const after = malloc(8);
  for (let bytes = 0; bytes <= 70_000; bytes += bytes < 2000 ? 1 : 61) {
    const [at, next] = [malloc(bytes), malloc(bytes)];
    assert.ok(at + bytes <= next || next + bytes <= at, `two blocks of ${bytes} bytes at ${at} and ${next}`);
    assert.ok(Math.max(at, next) + bytes <= memory.buffer.byteLength, `${bytes} bytes`);
    free(at);
    free(next);
  }
  free(after);
});

test('memory does not grow over a long session of routes, events and data calls', () => {
  const { glue, memory } = open();
  const config = { provider: { name: 'refine', apiKey: 'k', organizationId: 'o', catalogId: 'c' } };
  const boot = { config, seed: '0'.repeat(32), page: { url: 'https://shop.example/', referrer: '', title: '' } };
  const handle = glue.open(JSON.stringify({ ...boot, visible: 1, online: 1, storage: 'localStorage' }), kStartMs);
  const random = randomFrom(2);
  const text = (most) => 'x'.repeat(random(most));
  const route = (number) => {
    const nowMs = kStartMs + number * 5000;
    glue.navigateBy(handle, 1, `https://shop.example/${number}?${text(300)}`, nowMs);
    const itemIds = Array.from({ length: 24 }, (_, i) => `${number}-${i}`);
    const serve = glue.serve(handle, JSON.stringify({ surface: 's', source: 'curated', itemIds }), nowMs);
    glue.itemEvent(handle, serve, 'click', itemIds[0], 0, 0, nowMs);
    glue.shopEvent(handle, 'custom', JSON.stringify({ name: 'n', properties: { text: text(2000) } }), '', nowMs);
    glue.openSlot(
      handle,
      1,
      JSON.stringify({ kind: 'forVisitor', query: { configId: text(40) || 'c', topK: 24 } }),
      nowMs,
    );
    // Everything that the core has sent is answered at once.
    for (const effect of glue.drainEffects(handle).split('\x1e')) {
      const [verb, id] = effect.split('\x1f');
      if (verb === 'ask') glue.requestDone(handle, +id, 200, '', glue.sampleReply(handle), nowMs);
      if (verb === 'send') glue.requestDone(handle, +id, 200, '', '{}', nowMs);
    }
    glue.flush(handle, 1, nowMs);
    for (const effect of glue.drainEffects(handle).split('\x1e')) {
      const [verb, id] = effect.split('\x1f');
      if (verb === 'send') glue.requestDone(handle, +id, 200, '', '{}', nowMs);
    }
    glue.closeSlot(handle, 1, nowMs);
  };
  let number = 0;
  for (; number < 500; number++) route(number);
  const before = memory.buffer.byteLength;
  for (; number < 2500; number++) route(number);
  assert.equal(memory.buffer.byteLength, before);
});
