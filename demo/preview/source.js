/** Writes values as source text of HTML and JavaScript. */

export const attributeText = (text) =>
  String(text).replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

export const indent = (text, by) => text.replaceAll('\n', `\n${by}`);

/**
 * Returns source of JavaScript in which every character beyond ASCII is an escape. It means the same in a page that
 * says no encoding, as long as these characters are in strings.
 */
export const asciiScript = (source) =>
  source.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const reference = (letter) => `&#${letter.codePointAt(0)};`;

/** Returns HTML in which every character beyond ASCII is a character reference: for attributes and texts. */
export const asciiHtml = (html) => html.replace(/[\u{80}-\u{10ffff}]/gu, reference);

/** Returns a template of Mustache with character references in its HTML. Names in its tags stay as they are. */
export const asciiTemplate = (text) =>
  text.replace(/\{\{[^}]*\}\}|[\u{80}-\u{10ffff}]/gu, (part) => (part.startsWith('{{') ? part : reference(part)));

/** Returns CSS in which every character beyond ASCII is an escape. */
export const asciiStyle = (css) =>
  css.replace(/[\u{80}-\u{10ffff}]/gu, (letter) => `\\${letter.codePointAt(0).toString(16)} `);

/** Returns a text as JavaScript source in single quotes. */
const quoted = (text) =>
  `'${text
    .replace(/[\\']/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replace(/<(?=[/!])/g, '\\x3c')}'`;

/** Returns a text of several lines as JavaScript source in backquotes. */
export const template = (text) => `\`${inTemplate(text)}\``;

/** Returns a text that means itself inside backquotes. */
export const inTemplate = (text) =>
  text
    .replace(/[\\`]/g, '\\$&')
    .replaceAll('${', '\\${')
    .replace(/<(?=[/!]|script)/g, '\\x3c');

/** Returns a value as JavaScript source: keys without quotes where possible. `depth`: levels of indentation. */
export function literal(value, depth = 1) {
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).map(
    ([key, inner]) => `${/^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key)}: ${literal(inner, depth + 1)}`,
  );
  if (!entries.length) return '{}';
  const line = `{ ${entries.join(', ')} }`;
  const by = '  '.repeat(depth + 1);
  return line.length < 90 ? line : `{\n${by}${entries.join(`,\n${by}`)},\n${'  '.repeat(depth)}}`;
}

/** Returns attributes as HTML. */
export const attributesText = (attributes) =>
  Object.entries(attributes)
    .map(([name, value]) => `${name}="${attributeText(value)}"`)
    .join(' ');

/** Returns a rule of CSS for a selector; '' without properties. */
export const ruleText = (selector, properties) =>
  Object.keys(properties).length
    ? `${selector} {\n${Object.entries(properties)
        .map(([name, value]) => `  ${name}: ${value};`)
        .join('\n')}\n}\n`
    : '';
