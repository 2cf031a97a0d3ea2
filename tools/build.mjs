// npm run build [-- --services refine,doofinder]: the core by CMake's wasm preset, then the packages in dist/. Ninja
// keeps the slow half incremental.

import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { documentation } from './documentation.mjs';
import { integrityOf } from './integrity.mjs';
import { bundleEntries, filesModule, kBundles, kPartEntries, write, writeModules } from './modules.mjs';
import { writeSeam } from './seam.mjs';
import { buildReplayCore } from './replay_core.mjs';
import { borrower, lender, parts as scriptParts } from './shared.mjs';
import { shrink } from './shrink.mjs';
import { kParts, split, toScript, whole } from './split.mjs';
import { buildPreset, CommandError, fail, installPackages, root, run, step } from './steps.mjs';

/** The services of a build without --services. */
const kServices = readFileSync(`${root}wasm/services/list.h`, 'utf8')
  .match(/X\((\w+)\)/g)
  .map((name) => name.slice(2, -1));

/**
 * Returns the services that have a core file of their own, `<core>-<service>.wasm`, and 'none' for the file without any
 * service. A build of one service has no such files, because its whole core is one.
 */
const parts = () => {
  const services = process.env.VITRINE_SERVICES?.split(',') ?? kServices;
  return services.length > 1 ? [...services, 'none'] : [];
};

/** Returns a file that CMake built, or one below it. */
const built = (file) => readFileSync(`${root}build/wasm/${file}`);

/** Returns the names of the links of a core whose files a script loads. `core`: vitrine or vitrine-tracking. */
const linksOf = (core) => [core, ...parts().map((part) => `${core}-${part}`)];

/** Returns the path of a core in one file, with all services. */
const wholeOf = (core) =>
  `${root}build/wasm/${core.startsWith('vitrine-tracking') ? core : `split/${core}-whole`}.wasm`;
/** Returns the path of the same core as JavaScript. */
const plainOf = (core) => `${root}build/wasm/${core}-core.js`;

/** Returns the wasm files that the script of a core loads, by their names in dist/. The core with products is split. */
const filesOf = (core) =>
  Object.fromEntries(
    linksOf(core).flatMap((link) => {
      if (core !== 'vitrine') return [[link, built(`${link}.wasm`)]];
      return ['', ...kParts.map((part) => `-${part}`)].map((part) => [
        `${link}${part}`,
        built(`split/${link}${part}.wasm`),
      ]);
    }),
  );

/** Returns the files below a folder that end so, in a fixed order. */
const below = (folder, ending) =>
  readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => readFileSync(`${root}${folder}/${name}`));

/**
 * Returns the build of a core. It differs if any file differs that a script loads, because they fit each other only:
 * the wasm files and the glue, the scripts, the texts and the core that shows them.
 */
const nameBuild = (ofCore) => {
  const hash = createHash('sha256').update(ofCore);
  for (const core of Object.keys(packages)) {
    hash.update(readFileSync(plainOf(core)));
    for (const file of Object.values(filesOf(core))) hash.update(file);
  }
  for (const file of [...below('widget/strings', '.json'), ...below('js', '.ts'), ...below('widget', '.ts')])
    hash.update(file);
  return hash.digest('hex').slice(0, 8);
};

/**
 * Returns the wasm file with an empty custom section at its end, whose name is the build. The script refuses a file
 * without this section: the file of another version, or a part of a file.
 */
const stamped = (file, build) =>
  Buffer.concat([file, Buffer.of(0, build.length + 1, build.length), Buffer.from(build)]);

/**
 * Parts of Emscripten's glue that a page never runs, because js/core/core.ts always brings the instance, and parts that
 * disturb a page: document.currentScript may be hidden by named elements, and an abort would write to the console and
 * reject a promise that nobody awaits. core.ts reports the exception instead.
 * @type {[RegExp, string][]}
 */
const kGlueParts = [
  [/var _scriptName = .*/, ''],
  [/var scriptDirectory="";.*?(?=Object\.assign\(Module,moduleOverrides\))/, ''],
  [/(?<=function abort\(what\)\{).*?throw e(?=\})/, 'throw Error("aborted")'],
  [/var dataURIPrefix=.*?(?=function getWasmImports)/, ''],
  [
    /if\(Module\["instantiateWasm"\]\)\{.*?return receiveInstance\(result\[0\]\)/,
    'return Module.instantiateWasm(info,receiveInstance)',
  ],
  // Views of the memory that nobody uses.
  [/HEAP8=new Int8Array\(b\);HEAP16=new Int16Array\(b\);/, ''],
  [/HEAPU16=new Uint16Array\(b\);HEAP32=new Int32Array\(b\);/, ''],
  [/;HEAPF32=new Float32Array\(b\);HEAPF64=new Float64Array\(b\)/, ''],
  // The state machine of asynchronous starts. Nothing runs after a start that failed.
  [/var readyPromiseResolve,.*?\}\);/, ''],
  [/var runtimeInitialized=.*?(?=function addOnInit)/, ''],
  [/var runDependencies=.*?(?=function abort)/, ''],
  [/removeRunDependency\("wasm-instantiate"\);/, ''],
  [/addRunDependency\("wasm-instantiate"\);/, ''],
  [/var calledRun;.*run\(\);(?=moduleRtn)/, 'callRuntimeCallbacks(__ATINIT__);'],
];

/** Returns the glue without these parts. A part that another version of Emscripten writes differently stays. */
const slimGlue = (core) => {
  let glue = glueOf(core, core);
  for (const [part, rest] of kGlueParts) {
    if (!part.test(glue)) console.warn(`  the glue of this Emscripten has no ${part}; it keeps what stands there`);
    glue = glue.replace(part, rest);
  }
  return glue;
};

/** Returns the glue that Emscripten wrote for a wasm file, with the name of the whole core in it. */
const glueOf = (core, file) => built(`${file}.mjs`).toString().replaceAll(`${file}.wasm`, `${core}.wasm`);

/**
 * Throws if a wasm file does not fit the glue of its core, which vitrine.js contains once for all of them. Emscripten
 * shortens the names of imports and exports in the order in which the linker meets them. That order is the same while
 * all links have the same object files in the same order.
 */
const checkGlue = (core) => {
  for (const file of linksOf(core))
    if (glueOf(core, file) !== glueOf(core, core))
      throw Error(`build/wasm/${file}.mjs differs from ${core}.mjs, so ${file}.wasm would not run with ${core}.js`);
};

/** Resolves the names of js/core/modules.d.ts to the files that CMake built. `name`: vitrine or vitrine-tracking. */
const core = (name, builds) => ({
  name: 'core',
  setup(build) {
    const path = `${root}build/wasm/${name}`;
    build.onResolve({ filter: /^vitrine:glue$/ }, () => ({ path: `${path}.mjs` }));
    build.onLoad({ filter: /wasm.vitrine(-tracking)?\.mjs$/ }, () => ({ contents: slimGlue(name) }));
    // A page that only tracks makes no calls about products.
    if (name === 'vitrine-tracking')
      build.onLoad({ filter: /core.products\.ts$/ }, () => ({
        contents: 'export const openProductsQueue = () => ({ keeps() {}, withdraw() {} });',
      }));
    build.onResolve({ filter: /^vitrine:packed\// }, ({ path }) => ({
      path: `./${packages[name].core}-${path.split('/')[1]}.js`,
      external: true,
    }));
    build.onResolve({ filter: /^vitrine:(formats|debug)$/ }, ({ path }) => ({
      path: `./${path.split(':')[1]}.js`,
      external: true,
    }));
    build.onResolve({ filter: /^vitrine:plain$/ }, () => ({ path: plainOf(name), namespace: 'plain' }));
    build.onResolve({ filter: /^vitrine:(build|parts)$/ }, ({ path }) => ({ path, namespace: 'fact' }));
    build.onResolve({ filter: /^vitrine:files$/ }, ({ path }) => ({ path, namespace: 'files' }));
    build.onLoad({ filter: /./, namespace: 'files' }, () => ({ contents: filesModule(name, linksOf(name)) }));
    build.onLoad({ filter: /./, namespace: 'fact' }, ({ path }) => ({
      contents: path === 'vitrine:build' ? builds[name] : parts().join('|'),
      loader: 'text',
    }));
    build.onLoad({ filter: /./, namespace: 'plain' }, ({ path }) => ({
      contents: `${readFileSync(path)}\ninstantiate.build='${builds[name]}';export default instantiate;`,
    }));
  },
});

/**
 * The entries and their files in dist/, grouped by the core that they run on. `module`: everything but the core;
 * `core`: the core as a module; `whole`: both in one; `edge`: with the JavaScript core, for runtimes that refuse to
 * compile WebAssembly.
 */
export const packages = {
  vitrine: { script: 'script.ts', entry: 'module.ts', module: 'module', core: 'core', whole: 'index', edge: 'edge' },
  'vitrine-tracking': {
    script: 'script_tracking.ts',
    entry: 'module_tracking.ts',
    module: 'module-tracking',
    core: 'tracking-core',
    whole: 'tracking',
    edge: 'edge-tracking',
  },
};

/** Resolves the package's version. */
const version = {
  name: 'version',
  setup(build) {
    build.onResolve({ filter: /^vitrine:version$/ }, ({ path }) => ({ path, namespace: 'version' }));
    build.onLoad({ filter: /./, namespace: 'version' }, () => ({
      contents: JSON.parse(readFileSync(`${root}package.json`, 'utf8')).version,
      loader: 'text',
    }));
  },
};

/** The bridges: names of the npm entry and of the script. They use the public API alone, so each is a bundle. */
export const bridges = [
  ['data-layer', 'vitrine-datalayer'],
  ['consent', 'vitrine-consent'],
];
/** Returns the source of a bridge's entry, without its ending. */
const bridgeEntry = (name) => `${root}js/entries/${name.replace('-', '_')}`;

/** The parts of scripts by their names in dist/. */
const kPartNames = Object.keys(scriptParts).map((part) => `vitrine-${part}`);

const bundle = async () => {
  const { build } = await import('esbuild');
  Object.keys(packages).forEach(checkGlue);
  const builds = Object.fromEntries(Object.keys(packages).map((name) => [name, nameBuild(name)]));
  /** @type {import('esbuild').BuildOptions} */
  const common = { bundle: true, minify: true, sourcemap: true, target: 'es2020', logLevel: 'warning' };
  const styles = build({ ...common, entryPoints: [`${root}widget/vitrine.css`], outfile: `${root}dist/vitrine.css` });
  const scripts = Object.entries(packages).flatMap(([name, { script, entry, module }]) => {
    const options = { ...common, metafile: true, plugins: [core(name, builds), lender, version] };
    return [
      build({
        ...options,
        entryPoints: [`${root}js/entries/${script}`],
        outfile: `${root}dist/${name}.js`,
        format: 'iife',
        define: { VITRINE_SCRIPT: 'true' },
      }),
      build({
        ...options,
        entryPoints: [`${root}js/entries/${entry}`],
        outfile: `${root}dist/${module}.js`,
        format: 'esm',
      }),
      build({
        ...options,
        entryPoints: [`${root}js/entries/plain_script.ts`],
        outfile: `${root}dist/${name}-core.js`,
        format: 'iife',
        sourcemap: false,
      }),
      build({
        ...options,
        entryPoints: [`${root}js/entries/plain.ts`],
        outfile: `${root}dist/${name}-core.mjs`,
        format: 'esm',
        sourcemap: false,
      }),
    ];
  });
  for (const part of Object.keys(scriptParts))
    scripts.push(
      build({
        ...common,
        metafile: true,
        plugins: [borrower(part), version, documentation],
        entryPoints: [`${root}js/entries/${part}.ts`],
        outfile: `${root}dist/vitrine-${part}.js`,
        format: 'iife',
        define: { VITRINE_SCRIPT: 'true' },
        // An element may have this name, so the global is a member.
        banner: { js: `globalThis["vitrine-${part}"]=Object.assign($=>{` },
        // Each script that runs the part has a build of its own.
        footer: { js: `},{build:'${Object.values(builds).join(' ')}'});` },
      }),
    );
  const single = (entry, name, format, plugins = []) =>
    build({ ...common, metafile: true, plugins, entryPoints: [entry], outfile: `${root}dist/${name}.js`, format });
  for (const [entry, name] of [
    ['formats/formats', 'formats'],
    ['debug/overlay', 'debug'],
  ])
    scripts.push(single(`${root}js/${entry}.ts`, name, 'esm', [version, documentation]));
  for (const [entry, script] of bridges)
    scripts.push(
      single(`${bridgeEntry(entry)}.ts`, entry, 'esm'),
      single(`${bridgeEntry(entry)}_script.ts`, script, 'iife'),
    );
  const frameworks = Promise.all([
    ...bundleEntries(build, common),
    buildReplayCore(build, [core('vitrine', builds), version], wholeOf('vitrine')),
  ]);
  const [, , ...built] = await Promise.all([styles, frameworks, ...scripts]).catch(({ errors }) => {
    throw new CommandError('esbuild', `${errors.length} errors`, ''); // esbuild has printed them itself
  });
  // Files of an earlier build with other services must not stay.
  for (const file of readdirSync(`${root}dist`)) if (file.endsWith('.wasm')) rmSync(`${root}dist/${file}`);
  // Read by `tools/rooms.mjs`.
  const outputs = Object.assign({}, ...built.map(({ metafile }) => metafile.outputs));
  writeFileSync(`${root}build/bundles.json`, JSON.stringify(outputs));
  for (const name of Object.keys(packages)) {
    // The core is written after the glue, because the glue holds the names of the core's exports.
    for (const [file, bytes] of Object.entries(filesOf(name)))
      writeFileSync(`${root}dist/${file}.wasm`, stamped(bytes, builds[name]));
  }
  await Promise.all([
    ...['vitrine', 'vitrine-tracking', ...kPartNames, ...bridges.map(([, script]) => script)].map((name) =>
      shrink(`${root}dist/${name}.js`, { isModule: false }),
    ),
    ...[
      'formats',
      'debug',
      ...Object.values(packages).map(({ module }) => module),
      ...bridges.map(([entry]) => entry),
    ].map((name) => shrink(`${root}dist/${name}.js`, { isModule: true })),
  ]);
  // The drop-in for Refine's SDK has the core with its service alone, where there is one.
  writeModules(packages, wholeOf, parts().includes('refine') ? 'vitrine-refine' : 'vitrine');
  cpSync(`${root}widget/strings`, `${root}dist/strings`, { recursive: true });
};

/** Returns each declaration file that `file` reaches by relative imports, and `file` itself. */
const reach = (file, found = new Set()) => {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, path] of readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*['"](\.[^'"]+)\.js['"]/g)) {
    reach(join(dirname(file), `${path}.d.ts`), found);
  }
  return found;
};

/** Writes the declarations of each module and, in dist/types, only those that they reach. The others stay private. */
const declare = async () => {
  const types = `${root}dist/types/`;
  rmSync(types, { recursive: true, force: true });
  // Types are checked by npm run lint.
  const emit = ['--noEmit', 'false', '--noCheck', '--declaration', '--emitDeclarationOnly', '--outDir', types];
  await run(`${root}node_modules/.bin/tsc`, emit);
  const kept = new Set();
  const whole = Object.values(packages).map(({ whole: file }) => file);
  const declared = [...whole, ...kPartEntries, ...bridges.map(([entry]) => entry)].map((entry) => [
    entry,
    `js/entries/${entry.replace('-', '_')}`,
  ]);
  for (const [entry, path] of [...declared, ...kBundles.map((name) => [name, `js/${name}/index`])]) {
    reach(`${types}${path}.d.ts`, kept);
    write(`${entry}.d.ts`, `export * from './types/${path}.js';\n`);
  }
  // The scripts and the style sheet are imported for their effects.
  for (const name of ['script', 'css']) write(`${name}.d.ts`, 'export {};\n');
  for (const name of Object.keys(packages))
    write(
      `${name}-core.d.mts`,
      "declare const core: import('./types/js/types/types.js').PlainCore;\nexport default core;\n",
    );
  for (const name of readdirSync(types, { recursive: true, encoding: 'utf8' })) {
    if (name.endsWith('.d.ts') && !kept.has(join(types, name))) rmSync(join(types, name));
  }
};

/** Builds all of dist/. Rejects with the error of the step that failed. */
export const buildPackage = async () => {
  await installPackages();
  writeSeam();
  await step('core (wasm)', () => buildPreset('wasm', 'wasm'));
  await step('core in three files', async () => {
    await Promise.all([
      ...linksOf('vitrine')
        .filter((link) => /^vitrine(-refine)?$/.test(link))
        .map((link) => whole(link, wholeOf(link))),
      ...linksOf('vitrine').map((link) => split(link, link.replace('vitrine', 'vitrine-tracking'))),
    ]);
    // The same cores as JavaScript, for pages that refuse WebAssembly.
    await Promise.all(Object.keys(packages).map((core) => toScript(wholeOf(core), plainOf(core))));
  });
  await step('dist', async () => {
    mkdirSync(`${root}dist`, { recursive: true });
    await Promise.all([bundle(), declare()]);
    write('integrity.json', `${JSON.stringify(integrityOf(`${root}dist`), null, 2)}\n`);
  });
};

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const at = process.argv.indexOf('--services');
  if (at > 0) {
    const wanted = (process.argv[at + 1] || '').split(',');
    if (!wanted.every((name) => kServices.includes(name))) fail(`--services takes a list of ${kServices.join(', ')}`);
    process.env.VITRINE_SERVICES = wanted.join(','); // CMakeLists.txt reads it
  }
  await buildPackage().catch(fail);
  for (const name of readdirSync(`${root}dist`)) {
    const size = statSync(`${root}dist/${name}`);
    if (size.isFile() && !name.endsWith('.map')) console.log(`  ${relative('.', `${root}dist/${name}`)}  ${size.size}`);
  }
}
