// The goals of Vitrine's delivery beside the peers of the same run: the rows of the last tables of bench:track and
// bench:durability.

/**
 * One state of bench:track: milliseconds of each call, and per event the CPU time and the UTF-16 units written.
 * @typedef {{ cpuMs: number, call: number[], localUnits: number, idbUnits: number }} Measured
 * One scenario of bench:durability: counts of events, or the error that ended it.
 * @typedef {{ distinct?: number, twice?: number, resent?: number, error?: string }} Delivered
 */

import { percentile } from './harness/report.mjs';

const yes = (isMet) => (isMet ? 'yes' : '**no**');
const least = (numbers) => (numbers.length ? Math.min(...numbers) : undefined);
/** Returns whole microseconds: the clock of a page advances in steps of 5. */
const micros = (ms) => Math.round(ms * 1000);
const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

/**
 * Figures of one state of the collector and the queue. A peer that stores nothing is left out of the comparison.
 * @type {[name: string, limit: number, digits: number, read: (r: Measured) => number][]}
 */
const figures = [
  ['CPU, ms an event', 0.15, 3, (r) => r.cpuMs],
  ['call, µs, median', 10, 0, (r) => micros(percentile(r.call, 50))],
  ['written, units an event', 2000, 0, (r) => r.localUnits + r.idbUnits],
];

/**
 * Figures of two states, which show the cost of a long queue beside an empty one.
 * @type {[name: string, read: (r: Measured) => number][]}
 */
const growth = [
  ['CPU', (r) => r.cpuMs],
  ['call, mean', (r) => mean(r.call)],
  ['call, p95', (r) => percentile(r.call, 95)],
];
const kMostGrowth = 1.2;

export const trackHead = ['goal', 'state', 'at most', 'vitrine', 'met', 'least of the peers that store', 'ratio'];

/**
 * Returns the rows for trackHead.
 * @param {Record<string, Record<string, Measured>>} results by tracker and state, without the floors
 */
export const judgeTrack = ({ vitrine, ...peers }) => {
  if (!vitrine) return [];
  const rows = [];
  for (const state of Object.keys(vitrine)) {
    const others = Object.values(peers)
      .map((peer) => peer[state])
      .filter((r) => r && r.localUnits + r.idbUnits > 0);
    for (const [name, limit, digits, read] of figures) {
      const [mine, best] = [read(vitrine[state]), least(others.map(read))];
      const ratio = best === undefined ? undefined : `× ${(best / mine).toFixed(1)}`;
      rows.push([name, state, limit, mine.toFixed(digits), yes(mine <= limit), best?.toFixed(digits), ratio]);
    }
  }
  for (const [name, read] of vitrine.refused && vitrine['refused-1000'] ? growth : []) {
    const grown = (r) => read(r['refused-1000']) / read(r.refused);
    const best = least(
      Object.values(peers)
        .filter((peer) => peer.refused && peer['refused-1000'])
        .map(grown),
    );
    rows.push([
      `${name}, 1000 queued by none`,
      'refused',
      kMostGrowth,
      grown(vitrine).toFixed(2),
      yes(grown(vitrine) <= kMostGrowth),
      best?.toFixed(2),
      undefined,
    ]);
  }
  return rows;
};

export const durabilityHead = [
  'scenario',
  'all arrived',
  'none stored twice',
  'resent',
  'resent by peers that lose nothing',
];

/**
 * Returns the rows for durabilityHead; the last one is the total.
 * @param {Record<string, Record<string, Delivered>>} results by tracker and scenario
 * @param {string[]} scenarios in the order of the rows
 * @param {number} events the number of events tracked in each scenario
 */
export const judgeDurability = ({ vitrine, ...peers }, scenarios, events) => {
  if (!vitrine) return [];
  const isWhole = (r) => r?.distinct >= events && r.twice === 0;
  const rows = scenarios.map((scenario) => {
    const mine = vitrine[scenario];
    const others = Object.entries(peers).filter(([, peer]) => isWhole(peer[scenario]));
    const resent = others.map(([name, peer]) => `${name} ${peer[scenario].resent}`).join(', ');
    return [scenario, yes(mine.distinct >= events), yes(mine.twice === 0), mine.resent, resent || 'there is none'];
  });
  const sum = (r) => Object.values(r).reduce((total, { resent = 0 }) => total + resent, 0);
  const whole = Object.entries(peers).filter(([, peer]) => Object.values(peer).every(isWhole));
  const all = Object.values(vitrine);
  rows.push([
    'all',
    yes(all.every((r) => r.distinct >= events)),
    yes(all.every((r) => r.twice === 0)),
    sum(vitrine),
    whole.map(([name, peer]) => `${name} ${sum(peer)}`).join(', ') || 'there is none',
  ]);
  return rows;
};

/**
 * One row of bench:start: CPU milliseconds of the main thread.
 * @typedef {{ name: string, path: string, cache: string, throttle: number, ratio?: number, longestMs: number }} Started
 */

/** The most that a start may cost beside Snowplow's in the same run, by throttle; a warm one at any throttle. */
const kMostCold = { 1: 0.5, 4: 0.7 };
const kMostWarm = 0.4;
const kLongestMs = 50;

export const startHead = ['goal', 'starter', 'path', 'at most', 'is', 'met'];

/**
 * Returns the rows for startHead.
 * @param {Started[]} cells
 */
export const judgeStart = (cells) => {
  const rows = [];
  for (const { name, path, cache, throttle, ratio, longestMs } of cells.filter((cell) => /^vitrine/.test(cell.name))) {
    const most = cache === 'warm' ? kMostWarm : kMostCold[throttle];
    if (most && ratio !== undefined)
      rows.push([`beside Snowplow, ${cache}, ${throttle}x`, name, path, most, ratio.toFixed(2), yes(ratio <= most)]);
    if (throttle === 4)
      rows.push([
        `longest task, ${cache}, 4x`,
        name,
        path,
        kLongestMs,
        longestMs.toFixed(0),
        yes(longestMs <= kLongestMs),
      ]);
  }
  return rows;
};
