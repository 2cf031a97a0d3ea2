/** The studio: settings on one side, widgets of the built package on the other. The address holds all settings. */
import { find, h } from '../scripts/dom.js';
import { keysOf, missingKeys } from './accounts.js';
import { choice, list, setByStylesheet, text } from './controls.js';
import { drawer } from './drawer.js';
import { framesIn } from './frames.js';
import { readSettings, widthsOf, writeSettings } from './settings.js';
import { missingText, openGroup, showControls } from './sidebar.js';
import { warnOfContrast } from './theme.js';
import { directions, languages, schemes, states, widths } from './vocabulary.js';

/** Settings that only change the looks of the same widget; any other setting loads a new one. */
const isLook = (name) => ['scheme', 'dir'].includes(name) || name.startsWith('--vitrine-');
/** Settings after which the controls themselves are others. */
const changesControls = ['service', 'kind', 'template', 'state', 'data', 'scheme', 'fault', 'delay', 'lang'];

const isStatic = document.documentElement.hasAttribute('data-static');
const products = await fetch(new URL('catalog.json', document.baseURI))
  .then((reply) => (reply.ok ? reply.json() : []))
  .catch(() => []);
let all = await readSettings(location.hash);

const edited = () => all[all.view.edit === 'b' ? 'b' : 'a'];
const configs = () => (all.view.compare === 'on' ? ['a', 'b'] : ['a']);
const editedName = () => (edited() === all.b ? 'b' : 'a');

const frames = framesIn(find('#ground'), { changed: heard, resized: (width) => setView('width', String(width)) });
const panes = drawer(find('#drawer'), {
  get: edited,
  view: () => all.view,
  set: (name, value) => setAll({ [name]: value }),
  setAll,
  setView,
  isStatic,
});

async function writeAddress() {
  const hash = await writeSettings(all);
  history.replaceState(null, '', hash ? `#${hash}` : location.pathname + location.search);
}

/** Changes settings of the configuration that is edited. */
async function setAll(values) {
  const names = Object.keys(values).filter((name) => (edited()[name] ?? '') !== values[name]);
  const name = editedName();
  all = { ...all, [name]: { ...edited(), ...values } };
  await writeAddress();
  if (!names.length) return;
  const [only] = names;
  if (names.length > 1 || changesControls.includes(only)) showSides();
  panes.show(only);
  if (names.every(isLook)) frames.tell(name, { settings: all[name] });
  else load(name);
}

/** Changes what the studio shows of the configurations. */
async function setView(name, value) {
  const view = { ...all.view, [name]: value };
  if (name === 'compare' && value === 'on') all = { ...all, view: { ...view, edit: 'b' }, b: { ...all.a } };
  else if (name === 'compare') all = { ...all, view: { ...view, edit: 'a' } };
  else all = { ...all, view };
  await writeAddress();
  if (name === 'compare' || name === 'edit') showSides();
  if (name === 'width') showBar();
  panes.show(name);
  arrange();
  if (name === 'edit') showColours();
  if (name === 'tab') auditAll();
}

let arranged = '';
/** Makes the frames that the view needs, and loads those that are new. */
function arrange() {
  const wanted = widthsOf(all.view);
  frames.arrange(configs(), wanted);
  const form = `${configs()} ${wanted.length}`;
  if (form === arranged) return;
  arranged = form;
  for (const config of configs()) load(config);
}

function load(config) {
  if (config === editedName()) panes.begin();
  const settings = all[config];
  const missing = settings.data === 'live' ? missingKeys(settings.service) : [];
  const needs = missing.length ? `The live endpoint needs your account: ${missing.join(', ')}.` : '';
  frames.load(config, { settings, keys: keysOf(settings.service), isStatic }, needs);
  panes.measure(frames.all());
}

/** Shows everything anew, after the address has changed. */
function showAll() {
  showSides();
  panes.show();
  arranged = '';
  arrange();
}

function showSides() {
  find('#compare').setAttribute('aria-pressed', String(all.view.compare === 'on'));
  showControls(find('#controls'), {
    settings: edited(),
    view: all.view,
    products,
    isStatic,
    set: (name, value) => setAll({ [name]: value }),
    setAll,
    setView,
    keyed() {
      find('#missing-keys').textContent = missingText(missingKeys(edited().service));
      panes.show('keys');
      load(editedName());
    },
    again: () => frames.tell(editedName(), { refresh: true }),
  });
  showBar();
  showColours();
}

function showBar() {
  const settings = edited();
  const { width } = all.view;
  const on = (name) => (value) => setAll({ [name]: value });
  const held = document.activeElement?.closest?.('#view-bar')
    ? [...find('#view-bar').querySelectorAll('input, select')].indexOf(document.activeElement)
    : -1;
  find('#view-bar').replaceChildren(
    choice('State', states, settings.state, on('state')),
    choice('Width', widths, width in widths ? width : '', (value) => setView('width', value)),
    h(
      'div',
      { class: 'own-widths' },
      text('Up to three widths', width === '0' ? '' : width, (value) => setView('width', value || '0'), {
        placeholder: '320, 768, 1024',
        pattern: '\\s*\\d{3,4}(\\s*,\\s*\\d{3,4}){0,2}\\s*',
      }),
    ),
    choice('Colours', schemes, settings.scheme, on('scheme')),
    choice('Direction', directions, settings.dir, on('dir')),
    list('Language', languages, settings.lang, on('lang')),
  );
  if (held >= 0) find('#view-bar').querySelectorAll('input, select')[held]?.focus();
}

const colours = {};
/** Shows the colours of the edited widget in its controls, and warns of contrast. */
function showColours() {
  const values = colours[editedName()];
  if (!values) return;
  setByStylesheet(find('#controls'), values);
  const count = warnOfContrast(find('#contrast'), values, takeBetter);
  find('#warnings').hidden = !count;
  find('#warnings').textContent = count === 1 ? '1 contrast warning' : `${count} contrast warnings`;
}

/** Takes the readable value of a colour, and shows it in the colour's control. */
async function takeBetter(property, value) {
  await setAll({ [property]: value });
  showSides();
  find(`[data-hex="${property}"]`).focus();
}

/** Brings the warnings of contrast into view. */
function showWarnings() {
  const place = find('#contrast');
  openGroup(place);
  place.scrollIntoView({ block: 'center' });
  find('#contrast .better').focus({ preventScroll: true });
}

/** Takes a message of a frame. */
function heard(frame, message) {
  const isFirst = frames.all().find(({ config }) => config === frame.config) === frame;
  if (message.what === 'theme' && isFirst) {
    colours[frame.config] = message.values;
    if (frame.config === editedName()) showColours();
  }
  if (message.what === 'measures') frame.measures = message.values;
  if (message.what === 'findings') frame.findings = message.findings;
  if (message.what === 'state') audit(frame);
  if (isFirst && frame.config === editedName()) panes.receive(message);
  panes.measure(frames.all());
}

const isSettled = ({ state }) => ['ready', 'empty', 'error', 'stale'].includes(state);

/** Asks a frame for findings, if somebody looks at them. */
function audit(frame) {
  if (all.view.tab !== 'measures' || !isSettled(frame)) return;
  frame.findings = null;
  frame.canvas.contentWindow.postMessage({ audit: true }, location.origin);
}
const auditAll = () =>
  frames
    .all()
    .filter(({ findings }) => !findings)
    .forEach(audit);

async function copy(button, text) {
  const named = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
  } catch {
    setView('tab', 'code');
    button.textContent = 'See “Code” below';
  }
  setTimeout(() => (button.textContent = named), 1600);
}
find('#copy-link').addEventListener('click', ({ currentTarget }) => copy(currentTarget, location.href));
find('#copy-code').addEventListener('click', ({ currentTarget }) => copy(currentTarget, panes.code()));
find('#warnings').addEventListener('click', showWarnings);
find('#compare').addEventListener('click', () => setView('compare', all.view.compare === 'on' ? 'off' : 'on'));

addEventListener('hashchange', async () => {
  all = await readSettings(location.hash);
  showAll();
});
showAll();
