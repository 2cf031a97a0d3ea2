// npm test: sets up what the tests need, builds, and runs every one of them. Its last line is `N passed, N failed`.

import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { buildPackage } from '../tools/build.mjs';
import { buildPreset, onPath, root, run, step } from '../tools/steps.mjs';

const kFuzzSeconds = 4;

/** What a fuzzer begins with besides its own corpus. */
const kMoreSeeds = { template: ['widget/templates'] };

// The other engines take as long again each: VITRINE_ENGINES=chromium,firefox,webkit npm test
process.env.VITRINE_ENGINES ??= 'chromium';

let passed = 0;
let failed = 0;
const count = (good, bad) => {
  passed += good;
  failed += bad;
  console.log(`  ${good} passed, ${bad} failed`);
};

/** A step whose failure is one failed check; resolves with whether it went well. */
const attempt = async (title, work) => {
  try {
    await step(title, work);
    return true;
  } catch (error) {
    console.log(error.story ?? `✗ ${error.message}`);
    failed++;
    return false;
  }
};

/** As `attempt`, and going well counts as one passed check. */
const check = async (title, work) => {
  if (await attempt(title, work)) passed++;
};

const finish = () => {
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exit(failed > 0 || passed === 0 ? 1 : 0);
};

const findBrowser = async () => {
  const found = ['chromium', 'chromium-browser', 'google-chrome'].some(onPath) && onPath('chromedriver');
  if (found) return;
  if (process.getuid?.() !== 0 || !onPath('apt-get')) {
    throw Error(
      'The browser tests need Chromium and chromedriver on PATH (Debian: apt-get install chromium chromium-driver).',
    );
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = ['install', '-qy', '--no-install-recommends', 'chromium', 'chromium-driver'];
  await run('apt-get', ['update', '-q'], { env });
  await run('apt-get', install, { env });
};

/** Runs a test program whose report says how many cases went well; resolves with its report even when some did not. */
const report = (command, args) =>
  run(command, args).catch((error) => {
    if (error.output === undefined) throw error;
    return error.output;
  });

/** The cases of the Catch2 program of a preset, all in one process. */
const runCatch = (preset) =>
  attempt(`C++ tests (${preset})`, async () => {
    const text = await report(`${root}build/${preset}/vitrine-core-tests`, ['--colour-mode', 'none']);
    const all = /^All tests passed \(.* in (\d+) test cases?\)/m.exec(text);
    const bad = Number(/^test cases: .*?(\d+) failed/m.exec(text)?.[1] ?? 0);
    const good = Number(all?.[1] ?? /^test cases: .*?(\d+) passed/m.exec(text)?.[1] ?? 0);
    if (!all) console.log(text.trimEnd());
    if (!all && bad === 0) throw Error('it ended without a result');
    count(good, bad);
  });

/** The files below a folder of the checkout that end so, by their path from the checkout; none where there is no folder. */
const filesIn = (folder, ending) =>
  existsSync(`${root}${folder}`)
    ? readdirSync(`${root}${folder}`, { recursive: true })
        .filter((name) => name.endsWith(ending))
        .map((name) => join(folder, name))
        .sort()
    : [];

/** What a fuzzer found in earlier runs stays in build/, so each run goes on from there. */
const fuzz = (name) => {
  const found = `${root}build/fuzz/found-${name}`;
  mkdirSync(found, { recursive: true });
  const seeds = [`tests/fuzz/corpus/${name}`, ...(kMoreSeeds[name] ?? [])]
    .map((path) => root + path)
    .filter(existsSync);
  const limits = [`-max_total_time=${kFuzzSeconds}`, '-timeout=10', `-artifact_prefix=${root}build/fuzz/${name}-`];
  return run(`${root}build/fuzz/fuzz-${name}`, [...limits, found, ...seeds]);
};

// Browser tests mostly wait (a product must be in view for a second), so three files at a time cost little more than one.
const runNode = (title, files) =>
  attempt(title, async () => {
    const text = await report('node', ['--test', '--test-concurrency=3', '--test-reporter=spec', ...files]);
    const sum = (word) => Number(new RegExp(`^ℹ ${word} (\\d+)`, 'm').exec(text)?.[1] ?? 0);
    const bad = sum('fail') + sum('cancelled');
    if (bad > 0) console.log(text.slice(text.indexOf('✖ failing tests:')).trimEnd());
    if (sum('tests') === 0) throw Error(`it ended without a result\n${text}`);
    for (const [line] of text.matchAll(/^.*NOT TESTED:.*$/gm)) console.log(line);
    if (sum('skipped') > 0) console.log(`  ${sum('skipped')} skipped`);
    count(sum('pass'), bad);
  });

const isBuilt =
  (await attempt('package', buildPackage)) &&
  (await attempt('native build', () => buildPreset('dev', 'native'))) &&
  (await attempt('catalogue pictures', () => run('node', ['demo/catalog/make.mjs']))) &&
  (await attempt('browser', findBrowser));
if (!isBuilt) finish();

await check('Biome', () => run('npm', ['run', '--silent', 'lint:js']));
await check('clang-format', () => run('npm', ['run', '--silent', 'lint:cpp']));
await check('TypeScript', () => run('npm', ['run', '--silent', 'lint:ts']));
await runCatch('dev');
if (await attempt('build with sanitizers', () => buildPreset('asan', 'native,fuzz'))) await runCatch('asan');
const fuzzers = filesIn('tests/fuzz', '_fuzz.cpp').map((path) => basename(path, '_fuzz.cpp'));
if (fuzzers.length > 0 && (await attempt('build fuzzers', () => buildPreset('fuzz', 'native,fuzz')))) {
  for (const name of fuzzers) await check(`fuzz ${name}, ${kFuzzSeconds} s`, () => fuzz(name));
}
await runNode('house rules', ['tests/architecture.test.mjs']);
for (const folder of ['js', 'boundary', 'server', 'package', 'browser']) {
  const files = filesIn(`tests/${folder}`, '.test.mjs');
  if (files.length > 0) await runNode(`tests/${folder}`, files);
}
finish();
