// CloudEvents 1.0 in batched content mode (HTTP protocol binding, 3.3).

import type { FormatOptions } from '../types/formats.js';
import { textOf, timeOf, type Facts, type Shape } from './batch.js';

export const openCloudEvents = (
  url: string,
  { source, dataSchema = 'https://vitrine.example/event.schema.json#/$defs/event' }: FormatOptions,
  { isServer }: Facts,
): Shape => {
  source ||= isServer ? 'vitrine' : location.origin;
  return {
    encode: ({ events, sentAt }) => {
      return {
        url,
        headers: { 'content-type': 'application/cloudevents-batch+json; charset=UTF-8' },
        body: textOf(
          events.map((event) => ({
            specversion: '1.0',
            id: event.eventId,
            source,
            type: `io.vitrine.${event.type}`,
            time: timeOf(event.at),
            datacontenttype: 'application/json',
            dataschema: dataSchema,
            partitionkey: event.visitorId,
            sentat: timeOf(sentAt),
            data: event,
          })),
        ),
      };
    },
    // CloudEvents have no word of confirmation. A collector may use Vitrine's own.
    confirms: () => false,
  };
};
