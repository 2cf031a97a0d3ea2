// Accessibility of the widget: axe-core's findings, and what assistive technology reads. For keyboards see
// keyboard.test.mjs.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { answering } from './answers.mjs';
import { inEachEngine } from './each_engine.mjs';
import { openSite } from './open_site.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const templates = ['grid', 'carousel', 'list', 'strip', 'hero'];

const openBlank = async (t, browser) => {
  const site = await openSite(t, browser, { before: answering });
  const tab = await site.open('blank.html', 'window');
  return { site, tab };
};
/** Returns axe-core's findings in the page: "rule: element". */
const findings = async (tab) => {
  const script = `${axe}; const done = arguments[arguments.length - 1];
    // Wait for the end of colour transitions, because intermediate colours have no meaning.
    const isBounded = ({ effect }) => effect.getTiming().iterations !== Infinity;
    document.getAnimations().filter(isBounded).forEach((animation) => animation.finish());
    const lineOf = (id, { html, failureSummary }) => id + ': ' + html.slice(0, 200) + ' ' + failureSummary;
    axe.run(document).then(
      ({ violations }) => done(violations.flatMap(({ id, nodes }) => nodes.map((node) => lineOf(id, node)))),
      (error) => done([String(error)]),
    );`;
  return tab.send('ExecuteAsyncScript', { script, args: [] });
};
/** Replaces the widget by one in this state. */
const bring = (tab, template, state) =>
  tab.run(
    async (name, wanted) => {
      document.querySelector('vitrine-widget')?.remove();
      const text = answers.slate(6, (reply) => {
        reply.results.forEach(
          ({ metadata }, i) => i % 2 && Object.assign(metadata, { originalPrice: 99, badges: ['New'] }),
        );
        return reply;
      });
      const never = new Promise(() => {});
      answers.next = [
        {
          loading: never,
          skeleton: never,
          empty: { text: '{"serveId":"e","results":[]}' },
          error: { status: 404, text: '{}' },
        }[wanted] || { text },
      ];
      const widget = answers.put({
        template: name,
        heading: 'Picked for you',
        'top-k': 6,
        load: wanted === 'loading' ? null : 'eager',
      });
      const reached = () => widget.getAttribute('state') === wanted;
      if (wanted === 'ready') await widget.refresh();
      if (wanted === 'stale') {
        await widget.refresh();
        answers.next = [{ status: 404, text: '{}' }];
        await widget.refresh();
      }
      // One button in each of its states.
      ['added', 'failed', 'adding'].forEach((how, i) =>
        widget.querySelectorAll('[data-vitrine-add]')[i]?.setAttribute('data-vitrine-cart', how),
      );
      while (!reached())
        await new Promise((resolve) => widget.addEventListener('vitrine:state', resolve, { once: true }));
    },
    template,
    state,
  );

inEachEngine('access', (_engine, browser) => {
  for (const template of templates) {
    test(`axe-core finds nothing in any state, in light and dark, in both directions of text: ${template}`, {
      timeout: 180_000,
    }, async (t) => {
      const { tab } = await openBlank(t, browser());
      for (const state of ['ready', 'skeleton', 'loading', 'stale', 'empty', 'error']) {
        await bring(tab, template, state);
        for (const [theme, dir] of ['light', 'dark'].flatMap((scheme) => [
          [scheme, 'ltr'],
          [scheme, 'rtl'],
        ])) {
          await tab.run(
            (scheme, way) => {
              document.documentElement.style.colorScheme = scheme;
              document.documentElement.style.background = scheme === 'dark' ? '#111' : '#fff';
              document.documentElement.style.color = scheme === 'dark' ? '#eee' : '#111';
              document.documentElement.dir = way;
            },
            theme,
            dir,
          );
          assert.deepEqual(await findings(tab), [], `${template} ${state} ${theme} ${dir}`);
        }
      }
    });
  }

  test('axe-core finds a known fault', async (t) => {
    const { tab } = await openBlank(t, browser());
    await tab.run(
      () => void document.querySelector('main').append(document.createElement('img'), document.createElement('button')),
    );
    const found = (await findings(tab)).map((line) => line.split(':')[0]);
    assert.deepEqual(found.toSorted(), ['button-name', 'image-alt']);
  });
});

/** Returns the widget's accessibility tree in Chromium: a line for each role and its name, and for each text. */
const told = async (tab) => {
  await tab.cdp('Accessibility.enable');
  const { nodes } = await tab.cdp('Accessibility.getFullAXTree');
  const lines = [];
  const visit = (id) => {
    const { ignored, role, name, properties = [], childIds = [] } = nodes.find(({ nodeId }) => nodeId === id);
    const of = (key) => properties.find((property) => property.name === key)?.value.value;
    const words = name?.value ?? '';
    if (role?.value === 'StaticText') return ignored || lines.push(`"${words}"`);
    if (!ignored && !['none', 'generic'].includes(role?.value)) {
      lines.push([role.value, of('roledescription'), words, of('disabled') && 'disabled'].filter(Boolean).join(' '));
      // The content of a button or picture is not read in addition to its name.
      if (['button', 'image', 'link', 'spinbutton', 'heading'].includes(role.value)) return;
    }
    childIds.forEach(visit);
  };
  visit(nodes[0].nodeId);
  return lines.slice(
    lines.findIndex((line) => line.startsWith('region')),
    lines.indexOf('status'),
  );
};
const stepper = (title) => [`button One less: ${title}`, `spinbutton Quantity: ${title}`, `button One more: ${title}`];
const card = (template, i, count) => [
  template === 'carousel' ? `group slide ${i + 1} of ${count}` : 'listitem',
  ...(template !== 'strip' && i % 2 ? [`"−${Math.round((1 - (10 + i) / 99) * 100)}%"`, '"New"'] : []),
  '"BRAND"',
  `link Product ${i}`,
  ...(template === 'strip' ? [] : ['image 4 out of 5 stars, 3 reviews']),
  `"€${10 + i}.00"`,
  ...(i % 2 ? ['deletion', '"Was"', '"€99.00"'] : []),
  ...(template === 'strip' ? [] : stepper(`Product ${i}`)),
  `button Add to cart: Product ${i}`,
];

inEachEngine(
  'accessibility tree',
  (_engine, browser) => {
    for (const template of templates) {
      test(`a screen reader reads the whole widget in order, with names: ${template}`, async (t) => {
        const { tab } = await openBlank(t, browser());
        await bring(tab, template, 'ready');
        const cards = Array.from({ length: 6 }, (_, i) => card(template, i, 6)).flat();
        const isCarousel = template === 'carousel';
        const turns = ['button Previous disabled', 'button Next', 'group Picked for you'];
        assert.deepEqual(await told(tab), [
          isCarousel ? 'region carousel Picked for you' : 'region Picked for you',
          'heading Picked for you',
          ...(isCarousel ? turns : ['list']),
          ...cards,
        ]);
        await bring(tab, template, 'skeleton');
        assert.deepEqual(await told(tab), [], 'nothing of a skeleton');
      });
    }
  },
  { only: ['chromium'] },
);
