// Why an event was dropped, in plain words, with the cure. The names are those of wasm/delivery/drop_reason.h.

export const REASONS: Record<string, readonly [why: string, cure: string]> = {
  queueFull: [
    'The queue held more events than it may (events.maxQueueSize, events.maxQueueBytes). The oldest views go first.',
    'Find out why events are not received: see Requests.',
  ],
  expired: [
    'The event waited longer than events.maxAge (7 days; a purchase 56 days).',
    'See why it was never received.',
  ],
  rejected: [
    'The collector refused this one event (400, 413, 422 or the like) while it took others.',
    'Compare the JSON of the event with what the collector accepts.',
  ],
  refused: [
    'The collector refused the whole request (401, 403, 404 or 410): the key or the address is wrong.',
    'Check events.url, or eventsUrl, keys and ids in provider.',
  ],
  tooLarge: ['The event is too large for the queue or for the collector.', 'Send fewer or shorter values.'],
  unreadable: ['A line in storage was no event.', 'Look for a script of the page that changes keys of Vitrine.'],
  consent: [
    'Consent did not allow it: it was denied, or anonymous and the event says only who the shopper is.',
    "Call setConsent('granted') when the shopper has agreed. Before the answer use consent: 'unknown', which holds " +
      'events.',
  ],
  rateLimit: [
    'Events of this kind came faster than events.rateLimit allows.',
    'Look for a handler that runs in a loop or on every scroll.',
  ],
  unsupported: [
    'The service does not take events of this kind, and events.url is not set.',
    "Set events.url, the address of the shop's own collector, if you want them.",
  ],
  duplicate: ['An order with this orderId was recorded before.', 'Nothing is wrong if the page was reloaded.'],
  bot: [
    "A program made it (navigator.webdriver or a crawler), and events.bots is 'drop'.",
    "Set events.bots to 'tag'.",
  ],
  lost: [
    'The page was left while the request was on its way, and the request failed. The service would count a repeat ' +
      'twice.',
    'Rare. See Requests for the reason of the failure.',
  ],
  hook: [
    'A hook of the page (beforeTrack, or one of a plugin) returned false or null.',
    'See the hooks of the plugins.',
  ],
};

/** The reasons for which an event is dropped before it is queued. */
export const AT_ENTRY = ['consent', 'bot', 'rateLimit', 'duplicate', 'unsupported', 'tooLarge', 'hook'];

/** Returns what the status of a request means (js/ports/net.ts). */
export const statusText = (status: number): string =>
  status > 0
    ? `status ${status}`
    : (['network error', 'no reply in time', 'not sent by the browser'][-status] ?? `status ${status}`);
