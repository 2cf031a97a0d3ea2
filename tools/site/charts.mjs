// Charts and tables of bench/results.json as HTML. No figure of a page is typed by hand.

import { escapeHtml } from './markdown.mjs';

/**
 * A result of one bench: what a script in tests/bench wrote with --json.
 * @typedef {Record<string, string | number | null>} Row
 * @typedef {{ name: string, rows: Row[] }} Table
 * @typedef {{ command: string, date: string, machine: { cpu: string, cores: number, memoryGb: number, os: string },
 *   versions: Record<string, string>, tables: Table[] }} Run
 * @typedef {{ label: string, value: number }} Bar
 */

const kWidth = 420;
const kBarHeight = 14;
const kRowHeight = 46;

/** Words for names in the results that say nothing to a reader. */
const kLabels = {
  null: 'nothing at all',
  lsfloor: 'one setItem per event',
  innerhtml: 'innerHTML',
  clone: 'cloned template',
  nothing: 'nothing watches',
  'the package': 'Vitrine',
};

/** Returns a number with three significant digits. */
export const figure = (value) =>
  Number.isInteger(value)
    ? value.toLocaleString('en')
    : Number(value.toPrecision(3)).toLocaleString('en', { maximumFractionDigits: 3 });

/** Returns bars as SVG with its texts. The first word of a label tells whether it is Vitrine's. */
const draw = (bars, title, description, id) => {
  const most = Math.max(...bars.map(({ value }) => value), Number.MIN_VALUE);
  const lines = bars.map(({ label, value }, i) => {
    const y = i * kRowHeight;
    const width = Math.max(1, (value / most) * kWidth);
    const mine = /^vitrine/i.test(label) ? ' class="mine"' : '';
    return (
      `<g${mine}><text x="0" y="${y + 16}">${escapeHtml(label)}</text>` +
      `<text x="${kWidth}" y="${y + 16}" text-anchor="end">${figure(value)}</text>` +
      `<rect class="track" x="0" y="${y + 22}" width="${kWidth}" height="${kBarHeight}" rx="3"/>` +
      `<rect class="bar" x="0" y="${y + 22}" width="${width.toFixed(1)}" height="${kBarHeight}" rx="3"/></g>`
    );
  });
  return `<svg viewBox="0 0 ${kWidth} ${bars.length * kRowHeight}" role="img" aria-labelledby="${id}-t ${id}-d">
<title id="${id}-t">${escapeHtml(title)}</title>
<desc id="${id}-d">${escapeHtml(description)}</desc>
${lines.join('\n')}
</svg>`;
};

/**
 * The charts that a page can name: `<div data-chart="track-cpu"></div>`. `column`: the figure of a bar; `label`: its
 * name; `only`: the rows that are shown.
 * @type {Record<string, { bench: string, table: string, column: string, title: string, unit: string,
 *   label: (row: Row) => string, only?: (row: Row) => boolean }>}
 */
const kCharts = {
  'track-cpu': {
    ...{ bench: 'track', table: 'cost', column: 'CPU ms/event', unit: 'ms, less is better' },
    title: 'Main thread for one event, the collector replies',
    label: ({ tracker }) => String(tracker),
    only: ({ state }) => state === 'up',
  },
  'track-cpu-down': {
    ...{ bench: 'track', table: 'cost', column: 'CPU ms/event', unit: 'ms, less is better' },
    title: 'Main thread for one event, the collector is down',
    label: ({ tracker }) => String(tracker),
    only: ({ state }) => state === 'refused',
  },
  'track-written': {
    ...{ bench: 'track', table: 'cost', column: 'units/event', unit: 'UTF-16 units, less is better' },
    title: 'Written to the browser for one event, the collector is down',
    label: ({ tracker }) => String(tracker),
    only: ({ state }) => state === 'refused',
  },
  durability: {
    ...{ bench: 'durability', table: 'arrived', column: 'distinct', unit: 'events, more is better' },
    title: 'Different events that arrived, over all scenarios',
    label: ({ tracker }) => String(tracker),
    only: ({ scenario }) => String(scenario).startsWith('all'),
  },
  'start-ready': {
    ...{ bench: 'start', table: 'start', column: 'ready', unit: 'ms, less is better' },
    title: 'Main thread until a script can track, cold cache',
    label: ({ starter }) => String(starter),
    only: ({ cache, throttle, path }) => cache === 'cold' && throttle === '1x' && path === 'script',
  },
  render: {
    ...{ bench: 'render', table: '24 products', column: 'first', unit: 'ms, less is better' },
    title: 'From a reply to 24 products in the page',
    label: ({ renderer }) => String(renderer),
  },
  'render-change': {
    ...{ bench: 'render', table: '24 products', column: 'changed', unit: 'ms, less is better' },
    title: 'The same products again, 10 % of them changed',
    label: ({ renderer }) => String(renderer),
  },
  views: {
    ...{ bench: 'views', table: 'hurry', column: 'all', unit: 'ms of the main thread, less is better' },
    title: 'A scroll past 2,000 products',
    label: ({ watching }) => String(watching),
  },
  wire: {
    ...{ bench: 'wire', table: 'page view', column: 'events, sent', unit: 'bytes, less is better' },
    title: 'Bytes of events that a page view sends',
    label: ({ service }) => String(service),
  },
  stream: {
    ...{ bench: 'stream', table: 'server', column: 'accepted per second', unit: 'events, more is better' },
    title: "Events per second that the project's server accepts",
    label: ({ way }) => String(way),
  },
};

/** Returns the sentence that says how a run was made. */
const origin = ({ command, date, machine, versions }) => {
  const made = `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.os}`;
  const names = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const rest = [date, made, names.join(', ')].map((part) => `${escapeHtml(part)}.`);
  return `<p class="origin"><code>${escapeHtml(command)}</code>, ${rest.join(' ')}</p>`;
};

const dataTable = (rows) => {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cell = (value) => (typeof value === 'number' ? figure(value) : escapeHtml(String(value ?? '–')));
  const head = columns.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join('');
  const body = rows.map((row) => `<tr>${columns.map((name) => `<td>${cell(row[name])}</td>`).join('')}</tr>`);
  const table = `<table><thead><tr>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table>`;
  return `<div class="table" tabindex="0" role="group" aria-label="Table">${table}</div>`;
};

/**
 * Replaces the places for charts and tables of a page.
 * @param {string} html
 * @param {Record<string, Run>} results by bench
 */
export const fillCharts = (html, results) =>
  html
    .replace(/<div data-chart="([\w-]+)"><\/div>/g, (_, name) => {
      const chart = kCharts[name];
      if (!chart) throw Error(`no chart is called ${name}`);
      const { bench, table, column, title, unit, label, only = () => true } = chart;
      const rows = results[bench]?.tables.find((one) => one.name === table)?.rows;
      if (!rows) return `<p class="origin">Not measured: <code>npm run bench:${bench}</code> has the figures.</p>`;
      const bars = rows
        .filter((row) => only(row) && Number.isFinite(row[column]))
        .map((row) => ({ label: kLabels[label(row)] ?? label(row), value: Number(row[column]) }));
      if (!bars.length) throw Error(`bench/results.json has no rows for the chart ${name}`);
      const words = bars.map((bar) => `${bar.label} ${figure(bar.value)}`).join('; ');
      const picture = draw(bars, `${title} (${unit})`, words, `chart-${name}`);
      const caption = `<b>${escapeHtml(title)}</b> <span>${escapeHtml(unit)}</span>`;
      return `<figure class="chart"><figcaption>${caption}</figcaption>${picture}</figure>`;
    })
    .replace(/<div data-results="(\w+)"><\/div>/g, (_, bench) => {
      const run = results[bench];
      if (!run) return '';
      const tables = run.tables.map(({ name, rows }) => `<p><b>${escapeHtml(name)}</b></p>${dataTable(rows)}`);
      return `${origin(run)}<details><summary>All figures of this run</summary>${tables.join('\n')}</details>`;
    });
