/**
 * The settings of the preview. The address holds all of them after `#`, so that a link shows the same to a colleague.
 */

/** The defaults. Theme tokens are settings named `--vitrine-accent` and so on, and have no default. */
export const defaults = {
  service: 'refine',
  kind: 'forVisitor',
  item: 'SKU-0017',
  user: 'ada',
  category: 'Lighting',
  query: 'lamp',
  count: '8',
  heading: '',
  template: 'grid',
  part: 'card',
  own: '',
  cart: 'on',
  stepper: 'on',
  state: 'live',
  reply: '',
  scheme: 'auto',
  dir: 'ltr',
  lang: 'en',
  width: '0',
  tab: 'template',
};

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

/** Returns the settings of an address's hash. Ignores values that cannot be read. */
export async function readSettings(hash) {
  const settings = { ...defaults };
  for (const [name, value] of new URLSearchParams(hash.replace(/^#/, ''))) {
    if (!(name in defaults) && !name.startsWith('--vitrine-')) continue;
    try {
      settings[name] = value.startsWith(packedMark) ? await unpack(value) : value;
    } catch {
      // A truncated link still shows its other settings.
    }
  }
  return settings;
}

/** Returns the hash of these settings, without `#`. */
export async function writeSettings(settings) {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(settings)) {
    if (value === (defaults[name] ?? '')) continue;
    params.set(name, value.length >= longText || value.startsWith(packedMark) ? await pack(value) : value);
  }
  return params.toString();
}

/** Returns the custom properties of the theme that are set, as [name, value] pairs. */
export const tokensOf = (settings) =>
  Object.entries(settings).filter(([name, value]) => name.startsWith('--vitrine-') && value);
