/** Writes the code of the components for React and Vue. */
import { addToCartText } from './code-script.js';
import { attributesText, indent, literal, template as backquoted } from './source.js';

const camel = (name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

/** Returns the lines that both frameworks have in common: imports, configuration, template and cart. */
function commonText({ provider, texts, lang, template, cartUrl }) {
  const imports = texts ? `import strings from 'vitrine/strings/${lang}.json';\n` : '';
  const config = `const config = {
  provider: ${literal(provider)},
${texts ? '  strings,\n' : ''}};
`;
  const own = template ? `\nconst template = ${backquoted(template.text)};\n` : '';
  const cart = cartUrl ? `\n${addToCartText(cartUrl)}` : '';
  return { imports, config, own, cart };
}

const themeText = (theme) => (Object.keys(theme).length ? `\nconst theme = ${literal(theme, 0)};\n` : '');

/** Returns a value as a property of JSX. */
const jsx = (name, value) => {
  if (name === 'top-k') return `topK={${Number(value)}}`;
  if (name === 'quantity' || name === 'add-to-cart') return `${camel(name)}={false}`;
  const isPlain = !/["&<>\n\\]/.test(value);
  return isPlain ? `${camel(name)}="${value}"` : `${camel(name)}={${literal(value)}}`;
};

export function reactCode(code) {
  const { attributes, theme, template, user, cartUrl } = code;
  const { imports, config, own, cart } = commonText(code);
  const properties = [
    ...Object.entries(attributes).map(([name, value]) => jsx(name, value)),
    ...(Object.keys(theme).length ? ['style={theme}'] : []),
    ...(cartUrl ? ['onAddToCart={addToCart}'] : []),
  ];
  const name = template && template.part !== 'card' ? ` name="${template.part}"` : '';
  const child = template ? `\n      <script type="text/x-mustache"${name}>{template}</script>` : '';
  const widget = `<VitrineWidget
      ${properties.join('\n      ')}
    >${child}
      <p>Shown until there are products, and if there are none.</p>
    </VitrineWidget>`;
  const shown = user ? indent(`<ForUser>\n  ${indent(widget, '  ')}\n</ForUser>`, '    ') : widget;
  const forUser = `
// The products are those of the user, so the widget waits until the user is known.
const ForUser = ({ children }) => {
  const vitrine = useVitrine();
  const [isKnown, setKnown] = useState(false);
  useEffect(() => {
    if (!vitrine) return;
    vitrine.identify(${literal(user)});
    setKnown(true);
  }, [vitrine]);
  return isKnown ? children : null;
};
`;
  const names = [...(user ? ['useVitrine'] : []), 'VitrineProvider', 'VitrineWidget'].join(', ');
  return `${user ? "import { useEffect, useState } from 'react';\n" : ''}import { ${names} } from 'vitrine/react';
import 'vitrine/vitrine.css';
${imports}
${config}${themeText(theme)}${own}${cart}${user ? forUser : ''}
export const Recommendations = () => (
  <VitrineProvider config={config}>
    ${shown}
  </VitrineProvider>
);
`;
}

export function vueCode(code) {
  const { attributes, theme, template, user, cartUrl } = code;
  const { imports, config, own, cart } = commonText(code);
  const hasTheme = Object.keys(theme).length > 0;
  const properties = [
    ...(user ? ['v-if="isKnown"'] : []),
    attributesText(attributes).replaceAll('" ', '"\n    '),
    ...(hasTheme ? [':style="theme"'] : []),
    ...(cartUrl ? ['@add-to-cart="addToCart"'] : []),
  ];
  const name = template && template.part !== 'card' ? ` name="${template.part}"` : '';
  // A template of Vue has no script elements of its own, so the element is named by a value.
  const child = template ? `\n    <component :is="'script'" type="text/x-mustache"${name} v-text="template" />` : '';
  const forUser = `
// The products are those of the user, so the widget waits until the user is known.
const vitrine = useVitrine();
const isKnown = ref(false);
watch(
  vitrine,
  (ready) => {
    if (!ready) return;
    ready.identify(${literal(user)});
    isKnown.value = true;
  },
  { immediate: true },
);
`;
  return `<script setup>
import { getCurrentInstance${user ? ', ref, watch' : ''} } from 'vue';
import { createVitrine${user ? ', useVitrine' : ''}, VitrineWidget } from 'vitrine/vue';
import 'vitrine/vitrine.css';
${imports}
${config}${hasTheme ? `\nconst theme = ${literal(theme, 0)};\n` : ''}${own}${cart}
// A shop with several widgets does this once, where it makes its app.
getCurrentInstance().appContext.app.use(createVitrine({ config }));
${user ? forUser : ''}</script>

<template>
  <VitrineWidget
    ${properties.join('\n    ')}
  >${child}
    <p>Shown until there are products, and if there are none.</p>
  </VitrineWidget>
</template>
`;
}
