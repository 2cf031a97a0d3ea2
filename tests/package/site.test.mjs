// The documentation site: its links, its reference, and what a host below any path must serve.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { root } from '../../tools/steps.mjs';
import { buildSite } from '../../tools/site/build.mjs';
import { figure, fillCharts } from '../../tools/site/charts.mjs';
import { slugOf } from '../../tools/site/markdown.mjs';
import { home } from '../../tools/site/packages.mjs';
import { entries } from '../../tools/site/reference.mjs';

const site = `${root}build/site/`;
/** The text of each page, by its address. */
const pages = new Map();
const results = JSON.parse(readFileSync(`${root}bench/results.json`, 'utf8'));

before(async () => {
  const count = await buildSite();
  for (const name of readdirSync(site, { recursive: true, encoding: 'utf8' }))
    if (name.endsWith('.html')) pages.set(name, readFileSync(join(site, name), 'utf8'));
  assert.equal(pages.size, count);
});

const attributes = (html, names) =>
  [...html.matchAll(new RegExp(`<[a-z]+[^>]*? (?:${names})="([^"]*)"`, 'g'))].map(([, value]) =>
    value.replaceAll('&amp;', '&'),
  );
const idsOf = (html) => [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);

test('every link and file of a page exists below the site, with its anchor', () => {
  const bad = [];
  let count = 0;
  for (const [address, html] of pages) {
    for (const target of [...attributes(html, 'href'), ...attributes(html, 'src')]) {
      if (/^https?:/.test(target)) continue;
      count++;
      const [path, hash] = target.split('#');
      const file = path ? posix.join(posix.dirname(address), path) : address;
      const isInside = !/^[./]*\/|^[a-z]+:/.test(file) && !file.startsWith('..') && !path.startsWith('/');
      if (!isInside || !existsSync(site + file)) bad.push(`${address}: ${target}`);
      else if (hash && !idsOf(pages.get(file) ?? '').includes(decodeURIComponent(hash)))
        bad.push(`${address}: ${target}`);
    }
  }
  assert.ok(count > 5000, String(count));
  assert.deepEqual(bad, []);
});

test('links into the repository name files that it has', () => {
  const { repository } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  const base = repository.url.replace(/^git\+|\.git$/g, '');
  const paths = new Set();
  for (const html of pages.values())
    for (const target of attributes(html, 'href'))
      if (target.startsWith(`${base}/`)) paths.add(target.slice(base.length + 1).split('#')[0]);
  const files = [...paths].filter((path) => /^(blob|tree)\/main\//.test(path));
  assert.ok(files.length > 5);
  for (const path of files) assert.ok(existsSync(root + path.replace(/^\w+\/main\//, '')), path);
});

test('no page has an id twice, a script of its own or a style of its own', () => {
  for (const [address, html] of pages) {
    const ids = idsOf(html);
    assert.deepEqual(
      ids.filter((id, i) => ids.indexOf(id) !== i),
      [],
      address,
    );
    assert.doesNotMatch(html, /<style|<[^>]* style="|<[^>]* on[a-z]+="|<script>|javascript:/, address);
  }
});

test('anchors of headings are those of the host of the repository', () => {
  assert.equal(slugOf('Pages at file:// and in apps'), 'pages-at-file-and-in-apps');
  assert.equal(slugOf("RichRelevance's `p13n.js`"), 'richrelevances-p13njs');
  assert.equal(slugOf('A – B'), 'a--b');
});

test('every public export of every npm entry is in the reference', async () => {
  const reflections = JSON.parse(readFileSync(`${home}reference/api.json`, 'utf8')).children;
  const names = Object.keys(entries());
  assert.deepEqual(reflections.map(({ name }) => name).toSorted(), names.toSorted());
  for (const { name, children } of reflections) {
    const own = pages.get(`api/${name}/index.html`);
    assert.ok(children.length > 0, name);
    for (const child of children) assert.ok(own.includes(child.name), `${name} exports ${child.name}`);
  }
  // The exports at run time are another source of the same names. `usePackedCore` is for the package's own modules, so
  // its declarations lack it.
  for (const name of names) {
    const exported = Object.keys(await import(name)).filter((each) => !['default', 'usePackedCore'].includes(each));
    for (const each of exported)
      assert.ok(pages.get(`api/${name}/index.html`).includes(`>${each}<`), `${name}: ${each}`);
  }
});

test('every public name of a type has a page of its own or a heading in one', () => {
  const [vitrine] = JSON.parse(readFileSync(`${home}reference/api.json`, 'utf8')).children.filter(
    ({ name }) => name === 'vitrine',
  );
  const folders = { 64: 'functions', 128: 'classes', 256: 'interfaces', 2097152: 'type-aliases', 32: 'variables' };
  for (const { name, kind } of vitrine.children)
    if (folders[kind]) assert.ok(pages.has(`api/vitrine/${folders[kind]}/${name}.html`), `${kind} ${name}`);
});

test('the search knows a word of each section of the site', () => {
  const index = JSON.parse(gunzipSync(readFileSync(`${site}assets/search.idx`)).toString());
  const addresses = new Set(Object.values(index.storedFields).map(({ address }) => address.split('#')[0]));
  for (const address of pages.keys()) assert.ok(addresses.has(address), address);
});

test('figures of the charts are those of the results', () => {
  const html = pages.get('performance.html');
  assert.doesNotMatch(html, /data-chart|data-results/);
  const places = readFileSync(`${root}docs/performance.md`, 'utf8').matchAll(/data-results="(\w+)"/g);
  for (const [, bench] of places) {
    const run = results[bench];
    assert.ok(run, `bench/results.json has no run of bench:${bench}`);
    assert.match(run.date, /^20\d\d-\d\d-\d\d$/);
    for (const part of [run.command, run.machine.cpu, run.machine.os, run.versions.vitrine, run.versions.node])
      assert.ok(html.includes(part), `${bench}: ${part}`);
    for (const row of run.tables.flatMap(({ rows }) => rows))
      for (const value of Object.values(row))
        if (typeof value === 'number') assert.ok(html.includes(`>${figure(value)}<`), `${bench}: ${value}`);
  }
});

test('a chart has a bar for each row, as long as its figure, and an accessible name', () => {
  const rows = [
    { tracker: 'vitrine', state: 'up', 'CPU ms/event': 0.5 },
    { tracker: 'peer', state: 'up', 'CPU ms/event': 2 },
    { tracker: 'peer', state: 'refused', 'CPU ms/event': 9 },
  ];
  const run = { tables: [{ name: 'cost', rows }] };
  const html = fillCharts('<div data-chart="track-cpu"></div>', /** @type {any} */ ({ track: run }));
  const widths = [...html.matchAll(/class="bar"[^>]* width="([\d.]+)"/g)].map(([, width]) => Number(width));
  assert.equal(widths.length, 2);
  assert.equal(widths[1] / widths[0], 4);
  assert.match(html, /role="img" aria-labelledby="chart-track-cpu-t chart-track-cpu-d"/);
  assert.match(html, /<desc id="chart-track-cpu-d">vitrine 0.5; peer 2<\/desc>/);
  assert.match(html, /<g class="mine"><text[^>]*>vitrine</);
  assert.throws(() => fillCharts('<div data-chart="none"></div>', {}), /no chart is called none/);
});
