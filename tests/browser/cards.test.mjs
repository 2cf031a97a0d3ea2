// The nodes of a widget equal those that a browser parses from the markup of a server, at first and after a patch.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderWidget } from '../../dist/index.js';
import { answering } from './answers.mjs';
import { inEachEngine } from './each_engine.mjs';
import { expectQuiet } from './expect.mjs';
import { strictPolicy } from './pages.mjs';
import { openSite } from './open_site.mjs';

// The test parses markup itself, and a card of the shop has a style attribute.
const {
  'require-trusted-types-for': _,
  'trusted-types': __,
  ...kOpenPolicy
} = { ...strictPolicy, 'style-src': "'self' 'unsafe-inline'" };

const kTitles = [
  'A',
  'B & <b>C</b>',
  '"D" \'E\' `F`',
  ' G\u00a0 H\n\tI ',
  '\u05d0\u05d1',
  '\u{1f600} &amp; &nbsp;',
  'x',
  '',
];
const kUrls = [
  '/p/1?a=1&b="',
  'https://shop.example/p 2#x',
  'javascript:alert(1)',
  ' \tdata:text/html,x',
  '//other.example/',
  'p/é',
  undefined,
  '/p',
];

/** Sixteen different products, with everything that a card may show or lack. */
const results = Array.from({ length: 16 }, (_, i) => ({
  productId: `p${i}"<&`,
  metadata: {
    name: kTitles[i % 8],
    url: kUrls[i % 8],
    brand: i % 3 ? `Brand <${i % 5}>` : undefined,
    imageUrl: i % 5 ? `/none.svg?${i}&x` : undefined,
    srcset: i % 4 ? undefined : `/none.svg?a=${i}&b 1x, javascript:x 2x, /none.svg?c 3x`,
    imageWidth: i % 2 ? 300 : undefined,
    imageHeight: i % 2 ? 200 : undefined,
    price: i % 7 ? 10 + i / 4 : undefined,
    originalPrice: i % 2 ? 30 : undefined,
    rating: i % 4 ? 3.5 : undefined,
    ratingCount: i % 6,
    badges: ['New & "hot"', '<i>Sale</i>'].slice(0, i % 3),
    html: '<b onclick=x>bold</b>',
    color: ['red', '#fff', 'url(x)'][i % 3],
  },
}));
const reply = JSON.stringify({ serveId: 'sv_1', results });

// Values between, beside and inside the template's text, which some cards lack.
const kOwn =
  '<article class="c {{brand}}" title="{{title}} by {{brand}}." style="--a: {{attributes.color}}">' +
  '<a href="{{url}}">{{title}}</a>' +
  '<a href="/q?{{title}}={{brand}}">No. {{number}} of {{count}}: <b>{{brand}}</b>{{price}}</a>' +
  '{{#badges}}<em>{{.}}</em>{{/badges}}<p>{{attributes.html}}</p>' +
  '{{#image}}<img src="{{src}}" srcset="{{srcset}}" alt="{{title}}">{{/image}}{{^image}}<hr>{{/image}}' +
  '<svg><text x="1">{{title}}</text></svg></article>';

/** @typedef {import('../../js/entries/index.js').WidgetOptions} WidgetOptions */
/** @type {WidgetOptions['template'][]} */
const templates = ['grid', 'carousel', 'list', 'strip', 'hero'];
/** @type {(Pick<WidgetOptions, 'template' | 'partials'> & { parts?: boolean })[]} */
const looks = [
  ...templates.map((template) => ({ template })),
  { template: 'grid', parts: true },
  { template: 'grid', partials: { card: kOwn } },
  {
    template: 'list',
    partials: {
      frame: '<h2>{{count}}</h2><ol>{{#items}}<li data-vitrine-item="{{id}}">{{>card}}</li>{{/items}}</ol>',
      card: kOwn,
    },
  },
  {
    template: 'list',
    partials: { frame: '<div>{{#items}} <p data-vitrine-item="{{id}}">{{title}}</p>{{/items}}</div>' },
  },
  {
    template: 'list',
    partials: { frame: '<div>{{#items}}<div><p data-vitrine-item="{{id}}">{{title}}</p></div>{{/items}}</div>' },
  },
  {
    template: 'list',
    partials: { frame: '<table>{{#items}}<tr data-vitrine-item="{{id}}"><td>{{title}}</td></tr>{{/items}}</table>' },
  },
];

inEachEngine('cards', (_engine, browser) => {
  test('cards equal those of a server, at first and after every other card has changed', async (t) => {
    const site = await openSite(t, browser(), { before: answering, policy: kOpenPolicy });
    const tab = await site.open('blank.html', 'window');
    const changed = JSON.stringify({
      serveId: 'sv_1',
      results: results.map((product, i) => (i % 2 ? product : results[14 - i])),
    });
    for (const { partials, parts, ...look } of looks) {
      const seen = await tab.run(
        async ({ look, partials, parts, replies, wholes }) => {
          const widget = document.createElement('vitrine-widget');
          const attributes = {
            ...look,
            ...(parts ? { shadow: '' } : {}),
            'anchor-id': 'SKU-1',
            'top-k': 16,
            load: 'lazy',
            currency: 'EUR',
          };
          for (const name in attributes) widget.setAttribute(name, attributes[name]);
          for (const [name, text] of Object.entries(partials ?? {})) {
            const script = document.createElement('script');
            Object.assign(script, { type: 'text/x-mustache', textContent: text });
            script.setAttribute('name', name);
            widget.append(script);
          }
          // Wait until its templates are inside: WebKit runs microtasks while a script is inserted.
          document.body.append(widget);
          const states = [];
          const differences = [];
          for (const [i, text] of replies.entries()) {
            answers.next = [{ text }];
            states.push(await widget.refresh());
            const whole = document.createElement('div');
            whole.innerHTML = wholes[i];
            const shown = document.createElement('div');
            const nodes = (widget.shadowRoot ?? widget).querySelectorAll('[data-vitrine-view]');
            shown.append(...[...nodes].map((node) => node.cloneNode(true)));
            for (const nodes of [shown, whole]) {
              // The page's script sets attributes of the carousel's buttons that are not in the markup.
              for (const button of nodes.querySelectorAll('[data-vitrine-prev],[data-vitrine-next]'))
                for (const name of ['aria-disabled', 'hidden']) button.removeAttribute(name);
              // Nor are the tab stops of its cards.
              for (const control of nodes.querySelectorAll('[data-vitrine-item] [tabindex="-1"]'))
                control.removeAttribute('tabindex');
              // A frame of the shop's own may have no live region; then the script adds one.
              nodes.querySelector(':scope > [data-vitrine-view] > [role=status]')?.remove();
              // White space around a moved card does not matter.
              for (const card of nodes.querySelectorAll('[data-vitrine-item]'))
                for (const node of [...card.parentNode.childNodes])
                  if (node.nodeType === 3 && !node.data.trim()) node.remove();
            }
            if (!shown.isEqualNode(whole)) differences.push([shown.innerHTML, whole.innerHTML]);
          }
          const count = (widget.shadowRoot ?? widget).querySelectorAll('[data-vitrine-item]').length;
          widget.remove();
          return { states, differences, count };
        },
        {
          look,
          partials,
          parts,
          replies: [reply, changed],
          wholes: [reply, changed].map((text) =>
            renderWidget(
              { provider: { name: 'refine', apiKey: 'k', organizationId: 'o', catalogId: 'c' }, reply: text },
              { ...look, partials, parts, currency: 'EUR', locale: 'en' },
            ),
          ),
        },
      );
      assert.deepEqual({ look, ...seen }, { look, states: ['ready', 'ready'], differences: [], count: 16 });
    }
    await expectQuiet(tab);
  });
});
