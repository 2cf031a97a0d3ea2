// The types of the forms in which events leave for `events.url`.

/**
 * Form of the batches to `events.url` (docs/formats.md). `vitrine`: Vitrine's own (docs/wire.md). `cloudevents`: a
 * batch of CloudEvents 1.0. `snowplow`: Snowplow's tracker protocol (tp2). `segment`: the batch call of Segment's HTTP
 * API, which RudderStack has too.
 */
export type EventFormat = 'vitrine' | 'cloudevents' | 'snowplow' | 'segment';

/** Options of the forms. Each is a text and counts in the named form only. */
export interface FormatOptions {
  /** `segment`: the key of the source. It has no default, and events wait without it. */
  writeKey?: string;
  /**
   * `segment`: how the key is sent. `header`: as Basic auth, which Segment and RudderStack read; a browser asks for
   * permission by a CORS preflight. `body`: as the member `writeKey` of a `text/plain` body, which Segment alone reads;
   * no preflight. Default `header`.
   */
  auth?: 'header' | 'body';
  /** `snowplow`: the application (`aid`). Default: none. */
  appId?: string;
  /** `snowplow`: the name of the tracker (`tna`). Default: none. */
  namespace?: string;
  /** `snowplow`: the vendor under which the pipeline's schema registry has the schema `event`. Default `io.vitrine`. */
  vendor?: string;
  /** `cloudevents`: the attribute `source`, a URI reference. Default: the page's origin; on a server `vitrine`. */
  source?: string;
  /**
   * `cloudevents`: the attribute `dataschema`, a URI. Default: the schema of one event in docs/event.schema.json,
   * `https://vitrine.example/event.schema.json#/$defs/event`.
   */
  dataSchema?: string;
}

/** The members of the configuration that forms read. */
export interface FormatConfig {
  applicationType?: string;
  events?: { url?: string; format?: string; formatOptions?: FormatOptions; acknowledge?: boolean };
}
