/** Writes the code of a server that renders the widget, and of a job that writes e-mails with its products. */
import { startText, styleText, templateText } from './code-script.js';
import {
  asciiHtml,
  asciiScript,
  attributesText,
  indent,
  inTemplate,
  literal,
  ruleText,
  template as backquoted,
} from './source.js';

/** Returns the call that fetches the products, on a Vitrine of one shopper. */
function callText({ kind, attributes, provider, shopUrl }) {
  const query = {
    ...(attributes['config-id'] ? { configId: attributes['config-id'] } : {}),
    ...(attributes['anchor-id'] ? { anchorId: attributes['anchor-id'] } : {}),
    ...(attributes['category-id'] ? { categoryId: attributes['category-id'] } : {}),
    ...(attributes.query ? { query: attributes.query } : {}),
    topK: Number(attributes['top-k']),
    // Doofinder wants the address of the page; that of a product is known by its id.
    ...(provider.name === 'doofinder' && !attributes['anchor-id'] ? { url: shopUrl } : {}),
  };
  return `${kind === 'searchText' ? 'search.text' : `recs.${kind}`}(${literal(query)})`;
}

/** Returns the options of `renderWidget`, as source. `more`: further options, as values. */
function optionsText({ attributes, texts, template }, more = {}) {
  const options = {
    template: attributes.template,
    ...(attributes.heading ? { title: attributes.heading } : {}),
    ...('add-to-cart' in attributes ? { addToCart: '' } : {}),
    ...('quantity' in attributes ? { quantity: false } : {}),
    currency: attributes.currency,
    locale: attributes.locale,
    ...more,
  };
  const own = template ? `  partials: { ${template.part}: ${backquoted(template.text)} },\n` : '';
  const lines = Object.entries(options).map(([name, value]) => `  ${name}: ${literal(value)},\n`);
  return `{\n${lines.join('')}${texts ? '  strings,\n' : ''}${own}}`;
}

const stringsText = ({ texts, lang }) => {
  const file = `new URL(import.meta.resolve('vitrine/strings/${lang}.json'))`;
  return texts ? `const strings = JSON.parse(readFileSync(${file}, 'utf8'));\n` : '';
};

/** Returns \`new Vitrine\` as source. `events`: the options of events, as source. */
const vitrineText = ({ provider, texts }, events) => `new Vitrine({
  provider: ${literal(provider)},
${texts ? '  strings,\n' : ''}  events: ${events},
})`;

export function serverCode(code) {
  const { attributes, theme, template, texts, user } = code;
  const page = `<link rel="stylesheet" href="/vitrine.css">
${styleText(theme)}<script>
${startText(code)}</script>
<script async src="/vitrine.js"></script>
<vitrine-widget ${attributesText(attributes)}`;
  return `// Renders the products into the page's HTML. Put what renderRecommendations() returns into the page.
${texts ? "import { readFileSync } from 'node:fs';\n" : ''}import { renderWidget, Vitrine } from 'vitrine/node';

${stringsText(code)}// One for the server. The page's script records the events.
const vitrine = ${vitrineText(code, '{ enabled: false }')};

const look = ${optionsText(code)};

/** Resolves to HTML: the widget with its products, and the script that makes it live. */
export async function renderRecommendations(shopper = ${literal(user ? { userId: user } : {})}) {
  const slate = await vitrine.as(shopper).${callText(code)};
  return \`${inTemplate(page)}
  serve="\${slate.serveId}" state="ready">\${renderWidget(slate, look)}
${inTemplate(templateText(template))}\\x3c/vitrine-widget>\`;
}
`;
}

export function emailCode(code) {
  const { attributes, theme, lang, shopUrl, user, kind } = code;
  const { theme: scheme, dir } = attributes;
  const outer = { class: 'products', ...(scheme ? { theme: scheme } : {}), ...(dir ? { dir } : {}) };
  const isPersonal = kind === 'forUser' || kind === 'forVisitor';
  const eager = Number(attributes['top-k']);
  return asciiScript(`// Writes an e-mail for each shopper of a list: node job.mjs [folder]
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderWidget, Vitrine } from 'vitrine/node';

${stringsText(code)}/** The shop's own list.${isPersonal ? ' The products depend on these ids.' : ''} */
const shoppers = [{ userId: ${literal(user || 'u-1001')}, visitorId: 'v_mail0000000001' }];

// One for the whole job. \`vitrine.as\` gives each shopper ids of its own.
const vitrine = ${vitrineText(code, '{ enabled: false }')};

// An e-mail has no cart, so there is no button and no stepper, and all pictures load at once.
const look = ${optionsText({ ...code, attributes: { ...attributes, 'add-to-cart': '' } }, { eager, quantity: false })};

// Mail programs know no custom elements, so the style sheet applies to a class.
const css = readFileSync(new URL(import.meta.resolve('vitrine/vitrine.css')), 'utf8')
  .replaceAll('vitrine-widget', '.products')
  .replace(/\\/\\*# sourceMappingURL.*?\\*\\//, '');
const theme = ${backquoted(ruleText('.products', theme))};

/** Some mail programs ignore the encoding, so characters beyond ASCII become references. */
const ascii = (html) => html.replace(/[\\u{80}-\\u{10ffff}]/gu, (letter) => \`&#\${letter.codePointAt(0)};\`);

/** Mail programs need whole addresses, which the base element makes of relative ones. */
const mailOf = (markup) => \`<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><base href="${inTemplate(asciiHtml(shopUrl))}"><title>For you</title>
<style>\${css}\${theme}\\x3c/style>\\x3c/head>
<body><div ${asciiHtml(attributesText(outer))}>\${ascii(markup)}\\x3c/div>\\x3c/body>\\x3c/html>
\`;

const folder = process.argv[2] ?? 'out';
mkdirSync(folder, { recursive: true });
for (const shopper of shoppers) {
  try {
    const slate = await vitrine.as(shopper).${indent(callText(code), '    ')};
    writeFileSync(join(folder, \`\${shopper.userId}.html\`), mailOf(renderWidget(slate, look)));
    console.log(\`\${shopper.userId}: \${slate.results.length} products\`);
  } catch (error) {
    console.error(\`\${shopper.userId}: \${error.message}\`);
    process.exitCode = 1;
  }
}
await vitrine.close();
`);
}
