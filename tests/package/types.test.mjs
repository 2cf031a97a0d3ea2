// Compiles a shop's code under `strict` against the types of the package: code that is right at run time compiles, and
// code that is wrong does not.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { root } from '../../tools/steps.mjs';

const runFile = promisify(execFile);

/** Returns what the compiler says about statements that use `vitrine`. */
const compile = async (name, statements) => {
  const folder = `${root}build/types`;
  rmSync(`${folder}/${name}.mts`, { force: true });
  mkdirSync(folder, { recursive: true });
  const file = `${folder}/${name}.mts`;
  writeFileSync(
    file,
    `import { Vitrine } from 'vitrine';\nconst vitrine = new Vitrine({});\n${statements.join('\n')}\n`,
  );
  const flags = '--noEmit --strict --target es2022 --module nodenext --ignoreConfig --skipLibCheck --types'.split(' ');
  const { stdout } = await runFile(`${root}node_modules/.bin/tsc`, [...flags, '', file], { cwd: root }).catch(
    (error) => error,
  );
  return stdout.trim();
};

test('queries and results that are right at run time compile under strict', async () => {
  const right = [
    // The type of an event says which members it has.
    `vitrine.use({ name: 'p', beforeTrack(event) { if (event.type === 'purchase') event.value.toFixed(); } });`,
    // An order of results is a text or a field and a direction, in a search and in events.
    `vitrine.search.text({ query: 'q', topK: 3, sortBy: { field: 'price', order: 'ascending' }, visualWeight: 0 });`,
    `vitrine.search.text({ query: 501, topK: 3, sortBy: 'price_asc' });`,
    `vitrine.events.trackSearch('q', ['a'], { sortBy: { field: 'price', order: 'descending' } });`,
    `vitrine.events.trackSearch('q', null, { sortBy: { field: 'price' } });`,
    `vitrine.events.trackItemsServed({ surface: 's', source: 't', itemIds: ['a'], sortBy: { field: 'price' } });`,
    // RichRelevance's search and category pages take the products that they show.
    `vitrine.recs.category({ categoryId: 'c', itemIds: ['1', 2] });`,
    `vitrine.recs.trending({ configId: 'search_page.rr1', query: 'q', itemIds: ['1'] });`,
    `vitrine.recs.trending({ params: { excludeHtml: true, sgs: ['a', 1], filterAtr: { color: ['red', 'blue'] } } });`,
    `const keys = { apiKey: 'k', apiClientKey: 'c' };`,
    `new Vitrine({ provider: { name: 'richrelevance', ...keys, params: { excludeHtml: true } } });`,
    `vitrine.recs.category({ categoryId: 'c', categoryPath: ['Home', { id: 'c', name: 'Bags' }] });`,
    // Filters belong to every kind of call.
    `vitrine.recs.trending({ filters: [{ field: 'stock', operator: 'gt', value: 0 }] });`,
    `vitrine.recs.boughtTogether({ filters: [{ field: 'brand', operator: 'in', value: ['a'] }] });`,
    `const slate = await vitrine.recs.trending();`,
    `const money: string | undefined = slate.money && slate.money.prefix + slate.money.digits.toFixed(0);`,
    `const label: string | undefined = slate.money?.label;`,
    `const by: 'service' | 'vitrine' | undefined = slate.appliedBy?.filters;`,
    `const options: unknown = slate.filterOptions;`,
    `const score: number | undefined = slate.results[0]?.score;`,
    `export { by, label, money, options, score };`,
  ];
  assert.equal(await compile('right', right), '');
});

test('queries that are wrong at run time do not compile', async () => {
  const wrong = [
    `vitrine.search.text({ topK: 3 });`,
    `vitrine.search.text({ query: 'q', sortBy: { order: 'ascending' } });`,
    `vitrine.recs.trending({ filters: [{ field: 'stock', operator: 'like', value: 0 }] });`,
    `vitrine.recs.trending({ params: { x: () => 1 } });`,
  ];
  const said = await compile('wrong', wrong);
  const lines = [...said.matchAll(/wrong\.mts\((\d+),/g)].map(([, line]) => Number(line));
  assert.deepEqual(
    [...new Set(lines)],
    wrong.map((_, i) => i + 3),
    said,
  );
});

test('the element, its events and the stub of the script tag are typed in the DOM', async () => {
  const right = [
    `const widget = document.querySelector('vitrine-widget')!;`,
    `widget.anchorId = 7; widget.topK = 8; widget.quantity = false; widget.exclude = ['inCart'];`,
    `const [id, state]: (string | null)[] = [widget.anchorId, widget.state];`,
    `const after: 'loading' | 'skeleton' | 'ready' | 'stale' | 'empty' | 'error' = await widget.refresh();`,
    `document.createElement('vitrine-widget').addEventListener('vitrine-state', (e) => e.detail.state.length);`,
    `document.addEventListener('vitrine:add-to-cart', ({ detail }) => detail.waitUntil(fetch(detail.itemId)));`,
    `window.addEventListener('vitrine-add-to-cart', ({ detail }) => detail.quantity.toFixed());`,
    `window.vitrine('init', { provider: { name: 'none' } });`,
    `window.vitrine('ready', (vitrine) => vitrine.identify('u'));`,
    `window.vitrine('identify', 'u'); window.vitrine('setConsent', 'granted');`,
    `window.vitrine('events.track', 'signup', { form: 'footer' });`,
    `window.vitrine('events.trackSearch', 'q', ['a'], { surface: 's' }); window.vitrine('events.trackSearch', 'q');`,
    `whenVitrine((vitrine) => vitrine.reset());`,
    `export { id, state, after };`,
  ];
  assert.equal(await compile('element', [`import { whenVitrine } from 'vitrine/element';`, ...right]), '');
  const wrong = [
    `document.querySelector('vitrine-widget')!.refesh();`,
    `document.addEventListener('vitrine:state', ({ detail }) => detail.itemId);`,
    `window.vitrine('trackPurchase', {});`,
    `window.vitrine('identify', {});`,
    `window.vitrine('init', { autotrack: true });`,
  ];
  const said = await compile('element-wrong', wrong);
  const lines = [...said.matchAll(/element-wrong\.mts\((\d+),/g)].map(([, line]) => Number(line));
  assert.deepEqual(
    [...new Set(lines)],
    wrong.map((_, i) => i + 3),
    said,
  );
});

test('the components and the bare element are typed in JSX, and hooks and composables by their queries', async () => {
  const folder = `${root}build/types/jsx`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const write = (file, lines) => writeFileSync(`${folder}/${file}`, `${lines.join('\n')}\n`);
  write('react.tsx', [
    `import { useRef } from 'react';`,
    `import { useRecommendations, useSearch, useServe, useView, VitrineProvider, VitrineWidget } from 'vitrine/react';`,
    `import type { VitrineWidgetElement } from 'vitrine';`,
    `export const Page = () => {`,
    `  const widget = useRef<VitrineWidgetElement>(null);`,
    `  const item = useRef<HTMLLIElement>(null);`,
    `  const { data, results, error, refresh } = useRecommendations('similarItems', { anchorId: 1, topK: 8 });`,
    `  const found = useSearch({ query: 'lamp', topK: 20 }, { keep: true, delay: 200 });`,
    `  const serve = useServe(data, { surface: 'product_page' });`,
    `  useView(item, { serve, itemId: results[0]!, position: 0 });`,
    `  const add = (id: string) => fetch(id);`,
    `  return (`,
    `    <VitrineProvider config={{ provider: { name: 'none' } }}>`,
    `      <VitrineWidget ref={widget} anchorId={1} topK={8} quantity={false} exclude={['inCart']} className="a"`,
    `        onState={(state) => state === 'ready'} onAddToCart={({ itemId }) => add(itemId)} html={null} serve="sv">`,
    `        <p onClick={() => widget.current?.refresh()}>{error?.message ?? found.data?.totalResults}</p>`,
    `      </VitrineWidget>`,
    `      <vitrine-widget anchor-id="1" topK={8} quantity={false} class="a" ref={widget} load="eager"`,
    `        onvitrine-state={({ detail }) => detail.state === 'ready'} onClick={() => void refresh()} />`,
    `    </VitrineProvider>`,
    `  );`,
    `};`,
  ]);
  write('react_wrong.tsx', [
    `import { useRecommendations, VitrineWidget } from 'vitrine/react';`,
    `export const a = <VitrineWidget load="never" />;`,
    `export const b = <VitrineWidget onAddToCart={({ id }) => id} />;`,
    `export const c = <vitrine-widget template="carusel" />;`,
    `export const d = () => useRecommendations('category', {});`,
    `export const e = () => useRecommendations('similar', {});`,
  ]);
  write('vue.ts', [
    `import { createApp, h, ref } from 'vue';`,
    `import { createVitrine, useRecommendations, useSearch, VitrineWidget, vVitrineView } from 'vitrine/vue';`,
    `const app = createApp({}).use(createVitrine({ config: { provider: { name: 'none' } } }));`,
    `app.directive('vitrine-view', vVitrineView);`,
    `const id = ref('a');`,
    `const { results, loading } = useRecommendations('similarItems', () => ({ anchorId: id.value, topK: 8 }));`,
    `const found = useSearch({ query: 'lamp' });`,
    `export const titles: string[] = results.value.map(({ title }) => title);`,
    `export const [isLoading, total]: [boolean, number | undefined] = [loading.value, found.data.value?.totalResults];`,
    `const widget = ref<InstanceType<typeof VitrineWidget>>();`,
    `export const again = () => widget.value?.refresh();`,
    `export const page = h(VitrineWidget, { anchorId: 1, quantity: false, onState: (state) => state === 'ready' });`,
  ]);
  const flags = '--noEmit --strict --jsx react-jsx --target es2022 --module preserve --moduleResolution bundler';
  const { stdout } = await runFile(
    `${root}node_modules/.bin/tsc`,
    [...flags.split(' '), '--ignoreConfig', '--types', '', 'react.tsx', 'react_wrong.tsx', 'vue.ts'],
    { cwd: folder },
  ).catch((error) => error);
  const lines = stdout.split('\n').filter((line) => /^\S+\(\d+,/.test(line));
  const places = lines.map((line) => /^(\S+?)\((\d+),/.exec(line)?.slice(1).join(':'));
  assert.deepEqual(
    [...new Set(places)],
    [2, 3, 4, 5, 6].map((line) => `react_wrong.tsx:${line}`),
    stdout,
  );
});
