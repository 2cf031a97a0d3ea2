// The studio itself: axe-core finds nothing in it, it fits a phone, and it works with the keyboard alone.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { buildStudioBundles } from '../../tools/studio.mjs';
import { startServer } from '../server/server.mjs';
import { inEachEngine } from './each_engine.mjs';
import { openStudio, settingsIn, statesAre } from './studio/open.mjs';
import { until } from './until.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const kTab = '\uE004';
const kSpace = ' ';
const kRight = '\uE014';
const kPhone = { width: 390, height: 844 };

let server;
before(async () => {
  await buildStudioBundles();
  server = await startServer();
});
after(() => server.stop());
const address = () => `${server.url}/preview`;

/** Returns axe-core's findings in the page, without its frames: "rule: element". */
const findings = (tab) =>
  tab.send('ExecuteAsyncScript', {
    script: `${axe}; const done = arguments[arguments.length - 1];
      axe.run({ exclude: ['iframe'] }, { iframes: false }).then(
        ({ violations }) => done(violations.flatMap(({ id, nodes }) =>
          nodes.map(({ html, failureSummary }) => id + ': ' + html.slice(0, 160) + ' ' + failureSummary))),
        (error) => done([String(error)]),
      );`,
    args: [],
  });

const screens = {
  template: { own: '<p onclick="{{id}}">x</p>' },
  reply: { data: 'pasted', reply: '{"status":"success","serveId":"s","results":[]}' },
  wire: {},
  measures: { compare: 'on', width: '320,768,1024', edit: 'b' },
  code: { form: 'vue', data: 'live', compare: 'on' },
};

inEachEngine('access to the studio', (engine, browser) => {
  for (const [tabName, settings] of Object.entries(screens))
    test(`axe-core finds nothing in the studio with the tab ${tabName} open, light and dark`, {
      timeout: 120_000,
    }, async (t) => {
      const shown = { count: '2', tab: tabName, '--vitrine-muted': '#999999', ...settings };
      const tab = await openStudio(t, browser(), address(), shown, { isReady: false });
      await statesAre(tab, /^(ready|empty|error)$/);
      if (tabName === 'template')
        await until(() => tab.run(() => !!document.querySelector('.editor').shadowRoot), 'the editor', 60_000);
      if (tabName === 'wire')
        await tab.run(() => document.querySelectorAll('.wire details').forEach((each) => (each.open = true)));
      for (const scheme of ['light', 'dark']) {
        await tab.run((name) => (document.documentElement.style.colorScheme = name), scheme);
        assert.deepEqual(await findings(tab), [], scheme);
      }
    });

  test('nothing is wider than a phone', { timeout: 180_000 }, async (t) => {
    for (const [tabName, settings] of Object.entries(screens)) {
      const shown = { count: '2', tab: tabName, ...settings };
      const tab = await openStudio(t, browser(), address(), shown, { isReady: false });
      if (engine === 'chromium')
        await tab.cdp('Emulation.setDeviceMetricsOverride', { ...kPhone, deviceScaleFactor: 1, mobile: false });
      else await tab.resize(kPhone.width, kPhone.height);
      await statesAre(tab, /^(ready|empty|error)$/);
      const size = await tab.run(() => ({ shown: innerWidth, needed: document.documentElement.scrollWidth }));
      // Not every engine makes a window as narrow as a phone.
      assert.ok(size.shown <= (engine === 'chromium' ? kPhone.width : 600), `the window is ${size.shown} wide`);
      assert.ok(size.needed <= size.shown, `${tabName} needs ${size.needed} of ${size.shown}`);
      const hidden = await tab.run(() => {
        const bar = document.querySelector('#view-bar');
        return bar.scrollWidth - bar.clientWidth;
      });
      assert.equal(hidden, 0, `${tabName}: the toolbar wraps`);
    }
  });

  test('the keyboard alone changes the template, opens tabs, and begins a comparison', {
    timeout: 120_000,
  }, async (t) => {
    const tab = await openStudio(t, browser(), address(), { count: '2' });
    const focused = () => tab.run(() => document.activeElement.id || document.activeElement.textContent);
    const reach = async (test, most = 60) => {
      for (let i = 0; i < most; i++) {
        if (await tab.run(test)) return;
        await tab.key(kTab);
      }
      assert.fail(`the focus did not come there; it is at ${await focused()}`);
    };
    await reach(() => document.activeElement.id === 'compare');
    await tab.key(kSpace);
    await until(async () => (await settingsIn(tab)).compare === 'on', 'a comparison');
    await reach(() => document.activeElement.closest?.('.choice')?.querySelector('legend').textContent === 'Template');
    await tab.key(kRight);
    await until(async () => (await settingsIn(tab))['b.template'] === 'carousel', 'the next template in B');
    await until(
      () => tab.run(() => document.activeElement.value === 'carousel' && document.activeElement.checked),
      'the focus on the chosen template',
    );
    await tab.run(() => document.querySelector('[data-tab="template"]').focus());
    await tab.key(kRight);
    await until(async () => (await settingsIn(tab)).tab === 'reply', 'the next tab');
    assert.equal(await tab.run(() => document.activeElement.dataset.tab), 'reply');
  });
});
