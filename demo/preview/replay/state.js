/** The state after an input: what the effects have stored and sent, and what the core says of itself. */

import { parse, segmentsOfClaim } from './keys.js';

/** Says what the host does with an effect, by its verb. */
const effectHandlers = {
  save: (state, [key, value], step) => state.storage.set(key, { value, step }),
  forget: (state, [key], step) => state.forget(key, step),
  mirror: (state, [key, value], step) => state.mirror.set(key, { value, step }),
  unmirror: (state, [key]) => state.mirror.delete(key),
  send: (state, [id, keepalive, , url, body, method], step) =>
    state.requests.set(id, {
      kind: 'events',
      url,
      body,
      method: method || 'POST',
      isKeepalive: keepalive === '1',
      step,
    }),
  ask: (state, [id, , method, url, , body], step) =>
    state.requests.set(id, { kind: 'data call', url, body, method, isKeepalive: false, step }),
  script: (state, [id, , url], step) =>
    state.requests.set(id, { kind: 'data call (JSON-P)', url, body: '', method: 'GET', isKeepalive: false, step }),
  cancel: (state, [id]) => state.requests.delete(id),
  release: (state, [journal]) => state.journals.delete(journal),
  show: (state, [id, serve, shown, html], step) => state.slot(id, { serve: Number(serve), shown, html, step }),
  patch: (state, [id, serve, ...steps], step) => state.slot(id, { serve: Number(serve), patched: steps.length, step }),
};

/** Says what an input itself reports of the page, by its name. */
const inputHandlers = {
  claimed(state, [journal, segments], step) {
    state.journals.set(journal, step);
    for (const [key, value] of segmentsOfClaim([journal, segments])) {
      if (!state.storage.has(key)) state.storage.set(key, { value, step });
    }
  },
  claimRefused: (state, [journal]) => state.journals.delete(journal),
  saveFailed: (state, [key], step) => state.forget(key, step),
  storageChanged(state, [key, value], step) {
    if (!key) for (const each of [...state.storage.keys()]) state.forget(each, step);
    else if (value) state.storage.set(key, { value, step });
    else state.forget(key, step);
  },
  requestDone: (state, [id]) => state.requests.delete(String(id)),
  suspend: (state) => state.journals.clear(),
  watch(state, [serve, item, position, nowMs], step, result) {
    if (result >= 0) state.watches.set(result, { serve, item, position, ratio: 0, sinceMs: nowMs, step });
  },
  unwatch: (state, [watch]) => state.watches.delete(watch),
  itemVisible(state, [watch, visible, area, most, atMs], step) {
    const item = state.watches.get(watch);
    if (!item) return;
    const judged = Math.min(area || 0, most || 0);
    Object.assign(item, { ratio: judged > 0 ? Math.min(1, visible / judged) : 0, areaPx: area, sinceMs: atMs, step });
  },
  openSlot: (state, [id, request], step) => state.slot(String(id), { request: parse(request) ?? {}, step }),
  closeSlot: (state, [id]) => state.slots.delete(String(id)),
  setPageState: (state, [visible, online]) => Object.assign(state.page, { isVisible: !!visible, isOnline: !!online }),
  navigate: (state, [url]) => url && Object.assign(state.page, { url }),
  navigateBy: (state, [, url]) => url && Object.assign(state.page, { url }),
};

const emptyState = () => ({
  /** By key: the value and the step that wrote it. */
  storage: new Map(),
  /** Keys that the last step removed. */
  removed: new Map(),
  mirror: new Map(),
  /** In flight, by number. */
  requests: new Map(),
  /** By the number of the watch. */
  watches: new Map(),
  slots: new Map(),
  /** Journals whose lock the page holds. */
  journals: new Map(),
  page: { url: '', isVisible: true, isOnline: true },
  config: /** @type {any} */ ({}),
  forget(key, step) {
    if (this.storage.delete(key)) this.removed.set(key, step);
  },
  slot(id, facts) {
    this.slots.set(id, { ...this.slots.get(id), ...facts });
  },
});

const begin = (state, [bootJson], step) => {
  const boot = parse(bootJson) ?? {};
  Object.assign(state, emptyState());
  state.config = boot.config ?? {};
  state.page = { url: boot.page?.url ?? '', isVisible: !!boot.visible, isOnline: !!boot.online };
  for (const [key, value] of Object.entries(boot.state ?? {}))
    if (value) state.storage.set(key, { value: String(value), step });
};

/**
 * Returns a function that gives the state after a step. Each entry has the step that changed it last. Going forward
 * goes on from the last answer; going back begins at the start again.
 * @param {import('./play.js').Step[]} steps
 */
export const openStates = (steps) => {
  let state = emptyState();
  let done = 0;
  return (/** @type {number} */ last) => {
    if (last + 1 < done) {
      state = emptyState();
      done = 0;
    }
    for (; done <= last; done++) advance(state, steps[done]);
    return { ...state, ...factsOf(steps, last) };
  };
};

const advance = (state, { index, input, result, effects }) => {
  state.removed.clear();
  if (input.name === 'new') begin(state, input.args, index);
  inputHandlers[input.name]?.(state, input.args, index, result);
  for (const [verb, ...fields] of effects) effectHandlers[verb]?.(state, fields, index);
};

/** Returns what the core says of itself after a step. */
const factsOf = (steps, last) => {
  const { metrics, ids, wakeMs, atMs } = steps[last];
  const [visitor, user, consent] = JSON.parse(ids);
  return {
    who: { visitor, user, consent },
    metrics,
    metricsBefore: last ? steps[last - 1].metrics : {},
    wakeInMs: wakeMs - atMs,
  };
};
