/**
 * The settings of the studio. The address holds all of them after `#`, so that a link shows the same to a colleague.
 * A configuration describes one widget; there are two, A and B. The view is what the studio shows of them. Keys of a
 * service are no settings, because an address is stored and sent.
 */

/** The defaults of a configuration. Theme tokens are settings named `--vitrine-accent` and so on, without default. */
export const defaults = {
  service: 'refine',
  data: 'demo',
  kind: 'forVisitor',
  item: 'SKU-0017',
  user: 'ada',
  category: 'Lighting',
  query: 'lamp',
  count: '8',
  currency: 'EUR',
  heading: '',
  template: 'grid',
  part: 'card',
  own: '',
  cart: 'on',
  stepper: 'on',
  state: 'live',
  fault: 'none',
  delay: '0',
  reply: '',
  scheme: 'auto',
  dir: 'ltr',
  lang: 'en',
};

/** The defaults of the view. */
export const viewDefaults = {
  width: '0',
  tab: 'template',
  form: 'script',
  compare: 'off',
  edit: 'a',
  cartUrl: '',
  shopUrl: '',
};

/** The names of B in the address begin with this. */
const ofB = 'b.';

/** Texts of this length or more are compressed. */
const longText = 600;
const packedMark = '~';

const pump = async (bytes, transform) =>
  new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(transform)).arrayBuffer());

async function pack(text) {
  const bytes = await pump(new TextEncoder().encode(text), new CompressionStream('deflate-raw'));
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return packedMark + btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

async function unpack(text) {
  const binary = atob(text.slice(packedMark.length).replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
  return new TextDecoder().decode(await pump(bytes, new DecompressionStream('deflate-raw')));
}

const isToken = (name) => name.startsWith('--vitrine-');

/** Sets one setting of an address. Earlier links name a pasted reply as a state. */
function take(config, name, value) {
  if (name === 'state' && value === 'pasted') config.data = 'pasted';
  else if (name in defaults || isToken(name)) config[name] = value;
}

/** Returns the settings of an address's hash: {a, b, view}. Ignores values that cannot be read. */
export async function readSettings(hash) {
  const all = { a: { ...defaults }, b: { ...defaults }, view: { ...viewDefaults } };
  for (const [name, written] of new URLSearchParams(hash.replace(/^#/, ''))) {
    let value = written;
    try {
      if (written.startsWith(packedMark)) value = await unpack(written);
    } catch {
      continue; // a truncated link still shows its other settings
    }
    if (name in viewDefaults) all.view[name] = value;
    else if (name.startsWith(ofB)) take(all.b, name.slice(ofB.length), value);
    else take(all.a, name, value);
  }
  if (all.view.compare !== 'on') all.view.edit = 'a';
  return all;
}

/** Returns the hash of these settings, without `#`. */
export async function writeSettings({ a, b, view }) {
  const params = new URLSearchParams();
  const add = async (settings, usual, prefix = '') => {
    for (const [name, value] of Object.entries(settings)) {
      if (value === (usual[name] ?? '')) continue;
      params.set(prefix + name, value.length >= longText || value.startsWith(packedMark) ? await pack(value) : value);
    }
  };
  await add(a, defaults);
  if (view.compare === 'on') await add(b, defaults, ofB);
  await add(view, viewDefaults);
  return params.toString();
}

/** Returns the custom properties of the theme that are set, as [name, value] pairs. */
export const tokensOf = (settings) => Object.entries(settings).filter(([name, value]) => isToken(name) && value);

/** Returns the widths of the frames; 0 is the whole width. */
export function widthsOf(view) {
  const all = view.width
    .split(/[\s,]+/)
    .map(Number)
    .filter((width) => width >= 200 && width <= 4000)
    .slice(0, 3);
  return all.length ? all : [0];
}
