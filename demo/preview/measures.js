/** The tab with what was measured in each frame: time, shift, requests, bytes, and findings of axe-core. */
import { h } from '../scripts/dom.js';

const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const ms = (time) => (time === null ? 'none' : `${Math.round(time)} ms`);

const columns = {
  Findings: ({ findings }) =>
    findings ? String(findings.reduce((sum, { places }) => sum + Math.max(1, places.length), 0)) : '…',
  'Layout shift': ({ measures: { shift } }) => (shift === null ? 'not by this browser' : shift.toFixed(3)),
  'Moved below': ({ measures: { moved } }) => `${Math.round(moved)} px`,
  Requests: ({ measures: { requests } }) => String(requests),
  Sent: ({ measures: { sent } }) => kB(sent),
  Received: ({ measures: { received } }) => kB(received),
  'First products': ({ measures: { readyMs } }) => ms(readyMs),
  Rendering: ({ measures: { renderMs } }) => ms(renderMs),
};

export function measuresPane() {
  const table = h('div', { class: 'measures-table', tabindex: 0, role: 'region', 'aria-label': 'Measures' });
  const details = h('div', { class: 'findings' });
  const note = h(
    'p',
    { class: 'hint' },
    'Bytes are those of addresses and bodies, without compression. Rendering is the time from the reply to the ' +
      'products in the page. The layout shift, and how far the content below has moved, count from the moment at ' +
      'which Vitrine begins to work on the widget.',
  );
  let said = '';

  function show(frames) {
    const nameOf = ({ config, canvas }) => `${config.toUpperCase()}, ${Math.round(canvas.clientWidth)} px`;
    const known = frames.filter(({ measures }) => measures);
    const rows = known.map((frame) => [nameOf(frame), ...Object.values(columns).map((text) => text(frame))]);
    const found = known.flatMap((frame) => (frame.findings ?? []).map((finding) => ({ name: nameOf(frame), finding })));
    // A table that is made anew would lose the focus and the reader's place.
    if (JSON.stringify([rows, found]) === said) return;
    said = JSON.stringify([rows, found]);
    table.replaceChildren(
      h(
        'table',
        {},
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            ['Frame', ...Object.keys(columns)].map((title) => h('th', { scope: 'col' }, title)),
          ),
        ),
        h(
          'tbody',
          {},
          rows.map(([name, ...values]) =>
            h(
              'tr',
              {},
              h('th', { scope: 'row' }, name),
              values.map((value) => h('td', {}, value)),
            ),
          ),
        ),
      ),
    );
    details.replaceChildren(
      ...found.map(({ name, finding }) =>
        h(
          'details',
          {},
          h('summary', {}, `${name}: ${finding.rule}, ${finding.help}`),
          h(
            'ul',
            {},
            finding.places.map((place) => h('li', {}, place)),
          ),
        ),
      ),
    );
  }

  return { element: h('div', { class: 'pane' }, table, details, note), show };
}
