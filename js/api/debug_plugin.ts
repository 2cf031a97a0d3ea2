// The plugin that writes to the console what Vitrine records, sends and may do.

import { membersOf, stringify } from '../ports/json.js';
import { report } from '../ports/report.js';
import type { Plugin } from '../types/plugins.js';

/** The members that every event has, which would hide the others. */
const COMMON = ['eventId', 'type', 'at', 'seq', 'pageId', 'visitorId', 'sessionId', 'userId'];

/**
 * Returns a plugin that writes one line to the console for each event, each request with events and each change of
 * consent. Put it behind the other plugins, so that it shows what they make of an event. For developing: the lines have
 * ids of products and orders.
 */
export const debugPlugin = (): Plugin => {
  const write = (message: string) => report('info', message, 'debug');
  return {
    name: 'debug',
    beforeTrack(event) {
      const members = membersOf(event);
      for (const name of COMMON) delete members[name];
      write(`Recorded ${event.type} ${stringify(members)}`);
    },
    onSend: ({ url, method, body, isKeepalive }) =>
      write(`Sent ${method} ${url}, ${body.length} characters${isKeepalive ? ', keepalive' : ''}: ${body}`),
    onConsent: (level) => write(`Consent is ${level}.`),
    onError: ({ code }) => write(`A fault was reported: ${code}.`),
  };
};
