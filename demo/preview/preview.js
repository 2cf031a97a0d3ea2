/** The preview: settings on one side, a widget of the built package on the other, everything in the address. */
import { find } from '/scripts/dom.js';
import { loadProducts } from '/scripts/catalog.js';
import { codeOf } from './code.js';
import { choice, list, setByStylesheet } from './controls.js';
import { drawer } from './drawer.js';
import { readSettings, writeSettings } from './settings.js';
import { showControls } from './sidebar.js';
import { directions, languages, schemes, states, widths } from './vocabulary.js';

/** Settings that only change how the same widget looks; any other one shows a new one. */
const isLook = (name) => ['scheme', 'dir', 'width', 'tab'].includes(name) || name.startsWith('--vitrine-');

const stage = find('#stage');
const frame = find('#frame');
const status = find('#status');
const products = await loadProducts().catch(() => []);
let settings = await readSettings(location.hash);
let shown = '';

const panes = drawer(find('#drawer'), { get: () => settings, set });

async function set(name, value) {
  settings = { ...settings, [name]: value };
  const hash = await writeSettings(settings);
  history.replaceState(null, '', hash ? `#${hash}` : location.pathname);
  show(name);
}

/** Brings everything on the page up to date with the settings, of which `changed` was changed. */
async function show(changed) {
  const hash = await writeSettings(settings);
  fitWidth();
  if (changed === undefined || ['service', 'kind', 'template', 'state'].includes(changed)) {
    showControls(find('#controls'), { settings, products, set });
    showBar();
  }
  panes.show(changed);
  if (hash === shown && changed !== undefined) return;
  shown = hash;
  if (changed !== undefined && isLook(changed)) return stage.contentWindow.postMessage({ settings }, location.origin);
  panes.begin();
  stage.contentWindow.location.replace('/preview/stage.html');
}

function showBar() {
  find('#view-bar').replaceChildren(
    choice('State', states, settings.state, (value) => set('state', value)),
    choice('Width', widths, settings.width in widths ? settings.width : '', (value) => set('width', value)),
    choice('Colours', schemes, settings.scheme, (value) => set('scheme', value)),
    choice('Direction', directions, settings.dir, (value) => set('dir', value)),
    list('Language', languages, settings.lang, (value) => set('lang', value)),
  );
}

function fitWidth() {
  const width = Number(settings.width);
  frame.style.width = width ? `${width}px` : '';
  frame.toggleAttribute('data-narrowed', width > 0);
}

// The frame's corner can be dragged; the width that results is kept like any other.
let dragged;
new ResizeObserver(() => {
  const width = frame.style.width && Math.round(frame.getBoundingClientRect().width);
  find('#ground').dataset.width = `${Math.round(stage.getBoundingClientRect().width)} px`;
  if (!width || String(width) === settings.width) return;
  clearTimeout(dragged);
  dragged = setTimeout(() => set('width', String(width)), 250);
}).observe(frame);

const words = {
  loading: 'Loading: its place is kept, nothing is drawn yet.',
  skeleton: 'Skeleton: shown when the service takes longer than 300 ms.',
  ready: (items) => `Ready: ${items} products.`,
  empty: 'Empty: the service had nothing, the shop’s fallback stands in.',
  error: 'Error: the service failed, the shop’s fallback stands in.',
  stale: (items) => `Stale: ${items} products of before, while the service is away.`,
};

addEventListener('message', ({ origin, source, data }) => {
  if (origin !== location.origin || source !== stage.contentWindow || data?.from !== 'stage') return;
  if (data.what === 'height') stage.style.height = `${Math.max(data.height, 120)}px`;
  if (data.what === 'state') {
    const said = words[data.state];
    status.textContent = typeof said === 'function' ? said(data.items) : (said ?? '');
    status.dataset.state = data.state;
  }
  if (data.what === 'theme') setByStylesheet(find('#controls'), data.values);
  panes.hear(data);
});

async function copy(button, text) {
  const named = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
  } catch {
    set('tab', 'code');
    button.textContent = 'See “Code” below';
  }
  setTimeout(() => (button.textContent = named), 1600);
}
find('#copy-link').addEventListener('click', ({ currentTarget }) => copy(currentTarget, location.href));
find('#copy-code').addEventListener('click', ({ currentTarget }) => copy(currentTarget, codeOf(settings)));

addEventListener('hashchange', async () => {
  settings = await readSettings(location.hash);
  show();
});
show();
