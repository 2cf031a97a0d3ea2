// Reads consent banners and consent signals, each by its public API.

import { later } from '../ports/clock.js';
import { listen } from '../ports/dom.js';
import { guarded } from '../ports/guard.js';
import { memberOf } from '../ports/json.js';
import { openLayer } from './layer.js';

/**
 * An answer: `granted`: ids may be stored and events sent; `anonymous`: events may be sent without ids; `refused`:
 * neither. `waiting`: the banner is there and has no answer yet.
 */
export type Answer = 'granted' | 'anonymous' | 'refused' | 'waiting';

/** Options about the shop's banner. */
export interface BannerOptions {
  /** TCF: the vendor's id in the Global Vendor List. Default: the purposes alone count. */
  vendorId?: number;
  /** TCF: the purposes that events need, by consent or legitimate interest, besides purpose 1. Default [7, 9, 10]. */
  purposes?: readonly number[];
  /** Google: name of the data layer. Default `dataLayer`. */
  dataLayer?: string;
  /** Google: the shopper's region, as `DE` or `US-CA`, if the page knows it. Default: the strictest default counts. */
  region?: string;
  /** OneTrust: groups that must all be active. Default ['C0002']. */
  groups?: readonly string[];
  /** Usercentrics: the category that counts, if there is no `service`. Default `functional`. */
  category?: string;
  /** Usercentrics: name of the data processing service that counts. */
  service?: string;
  /** Usercentrics 2: name of the window event of the settings. Default `ucEvent`. */
  eventName?: string;
}

type Tell = (answer: Answer) => void;
/** Listens to a banner, and calls `tell` with each answer. Calls it never if the page has no such banner. */
export type Banner = (tell: Tell, options: BannerOptions) => void;

const LOOK_MS = 500;
const MOST_LOOKS = 240;
const global = (name: string): unknown => memberOf(globalThis, name);
const call = (object: unknown, name: string): unknown => {
  const method = memberOf(object, name);
  return typeof method === 'function' ? method.call(object) : undefined;
};
const on = (types: string[], listener: (event: Event) => void) => {
  const { signal } = new AbortController();
  for (const type of types) listen(window, type, listener, { signal });
};

/** Calls `find` now and then, for two minutes, until it returns true: banners are often loaded late. */
const untilFound = (find: () => boolean) => {
  let left = MOST_LOOKS;
  let isFound = false;
  const look = guarded(() => (isFound = find()));
  const again = () => {
    look();
    if (!isFound && --left) later(again, LOOK_MS, false);
  };
  again();
};

/**
 * IAB Transparency & Consent Framework 2.2: github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-
 * Framework, "CMP API v2" (addEventListener, TCData, eventStatus).
 */
export const tcf: Banner = (tell, { vendorId, purposes = [7, 9, 10] }) => {
  const receive = guarded((data: unknown, isSuccess: unknown) => {
    if (!isSuccess) return;
    if (memberOf(data, 'gdprApplies') === false) return tell('granted');
    const status = memberOf(data, 'eventStatus');
    if (status !== 'tcloaded' && status !== 'useractioncomplete') return tell('waiting');
    const is = (of: string, kind: string, id: number) =>
      memberOf(memberOf(memberOf(data, of), kind), String(id)) === true;
    const may = (kind: string, purpose: number) =>
      is('purpose', kind, purpose) && (vendorId === undefined || is('vendor', kind, vendorId));
    // Purpose 1, storage on the device, knows no legitimate interest.
    const mayStore = may('consents', 1);
    const mayMeasure = purposes.every((one) => may('consents', one) || may('legitimateInterests', one));
    tell(!mayMeasure ? 'refused' : mayStore ? 'granted' : 'anonymous');
  });
  untilFound(() => {
    const api = global('__tcfapi');
    if (typeof api !== 'function') return false;
    tell('waiting');
    // The stub keeps the call for the banner's own script.
    api('addEventListener', 2, receive);
    return true;
  });
};

/**
 * Google Consent Mode 2: developers.google.com/tag-platform/security/guides/consent (default, update, wait_for_update,
 * region).
 */
export const google: Banner = (tell, { dataLayer = 'dataLayer', region }) => {
  let updated: Record<string, unknown> | undefined;
  let waitMs = 0;
  let stop = () => {};
  const defaults: { regions: string[]; values: unknown }[] = [];

  /** Returns how well a default fits the region: 2 the subdivision, 1 the country, 0 everywhere; -1 not at all. */
  const fit = (regions: string[]) =>
    !regions.length
      ? 0
      : !region
        ? -1
        : regions.includes(region)
          ? 2
          : regions.includes(region.split('-')[0]!)
            ? 1
            : -1;
  const stateOf = (name: string): unknown => {
    if (updated && memberOf(updated, name) !== undefined) return memberOf(updated, name);
    const having = defaults.filter(({ values }) => memberOf(values, name) !== undefined);
    if (!region && having.some(({ values }) => memberOf(values, name) === 'denied')) return 'denied';
    const best = having.filter(({ regions }) => fit(regions) >= 0).sort((a, b) => fit(a.regions) - fit(b.regions));
    return memberOf(best[best.length - 1]?.values, name);
  };
  const judge = () => {
    const measures = stateOf('analytics_storage');
    if (measures !== 'granted') return tell(updated ? 'refused' : 'waiting');
    tell(stateOf('personalization_storage') === 'denied' ? 'anonymous' : 'granted');
  };

  openLayer(dataLayer).watch((message) => {
    if (memberOf(message, '0') !== 'consent') return;
    const values = memberOf(message, '2');
    if (memberOf(message, '1') === 'update') {
      updated = { ...updated, ...(values as object) };
      stop();
      judge();
    }
    if (memberOf(message, '1') !== 'default') return;
    const regions = memberOf(values, 'region');
    defaults.push({ regions: Array.isArray(regions) ? regions.map(String) : [], values });
    waitMs = Math.max(waitMs, Number(memberOf(values, 'wait_for_update')) || 0);
    if (updated) return;
    // A default that grants counts once no update has come in time, and once the page's own code has run.
    tell('waiting');
    stop();
    stop = later(guarded(judge), waitMs, false);
  }, false);
};

/**
 * OneTrust: developer.onetrust.com/onetrust/docs/javascript-events-guide (OneTrustGroupsUpdated),
 * my.onetrust.com "OnetrustActiveGroups" (also OptanonActiveGroups), OneTrust.IsAlertBoxClosed.
 */
export const onetrust: Banner = (tell, { groups = ['C0002'] }) => {
  const judge = (active: unknown) => {
    const list = Array.isArray(active) ? active : String(active).split(',');
    if (groups.every((group) => list.indexOf(group) >= 0)) tell('granted');
    else tell(call(global('OneTrust'), 'IsAlertBoxClosed') === true ? 'refused' : 'waiting');
  };
  const read = () => {
    const active = global('OnetrustActiveGroups') ?? global('OptanonActiveGroups');
    if (typeof active !== 'string' || !global('OneTrust')) return false;
    judge(active);
    return true;
  };
  on(['OneTrustGroupsUpdated', 'OTConsentApplied', 'consent.onetrust'], (event) => {
    const detail = memberOf(event, 'detail');
    if (Array.isArray(detail)) judge(detail);
    else read();
  });
  // Called by every version of the banner, at its start and with each change.
  untilFound(() => {
    const wrapper = global('OptanonWrapper');
    if (typeof wrapper === 'function') {
      const after = guarded(read);
      Object.assign(globalThis, {
        OptanonWrapper(this: unknown, ...args: unknown[]) {
          const result = wrapper.apply(this, args);
          after();
          return result;
        },
      });
    }
    return read() || typeof wrapper === 'function';
  });
};

/** Cookiebot: www.cookiebot.com/en/developer (consent, hasResponse, events). */
export const cookiebot: Banner = (tell) => {
  const read = () => {
    const bot = global('Cookiebot');
    const consent = memberOf(bot, 'consent');
    // An element of the page may have this name.
    if (!consent || memberOf(bot, 'hasResponse') === undefined) return false;
    if (memberOf(consent, 'statistics') === true) tell('granted');
    else tell(memberOf(bot, 'hasResponse') === true ? 'refused' : 'waiting');
    return true;
  };
  on(['CookiebotOnConsentReady', 'CookiebotOnAccept', 'CookiebotOnDecline', 'CookiebotOnLoad'], read);
  untilFound(read);
};

/**
 * Usercentrics 2: usercentrics.com/docs/web/features/v2/events_v2 (consent_status, UC_UI_INITIALIZED), UC_UI.
 * Usercentrics 3: usercentrics.com/docs/web/features/events (UC_CONSENT), __ucCmp.getConsentDetails, and
 * support.usercentrics.com "Communicating consent information to third-party applications" (services).
 */
export const usercentrics: Banner = (tell, { category = 'functional', service, eventName = 'ucEvent' }) => {
  const judge = (isGiven: unknown, type: unknown) => {
    // A consent that the settings of a region give needs no answer.
    if (isGiven === true) tell('granted');
    else tell(/^explicit$/i.test(String(type)) ? 'refused' : 'waiting');
  };
  /** Version 3: `{consent: {type}, services: {<id>: {name, consent: {given}}}, categories: {<slug>: {state}}}`. */
  const readDetails = guarded((details: unknown) => {
    const services = memberOf(details, 'services');
    if (!services) return;
    const type = memberOf(memberOf(details, 'consent'), 'type');
    const named = Object.values(services).find((one) => memberOf(one, 'name') === service);
    const inCategory = memberOf(memberOf(details, 'categories'), category);
    if (service) judge(memberOf(memberOf(named, 'consent'), 'given'), type);
    else judge(memberOf(inCategory, 'state') === 'ALL_ACCEPTED', type);
  });
  const readV3 = () => {
    const cmp = global('__ucCmp');
    if (typeof memberOf(cmp, 'getConsentDetails') !== 'function') return false;
    void Promise.resolve(call(cmp, 'getConsentDetails')).then(readDetails, () => {});
    return true;
  };
  const readV2 = () => {
    const ui = global('UC_UI');
    if (call(ui, 'isInitialized') !== true) return false;
    const all = call(ui, 'getServicesBaseInfo');
    if (!Array.isArray(all)) return false;
    const counting = all.filter((one) =>
      service ? memberOf(one, 'name') === service : memberOf(one, 'categorySlug') === category,
    );
    const consentOf = (one: unknown) => memberOf(one, 'consent');
    const types = counting.flatMap((one) => (memberOf(consentOf(one), 'history') as unknown[]) || []);
    const isExplicit = types.some((one) => /^explicit$/i.test(String(memberOf(one, 'type'))));
    const isGiven = counting.length > 0 && counting.every((one) => memberOf(consentOf(one), 'status') === true);
    judge(isGiven, isExplicit ? 'explicit' : 'implicit');
    return true;
  };
  const read = () => readV2() || readV3();
  on([eventName], (event) => {
    const detail = memberOf(event, 'detail');
    if (memberOf(detail, 'event') !== 'consent_status') return;
    judge(
      service ? memberOf(detail, service) : memberOf(memberOf(detail, 'ucCategory'), category),
      memberOf(detail, 'type'),
    );
  });
  on(['UC_CONSENT'], (event) => {
    const detail = memberOf(event, 'detail');
    if (memberOf(detail, 'services')) readDetails(detail);
    else read();
  });
  on(['UC_UI_INITIALIZED', 'UC_CMP_API_READY', 'UC_UI_CMP_EVENT'], read);
  untilFound(read);
};
