/**
 * Writes the code that shows the studio's widget elsewhere. Everything that belongs to its look is in the code: theme,
 * colours, direction, language with its texts, own templates, cart, and the shop's account.
 */
import { fieldsOf, keysOf } from './accounts.js';
import { filesOf } from './code-files.js';
import { reactCode, vueCode } from './code-frameworks.js';
import { emailCode, serverCode } from './code-node.js';
import { scriptCode } from './code-script.js';
import { attributesOf } from './request.js';
import { tokensOf } from './settings.js';

const writers = { script: scriptCode, react: reactCode, vue: vueCode, server: serverCode, email: emailCode };

const loading = {};

/** Resolves to the texts of a language; null for English, which is built in. */
function textsOf(lang) {
  if (lang === 'en') return null;
  loading[lang] ??= fetch(new URL(`../dist/strings/${lang}.json`, import.meta.url)).then((reply) => reply.json());
  return loading[lang];
}

/** Returns the account for the code: the shop's own, that of the demo server, or one of placeholders. */
function accountOf(settings, isStatic) {
  if (settings.data === 'live') return fieldsOf(settings, keysOf(settings.service), { placeholders: true });
  if (isStatic) return fieldsOf(settings, {}, { placeholders: true });
  return window.osierServices.accounts[settings.service];
}

/**
 * Resolves to the code of a form, and the files that its page loads (see code-files.js).
 * @param {any} settings
 * @param {string} form
 * @param {{cartUrl: string, shopUrl: string, isStatic: boolean}} options names of the shop; whether there is no demo
 *   server
 */
export async function codeOf(settings, form, { cartUrl, shopUrl, isStatic }) {
  const attributes = attributesOf(settings);
  const code = {
    attributes,
    kind: settings.kind,
    provider: accountOf(settings, isStatic),
    theme: Object.fromEntries(tokensOf(settings)),
    lang: attributes.lang ?? 'en',
    texts: await textsOf(attributes.lang ?? 'en'),
    template: settings.own.trim() && { part: settings.part, text: settings.own.trim() },
    user: settings.kind === 'forUser' ? settings.user : '',
    cartUrl: settings.cart === 'on' ? cartUrl || '/cart/add' : '',
    shopUrl: shopUrl || (isStatic || settings.data === 'live' ? 'https://YOUR_SHOP/' : `${location.origin}/`),
  };
  return { text: writers[form](code), files: filesOf(code, form) };
}
