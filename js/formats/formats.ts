// The forms of batches to the shop's own collector, by their names in `events.format`. docs/formats.md describes them.

import version from 'vitrine:version';
import type { OpenFormat } from '../core/formatted_net.js';
import { openNet } from '../ports/net.js';
import { bytesOf, type Batch, type Shape } from './batch.js';
import { openCloudEvents } from './cloudevents.js';
import { checkOptions, nearestOf, refuse } from './options.js';
import { openSegment } from './segment.js';
import { openSnowplow } from './snowplow.js';

// The core counts so many bytes of the keepalive budget for each byte of a batch (wasm/delivery/delivery_options.h).
const GROWTH = 5;

const SHAPES = { cloudevents: openCloudEvents, snowplow: openSnowplow, segment: openSegment };

export const openFormat: OpenFormat = (config, done, onThrow, log) => {
  const { applicationType, events } = config!;
  const { url, format, formatOptions, acknowledge } = events!;
  const isServer = applicationType === 'server';
  let shape: Shape;
  try {
    const open = Object.entries(SHAPES).find(([name]) => name === format)?.[1];
    if (!open) refuse('events.format', 'is no format', nearestOf(format, ['vitrine', ...Object.keys(SHAPES)]));
    shape = open!(url!, checkOptions(formatOptions, log), { isServer, version });
  } catch (error) {
    log('error', (error as Error).message, (error as { code: string }).code, error);
    return undefined;
  }
  /** Numbers of events by request, for replies that must acknowledge them. */
  const counts = new Map<number, number>();
  const net = openNet((requestId, status, retryAfter, body) => {
    const count = counts.get(requestId);
    counts.delete(requestId);
    if (count && body && shape.confirms(new TextDecoder().decode(body))) body = bytesOf(`{"accepted":${count}}`);
    done(requestId, status, retryAfter, body);
  }, onThrow);
  return {
    ...net,
    start(requestId, timeoutMs, _url, init, isHeadEnough) {
      try {
        const own = init.body as string;
        const batch = JSON.parse(own) as Batch;
        const { url, headers, body } = shape.encode(batch);
        if (acknowledge) counts.set(requestId, batch.events.length);
        const keepalive = init.keepalive && bytesOf(body).length <= GROWTH * bytesOf(own).length;
        net.start(requestId, timeoutMs, url, { ...init, headers, body, keepalive }, isHeadEnough);
      } catch (error) {
        onThrow(error);
        done(requestId, -2, '', '');
      }
    },
  };
};
