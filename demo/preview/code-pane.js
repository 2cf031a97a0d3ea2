/** The tab with the code to copy, in five forms. */
import { h } from '../scripts/dom.js';
import { codeOf } from './code.js';
import { text } from './controls.js';
import { tabList } from './tabs.js';
import { forms } from './vocabulary.js';

const hints = {
  script: 'For a page of your shop. The files are in the package’s dist/ folder.',
  react: 'A component. It needs npm install vitrine react react-dom.',
  vue: 'A component of one file. It needs npm install vitrine vue.',
  server: 'A module for Node 20 or later. The page takes the markup over without a request.',
  email: 'A job for Node 20 or later: node job.mjs. An e-mail has no cart, so it has no button.',
};

/** `settings`: see drawer.js. */
export function codePane(settings) {
  const code = h('pre', { class: 'code', tabindex: 0, 'aria-label': 'The code' });
  const hint = h('p', { class: 'hint' });
  const body = h('div', { class: 'code-body' }, hint, code);
  const bar = tabList(
    'Forms of the code',
    forms,
    Object.fromEntries(Object.keys(forms).map((form) => [form, body])),
    'form',
    (form) => settings.setView('form', form),
  );
  bar.element.classList.add('tabs-small');
  const { cartUrl, shopUrl } = settings.view();
  const names = h(
    'div',
    { class: 'code-names' },
    text('Address of your cart', cartUrl, (value) => settings.setView('cartUrl', value), { placeholder: '/cart/add' }),
    text('Address of your shop', shopUrl, (value) => settings.setView('shopUrl', value), {
      placeholder: 'https://YOUR_SHOP/',
    }),
  );
  let shown = '';
  return {
    element: h('div', { class: 'pane' }, bar.element, names, body),
    /** Returns the code that is shown. */
    text: () => shown,
    async show() {
      const view = settings.view();
      const form = view.form in forms ? view.form : 'script';
      bar.open(form);
      hint.textContent = hints[form];
      shown = await codeOf(settings.get(), form, { ...view, isStatic: settings.isStatic });
      code.textContent = shown;
    },
  };
}
