// The items that are watched for views, and how far the clock of each is. The core alone decides what counts
// (wasm/tracking/viewability.h); this follows the same reports by the same rule, to show it.

import type { Life } from './life.js';
import { memberIn } from './life.js';

export interface ViewRule {
  ratio: number;
  dwellMs: number;
  largeAreaPx: number;
  largeRatio: number;
  isCumulative: boolean;
}

export interface Watch {
  id: number;
  serve: number;
  itemId: string;
  position: number;
  /** Visible share at the last report, of the largest part that the window can show. */
  ratio: number;
  areaPx: number;
  /** Page time (performance.now()) at which its clock started; undefined while the clock stands. */
  sinceMs?: number;
  /** Sum of earlier stretches, where the rule is cumulative. */
  beforeMs: number;
  isViewed: boolean;
}

/**
 * `watching`: too little of it is visible. `counting`: its clock runs. `paused`: enough of it is visible, but the page
 * is hidden.
 */
export type WatchState = 'watching' | 'counting' | 'paused' | 'viewed';

/** Returns the rule of a configuration, with the defaults of the core. */
export const ruleOf = (config: unknown): ViewRule => {
  const given = ((config as { viewability?: object } | undefined)?.viewability ?? {}) as Record<string, unknown>;
  const number = (name: string, otherwise: number) =>
    typeof given[name] === 'number' ? (given[name] as number) : otherwise;
  return {
    ratio: number('ratio', 0.5),
    dwellMs: number('dwellMs', 1000),
    largeAreaPx: number('largeAreaPx', 242_500),
    largeRatio: number('largeRatio', 0.3),
    isCumulative: given['mode'] === 'cumulative',
  };
};

export class Watches {
  readonly all = new Map<number, Watch>();
  isPageVisible = true;
  rule: ViewRule;

  constructor(rule: ViewRule) {
    this.rule = rule;
  }

  /** The share that an item needs. */
  need(watch: Watch): number {
    return watch.areaPx >= this.rule.largeAreaPx ? this.rule.largeRatio : this.rule.ratio;
  }

  state(watch: Watch): WatchState {
    if (watch.isViewed) return 'viewed';
    if (watch.sinceMs !== undefined) return 'counting';
    return watch.areaPx && watch.ratio >= this.need(watch) ? 'paused' : 'watching';
  }

  /** Share of the dwell time that has passed, 0 to 1. */
  progress(watch: Watch, pageMs: number): number {
    if (watch.isViewed) return 1;
    const ranMs = watch.beforeMs + (watch.sinceMs === undefined ? 0 : Math.max(0, pageMs - watch.sinceMs));
    return Math.min(1, this.rule.dwellMs ? ranMs / this.rule.dwellMs : +(watch.sinceMs !== undefined));
  }

  watch(id: number, serve: number, itemId: string, position: number): void {
    this.all.set(id, { id, serve, itemId, position, ratio: 0, areaPx: 0, beforeMs: 0, isViewed: false });
  }

  unwatch(id: number): void {
    this.all.delete(id);
  }

  #stop(watch: Watch, atMs: number) {
    if (watch.sinceMs === undefined) return;
    watch.beforeMs = this.rule.isCumulative ? watch.beforeMs + Math.max(0, atMs - watch.sinceMs) : 0;
    watch.sinceMs = undefined;
  }

  visible(id: number, visiblePx: number, areaPx: number, mostPx: number, atMs: number): void {
    const watch = this.all.get(id);
    if (!watch) return;
    watch.areaPx = areaPx;
    watch.ratio = mostPx > 0 ? visiblePx / mostPx : 0;
    const isEnough = areaPx > 0 && watch.ratio >= this.need(watch) - 0.005;
    if (isEnough && this.isPageVisible) watch.sinceMs ??= atMs;
    else this.#stop(watch, atMs);
  }

  /** The page is hidden or shown. */
  page(isVisible: boolean, pageMs: number): void {
    if (isVisible === this.isPageVisible) return;
    this.isPageVisible = isVisible;
    for (const watch of this.all.values())
      if (!isVisible) this.#stop(watch, pageMs);
      else if (watch.areaPx && watch.ratio >= this.need(watch)) watch.sinceMs ??= pageMs;
  }

  /** The core has looked at a page time, and has had news: items whose clock was full have counted. */
  judged(pageMs: number): void {
    for (const watch of this.all.values()) if (this.progress(watch, pageMs) >= 1) watch.isViewed = true;
  }

  /** A view was recorded: of the watches that show this item at this place, one has counted. */
  viewed(life: Life): void {
    const [itemId, position] = [memberIn(life.text, 'itemId'), memberIn(life.text, 'position') ?? -1];
    const alike = [...this.all.values()].filter(
      (watch) => !watch.isViewed && watch.itemId === itemId && watch.position === position,
    );
    const [found] = alike.sort((a, b) => (b.sinceMs === undefined ? 0 : 1) - (a.sinceMs === undefined ? 0 : 1));
    if (found) found.isViewed = true;
  }

  /** Another page view has begun: items may count again. */
  newPage(): void {
    for (const watch of this.all.values()) watch.isViewed = false;
  }
}
