// npm run build:site: the documentation as static files in build/site/. All addresses are relative, so the folder can
// be hosted below any path. Needs a built dist/.

import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { alone } from '../install.mjs';
import { fail, installPackages, root, step } from '../steps.mjs';
import { kFields } from './client/find.js';
import { fillCharts } from './charts.mjs';
import { layOut, wayUp } from './layout.mjs';
import { openMarkdown } from './markdown.mjs';
import { home, openPackages } from './packages.mjs';
import { hiddenPages, sections } from './pages.mjs';
import { makeReference } from './reference.mjs';

const read = (path) => readFileSync(`${root}${path}`, 'utf8');
const { version, repository } = JSON.parse(read('package.json'));
/** The address of the repository, and the beginnings of the addresses of its files. */
const kRepository = repository.url.replace(/^git\+|\.git$/g, '');
const kFiles = new RegExp(`^${kRepository.replaceAll('.', '\\.')}/(?:blob|tree|raw)/main/`);

/** Files of dist/ that the pages run, in the site's folder vitrine/. */
const kRuntime = ['', '-none', '-core'];

const runtimeFiles = [
  ...kRuntime.map((part) => `vitrine-tracking${part}.${part === '-core' ? 'js' : 'wasm'}`),
  ...['vitrine-tracking.js', 'vitrine-autotrack.js', 'vitrine-plugins.js'],
];

/** Further scripts of pages that have such an element. */
const kPlays = { viewability: ['assets/viewability.js', 'vitrine/vitrine-tracking.js'] };

/** Returns the pages of the reference: their addresses are those of the Markdown files. */
const referencePages = (reference) =>
  Object.keys(reference).map((source) => ({
    source,
    label: undefined,
    address: source.replace(/README\.md$/, 'index.html').replace(/\.md$/, '.html'),
  }));

/**
 * Returns a function that gives the address of a link's target on a page, and notes the files that must be copied.
 * @param {Map<string, string>} addresses of the pages, by source
 * @param {Set<string>} files gets the paths of linked files
 */
const linker = (addresses, files) => (source, address) => (target, isPicture) => {
  const local = kFiles.test(target) ? target.replace(kFiles, '') : undefined;
  if (local === undefined && /^([a-z]+:|#)/i.test(target)) return target;
  const [path, hash] = (local ?? target).split('#');
  const file = posix.normalize(local === undefined ? posix.join(posix.dirname(source), path) : path).replace(/\/$/, '');
  const up = wayUp(address);
  const page = addresses.get(file) ?? addresses.get(`${file}/README.md`);
  if (page) return `${up}${page}${hash ? `#${hash}` : ''}`;
  if (!existsSync(`${root}${file}`)) throw Error(`${source} links to ${target}, which does not exist`);
  if (isPicture || /\.(json|png|svg)$/.test(file)) {
    files.add(file);
    return `${up}files/${file}`;
  }
  return `${kRepository}/${statSync(`${root}${file}`).isDirectory() ? 'tree' : 'blob'}/main/${file}`;
};

/** Writes the scripts and styles into `folder`. */
const bundleAssets = async (folder) => {
  const esbuild = await import('esbuild');
  await esbuild.build({
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    logLevel: 'warning',
    nodePaths: [`${root}build/site-tools/node_modules`],
    entryPoints: ['site.js', 'theme.js', 'viewability.js', 'site.css'].map(
      (name) => `${root}tools/site/client/${name}`,
    ),
    external: ['*.woff2'],
    outdir: `${folder}assets`,
  });
  cpSync(`${root}demo/shop/favicon.svg`, `${folder}assets/icon.svg`);
  for (const font of ['figtree.woff2', 'figtree-OFL.txt', 'young-serif.woff2', 'young-serif-OFL.txt'])
    cpSync(`${root}demo/shop/fonts/${font}`, `${folder}assets/${font}`);
  for (const file of runtimeFiles) cpSync(`${root}dist/${file}`, `${folder}vitrine/${file}`);
};

/** Headings of the reference that stand on every page. */
const kCommonHeadings = new Set([
  ...['Parameters', 'Returns', 'Properties', 'Methods', 'Constructor', 'Constructors', 'Type Declaration', 'Example'],
  ...['Call Signature', 'Extends', 'Extended by', 'Throws', 'Type Parameters', 'Overrides', 'Inherited from'],
  ...['Default Value', 'Index Signature', 'References', 'Modules'],
]);

/** Returns whether a part of a page says something that one can search for. */
const isFound = ({ address, heading, text }) =>
  !address.startsWith('api/') || !(kCommonHeadings.has(heading) || /^Re-exports /.test(text.trim()));

const kStart = 80;
const kLongestWord = 32;

/** Returns the words of a page's address. Those of the reference are in its titles. */
const pathOf = (address) => (address.startsWith('api/') ? '' : address.replace(/(index)?\.html.*$/, ''));

/** The search index of the parts of all pages. */
const indexOf = async (load, parts) => {
  const { default: MiniSearch } = await load('minisearch');
  const index = new MiniSearch({
    fields: kFields,
    storeFields: ['address', 'title', 'heading', 'start'],
    // The ids of examples are no words.
    processTerm: (term) => (term.length > kLongestWord || /^\d+[a-z]/i.test(term) ? null : term.toLowerCase()),
  });
  index.addAll(
    parts.filter(isFound).map((part, id) => ({
      ...{ ...part, id, path: pathOf(part.address) },
      start: part.text.trim().slice(0, kStart),
    })),
  );
  return JSON.stringify(index);
};

/** Builds the site into build/site/. Resolves with the number of pages. */
export const buildSite = async () => {
  await installPackages();
  const load = await openPackages();
  return alone(`${home}site.lock`, () => build(load));
};

const build = async (load) => {
  const reference = await makeReference();
  const render = await openMarkdown(load);
  const groups = sections();
  const modules = referencePages(reference).filter(({ address }) => address.endsWith('/index.html'));
  const pages = [...groups.flatMap((group) => group.pages), ...hiddenPages(), ...referencePages(reference)];
  const addresses = new Map(pages.map(({ source, address }) => [source, address]));
  const files = new Set();
  const resolverOf = linker(addresses, files);
  const results = existsSync(`${root}bench/results.json`) ? JSON.parse(read('bench/results.json')) : {};

  const rendered = pages.map(({ source, address, label }) => {
    const text = reference[source] ?? read(source);
    return { source, address, label, ...render(text, resolverOf(source, address)) };
  });
  const titleOf = (address) => rendered.find((page) => page.address === address);
  const navigation = [
    ...groups.map(({ title, pages: members }) => ({
      title,
      links: members.map(({ address, label }) => ({ address, label: label ?? titleOf(address).title })),
    })),
    {
      title: 'Reference of the API',
      links: modules.map(({ address }) => ({
        address,
        label: titleOf(address).title.replace('vitrine/vitrine', 'vitrine'),
      })),
    },
  ];

  const folder = `${root}build/site.new/`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await bundleAssets(folder);
  const parts = [];
  for (const { address, title, html, headings, parts: own } of rendered) {
    const plays = Object.entries(kPlays).filter(([name]) => html.includes(`data-play="${name}"`));
    mkdirSync(dirname(folder + address), { recursive: true });
    writeFileSync(
      folder + address,
      layOut({
        ...{ address, title, headings, version, groups: navigation },
        html: fillCharts(html, results),
        scripts: plays.flatMap(([, scripts]) => scripts),
      }),
    );
    for (const [i, { id, heading, text }] of own.entries())
      parts.push({ address: i ? `${address}#${id}` : address, title, heading, text: text.replace(/\s+/g, ' ') });
  }
  // Compressed once here: hosts compress this file slowly or not at all. The name has no type that a host knows.
  writeFileSync(`${folder}assets/search.idx`, gzipSync(await indexOf(load, parts), { level: 9 }));
  for (const file of files) cpSync(`${root}${file}`, `${folder}files/${file}`);
  rmSync(`${root}build/site`, { recursive: true, force: true });
  renameSync(folder, `${root}build/site`);
  return rendered.length;
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    if (!existsSync(`${root}dist/index.d.ts`)) throw Error('dist/ is missing; run: npm run build');
    await step('documentation site', async () => console.log(`    ${await buildSite()} pages in build/site/`));
  } catch (error) {
    fail(error);
  }
}
