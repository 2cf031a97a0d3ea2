/** Writes the script tag and markup that show the preview's widget on a shop's page. */
import { attributesOf } from './request.js';
import { tokensOf } from './settings.js';

const quote = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
const indent = (text, by) => text.replaceAll('\n', `\n${by}`);

/** Returns a value as JavaScript source: keys without quotes where possible, texts in single quotes. */
function literal(value, depth = 1) {
  if (typeof value === 'string') return `'${value.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n')}'`;
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).map(
    ([key, inner]) => `${/^[\w$]+$/.test(key) ? key : literal(key)}: ${literal(inner, depth + 1)}`,
  );
  const line = `{ ${entries.join(', ')} }`;
  const by = '  '.repeat(depth + 1);
  return line.length < 90 ? line : `{\n${by}${entries.join(`,\n${by}`)},\n${'  '.repeat(depth)}}`;
}

function styleOf(settings) {
  const lines = tokensOf(settings).map(([name, value]) => `  ${name}: ${value};`);
  if (settings.scheme !== 'auto') lines.unshift(`  color-scheme: ${settings.scheme};`);
  return lines.length ? `<style>\nvitrine-widget {\n${lines.join('\n')}\n}\n</style>\n` : '';
}

export function codeOf(settings) {
  const attributes = Object.entries(attributesOf(settings))
    .map(([name, value]) => `${name}="${quote(value)}"`)
    .join(' ');
  const user = settings.kind === 'forUser' ? `vitrine('identify', ${literal(settings.user)});\n` : '';
  const part = settings.part === 'card' ? '' : ` name="${quote(settings.part)}"`;
  const template = settings.own
    ? `  <script type="text/x-mustache"${part}>\n    ${indent(settings.own.trim(), '    ')}\n  </script>\n`
    : '';
  const queue =
    'window.vitrine = window.vitrine || function () { ' +
    '(vitrine.q = vitrine.q || []).push([Date.now(), [].slice.call(arguments)]); };';
  return `<link rel="stylesheet" href="/vitrine.css">
${styleOf(settings)}<script>
${queue}
vitrine('init', {
  provider: ${literal(window.osierServices.accounts[settings.service])},
});
${user}</script>
<script async src="/vitrine.js"></script>

<vitrine-widget ${attributes}>
${template}  <p>Shown until there are products, and if there are none.</p>
</vitrine-widget>
`;
}
