// Where the events of a Vitrine go (docs/wire.md): to its service, to events.url, or nowhere.

import { memberOf, stringify } from '../ports/json.js';
import { placeOf } from './diagnoses.js';
import type { Session } from './session.js';
import type { Facts, Said } from './target.js';

type Known = Pick<Facts, 'config' | 'service' | 'runtime'>;

const textAt = (holder: unknown, name: string): string => {
  const value = memberOf(holder, name);
  return typeof value === 'string' ? value : '';
};

/** Returns why no event of this Vitrine has an address, with the cure; '' if they have one. */
export const whyHomeless = ({ config, service }: Known, said: readonly Said[]): string => {
  if (said.some(({ code, message }) => code === 'unknown-provider' && message.includes(stringify(service)!)))
    return `It has no address: provider.name is ${stringify(service)}, which is no service that runs here. Correct it.`;
  if (service === 'none' && !textAt(config['events'], 'url'))
    return 'It has no address: set events.url, or name a service in provider.';
  return '';
};

/** Returns the address of the service for events; '' if it is the service's own, and no request has gone there. */
const serviceAddress = ({ config, service }: Known, session: Session): string => {
  const { provider, events } = config;
  const shopUrl = textAt(events, 'url');
  const [last] = session.requests.list.filter(({ kind, url }) => kind === 'events' && url !== shopUrl).slice(-1);
  if (last) return placeOf(last.url);
  const apiUrl = textAt(provider, 'apiUrl');
  return textAt(provider, 'eventsUrl') || (service === 'refine' && apiUrl ? `${apiUrl}/events` : apiUrl);
};

/** A place that gets events, and which of them. */
export interface Destination {
  /** '' where it is not known. */
  url: string;
  what: string;
}

/** Returns the places to which the events go. */
export const destinationsOf = (facts: Known, session: Session, said: readonly Said[]): Destination[] => {
  const { config, service } = facts;
  if (memberOf(config['events'], 'enabled') === false)
    return [{ url: '', what: 'Nowhere: events.enabled is false, so none is recorded.' }];
  if (facts.runtime === 'dead') return [{ url: '', what: 'Nowhere: the core does not run.' }];
  const why = whyHomeless(facts, said);
  if (why) return [{ url: '', what: `Nowhere. Each event waits. ${why}` }];
  const shopUrl = textAt(config['events'], 'url');
  if (service === 'none') return [{ url: shopUrl, what: 'This is events.url. It gets all events.' }];
  // Without its hashid the service takes no event.
  if (service === 'doofinder' && !textAt(config['provider'], 'hashid'))
    return [
      shopUrl
        ? { url: shopUrl, what: 'This is events.url. It gets all events, because provider.hashid is not set.' }
        : { url: '', what: 'Nowhere: set provider.hashid, or events.url. Until then each event is dropped.' },
    ];
  const url = serviceAddress(facts, session);
  const own = `This is the address of ${service}.`;
  const rest =
    service === 'refine'
      ? 'events.url gets only what refine does not take, and refine takes everything: nothing goes to this address.'
      : `events.url gets only what ${service} does not take.`;
  const isAll = service === 'refine';
  const isLost = !shopUrl && !isAll;
  return [
    {
      url,
      what: [
        url ? own : `To ${service}, at its own address.`,
        isAll ? 'It gets all events.' : `It gets the events that ${service} takes.`,
        isLost && `The others are dropped (unsupported), because events.url is not set.`,
      ]
        .filter(Boolean)
        .join(' '),
    },
    ...(shopUrl ? [{ url: shopUrl, what: rest }] : []),
  ];
};
