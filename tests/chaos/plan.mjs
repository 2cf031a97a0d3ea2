// Draws what random shoppers do and what fails, from a seed alone: the same seed gives the same steps in every engine
// and with every service. A step that an engine or the moment does not allow is left out by the session, which notes
// why.

/** Slots of tabs: a step names one, and a slot without a tab gets one. */
export const kSlots = 4;

/** Faults of the collector (faulty_collector.mjs). */
export const kMoods = ['refuse', 'error', 'hang', 'cut', 'slow', 'tooLarge', 'limit'];

/** Returns a source of numbers from 0 to below 1, by Mulberry32. */
export const randomFrom = (seed) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** How often each act is drawn. */
const kWeights = {
  click: 24,
  cart: 8,
  remove: 3,
  viewItem: 6,
  search: 6,
  purchase: 8,
  again: 3,
  own: 6,
  identify: 3,
  view: 3,
  poison: 1.5,
  reset: 1.5,
  open: 2,
  reload: 3,
  navigate: 5,
  close: 4,
  hide: 3,
  away: 3,
  freeze: 2,
  crash: 2,
  kill: 0.7,
  mood: 3,
  offline: 1,
  consent: 1.5,
  full: 1,
  clear: 1,
  wipe: 0.6,
  corrupt: 1.5,
  clock: 1,
};

/** The steps that last: the step that ends each of them, and the number of steps until then at most. */
const kSpells = {
  hide: ['show', 12],
  away: ['back', 12],
  freeze: ['thaw', 12],
  mood: ['calm', 30],
  offline: ['online', 15],
  consent: ['agree', 10],
  full: ['room', 20],
};

/** Spells of one tab; the others are of the whole browser. */
const kOfTab = ['hide', 'away', 'freeze'];

const kDayMs = 86_400_000;

/**
 * Yields steps without end: {n, act, slot, …}.
 * @param {number} seed
 * @returns {Generator<{n: number, act: string, slot: number, [detail: string]: unknown}, never>}
 */
export function* planOf(seed) {
  const random = randomFrom(seed);
  const below = (count) => Math.floor(random() * count);
  const oneOf = (list) => list[below(list.length)];
  const acts = Object.entries(kWeights);
  const sum = acts.reduce((total, [, weight]) => total + weight, 0);
  const draw = () => {
    let rest = random() * sum;
    for (const [act, weight] of acts) if ((rest -= weight) < 0) return act;
    return 'click';
  };
  /** @type {Record<string, () => object>} */
  const details = {
    click: () => ({ count: random() < 0.1 ? 20 + below(40) : 1 + below(6) }),
    mood: () => ({ mood: oneOf(kMoods) }),
    consent: () => ({ level: oneOf(['denied', 'anonymous', 'unknown']) }),
    corrupt: () => ({ keys: 1 + below(3), salt: below(2 ** 31) }),
    clock: () => ({ byMs: Math.round((random() * 2 - 1) * 1.5 * kDayMs) }),
  };
  const spells = new Map();
  for (let n = 0; ; n++) {
    const ending = [...spells].find(([, { end }]) => end <= n);
    if (ending) {
      const [key, { act, slot }] = ending;
      spells.delete(key);
      yield { n, act, slot };
      continue;
    }
    const act = draw();
    const slot = below(kSlots);
    const step = { n, act, slot, ...details[act]?.() };
    const spell = kSpells[act];
    if (spell) {
      const length = 2 + below(spell[1] - 1);
      // A tab is hidden, away or frozen; the browser has one spell of each kind.
      const key = kOfTab.includes(act) ? `tab ${slot}` : act;
      if (spells.has(key)) continue;
      spells.set(key, { act: spell[0], slot, end: n + length });
    }
    yield step;
  }
}
