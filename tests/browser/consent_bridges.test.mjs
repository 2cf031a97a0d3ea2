// The bridge to consent banners. Each banner is played as its public documents describe it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEachEngine } from './each_engine.mjs';
import { settled } from './items.mjs';
import { isUp, isVisible, openSite } from './open_site.mjs';
import { until } from './until.mjs';

const head = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,">
<script src="/watch.js"></script><script src="/before.js"></script><script src="/settings.js"></script>
<script src="/shopper.js"></script><script src="/snippet.js"></script>`;

/**
 * @param {any} t
 * @param {any} browser
 * @param {{early?: string, tag?: string, config?: object}} [options]
 */
const open = async (t, browser, { early = '', tag = '', config = { consent: 'unknown' } } = {}) => {
  const site = await openSite(t, browser, { policy: {}, config });
  const scripts = `<script>${early}</script><script async src="/dist/vitrine.js"></script>
    <script async src="/dist/vitrine-consent.js" ${tag}></script>`;
  site.pages.replies.set('/page.html', { body: `${head}${scripts}` });
  const tab = await browser.open(site.address('page.html'), 'window');
  await isUp(tab);
  await isVisible(tab);
  await until(() => tab.run(() => !!(/** @type {any} */ (window)['vitrine-bridge-consent'])), 'the bridge');
  return { site, tab };
};
const levelIs = (tab, level) =>
  until(async () => (await tab.run(() => shopper.vitrine.getConsent())) === level, `the consent ${level}`);

/** The TCF stub of a page's head, and what the banner's own script does later. */
const tcf = `
  window.__tcfapi = function () { (__tcfapi.a = __tcfapi.a || []).push([].slice.apply(arguments)); };
  window.listeners = [];
  window.answerTcf = (change) => {
    const all = { 1: true, 7: true, 9: true, 10: true };
    const data = {
      gdprApplies: true, eventStatus: 'useractioncomplete',
      purpose: { consents: all, legitimateInterests: {} },
      vendor: { consents: { 53: true }, legitimateInterests: {} }, ...change,
    };
    const queued = __tcfapi.a || [];
    window.__tcfapi = (command, version, callback) => { if (command === 'addEventListener') listeners.push(callback); };
    queued.forEach((call) => __tcfapi(...call));
    listeners.forEach((callback) => callback(data, true));
  };`;
const purposes = (consents, legitimateInterests = {}) => ({ purpose: { consents, legitimateInterests } });
const measured = { 7: true, 9: true, 10: true };

const gtag = 'window.dataLayer = window.dataLayer || []; window.gtag = function () { dataLayer.push(arguments); };';
const google = (...calls) => `${gtag} ${calls.map((call) => `gtag('consent', ${call});`).join(' ')}`;

const onetrust = `
  window.OneTrust = { closed: false, IsAlertBoxClosed: () => OneTrust.closed };
  window.OnetrustActiveGroups = ',C0001,';
  window.answerOneTrust = (groups) => {
    OneTrust.closed = true;
    OnetrustActiveGroups = ',' + groups + ',';
    if (window.OptanonWrapper) OptanonWrapper();
    dispatchEvent(new CustomEvent('OneTrustGroupsUpdated', { detail: groups.split(',') }));
  };`;
const cookiebot = `
  window.Cookiebot = { consent: { necessary: true, statistics: false }, hasResponse: false };
  window.answerCookiebot = (statistics) => {
    Cookiebot.consent.statistics = statistics;
    Cookiebot.hasResponse = true;
    dispatchEvent(new Event(statistics ? 'CookiebotOnAccept' : 'CookiebotOnDecline'));
  };`;
const uc2 = `
  window.answerUc = (isGiven, type = 'explicit') => {
    const consent = { status: isGiven, history: [{ type }] };
    window.UC_UI = {
      isInitialized: () => true,
      getServicesBaseInfo: () => [{ name: 'Shop', categorySlug: 'functional', consent }],
    };
    dispatchEvent(new Event('UC_UI_INITIALIZED'));
  };`;
const ucEvent = `
  window.answerUc = (isGiven, type = 'EXPLICIT') =>
    dispatchEvent(new CustomEvent('ucEvent', {
      detail: { event: 'consent_status', type, ucCategory: { essential: true, functional: isGiven }, Shop: isGiven },
    }));`;
const uc3 = `
  window.details = { consent: { type: 'IMPLICIT' }, services: {}, categories: { functional: { state: 'ALL_DENIED' } } };
  window.__ucCmp = { getConsentDetails: async () => details };
  window.answerUc = (isGiven, type = 'EXPLICIT') => {
    details = {
      consent: { type },
      services: { s1: { name: 'Shop', consent: { given: isGiven } } },
      categories: { functional: { state: isGiven ? 'ALL_ACCEPTED' : 'ALL_DENIED' } },
    };
    dispatchEvent(new CustomEvent('UC_CONSENT', { detail: details }));
  };`;

/**
 * [what, the page's code, attributes of the tag, steps: the page's code and the level that follows]. The first level is
 * the one before any step.
 */
const cases = /** @type {[string, string, string, string, [string, string][]][]} */ (
  /** @type {unknown} */ ([
    [
      ...['TCF: purposes 1, 7, 9 and 10', tcf, '', 'unknown'],
      [
        ["answerTcf({ eventStatus: 'cmpuishown' })", 'unknown'],
        ['answerTcf({})', 'granted'],
        [`answerTcf(${JSON.stringify(purposes(measured))})`, 'anonymous'],
        [`answerTcf(${JSON.stringify(purposes({ 1: true }, measured))})`, 'granted'],
        [`answerTcf(${JSON.stringify(purposes({ 1: true, 7: true }))})`, 'denied'],
        ["answerTcf({ eventStatus: 'tcloaded' })", 'granted'],
      ],
    ],
    [
      'TCF: the law does not apply',
      tcf,
      '',
      'unknown',
      [['answerTcf({ gdprApplies: false, purpose: undefined })', 'granted']],
    ],
    [
      ...['TCF: the vendor counts too', tcf, 'data-vendor-id="53" data-refused="anonymous"', 'unknown'],
      [
        ['answerTcf({})', 'granted'],
        ['answerTcf({ vendor: { consents: {} } })', 'anonymous'],
      ],
    ],
    [
      ...[
        'Google: an update follows a default that denies',
        google("'default', { analytics_storage: 'denied' }"),
        '',
        'unknown',
      ],
      [
        ["gtag('consent', 'update', { analytics_storage: 'granted' })", 'granted'],
        ["gtag('consent', 'update', { personalization_storage: 'denied' })", 'anonymous'],
        ["gtag('consent', 'update', { analytics_storage: 'denied', ad_storage: 'granted' })", 'denied'],
      ],
    ],
    ['Google: a default that grants', google("'default', { analytics_storage: 'granted' }"), '', 'granted', []],
    [
      ...['Google: an update comes while the default waits'],
      google("'default', { analytics_storage: 'granted', wait_for_update: 600000 }"),
      ...['', 'unknown'],
      [["gtag('consent', 'update', { analytics_storage: 'denied' })", 'denied']],
    ],
    [
      ...['Google: where the region is not known, its stricter default counts'],
      google(
        "'default', { analytics_storage: 'granted' }",
        "'default', { analytics_storage: 'denied', region: ['DE'] }",
      ),
      ...['', 'unknown', [["gtag('consent', 'update', { analytics_storage: 'granted' })", 'granted']]],
    ],
    [
      ...['Google: the default of a known region counts'],
      google(
        "'default', { analytics_storage: 'denied' }",
        "'default', { analytics_storage: 'granted', region: ['US'] }",
      ),
      ...['data-region="US-TX"', 'granted', []],
    ],
    [
      ...['OneTrust', onetrust, '', 'unknown'],
      [
        ["answerOneTrust('C0001,C0002')", 'granted'],
        ["answerOneTrust('C0001')", 'denied'],
      ],
    ],
    [
      ...['OneTrust: two groups are needed', onetrust, 'data-groups="C0002 C0003"', 'unknown'],
      [
        ["answerOneTrust('C0001,C0002')", 'denied'],
        ["answerOneTrust('C0001,C0002,C0003')", 'granted'],
      ],
    ],
    [
      ...['OneTrust: an old version calls OptanonWrapper alone'],
      `window.called = 0; window.OptanonWrapper = () => void called++;
      ${onetrust.replace('dispatchEvent', '(() => {})')}`,
      ...['', 'unknown', [["answerOneTrust('C0001,C0002'); if (called !== 1) throw 0", 'granted']]],
    ],
    [
      ...['Cookiebot', cookiebot, '', 'unknown'],
      [
        ['answerCookiebot(true)', 'granted'],
        ['answerCookiebot(false)', 'denied'],
      ],
    ],
    ...[
      ['Usercentrics 2', uc2],
      ['Usercentrics 2, by its window event', ucEvent],
      ['Usercentrics 3', uc3],
    ].flatMap(([what, early]) =>
      ['', 'data-service="Shop"'].map(
        (tag) =>
          /** @type {[string, string, string, string, [string, string][]]} */ ([
            ...[`${what} ${tag}`, early, tag, 'unknown'],
            [
              ["answerUc(false, 'implicit')", 'unknown'],
              ['answerUc(true)', 'granted'],
              ['answerUc(false)', 'denied'],
            ],
          ]),
      ),
    ),
    [
      ...[
        'two banners: the stricter answer counts, and none while one waits',
        `${cookiebot}${onetrust}`,
        '',
        'unknown',
      ],
      [
        ['answerCookiebot(true)', 'unknown'],
        ["answerOneTrust('C0001')", 'denied'],
        ["answerOneTrust('C0001,C0002')", 'granted'],
      ],
    ],
    [
      ...['one banner of two, by its name', `${cookiebot}${onetrust}`, 'data-from="cookiebot"', 'unknown'],
      [['answerCookiebot(true)', 'granted']],
    ],
    [
      ...[
        "Google's default does not hold up a banner",
        `${cookiebot}${google("'default', { analytics_storage: 'denied' }")}`,
      ],
      ...['', 'unknown', [['answerCookiebot(true)', 'granted']]],
    ],
  ])
);

inEachEngine('consent banners', (_engine, browser) => {
  for (const [what, early, tag, first, steps] of cases)
    test(what, async (t) => {
      const { tab } = await open(t, browser(), { early, tag });
      await levelIs(tab, first);
      for (const [code, level] of steps) {
        await tab.run((textContent) => {
          document.head.append(Object.assign(document.createElement('script'), { textContent }));
        }, code);
        await levelIs(tab, level);
      }
      assert.deepEqual(await tab.run(() => [...seen.console, ...seen.faults]), []);
    });

  test('nothing is sent or stored before an answer, then all of it, and nothing after a refusal', async (t) => {
    const { site, tab } = await open(t, browser(), { early: cookiebot });
    await levelIs(tab, 'unknown');
    await tab.run(async () => {
      shopper.vitrine.events.track('before');
      await shopper.vitrine.events.flush();
    });
    assert.deepEqual([(await site.events()).total, await tab.run(() => shopper.keys())], [0, []]);
    await tab.run(() => /** @type {any} */ (window).answerCookiebot(true));
    await site.arrived(1, { type: 'custom' });
    await tab.run(() => {
      /** @type {any} */ (window).answerCookiebot(false);
      shopper.vitrine.events.track('after');
    });
    await levelIs(tab, 'denied');
    assert.deepEqual(
      (await settled(site, tab))('custom').map(({ name }) => name),
      ['before'],
    );
  });

  test('a Vitrine that is granted before the answer is held back, and one line says what to configure', async (t) => {
    const { tab } = await open(t, browser(), { early: cookiebot, config: {} });
    await levelIs(tab, 'unknown');
    const lines = await tab.run(() => seen.console);
    assert.match(
      lines[0],
      /^warn: \[vitrine\] Consent was granted before the banner had an answer\. Pass consent: 'unknown'/,
    );
    assert.equal(lines.length, 1);
  });

  test('an unknown name of a banner is reported', async (t) => {
    const { tab } = await open(t, browser(), { tag: 'data-from="cookibot"' });
    await until(() => tab.run(() => seen.console.some((line) => line.includes('(bad-option)'))), 'the line');
  });

  test('a data layer that the page makes late is read too, and the bridge makes none', async (t) => {
    const { tab } = await open(t, browser());
    assert.equal(await tab.run(() => 'dataLayer' in window), false);
    await tab.run((textContent) => {
      document.head.append(Object.assign(document.createElement('script'), { textContent }));
    }, google("'update', { analytics_storage: 'granted' }"));
    await levelIs(tab, 'granted');
  });
});
