/** The tab with the code to copy, in five forms. */
import { h } from '../scripts/dom.js';
import { codeOf } from './code.js';
import { text } from './controls.js';
import { tabList } from './tabs.js';
import { forms } from './vocabulary.js';

const hints = {
  script: 'For a page of your shop.',
  react: 'A component. It needs npm install vitrine react react-dom.',
  vue: 'A component of one file. It needs npm install vitrine vue.',
  server: 'A module for Node 20 or later. The page takes the markup over without a request.',
  email: 'A job for Node 20 or later: node job.mjs. An e-mail has no cart, so it has no button.',
};

const npmPage = 'https://github.com/vitrine-js/vitrine/blob/main/docs/npm.md#bundlers';
const list = (names) => names.flatMap((name, i) => [i ? ', ' : '', h('code', {}, name)]);

/** Returns what the page needs besides the code, as paragraphs. */
function needsOf(form, { needed, others }, hasDemoPictures) {
  const isBundled = form === 'react' || form === 'vue';
  const names = h('span', { class: 'files-needed' }, list(needed));
  return [
    needed.length > 0 &&
      h(
        'p',
        {},
        isBundled ? 'The page loads these files of the package’s dist/: ' : 'The page needs these files of dist/: ',
        names,
        '.',
      ),
    isBundled &&
      h(
        'p',
        {},
        'Vite, webpack and Parcel copy them. With esbuild and Rollup copy them beside the bundle: ',
        h('a', { href: npmPage }, 'bundlers'),
        '.',
      ),
    others.length > 0 &&
      h(
        'p',
        {},
        'In some cases it also loads ',
        others.flatMap(([name, when], i) => [i ? ', ' : '', h('code', {}, name), ` (${when})`]),
        '.',
      ),
    hasDemoPictures &&
      h(
        'p',
        {},
        'The demo’s products name their pictures without a host (/img/…), so they are missing on other hosts than ',
        `${location.host}. `,
        'The pictures of your own service have whole addresses.',
      ),
  ];
}

/** `settings`: see drawer.js. */
export function codePane(settings) {
  const code = h('pre', { class: 'code', tabindex: 0, 'aria-label': 'The code' });
  const hint = h('p', { class: 'hint' });
  const needs = h('div', { class: 'hint files' });
  const body = h('div', { class: 'code-body' }, hint, code, needs);
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
      const { isStatic } = settings;
      const { text: written, files } = await codeOf(settings.get(), form, { ...view, isStatic });
      shown = written;
      const own = needsOf(form, files, !isStatic && settings.get().data !== 'live');
      needs.replaceChildren(...own.filter((one) => one !== false));
      code.textContent = shown;
    },
  };
}
