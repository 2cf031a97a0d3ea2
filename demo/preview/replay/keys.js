/** The keys of storage (docs/storage.md), and the journals below them. */

export const JOURNAL = 'vitrine:1:j:';

/** Returns [journal, number] of the key of a segment; undefined for other keys. */
export const segmentOf = (key) => {
  if (!key.startsWith(JOURNAL)) return undefined;
  const [journal, number] = key.slice(JOURNAL.length).split(':');
  return [journal, number ?? ''];
};

/** Returns the value of a JSON text; undefined if it is none. */
export const parse = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * Returns the events of a segment's text, in order. A line "." ends it. `known`: the events of lines that were read
 * before, because a segment is written again with each of its events.
 */
export const eventsIn = (text, known = new Map()) => {
  const events = [];
  for (const line of text.split('\n')) {
    if (line === '.') break;
    if (!known.has(line)) known.set(line, parse(line));
    const event = known.get(line);
    if (event?.eventId) events.push(event);
  }
  return events;
};

/** Returns the number of events in a segment's text, without reading them. */
export const eventCount = (text) => text.split('\n').filter((line) => line.startsWith('{')).length;

/** Returns [key, text] of the segments that a `claimed` reports. */
export const segmentsOfClaim = (args) => {
  const [journal, segmentsJson] = args;
  return Object.entries(parse(segmentsJson) ?? {}).map(([number, text]) => [
    `${JOURNAL}${journal}:${number}`,
    String(text),
  ]);
};

const meanings = {
  'vitrine:1:id': 'who the browser is',
  'vitrine:1:touch': 'which list led to which product',
  'vitrine:1:orders': 'orders that are recorded already',
  'vitrine:1:exposed': 'experiments that the visitor has met',
  'vitrine:1:optout': 'the shopper’s own refusal',
  'vitrine:1:consent': 'the consent that the shop has set',
  'vitrine:1:early': 'calls before the core was up',
};

/** Says what a key holds. */
export const meaningOf = (key) => {
  const segment = segmentOf(key);
  if (segment) return `segment ${segment[1]} of journal ${segment[0]}`;
  return meanings[key.startsWith('vitrine:1:early:') ? 'vitrine:1:early' : key] ?? 'another key';
};

/** Returns the events in the text that `hold` returns: records, each an event. */
export const recordsIn = (text) =>
  text
    .split('\x1e')
    .map((record) => parse(record))
    .filter((event) => event?.eventId);
