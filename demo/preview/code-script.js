/** Writes the code of the script tag. */
import { attributesText, indent, literal, ruleText } from './source.js';

const queue = `window.vitrine = typeof vitrine === 'function' ? vitrine : function () {
  (vitrine.q = vitrine.q || []).push([Date.now(), [].slice.call(arguments)]);
};`;

/** Returns an own template as a child of the element; '' without one. */
export function templateText(own) {
  if (!own) return '';
  const name = own.part === 'card' ? '' : ` name="${own.part}"`;
  // A line break before the end of the script would be in the text.
  return `  <script type="text/x-mustache"${name}>${own.text}</script>\n`;
}

/** Returns the statement that puts a product into the cart; '' without a button. */
export const cartListener = (cartUrl) =>
  cartUrl &&
  `document.addEventListener('vitrine:add-to-cart', ({ detail }) => {
  const body = JSON.stringify({ id: detail.itemId, quantity: detail.quantity });
  const headers = { 'content-type': 'application/json' };
  detail.waitUntil(fetch(${literal(cartUrl)}, { method: 'POST', headers, body }));
});
`;

/** Returns the snippet that starts Vitrine in a page, without its tag. */
export const startText = ({ provider, texts, user, cartUrl }) => `${queue}
vitrine('init', {
  provider: ${literal(provider)},
${texts ? `  strings: ${literal(texts)},\n` : ''}});
${user ? `vitrine('identify', ${literal(user)});\n` : ''}${cartListener(cartUrl)}`;

/** Returns the theme as a style element; '' without one. */
export const styleText = (theme) =>
  Object.keys(theme).length ? `<style>\n${ruleText('vitrine-widget', theme)}</style>\n` : '';

export function scriptCode(code) {
  const { attributes, theme, template } = code;
  return `<link rel="stylesheet" href="/vitrine.css">
${styleText(theme)}<script>
${indent(startText(code), '')}</script>
<script async src="/vitrine.js"></script>

<vitrine-widget ${attributesText(attributes)}>
${templateText(template)}  <p>Shown until there are products, and if there are none.</p>
</vitrine-widget>
`;
}
