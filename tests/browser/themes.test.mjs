// Widgets in the light DOM among the rules of shop themes: lists, pictures, links, headings, buttons and fields look as
// on a page without a theme. VITRINE_SHOTS=DIR writes a picture of each.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { answering } from './answers.mjs';
import { inEachEngine } from './each_engine.mjs';
import { openSite } from './open_site.mjs';
import { strictPolicy } from './pages.mjs';

const resolve = createRequire(import.meta.url).resolve;
const npm = (path) => readFileSync(resolve(path), 'utf8');
const own = (name) => readFileSync(new URL(`themes/${name}.css`, import.meta.url), 'utf8');
const themes = {
  'Bootstrap 3': () => npm('bootstrap3/dist/css/bootstrap.css'),
  'Bootstrap 5': () => npm('bootstrap/dist/css/bootstrap.css'),
  'Tailwind preflight': () => npm('tailwindcss/preflight.css').replaceAll(/--theme\([^;]*\);/g, 'inherit;'),
  'normalize.css': () => npm('normalize.css/normalize.css'),
  Dawn: () => own('dawn'),
  Storefront: () => own('storefront'),
  Luma: () => own('luma'),
  Shopware: () => own('shopware'),
  'PrestaShop Classic': () => own('prestashop'),
  hostile: () => own('hostile'),
};
const templates = ['grid', 'carousel', 'list', 'strip'];
const shots = process.env.VITRINE_SHOTS;
const page = readFileSync(new URL('pages/blank.html', import.meta.url), 'utf8');
// The classes and ids by which these themes name their content.
const around = (link, html) =>
  page.replace('<link rel="stylesheet"', `${link}<link rel="stylesheet"`).replace(
    '<main><h1>Widgets</h1></main>',
    `<div class="content rte entry-content page-content page-main cms-element-text" id="content">
        <div class="entry"><main>${html}</main></div></div>`,
  );

/** Puts a widget of each layout into the page, and returns the looks of its parts by layout and class. */
const show = (tab, names) =>
  tab.run(async (all) => {
    const out = {};
    answers.next = [
      {
        text: answers.slate(4, (reply) => {
          Object.assign(reply.results[0].metadata, { originalPrice: 99, badges: ['New'] });
          return reply;
        }),
      },
    ];
    for (const template of all) {
      const widget = answers.put({ template, heading: 'Picked for you', quantity: '' });
      // A widget inherits the font, which is the shop's choice. Here every theme has the same.
      widget.style.cssText = 'font: 16px/1.4 sans-serif; letter-spacing: normal; width: 900px; text-align: start';
      widget.style.setProperty('--vitrine-columns', '15em');
      await widget.refresh();
      const origin = widget.querySelector('.vitrine').getBoundingClientRect();
      for (const element of widget.querySelectorAll('h2,ul,li,img,a,button,input,.vitrine-item,.vitrine-items')) {
        const name = `${template} ${element.className}`;
        if (out[name]) continue;
        const style = getComputedStyle(element);
        const box = element.getBoundingClientRect();
        const after = getComputedStyle(element, '::after');
        const before = getComputedStyle(element, '::before');
        out[name] = {
          box: [box.left - origin.left, box.top - origin.top, box.width, box.height].map(Math.round).join(' '),
          list: style.listStyleType,
          line: style.textDecorationLine,
          border: `${style.borderTopWidth} ${style.borderBottomWidth}`,
          radius: style.borderTopLeftRadius,
          shadow: style.boxShadow,
          background: `${style.backgroundColor} ${style.backgroundImage}`,
          color: style.color,
          padding: style.padding,
          opacity: style.opacity,
          content: [before.content, after.content].join(' '),
          after: after.content === '""' ? `${after.width} ${after.height} ${after.backgroundColor}` : '',
        };
      }
    }
    return out;
  }, names);

inEachEngine('themes', (engine, browser) => {
  for (const [name, css] of Object.entries(themes)) {
    test(`a widget among the rules of a theme looks as without them: ${name}`, async (t) => {
      const site = await openSite(t, browser(), {
        before: answering,
        policy: { ...strictPolicy, 'font-src': "'self'" },
      });
      site.pages.replies.set('/theme.css', { type: 'text/css', body: css() });
      site.pages.replies.set('/plain.html', { body: around('', '') });
      site.pages.replies.set('/themed.html', { body: around('<link rel="stylesheet" href="/theme.css">', '') });
      const looks = {};
      for (const kind of ['plain', 'themed']) {
        const tab = await site.open(`${kind}.html`, 'window');
        looks[kind] = await show(tab, templates);
        if (kind === 'themed' && shots && engine === 'chromium') {
          const height = await tab.run(() => document.documentElement.scrollHeight);
          await tab.cdp('Emulation.setDeviceMetricsOverride', {
            width: 1000,
            height: Math.min(height, 3000),
            deviceScaleFactor: 1,
            mobile: false,
          });
          const { data } = await tab.cdp('Page.captureScreenshot', { format: 'png' });
          writeFileSync(join(shots, `${name.replaceAll(/\W/g, '-')}.png`), Buffer.from(data, 'base64'));
        }
        await tab.close();
      }
      const differences = Object.keys(looks.plain).flatMap((part) =>
        Object.keys(looks.plain[part])
          .filter((key) => looks.themed[part]?.[key] !== looks.plain[part][key])
          .map((key) => `${part} ${key}: ${looks.themed[part]?.[key]}, not ${looks.plain[part][key]}`),
      );
      assert.deepEqual(differences, []);
    });
  }
});
