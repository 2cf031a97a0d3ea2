// The trackers that are measured. A tracker's code in the page is adapters/<name>.js, which sets
// window.TRACKER = {start(url), identify(id), track(marker, i)}. This file reads the requests of each tracker.

const json = (read) => (body) => read(JSON.parse(body));

// Reads a form whose field `data` is JSON or the base64 of JSON.
const form = (body) => {
  const data = new URLSearchParams(body).get('data') ?? body;
  return JSON.parse(/^[A-Za-z0-9+/=]+$/.test(data) ? Buffer.from(data, 'base64').toString() : data);
};

/**
 * By name: the npm package that is measured; `events(body)` returns the events of a request; `id(event)` returns the id
 * by which the tracker's server recognizes a repeated event.
 */
export const trackers = {
  null: {},
  lsfloor: {},
  vitrine: { events: json(({ events }) => events), id: (event) => event.eventId },
  snowplow: { package: '@snowplow/browser-tracker', events: json(({ data }) => data), id: (event) => event.eid },
  rudderstack: {
    package: '@rudderstack/analytics-js',
    events: json((body) => body.batch ?? [body]),
    id: (event) => event.messageId,
  },
  'rudderstack-batch': {
    package: '@rudderstack/analytics-js',
    events: json((body) => body.batch ?? [body]),
    id: (event) => event.messageId,
  },
  segment: {
    package: '@segment/analytics-next',
    events: json((body) => body.batch ?? [body]),
    id: (event) => event.messageId,
  },
  amplitude: {
    package: '@amplitude/analytics-browser',
    events: json(({ events }) => events),
    id: (event) => event.insert_id,
  },
  mixpanel: {
    package: 'mixpanel-browser',
    events: (body) => [form(body)].flat(),
    id: (event) => event.properties.$insert_id,
  },
};

/** The trackers that send nothing. */
export const floors = ['null', 'lsfloor'];

/** Returns the names of the command line, or `usual` if there are none. Throws if a name is unknown. */
export const chosenTrackers = (names, usual) => {
  const unknown = names.filter((name) => !trackers[name]);
  if (unknown.length) throw Error(`no tracker is called ${unknown}; there are ${Object.keys(trackers).join(', ')}`);
  return names.length ? names : usual;
};
