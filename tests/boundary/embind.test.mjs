// wasm/seam/embind.js replaces Embind's own JavaScript. It must provide what the built core imports, and no more.
// The C++ signatures behind it are pinned at compile time by wasm/seam/embind_pins.h.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { built, load } from './core.mjs';

const library = readFileSync(new URL('../../wasm/seam/embind.js', import.meta.url), 'utf8');
const provided = [...library.matchAll(/^ {2}(_embind_\w+):/gm)]
  .map(([, name]) => name)
  .filter((name) => !name.endsWith('__deps'))
  .sort();
const hint = 'adapt wasm/seam/embind.js to the <emscripten/bind.h> of this Emscripten (docs/decisions/0002-embind.md)';

for (const name of ['vitrine', 'vitrine-tracking']) {
  test(`the core ${name}.wasm imports exactly the Embind functions that embind.js provides`, () => {
    const glue = readFileSync(built(`${name}.mjs`), 'utf8');
    const imports = /wasmImports\s*=\s*\{([^}]*)\}/.exec(glue)[1];
    const asked = [...imports.matchAll(/_(_embind_\w+)/g)].map(([, found]) => found).sort();
    assert.deepEqual(asked, provided, hint);
  });
}

test('every type that a method of the seam names is registered', () => {
  const glue = load();
  for (const [name, call] of Object.entries(glue)) {
    // A wrong number of arguments is refused before anything crosses, so nothing is called here.
    if (call?.argCount === undefined) continue;
    assert.throws(() => call(...Array(call.argCount + 1)), TypeError, name);
  }
  const handle = glue.open('{}', 1_700_000_000_000);
  assert.equal(typeof glue.visitorId(handle), 'string', hint);
  assert.equal(typeof glue.nextWakeMs(handle), 'number', hint);
  assert.equal(glue.flush(handle, 1, 1_700_000_000_000), undefined, hint);
  glue.close(handle);
});
