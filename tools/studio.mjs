// npm run build:studio: writes the studio as a folder of static files, build/studio/, which a shop can serve below any
// path. In place of the demo server it has recorded replies of it.

import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { kinds } from '../demo/preview/vocabulary.js';
import { buildPackage } from './build.mjs';
import { buildPreset, fail, root, run, step } from './steps.mjs';

/** The folder of the static studio. */
export const studioFolder = `${root}build/studio/`;

/** The folder of the bundles, from which the demo server serves them too. */
const bundlesFolder = `${root}build/studio-bundles/`;
const kBundles = ['codemirror', 'axe'];
const kCount = 24;

/** The subject of each kind of request in the recorded replies, as the settings of the studio are at first. */
const kQueries = {
  forVisitor: { configId: 'forVisitor' },
  forUser: { configId: 'forUser' },
  similarItems: { anchorId: 'SKU-0017' },
  boughtTogether: { anchorId: 'SKU-0017' },
  trending: {},
  category: { categoryId: 'Lighting' },
  searchText: { query: 'lamp' },
};

/** The list of products in a reply of each service. */
const kLists = {
  refine: 'results',
  depict: 'displays',
  richrelevance: 'placements.0.recommendedProducts',
  doofinder: 'results',
};

/** Returns the licences of the packages that these files come from. */
const licencesOf = (files) => {
  const packages = files.map((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]).filter(Boolean);
  return [...new Set(packages)]
    .sort()
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(`${root}${folder}/package.json`, 'utf8'));
      return `${name} ${version}, ${license}\n\n${readFileSync(`${root}${folder}/LICENSE`, 'utf8')}`;
    })
    .join(`\n${'-'.repeat(80)}\n`);
};

/**
 * Bundles what the studio loads of npm packages, into build/studio-bundles/. Files are replaced at once, because a page
 * or another build may read them.
 */
export const buildStudioBundles = async () => {
  const { build } = await import('esbuild');
  mkdirSync(bundlesFolder, { recursive: true });
  const draft = `${root}build/studio-draft-${process.pid}/`;
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: kBundles.map((name) => `${root}demo/preview/bundles/${name}.mjs`),
    outdir: draft,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  writeFileSync(`${draft}licences.txt`, licencesOf(Object.keys(metafile.inputs)));
  for (const file of [...kBundles.map((name) => `${name}.js`), 'licences.txt'])
    renameSync(`${draft}${file}`, `${bundlesFolder}${file}`);
  rmSync(draft, { recursive: true });
};

/** Starts the demo server with an empty store, and resolves to its address and a function that stops it. */
const startDemo = () =>
  new Promise((resolve, reject) => {
    const args = ['--port', '0', '--db', ':memory:', '--root', root];
    const server = spawn(`${root}build/dev/vitrine-demo-server`, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    server.on('error', reject);
    server.on('exit', (code) => reject(new Error(`the demo server ended with ${code}`)));
    createInterface({ input: server.stdout }).on('line', (line) => {
      const url = /^listening on (\S+)/.exec(line)?.[1];
      if (url) resolve({ url, stop: () => server.kill('SIGTERM') });
    });
  });

/** Resolves to the accounts of demo/shop/scripts/services.js, for the demo server at `url`. */
const accountsAt = (url) => {
  const window = {};
  const script = readFileSync(`${root}demo/shop/scripts/services.js`, 'utf8');
  new Function('window', 'location', script)(window, new URL(url));
  return window.osierServices.accounts;
};

/** Records the reply of every service to every kind of request that it has: {service: {kind: {list, reply}}}. */
const record = async (url) => {
  const { Vitrine } = await import(pathToFileURL(`${root}dist/index.js`).href);
  const real = globalThis.fetch;
  let last = '';
  globalThis.fetch = async (input, request) => {
    const reply = await real(input, request);
    last = await reply.clone().text();
    return reply;
  };
  const all = {};
  for (const [service, provider] of Object.entries(accountsAt(url))) {
    const vitrine = new Vitrine({ provider, events: { enabled: false }, calls: { maxAge: 0 } });
    const shopper = vitrine.as({ userId: 'ada', visitorId: 'v_studio00000001' });
    all[service] = {};
    for (const [kind, query] of Object.entries(kQueries)) {
      if (kinds[kind].without?.includes(service)) continue;
      const call = kind === 'searchText' ? shopper.search.text : shopper.recs[kind];
      // Doofinder wants the address of the page; that of a product is known by its id.
      const page = service === 'doofinder' && !query.anchorId ? { url: `${url}/` } : {};
      await call({ ...query, ...page, topK: kCount });
      all[service][kind] = { list: kLists[service], reply: JSON.parse(last.replaceAll(url, '')) };
    }
    await vitrine.close();
  }
  globalThis.fetch = real;
  return all;
};

/** Returns the policies of the demo server for the studio and its frames, without what only a header may say. */
const policies = () => {
  const source = readFileSync(`${root}demo/server/http/static_files.cpp`, 'utf8');
  const textOf = (name) =>
    [...new RegExp(`${name}\\[\\] =((?:\\s*"[^"]*")+);`).exec(source)[1].matchAll(/"([^"]*)"/g)]
      .map(([, part]) => part)
      .join('')
      .replace(/frame-ancestors [^;]*; /, '');
  return { page: textOf('kContentSecurityPolicy'), frame: textOf('kCanvasContentSecurityPolicy') };
};

/** Writes build/studio/. The package, the pictures and the demo server must be built. */
export const buildStudio = async () => {
  rmSync(studioFolder, { recursive: true, force: true });
  await buildStudioBundles();
  const copy = (from, to = from) => cpSync(`${root}${from}`, join(studioFolder, to), { recursive: true });
  cpSync(`${root}demo/preview`, `${studioFolder}preview`, {
    recursive: true,
    filter: (path) => !/\/(bundles|index\.html)$/.test(path),
  });
  cpSync(`${root}dist`, `${studioFolder}dist`, {
    recursive: true,
    filter: (path) => !/\.map$|\.d\.m?ts$|\/types$/.test(path),
  });
  copy('demo/catalog/products.json', 'catalog.json');
  copy('demo/catalog/img', 'img');
  copy('demo/shop/favicon.svg', 'favicon.svg');
  copy('demo/shop/fonts', 'fonts');
  for (const script of ['dom.js', 'services.js']) copy(`demo/shop/scripts/${script}`, `scripts/${script}`);
  cpSync(bundlesFolder, `${studioFolder}preview/vendor`, { recursive: true });
  copy('LICENSE');

  const { page, frame } = policies();
  const withPolicy = (html, policy) =>
    html.replace('<meta charset="utf-8">', `$&\n<meta http-equiv="Content-Security-Policy" content="${policy}">`);
  const read = (path) => readFileSync(`${root}demo/preview/${path}`, 'utf8');
  const index = withPolicy(read('index.html'), page).replace('<html lang="en">', '<html lang="en" data-static>');
  writeFileSync(`${studioFolder}index.html`, index);
  writeFileSync(`${studioFolder}preview/canvas.html`, withPolicy(read('canvas.html'), frame));

  const demo = await startDemo();
  try {
    mkdirSync(`${studioFolder}preview/example`, { recursive: true });
    for (const [service, replies] of Object.entries(await record(demo.url)))
      writeFileSync(`${studioFolder}preview/example/${service}.json`, JSON.stringify(replies));
  } finally {
    demo.stop();
  }
};

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await buildPackage();
    await step('catalogue pictures', () => run('node', ['demo/catalog/make.mjs']));
    await step('demo server', () => buildPreset('demo-server', 'native'));
    await step('studio', buildStudio);
    console.log(`  build/studio/ is ready: serve it as it is, below any path.`);
  } catch (error) {
    fail(error);
  }
}
