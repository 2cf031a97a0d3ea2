/** The preview: settings on one side, a widget of the built package on the other. The address holds all settings. */
import { find } from '/scripts/dom.js';
import { loadProducts } from '/scripts/catalog.js';
import { codeOf } from './code.js';
import { choice, list, setByStylesheet } from './controls.js';
import { drawer } from './drawer.js';
import { readSettings, writeSettings } from './settings.js';
import { showControls } from './sidebar.js';
import { directions, languages, schemes, states, widths } from './vocabulary.js';

/** Settings that only change the looks of the same widget; any other setting loads a new one. */
const isLook = (name) => ['scheme', 'dir', 'width', 'tab'].includes(name) || name.startsWith('--vitrine-');

const canvas = find('#canvas');
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

/** Updates the page after the setting `changed` was changed; without it, after all settings were. */
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
  if (changed !== undefined && isLook(changed)) return canvas.contentWindow.postMessage({ settings }, location.origin);
  panes.begin();
  canvas.contentWindow.location.replace('/preview/canvas.html');
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

// The corner of the frame can be dragged; the resulting width is stored as a setting.
let dragged;
new ResizeObserver(() => {
  const width = frame.style.width && Math.round(frame.getBoundingClientRect().width);
  find('#ground').dataset.width = `${Math.round(canvas.getBoundingClientRect().width)} px`;
  if (!width || String(width) === settings.width) return;
  clearTimeout(dragged);
  dragged = setTimeout(() => set('width', String(width)), 250);
}).observe(frame);

const words = {
  loading: 'Loading: the space is reserved, nothing is drawn yet.',
  skeleton: 'Skeleton: shown when the service takes longer than 300 ms.',
  ready: (items) => `Ready: ${items} products.`,
  empty: 'Empty: the service has no products, the shop’s fallback is shown.',
  error: 'Error: the service failed, the shop’s fallback is shown.',
  stale: (items) => `Stale: ${items} earlier products, because the service fails now.`,
};

addEventListener('message', ({ origin, source, data }) => {
  if (origin !== location.origin || source !== canvas.contentWindow || data?.from !== 'canvas') return;
  if (data.what === 'height') canvas.style.height = `${Math.max(data.height, 120)}px`;
  if (data.what === 'state') {
    const text = words[data.state];
    status.textContent = typeof text === 'function' ? text(data.items) : (text ?? '');
    status.dataset.state = data.state;
  }
  if (data.what === 'theme') setByStylesheet(find('#controls'), data.values);
  panes.receive(data);
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
