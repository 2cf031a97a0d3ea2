// Diagnoses for somebody who does not know the product: each says what happens and what to do.

import { sentenceIn } from './data_calls.js';
import type { Facts } from './target.js';
import { isGood, type Request } from './requests.js';
import type { Session } from './session.js';
import { countText } from './words.js';

export interface Diagnosis {
  // biome-ignore format: one line each would be longer
  id: 'key' | 'address' | 'notFound' | 'data' | 'consent' | 'blocked' | 'policy' | 'core' | 'storage' | 'disabled';
  level: 'bad' | 'warn' | 'info';
  title: string;
  what: string;
  cure: string;
  /** An address that can be tested by a click. */
  probe?: string;
}

/** Facts that the browser knows, and the core does not. */
export interface Surroundings {
  isOnline: boolean;
  /** Addresses that the page's Content Security Policy has blocked. */
  refusedByPolicy: readonly string[];
  /** Results of probes by address. */
  probes: ReadonlyMap<string, 'running' | 'reachable' | 'unreachable'>;
}

/** Returns the address without its query, which may hold keys. */
export const placeOf = (url: string): string => url.split(/[?#]/)[0]!;

/** The last request to each place that has ended, newest first. */
const lastToEach = (session: Session): Request[] => {
  const places = new Map<string, Request>();
  for (const request of session.requests.list)
    if (request.status !== undefined) places.set(`${request.kind} ${placeOf(request.url)}`, request);
  return [...places.values()].reverse();
};

const optionFor = ({ kind, url }: Request, { config }: Facts) => {
  const events = (config['events'] ?? {}) as { url?: string };
  if (kind === 'events' && events.url === url) return 'events.url';
  return kind === 'events' ? 'provider.eventsUrl or provider.apiUrl' : 'provider.apiUrl';
};

const refusals = (session: Session, facts: Facts): Diagnosis[] =>
  lastToEach(session).flatMap((request) => {
    const { status = 0, url, kind } = request;
    const what = kind === 'events' ? 'its events are dropped' : 'data calls get nothing';
    const place = placeOf(url);
    const own = sentenceIn(request.reply);
    const says = own && ` It says: “${own}”`;
    if (status === 401 || status === 403)
      return {
        ...{ id: 'key', level: 'bad', title: 'The key or an id is wrong' },
        what: `${place} replies with status ${status}, so ${what}.${says}`,
        cure:
          `Compare the keys and ids in provider (service: ${facts.service}) with those of your account there. ` +
          "If they are right, the account may not allow this page's origin.",
      } as Diagnosis;
    if (status === 404 && kind === 'data' && /^\s*\{/.test(request.reply))
      return {
        ...{ id: 'notFound', level: 'warn', title: 'The service does not know what a data call asked for' },
        what: `${place} replies with status 404: ${request.reply.slice(0, 160)}`,
        cure: 'Compare the id in the request (tab Requests) with the catalogue of the service.',
      } as Diagnosis;
    if (status === 404 || status === 410)
      return {
        ...{ id: 'address', level: 'bad', title: 'The address is wrong' },
        what: `${place} replies with status ${status}: there is nothing at this address, so ${what}.`,
        cure:
          `Correct ${optionFor(request, facts)}. ` +
          'An id in the address (organization, catalogue, tenant) may be wrong too.',
      } as Diagnosis;
    if (kind === 'data' && status > 0 && !isGood(request))
      return {
        ...{ id: 'data', level: 'bad', title: 'The service has refused a data call' },
        what: `${place} replies with status ${status}.${says}`,
        cure: 'Compare the request (tab Requests) with what the service takes.',
      } as Diagnosis;
    return [];
  });

/** Refusals that no status tells: a reply with an error in it, or a call that the core does not send. */
const refusedCalls = ({ dataCalls }: Session, isTold: boolean): Diagnosis[] =>
  [...dataCalls.refused.values()]
    .filter(({ status, code }) => code !== 'request-failed' && !(isTold && status >= 300))
    .map(({ kind, code, message, count }) => ({
      ...{ id: 'data', level: 'bad', title: `A data call was refused: ${kind}` },
      what: `${message} (${code}${count > 1 ? `, ${countText(count, 'time')}` : ''})`,
      cure: 'Correct the call that the message names. docs/queries.md says what each service takes.',
    }));

const consent = (session: Session, facts: Facts): Diagnosis[] => {
  if (facts.runtime === 'dead') return [];
  const waiting = session.counts.queued;
  const dropped = session.counts.dropped['consent'] ?? 0;
  if (facts.consent === 'unknown')
    return [
      {
        ...{ id: 'consent', level: 'bad', title: 'Nobody has said whether the shopper agrees' },
        what:
          `Consent is unknown. Waiting for it in memory: ${countText(waiting, 'event')}. ` +
          'Nothing is stored or sent, and they end with the page.',
        cure: "Call setConsent('granted'), 'anonymous' or 'denied' when the banner has an answer, on every page.",
      },
    ];
  if (facts.consent === 'denied')
    return [
      {
        ...{ id: 'consent', level: 'bad', title: 'Consent is denied' },
        what: `Nothing is stored or sent; ${dropped} events were dropped. ${whyConsent(facts)}`,
        cure: "Right if the shopper has refused. Otherwise call setConsent('granted') when the shopper agrees.",
      },
    ];
  if (facts.consent === 'anonymous')
    return [
      {
        ...{ id: 'consent', level: 'info', title: 'Consent is anonymous' },
        what: 'Events are sent without ids of visitor, session and user, and nothing is stored.',
        cure: "Call setConsent('granted') if the shopper agrees to more.",
      },
    ];
  return [];
};

/** Returns where the consent in force comes from, in a sentence. */
export const whyConsent = ({ keys, boot, config }: Facts): string => {
  const has = (end: string) => keys.some(([key]) => key.endsWith(end));
  const said = keys.find(([key]) => key.endsWith(':consent'))?.[1];
  if (has(':optout')) return 'optOut() was called for this shopper (key vitrine:1:optout); optIn() ends it.';
  if (said) return `setConsent('${said}') was called on this or an earlier page (key vitrine:1:consent).`;
  if (boot['gpc'] === 1) return "The browser sends Global Privacy Control, and 'privacy.gpc' lets it count.";
  if (config['consent']) return `The configuration or a call of the page says so (consent: '${config['consent']}').`;
  return 'The configuration has no consent, so everything is allowed unless a call of the page says otherwise.';
};

const blocked = (session: Session, around: Surroundings): Diagnosis[] =>
  lastToEach(session)
    .filter((request) => request.status === 0 && request.kind !== 'script')
    .map((request) => {
      const place = placeOf(request.url);
      const byPolicy = around.refusedByPolicy.some((url) => request.url.startsWith(placeOf(url)));
      if (byPolicy)
        return {
          ...{ id: 'policy', level: 'bad', title: "The page's own policy blocks a request" },
          what: `The Content Security Policy of this page does not allow requests to ${place}.`,
          cure: `Add ${new URL(place).origin} to connect-src.`,
        };
      const probe = around.probes.get(request.url);
      const offline = !around.isOnline;
      return {
        ...{ id: 'blocked', level: offline ? 'warn' : 'bad' },
        title: offline ? 'The browser is offline' : 'A request is blocked, or its reply is hidden',
        what:
          `${request.method} ${place} ended without a status, ` +
          (offline ? 'and the browser says that it is offline.' : 'while the browser is online.'),
        cure: offline ? 'Nothing is lost: events wait in storage.' : BLOCKED[probe ?? 'unknown'],
        probe: offline ? undefined : request.url,
      } as Diagnosis;
    });

const BLOCKED = {
  unknown:
    'Either something blocks the request (an ad blocker, a firewall, a server that is down), or the server replies ' +
    'and the browser hides the reply, because CORS does not allow this page to read it. To tell the two apart, test ' +
    'the address: the test asks for it without reading the reply, so CORS cannot stop it.',
  running: 'The test runs …',
  reachable:
    'The test got a reply. So nothing blocks the address, and CORS hides the reply: the server must send ' +
    "Access-Control-Allow-Origin with this page's origin, also with errors. Servers often leave it out where the " +
    'address is wrong, so check the address too.',
  unreachable:
    'The test got no reply either. So an ad blocker, a firewall or the network stops it, or the server is down. ' +
    'Open the page in a private window without extensions; if it works there, an ad blocker is the cause: use an ' +
    "address on the shop's own host whose path has no word such as collect, track or events.",
};

const rest = (session: Session, facts: Facts): Diagnosis[] => {
  const found: Diagnosis[] = [];
  if (facts.runtime === 'dead')
    found.push({
      ...{ id: 'core', level: 'bad', title: 'The core does not run' },
      what: 'Nothing is recorded on this page. Calls are kept for the next page where that is possible.',
      cure: 'Put the files of one version beside the script, or name them in its tag (docs/loading.md).',
    });
  if ((facts.config['events'] as { enabled?: boolean } | undefined)?.enabled === false)
    found.push({
      ...{ id: 'disabled', level: 'warn', title: 'Events are switched off' },
      what: 'The configuration says events.enabled: false, so nothing is recorded.',
      cure: 'Remove events.enabled.',
    });
  if (session.isStorageRefused)
    found.push({
      ...{ id: 'storage', level: 'warn', title: 'The browser refuses to store events' },
      what: 'localStorage is full or forbidden. Events are kept in memory, and those not yet sent end with the page.',
      cure: 'Free space in the storage of this site.',
    });
  return found;
};

/** Returns what is wrong, the worst first. */
export const diagnose = (session: Session, facts: Facts, around: Surroundings): Diagnosis[] => {
  const order = ['bad', 'warn', 'info'];
  const refused = refusals(session, facts);
  const all = [
    ...rest(session, facts).filter(({ id }) => id === 'core'),
    ...refused,
    ...refusedCalls(session, refused.length > 0),
    ...blocked(session, around),
    ...consent(session, facts),
    ...rest(session, facts).filter(({ id }) => id !== 'core'),
  ];
  return all.sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
};

/**
 * Returns one sentence about all events.
 * @param isHomeless whether the events have no address
 */
export const healthOf = (session: Session, facts: Facts, isHomeless: boolean): string => {
  if (facts.runtime === 'dead') return 'The core does not run, so nothing is recorded.';
  const { list } = session.lives;
  if (!list.length) return 'No event was seen yet.';
  const count = (...states: string[]) => list.filter(({ state }) => states.includes(state)).length;
  const isAsked = facts.consent === 'unknown';
  const waiting = isAsked ? 'waiting for consent' : isHomeless ? 'without an address' : 'on their way';
  const parts = [
    countText(list.length, 'event'),
    `${count('received')} received`,
    `${count('memory', 'stored', 'sent', 'again', 'left')} ${waiting}`,
    `${count('dropped')} dropped`,
  ];
  return `${parts.join(', ')}.`;
};
