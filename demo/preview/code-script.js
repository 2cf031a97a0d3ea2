/** Writes the code of the script tag. */
import {
  asciiHtml,
  asciiScript,
  asciiStyle,
  asciiTemplate,
  attributesText,
  indent,
  literal,
  ruleText,
} from './source.js';

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

/** Returns the function that puts a product into the cart. A failure is one line of the console, and the button's. */
export const addToCartText = (cartUrl) => `const addToCart = async ({ itemId, quantity }) => {
  const address = ${literal(cartUrl)};
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ id: itemId, quantity });
  const failed = ({ message }) => ({ ok: false, message });
  const reply = await fetch(address, { method: 'POST', headers, body }).catch(failed);
  // The button shows the failure, because \`ok\` is false.
  if (!reply.ok) console.error(\`\${address} did not add \${itemId} to the cart: \${reply.status ?? reply.message}\`);
  return reply;
};
`;

/** Returns the statement that puts a product into the cart; '' without a button. */
export const cartListener = (cartUrl) =>
  cartUrl &&
  `{
  ${indent(addToCartText(cartUrl), '  ').trimEnd()}
  document.addEventListener('vitrine:add-to-cart', ({ detail }) => detail.waitUntil(addToCart(detail)));
}
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
  const own = template && { ...template, text: asciiTemplate(template.text) };
  return `<link rel="stylesheet" href="/vitrine.css">
${asciiStyle(styleText(theme))}<script>
${asciiScript(startText(code))}</script>
<script async src="/vitrine.js"></script>

<vitrine-widget ${asciiHtml(attributesText(attributes))}>
${templateText(own)}  <p>Shown until there are products, and if there are none.</p>
</vitrine-widget>
`;
}
