// The core files with one service, or with none, run with the glue of the whole core, and do what the whole core does.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { splitEffects } from '../../tools/seam.mjs';
import { built } from './core.mjs';

const now = 1_700_000_000_000;
const providers = {
  refine: { apiKey: 'pk', organizationId: 'o', catalogId: 'c', apiUrl: 'https://api.example' },
  depict: { tenant: 't', market: 'eu', locale: 'en', apiUrl: 'https://api.example' },
  richrelevance: {
    apiKey: 'k',
    apiClientKey: 'c',
    keysArePublic: true,
    apiUrl: 'https://api.example',
    configs: { forVisitor: 'home_page.picks', purchase: 'purchase_complete_page.thanks' },
  },
  doofinder: { zone: 'eu1', hashid: 'h', apiUrl: 'https://api.example', configs: { forVisitor: 'w' } },
  none: {},
};
const cores = {};
for (const name of ['vitrine', 'vitrine-tracking']) cores[name] = (await import(built(`${name}.mjs`).href)).default;

/** Starts a wasm file with the glue of its core, as js/core/core.ts does, and opens a runtime. */
const open = (core, file, provider, events = {}) => {
  const wasm = new WebAssembly.Module(readFileSync(built(`${file}.wasm`)));
  const glue = cores[core]({
    instantiateWasm: (imports, receive) => receive(new WebAssembly.Instance(wasm, imports), wasm),
  });
  const boot = {
    config: { provider, events },
    seed: '000102030405060708090a0b0c0d0e0f',
    page: { url: 'https://shop.example/', referrer: '', title: 'Shop' },
    visible: 1,
    online: 1,
    gpc: 0,
    webdriver: 0,
    storage: 'localStorage',
    state: {},
    journals: [],
  };
  const handle = glue.open(JSON.stringify(boot), now);
  return (name, ...args) => glue[name](handle, ...args);
};

/** Lets a runtime do what a page does, and returns all that it gives back. */
const play = (call, hasCalls) => {
  const seen = [];
  const drain = () => {
    const effects = splitEffects(call('drainEffects'));
    seen.push(...effects);
    return effects;
  };
  seen.push(call('serve', '{"surface":"home","source":"curated","itemIds":["a","b"]}', now));
  seen.push(call('itemEvent', seen.at(-1), 'click', 'a', 0, 0, now));
  const order = { orderId: 'o', value: 2, currency: 'EUR', items: [{ itemId: 'a', quantity: 1, unitPrice: 2 }] };
  seen.push(call('shopEvent', 'purchase', JSON.stringify(order), '', now));
  if (hasCalls) {
    call('request', 1, 'forVisitor', '{"configId":"home","topK":2}', now);
    const reply = new TextEncoder().encode(call('sampleReply'));
    for (const [verb, id] of drain()) if (verb === 'ask') call('requestDone', +id, 200, '', reply, now + 10);
  }
  call('flush', 2, now + 20);
  for (const [verb, id] of drain()) if (verb === 'send') call('requestDone', +id, 200, '', '{"accepted":9}', now + 30);
  drain();
  seen.push(call('metrics', now + 40));
  return seen;
};

for (const core of Object.keys(cores)) {
  for (const [name, options] of Object.entries(providers))
    test(`${core}-${name}.wasm does the same as ${core}.wasm`, () => {
      const provider = { name, ...options };
      const events = name === 'none' ? { url: 'https://shop.example/collect' } : {};
      const hasCalls = core === 'vitrine';
      const part = play(open(core, `${core}-${name}`, provider, events), hasCalls);
      assert.deepEqual(part, play(open(core, core, provider, events), hasCalls));
      const verbs = part.map((effect) => effect[0]);
      assert.ok(verbs.includes('send'), 'events are sent');
      if (hasCalls) assert.ok(verbs.includes('settle'), 'the call settles');
      assert.ok(!part.some((effect) => effect[0] === 'log'), 'nothing is wrong');
    });

  test(`${core}: a file without the service names the files with all services, and keeps the events`, () => {
    for (const name of ['refine', 'none']) {
      const call = open(
        core,
        `${core}-${name}`,
        { name: 'depict', ...providers.depict },
        { url: 'https://a.example/' },
      );
      call(
        'shopEvent',
        'purchase',
        '{"orderId":"o","value":2,"currency":"EUR","items":[{"itemId":"a","quantity":1}]}',
        '',
        now,
      );
      call('flush', 1, now);
      const effects = splitEffects(call('drainEffects'));
      const [log] = effects.filter(([verb]) => verb === 'log');
      assert.match(
        log.join(' '),
        /unknown-provider.*"depict", which this core lacks, and nothing is sent\. Name a file .*vitrine\.wasm/,
      );
      assert.ok(effects.some(([verb, key]) => verb === 'save' && key.startsWith('vitrine:1:j:')));
      assert.ok(!effects.some(([verb]) => verb === 'send'));
    }
  });

  test(`${core}: a misspelt service gets the names of all services from a file with one`, () => {
    const call = open(core, `${core}-refine`, { name: 'depikt' });
    const logs = splitEffects(call('drainEffects')).filter(([verb]) => verb === 'log');
    assert.match(
      logs.join(' '),
      /It can be: refine depict richrelevance doofinder none\. Did you mean \\?"depict\\?"\?/,
    );
  });
}
