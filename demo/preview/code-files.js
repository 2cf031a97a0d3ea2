/** Lists the files of the package's dist/ that the page of copied code loads. */

/**
 * Returns the files that a page must have, and those that it loads in some cases: [name, when].
 * @param {any} code provider, template and language; see code.js
 * @param {string} form
 * @returns {{needed: string[], others: [string, string][]}}
 */
export function filesOf({ provider, template, lang }, form) {
  const parts = ['', '-products', ...(template ? ['-templates'] : [])];
  const service = parts.map((part) => `vitrine-${provider.name}${part}.wasm`);
  if (form === 'email') return { needed: [], others: [] };
  if (form === 'react' || form === 'vue') return { needed: service, others: [] };
  return {
    needed: ['vitrine.js', 'vitrine-widgets.js', ...service, 'vitrine.css'],
    others: [
      ...parts.map((part) => /** @type {[string, string]} */ ([`vitrine${part}.wasm`, 'if those of the service fail'])),
      ['vitrine-core.js', 'where WebAssembly does not run'],
      ...(lang === 'en'
        ? []
        : [/** @type {[string, string]} */ ([`strings/${lang}.json`, `if the page itself has <html lang="${lang}">`])]),
    ],
  };
}
