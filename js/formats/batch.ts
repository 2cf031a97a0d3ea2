// The batch in Vitrine's own form (docs/wire.md), as the forms of other pipelines read it.

import { stringify } from '../ports/json.js';

/** Members of an event or of an item in it. The core has checked their types. */
// biome-ignore lint/suspicious/noExplicitAny: the members differ from type to type
export type Members = Record<string, any>;

export interface Batch {
  batchId: string;
  sentAt: number;
  events: Members[];
}

/** A request in the form of a pipeline. */
export interface FormattedRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** Facts that a form may mention. */
export interface Facts {
  isServer: boolean;
  /** Version of Vitrine. */
  version: string;
}

/** The form of a pipeline. */
export interface Shape {
  /** Returns the request for a batch. */
  encode(batch: Batch): FormattedRequest;
  /** Returns whether the body of a 2xx is the one with which the pipeline's collector confirms a batch. */
  confirms(body: string): boolean;
}

/** Returns the JSON text of a value without undefined members. */
export const textOf = (value: unknown): string => stringify(value)!;

/**
 * Returns the address of a pipeline's collector: `url` with `path` behind it if `url` names a host alone, else `url`.
 */
export const addressOf = (url: string, path: string): string =>
  /^(https?:)?\/\/[^/?#]+\/?$/i.test(url) ? url.replace(/\/?$/, path) : url;

/** Returns the UTF-8 bytes of a text. */
export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

const digits = (value: number, count: number): string => String(value).padStart(count, '0');

/**
 * Returns the time in the form of RFC 3339, with three decimals. Pages replace Date and its methods (datejs), so the
 * date is counted here: eras of 400 years that begin on 1 March, as in
 * https://howardhinnant.github.io/date_algorithms.html#civil_from_days.
 */
export const timeOf = (ms: number): string => {
  const day = Math.floor(ms / 86_400_000);
  const fromMarch = day + 719_468; // since 1 March of year 0
  const era = Math.floor(fromMarch / 146_097);
  const dayOfEra = fromMarch - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fifth = Math.floor((5 * dayOfYear + 2) / 153); // month, from March
  const month = fifth < 10 ? fifth + 3 : fifth - 9;
  const year = yearOfEra + era * 400 + (month < 3 ? 1 : 0);
  const date = dayOfYear - Math.floor((153 * fifth + 2) / 5) + 1;
  const rest = Math.floor(ms - day * 86_400_000);
  const clock = [3_600_000, 60_000, 1000].map((unit, i) => digits(Math.floor(rest / unit) % (i ? 60 : 24), 2));
  return `${digits(year, 4)}-${digits(month, 2)}-${digits(date, 2)}T${clock.join(':')}.${digits(rest % 1000, 3)}Z`;
};

/** Returns `members` without those named. */
export const without = (members: Members, ...names: string[]): Members => {
  const rest = { ...members };
  for (const name of names) delete rest[name];
  return rest;
};
