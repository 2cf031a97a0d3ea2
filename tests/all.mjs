// npm test: prepares what the tests need, builds, and runs all of them. The last line is `N passed, N failed`.
//
//   npm test -- lint                           every linter, each on a line of its own
//   npm test -- size                           dist/ against sizes.json
//   npm test -- native "*adopted journal*"  C++ tests: a name, or a part of it between asterisks
//   npm test -- asan "*adopted journal*"       the same with the sanitizers
//   npm test -- fuzz template 60               one fuzzer for so many seconds, with a seed of its own
//   npm test -- browser                        one folder below tests/ (rules: the tests directly in it)
//   npm test -- browser/views                  one file
//   npm test -- browser/views "scroll away"    the tests of one file whose name contains the words
//
// One group prepares only what it needs. The browser tests run in Chromium; the other engines take as long again each:
// VITRINE_ENGINES=chromium,firefox,webkit npm test

import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { buildPackage } from '../tools/build.mjs';
import { buildPreset, fail, installPackages, onPath, root, run, step } from '../tools/steps.mjs';
import { buildStudioBundles } from '../tools/studio.mjs';

/** The same inputs in every run, so that a run of all tests finds today what it found yesterday. */
const kFixedInputs = ['-seed=1', '-runs=20000'];
const kFuzzSeconds = 6;

/** Further seeds of a fuzzer, besides its own corpus. */
const kMoreSeeds = { template: ['widget/templates'] };

const kLinters = {
  Biome: 'lint:js',
  'types of the product': 'lint:types',
  'types of tests and tools': 'lint:check',
  'clang-format': 'lint:cpp',
  'clang-tidy': 'lint:tidy',
};

/** The folders with tests of JavaScript, in the order in which they run, and the preparations of each. */
const kFolders = {
  rules: [],
  tools: [],
  js: [],
  boundary: ['package', 'native'],
  server: ['package', 'native', 'pictures'],
  formats: ['package', 'browser'],
  package: ['package', 'native', 'browser'],
  browser: ['package', 'native', 'pictures', 'studio', 'browser'],
};

process.env.VITRINE_ENGINES ??= 'chromium';

let passed = 0;
let failed = 0;
const count = (good, bad) => {
  passed += good;
  failed += bad;
  console.log(`  ${good} passed, ${bad} failed`);
};

/** Runs a step whose failure counts as one failed check. Resolves with whether the step succeeded. */
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

/** Does the same as `attempt`, and success counts as one passed check. */
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

/** Runs a test program. Resolves with its report even when some of its tests fail. */
const report = (command, args) =>
  run(command, args).catch((error) => {
    if (error.output === undefined) throw error;
    return error.output;
  });

/** Runs the C++ tests of a preset in one process; `filters` as Catch2 takes them, all tests by default. */
const runCatch = (preset, filters = []) =>
  attempt(`C++ tests (${preset})`, async () => {
    const text = await report(`${root}build/${preset}/vitrine-core-tests`, ['--colour-mode', 'none', ...filters]);
    const all = /^All tests passed \(.* in (\d+) test cases?\)/m.exec(text);
    const bad = Number(/^test cases: .*?(\d+) failed/m.exec(text)?.[1] ?? 0);
    const good = Number(all?.[1] ?? /^test cases: .*?(\d+) passed/m.exec(text)?.[1] ?? 0);
    if (!all) console.log(text.trimEnd());
    if (!all && bad === 0) throw Error('the test program ended without a result');
    count(good, bad);
  });

/** The files below a folder whose names end with `ending`, as paths from the checkout; none if there is no folder. */
const filesIn = (folder, ending, recursive = true) =>
  existsSync(`${root}${folder}`)
    ? readdirSync(`${root}${folder}`, { recursive, encoding: 'utf8' })
        .filter((name) => name.endsWith(ending))
        .map((name) => join(folder, name))
        .sort()
    : [];

/**
 * Runs a fuzzer for at most `seconds`. `isFixed`: with the same inputs each time; otherwise with new ones, and it
 * continues where the last such run ended, because its finds stay in build/.
 */
const fuzz = (name, seconds, isFixed) => {
  const found = `${root}build/fuzz/${isFixed ? 'fixed' : 'found'}-${name}`;
  if (isFixed) rmSync(found, { recursive: true, force: true });
  mkdirSync(found, { recursive: true });
  const seeds = [`tests/fuzz/corpus/${name}`, ...(kMoreSeeds[name] ?? [])]
    .map((path) => root + path)
    .filter(existsSync);
  const limits = [`-max_total_time=${seconds}`, '-timeout=10', `-artifact_prefix=${root}build/fuzz/${name}-`];
  return run(`${root}build/fuzz/fuzz-${name}`, [...limits, ...(isFixed ? kFixedInputs : []), found, ...seeds]);
};

/**
 * Runs files of tests, three at a time: browser tests mostly wait (a product must be in view for a second), so three
 * take little longer than one. `words`: only tests whose name contains them.
 */
const runNode = (title, files, words = '') =>
  attempt(title, async () => {
    const only = words ? [`--test-name-pattern=${words.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}`] : [];
    const text = await report('node', ['--test', '--test-concurrency=3', '--test-reporter=spec', ...only, ...files]);
    const sum = (word) => Number(new RegExp(`^ℹ ${word} (\\d+)`, 'm').exec(text)?.[1] ?? 0);
    const bad = sum('fail') + sum('cancelled');
    if (bad > 0) console.log(text.slice(text.indexOf('✖ failing tests:')).trimEnd());
    if (sum('tests') === 0) throw Error(`no test ran\n${text}`);
    for (const [line] of text.matchAll(/^.*NOT TESTED:.*$/gm)) console.log(line);
    if (sum('skipped') > 0) console.log(`  ${sum('skipped')} skipped`);
    count(sum('pass'), bad);
  });

const testsIn = (folder) =>
  folder === 'rules' ? filesIn('tests', '.test.mjs', false) : filesIn(`tests/${folder}`, '.test.mjs');

const preparations = {
  package: () => attempt('package', buildPackage),
  native: () => attempt('native build', () => buildPreset('dev', 'native')),
  pictures: () => attempt('catalogue pictures', () => run('node', ['demo/catalog/make.mjs'])),
  studio: () => attempt('parts of the studio', buildStudioBundles),
  browser: () => attempt('browser', findBrowser),
};
/** Prepares in order. Nothing can be tested after a failure, so the first one ends the run. */
const prepare = async (names) => {
  await installPackages().catch(fail);
  for (const name of names) if (!(await preparations[name]())) finish();
};

const lint = async () => {
  for (const [title, script] of Object.entries(kLinters))
    await check(title, () => run('npm', ['run', '--silent', script]));
};
const size = () => check('size', () => run('npm', ['run', '--silent', 'size']));
const sanitized = async (filters) => {
  if (await attempt('build with sanitizers', () => buildPreset('asan', 'native,fuzz'))) await runCatch('asan', filters);
};
const fuzzers = async (name, seconds) => {
  const all = filesIn('tests/fuzz', '_fuzz.cpp').map((path) => basename(path, '_fuzz.cpp'));
  const chosen = name ? [name] : all;
  if (chosen.length === 0 || !(await attempt('build fuzzers', () => buildPreset('fuzz', 'native,fuzz')))) return;
  const limit = seconds ?? kFuzzSeconds;
  for (const each of chosen) await check(`fuzz ${each}, ${limit} s`, () => fuzz(each, limit, seconds === undefined));
};

const everything = async () => {
  await prepare(Object.keys(preparations));
  await lint();
  await size();
  await runCatch('dev');
  await sanitized();
  await fuzzers();
  for (const folder of Object.keys(kFolders)) {
    const files = testsIn(folder);
    if (files.length > 0) await runNode(`tests/${folder}`, files);
  }
};

/** The groups that are no folder of tests. */
const groups = {
  lint: () => prepare([]).then(lint),
  size: () => prepare(['package']).then(size),
  native: (...filters) => prepare(['native']).then(() => runCatch('dev', filters)),
  asan: (...filters) => prepare([]).then(() => sanitized(filters)),
  fuzz: (name, seconds) => prepare([]).then(() => fuzzers(name, seconds)),
};

const one = async (group, ...more) => {
  if (groups[group]) return groups[group](...more);
  const folder = group.split('/')[0];
  const files = folder in kFolders ? testsIn(folder) : [];
  const path = join('tests', group.replace(/^rules/, ''));
  const chosen = files.filter((file) => group === folder || file === `${path}.test.mjs`);
  if (chosen.length === 0) {
    console.error(
      `There is no test "${group}". Groups: ${[...Object.keys(groups), ...Object.keys(kFolders)].join(', ')}.`,
    );
    process.exit(2);
  }
  await prepare(kFolders[folder]);
  await runNode(`tests/${group}`, chosen, more.join(' '));
};

const [group, ...more] = process.argv.slice(2);
await (group ? one(group, ...more) : everything());
finish();
