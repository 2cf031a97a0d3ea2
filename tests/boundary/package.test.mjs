import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { promisify } from 'node:util';

const dist = new URL('../../dist/', import.meta.url);
const entry = new URL('index.js', dist).href;

/** Runs a module in a fresh Node and returns what it prints. `warned`: what the console must show as warnings. */
const run = async (code, flags = [], warned = /^$/) => {
  const args = [...flags, '--input-type=module', '--eval', code.replaceAll('DIST', JSON.stringify(entry))];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { timeout: 20_000 });
  assert.match(stderr, warned);
  return stdout.trim();
};
const config = `{
  provider: { name: 'refine', apiKey: 'k', organizationId: 'o', catalogId: 'c' },
  events: { flushInterval: 60000 },
}`;

test('the scripts are ASCII, because a page without an encoding decodes its scripts in another one', () => {
  for (const name of readdirSync(dist))
    if (/^vitrine.*\.js$/.test(name) && !name.endsWith('core.js'))
      // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
      assert.doesNotMatch(readFileSync(new URL(name, dist), 'utf8'), /[^\x00-\x7f]/, name);
});

test('the package never makes code from text', () => {
  for (const name of readdirSync(dist))
    if (name.endsWith('.js'))
      assert.doesNotMatch(
        readFileSync(new URL(name, dist), 'utf8'),
        /\beval\(|new Function|Function\(["'`]|set(Timeout|Interval)\(["'`]/,
        name,
      );
});

test('the package has no listener for unload or beforeunload', () => {
  for (const name of readdirSync(dist))
    if (name.endsWith('.js'))
      assert.doesNotMatch(readFileSync(new URL(name, dist), 'utf8'), /["'`](before)?unload["'`]/, name);
});

test('text becomes markup in one place only', () => {
  for (const name of ['vitrine-widgets.js', 'module.js']) {
    const text = readFileSync(new URL(name, dist), 'utf8');
    assert.equal(
      text.match(
        /(inner|outer)HTML\s*=(?!=)|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|setHTML/g,
      ).length,
      1,
      name,
    );
    assert.equal(text.match(/createPolicy\(/g).length, 1, name);
  }
});

test('importing has no side effects', async () => {
  const code = `
    const before = Object.getOwnPropertyNames(globalThis).sort().join();
    const compile = WebAssembly.Module;
    let compiled = 0;
    WebAssembly.Module = function (...args) { compiled++; return new compile(...args); };
    const module = await import(DIST);
    const same = before === Object.getOwnPropertyNames(globalThis).sort().join();
    const timers = process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    console.log(JSON.stringify([same, compiled, timers, Object.keys(module).sort()]));`;
  const [same, compiled, timers, names] = JSON.parse(await run(code));
  assert.deepEqual([same, compiled, timers], [true, 0, 0]);
  const errors = [
    '',
    'Abort',
    'Auth',
    'Forbidden',
    'Network',
    'NotFound',
    'RateLimit',
    'Server',
    'Timeout',
    'Validation',
  ];
  assert.deepEqual(
    names,
    [
      'Refine',
      ...errors.map((name) => `Refine${name}Error`),
      'Vitrine',
      'VitrineError',
      ...errors.slice(1).map((name) => `${name}Error`),
      'debugPlugin',
      'defineWidget',
      'loadCore',
      'loadProducts',
      'loadVitrine',
      'renderPlaceholder',
      'renderTemplate',
      'renderWidget',
      'usePackedCore',
      'usePlainCore',
      'validateTemplate',
      'whenVitrine',
    ].sort(),
  );
});

test('the constructor is synchronous, on a server too', async () => {
  const code = `
    import { Vitrine } from DIST;
    const vitrine = new Vitrine(${config});
    const ids = [vitrine.getVisitorId(), vitrine.getSessionId(), vitrine.getUserId()];
    console.log([...ids, vitrine.events.getMetrics().runtime].join(' '));`;
  assert.match(await run(code), /^v_\w+ s_\w+ {2}wasm$/);
});

test('the package runs where making code from text is forbidden', async () => {
  const code = `import { Vitrine } from DIST; new Vitrine(${config}).identify('u'); console.log('ok');`;
  assert.equal(await run(code, ['--disallow-code-generation-from-strings']), 'ok');
});

test('a process with undeliverable events still ends, and its console says why', async () => {
  const code = `
    import { Vitrine } from DIST;
    globalThis.fetch = async () => { throw new TypeError('down'); };
    const vitrine = new Vitrine(${config});
    vitrine.identify('u');
    const { delivered, remaining, reason } = await vitrine.events.flush();
    console.log(delivered, remaining, reason);`;
  assert.equal(await run(code, [], /^\[vitrine\] [^\n]*\(unreachable\)\n$/), '0 1 network');
});

test('a server that makes and closes one instance per request does not grow', async () => {
  const code = `
    const { Instance } = WebAssembly;
    let memory;
    WebAssembly.Instance = function (...args) {
      const instance = new Instance(...args);
      memory = Object.values(instance.exports).find((part) => part instanceof WebAssembly.Memory);
      return instance;
    };
    const { Vitrine } = await import(DIST);
    let posted = 0;
    globalThis.fetch = async (url, { body }) => {
      posted += JSON.parse(body).events.length;
      return new Response('{"status":"success"}');
    };
    const config = ${config};
    config.provider.apiKey = 'k'.repeat(200_000);
    const visit = async () => {
      const vitrine = new Vitrine(config);
      vitrine.identify('u');
      return (await vitrine.close()).delivered;
    };
    let delivered = await visit();
    const before = memory.buffer.byteLength;
    for (let i = 0; i < 200; i++) delivered += await visit();
    const timers = process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    console.log(delivered, posted, memory.buffer.byteLength - before, timers);`;
  assert.equal(await run(code), '201 201 0 0');
});

test('the declarations import only modules that are in the package', () => {
  const names = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.d.ts'));
  assert.ok(names.includes('index.d.ts'));
  for (const name of names) {
    const text = readFileSync(new URL(name, dist), 'utf8');
    const [, framework] = /^types\/js\/(react|vue)\//.exec(name) ?? [];
    for (const [, from] of text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)) {
      if (from === framework) continue;
      assert.ok(existsSync(new URL(from.replace(/\.js$/, '.d.ts'), new URL(name, dist))), `${name}: ${from}`);
    }
  }
});
