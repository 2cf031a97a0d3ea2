// How the overlay writes times, sizes and values.

import { stringify } from '../ports/json.js';

const two = (value: number) => `${value < 10 ? '0' : ''}${value}`;

/** Returns the time of day in the page's time zone, with milliseconds: 14:03:22.417. */
export const clockText = (atMs: number, offsetMinutes: number): string => {
  const ms = Math.max(0, Math.floor(atMs)) - offsetMinutes * 60_000;
  const day = ((ms % 86_400_000) + 86_400_000) % 86_400_000;
  const rest = `${day % 1000}`.padStart(3, '0');
  const parts = [day / 3_600_000, (day / 60_000) % 60, (day / 1000) % 60].map((part) => two(Math.floor(part)));
  return `${parts.join(':')}.${rest}`;
};

/** Returns a duration: 12 ms, 3.4 s, 2 min, 5 h. */
export const spanText = (ms: number): string => {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  if (ms < 120_000) return `${Math.round(ms / 1000)} s`;
  if (ms < 7_200_000) return `${Math.round(ms / 60_000)} min`;
  return `${Math.round(ms / 3_600_000)} h`;
};

/** Returns a size: 812 B, 3.4 kB. */
export const sizeText = (bytes: number): string => (bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`);

/** Returns JSON with indents; any other text as it is, and lines of JSON each by themselves. */
export const prettyText = (text: string): string => {
  try {
    return indented(JSON.parse(text), '');
  } catch {
    const lines = text.split('\n');
    if (lines.length > 1 && lines.every((line) => /^[{[.]/.test(line) || !line))
      return lines.map(prettyText).join('\n');
    return text;
  }
};

const indented = (value: unknown, space: string): string => {
  if (!value || typeof value !== 'object') return stringify(value) ?? 'null';
  const inner = `${space}  `;
  const isList = Array.isArray(value);
  const members = isList
    ? value.map((member) => indented(member, inner))
    : Object.entries(value).map(([name, member]) => `${stringify(name)}: ${indented(member, inner)}`);
  if (!members.length) return isList ? '[]' : '{}';
  const [start, end] = isList ? '[]' : '{}';
  const line = members.join(', ');
  if (line.length + space.length < 64 && !line.includes('\n')) return `${start}${line}${end}`;
  return `${start}\n${inner}${members.join(`,\n${inner}`)}\n${space}${end}`;
};

/** Returns a text as a sentence: with a capital letter and a full stop. */
export const sentence = (text: string): string =>
  text ? `${text[0]!.toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}` : '';

/** Returns "1 event" or "3 events". */
export const countText = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;
