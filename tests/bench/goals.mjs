// What Vitrine's delivery is held to, beside the peers of the same run: the rows of the tables that end bench:track and bench:durability.

import { percentile } from './harness/report.mjs';

const yes = (isMet) => (isMet ? 'yes' : '**no**');
const least = (numbers) => (numbers.length ? Math.min(...numbers) : undefined);
const micros = (ms) => Math.round(ms * 1000); // the clock of a page steps by 5
const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

/** Of one state of the collector and the queue: name, limit, digits shown, and the figure. A peer that stores nothing is no measure. */
const figures = [
  ['CPU, ms an event', 0.15, 3, (r) => r.cpuMs],
  ['call, µs, median', 10, 0, (r) => micros(percentile(r.call, 50))],
  ['written, units an event', 2000, 0, (r) => r.localUnits + r.idbUnits],
];

/** Of two states: what a long queue may cost beside an empty one. */
const growth = [
  ['CPU', (r) => r.cpuMs],
  ['call, mean', (r) => mean(r.call)],
  ['call, p95', (r) => percentile(r.call, 95)],
];
const kMostGrowth = 1.2;

export const trackHead = ['goal', 'state', 'at most', 'vitrine', 'met', 'least of the peers that store', 'ratio'];

/**
 * Rows for trackHead.
 * @param {Record<string, Record<string, object>>} results by tracker, by state, as bench:track measures; floors are left out
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
 * Rows for durabilityHead; the last one sums up.
 * @param {Record<string, Record<string, {distinct: number, twice: number, resent: number} | {error: string}>>} results by tracker, by scenario
 * @param {string[]} scenarios in the order of the rows
 * @param {number} events how many were tracked in each
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
