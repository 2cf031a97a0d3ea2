// The published clients of pipelines (tests/formats/oracles), and what the code of events.format makes of a batch.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { root } from '../../tools/steps.mjs';
import { installLocked } from '../../tools/install.mjs';

const home = `${root}build/formats/`;

/** Installs the published clients. */
export const installOracles = () =>
  installLocked('published clients of pipelines', `${root}tests/formats/oracles/`, home);

/** Returns the path of a package's entry or file. */
export const pathOf = (name) => createRequire(home).resolve(name);

/** Loads a published client. */
export const oracle = (name) => createRequire(home)(name);

/** Returns the batch of docs/wire.md with one event of each type, in the form in which the core hands it over. */
export const batchOfAll = () => {
  const blocks = readFileSync(`${root}docs/wire.md`, 'utf8').matchAll(/^```json\n(.*)\n```$/gm);
  const [batch, ...events] = [...blocks].map(([, json]) => JSON.parse(json));
  return { ...batch, sentAt: 1_700_000_006_000, events };
};

/**
 * Sends a batch in a form and resolves with the request, the lines for the console and the outcome.
 * @param {Record<string, any>} events options of the configuration's `events`
 * @param {object} [options]
 * @param {object} [options.batch] default: one event of each type
 * @param {Response} [options.reply] default 200 without a body
 * @param {string} [options.applicationType]
 */
export const send = async (
  events,
  { batch = batchOfAll(), reply = new Response(''), applicationType = 'server' } = {},
) => {
  const { openFormat } = await import(`${root}dist/formats.js`);
  const lines = [];
  const requests = [];
  const own = globalThis.fetch;
  globalThis.fetch = async (url, init) => {
    requests.push({ url, ...init });
    return reply;
  };
  try {
    const outcome = new Promise((resolve) => {
      const net = openFormat(
        { applicationType, events: { url: 'https://c.example', ...events } },
        (id, status, retryAfter, body) =>
          resolve({ id, status, retryAfter, body: new TextDecoder().decode(body || undefined) }),
        (error) => lines.push(`thrown: ${error}`),
        (level, message, code) => lines.push(`${level}: ${message} (${code})`),
      );
      if (!net) return resolve(undefined);
      const init = { method: 'POST', keepalive: true, body: JSON.stringify(batch) };
      net.start(7, 15_000, events.url ?? 'https://c.example', init, !events.acknowledge);
    });
    return { outcome: await outcome, lines, request: requests[0] };
  } finally {
    globalThis.fetch = own;
  }
};
