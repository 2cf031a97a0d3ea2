// The debug overlay of a page: one for all Vitrines on it. docs/debug.md describes it for engineers.

import type { Early, OpenOverlay, Watched } from '../core/debug_part.js';
import { later, wallNow, zoneMinutes } from '../ports/clock.js';
import { make, member } from '../ports/dom.js';
import { textOf, type Line } from '../ports/report.js';
import type { Context } from './context.js';
import type { Surroundings } from './diagnoses.js';
import { patch } from './dom.js';
import { firstUi, panel } from './panel.js';
import { openRings, type Rings } from './rings.js';
import { STYLE } from './style.js';
import { countLines, Target, type Said } from './target.js';

const NO_CORS = 'no-cors';
const NO_STORE = 'no-store';
const DRAW_MS = 120;
const TICK_MS = 1000;
/** How often the owners of journals are read while their tab is shown, in ticks. */
const LOCK_TICKS = 2;
/** Events that stay inside the overlay, so that shortcuts and menus of the page do not react to it. */
// biome-ignore format: one line each would be longer
const KEPT = [
  'click', 'dblclick', 'auxclick', 'mousedown', 'mouseup', 'pointerdown', 'pointerup', 'touchstart', 'touchend',
  'keydown', 'keyup', 'keypress', 'input', 'change', 'focusin', 'focusout', 'wheel', 'contextmenu', 'submit',
];

class Overlay {
  readonly targets: Target[] = [];
  #lines: readonly Line[];
  #said = new Map<string, Said>();
  #taken = new WeakSet<Line>();
  #probes = new Map<string, 'running' | 'reachable' | 'unreachable'>();
  #refused = new Set<string>();
  #ui = firstUi();
  #chosen = 0;
  #isOpen = false;
  #fault = '';
  #host: HTMLElement;
  #root: HTMLElement;
  #rings: Rings;
  #isDue = false;
  #revealed: HTMLElement | undefined;
  #stopTick = () => {};
  #ticks = 0;
  #offset = zoneMinutes();
  #ending = new AbortController();
  #onEnd: () => void;

  constructor(lines: readonly Line[], onEnd: () => void) {
    this.#lines = lines;
    this.#onEnd = onEnd;
    countLines(this.#said, this.#taken, lines, 0);
    this.#host = make('div');
    const shadow = member(this.#host, 'attachShadow').call(this.#host, { mode: 'closed' });
    this.#dress(shadow);
    const layer = make('div');
    layer.className = 'layer';
    layer.setAttribute('aria-hidden', 'true');
    this.#root = make('div');
    this.#root.className = 'root';
    shadow.append(layer, this.#root);
    for (const type of KEPT) this.#host.addEventListener(type, (event) => event.stopPropagation(), { passive: true });
    this.#rings = openRings(layer, (error) => this.#failed(error));
    member(document, 'addEventListener').call(
      document,
      'securitypolicyviolation',
      (event) => {
        const { effectiveDirective, blockedURI } = event as SecurityPolicyViolationEvent;
        if (effectiveDirective === 'connect-src' && /^https?:/.test(blockedURI)) this.#refused.add(blockedURI);
      },
      { signal: this.#ending.signal },
    );
  }

  /** Gives the shadow root its style. A constructed sheet needs no leave of the page's policy. */
  #dress(shadow: ShadowRoot) {
    if ('adoptedStyleSheets' in shadow && typeof CSSStyleSheet === 'function') {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      shadow.adoptedStyleSheets = [sheet];
      return;
    }
    const style = make('style');
    style.nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';
    style.textContent = STYLE;
    shadow.append(style);
  }

  add(watched: Watched, entries: readonly Early[] | undefined, isOpen: boolean): void {
    let at = this.targets.findIndex((target) => target.watched === watched);
    if (at < 0) {
      const target = new Target(watched, entries);
      target.onFault = (error) => this.#failed(error);
      target.onNews = () => this.#soon();
      at = this.targets.push(target) - 1;
      target.listen();
    }
    if (isOpen) [this.#isOpen, this.#chosen] = [true, at];
    this.#draw();
    this.#tick();
  }

  #failed(error: unknown) {
    const text = textOf(error);
    if (this.#fault === text) return;
    this.#fault = text;
    this.#soon();
  }

  #soon() {
    if (this.#isDue) return;
    this.#isDue = true;
    later(() => this.#draw(), DRAW_MS, false);
  }

  /** Times grow, storage changes, and lines are written without a call of the core. */
  #tick() {
    this.#stopTick();
    this.#stopTick = later(
      () => {
        if (this.#ending.signal.aborted) return;
        this.#ticks++;
        if (this.#isOpen && this.#ticks % LOCK_TICKS === 0) void this.#target().readLocks();
        this.#draw();
        this.#tick();
      },
      TICK_MS,
      false,
    );
  }

  #target(): Target {
    return this.targets[this.#chosen]!;
  }

  #draw() {
    this.#isDue = false;
    if (this.#ending.signal.aborted) return;
    try {
      const place = member(document, 'documentElement');
      // The page may have replaced its document.
      if (!member(this.#host, 'isConnected')) place.append(this.#host);
      countLines(this.#said, this.#taken, this.#lines, wallNow());
      patch(this.#root, panel(this.#context(), this.#frame()));
      this.#revealTab();
      const { drawsRings, keepsRings, tab } = this.#ui;
      const isShown = drawsRings && (keepsRings || (this.#isOpen && tab === 'views'));
      this.#rings.show(isShown ? this.#target() : undefined);
    } catch (error) {
      this.#failed(error);
      if (!this.#root.firstChild) this.#host.remove();
    }
  }

  /** Scrolls the row of tabs, which is longer than a phone is wide, to the chosen one. */
  #revealTab() {
    const chosen = this.#root.querySelector<HTMLElement>('[aria-selected="true"]');
    const list = chosen?.parentElement;
    if (!chosen || !list || this.#revealed === chosen) return;
    this.#revealed = chosen;
    list.scrollLeft = chosen.offsetLeft - (list.clientWidth - chosen.offsetWidth) / 2;
  }

  #around(): Surroundings {
    return { isOnline: navigator.onLine !== false, refusedByPolicy: [...this.#refused], probes: this.#probes };
  }

  #context(): Context {
    const target = this.#target();
    return {
      target,
      facts: target.facts(),
      around: this.#around(),
      said: [...this.#said.values()],
      ui: this.#ui,
      nowMs: wallNow(),
      offsetMinutes: this.#offset,
      change: (step) => {
        const before = this.#ui.tab;
        step(this.#ui);
        if (before !== this.#ui.tab && this.#ui.tab !== 'events') this.#ui.open.clear();
        if (this.#ui.tab === 'storage') void target.readLocks().then(() => this.#soon());
        this.#draw();
      },
      probe: (url) => void this.#probe(url),
      download: () => this.#download(),
    };
  }

  #frame() {
    const set = (isOpen: boolean) => {
      this.#isOpen = isOpen;
      this.#draw();
      // The control that had the focus is gone.
      const [next] = this.#root.querySelectorAll<HTMLElement>(isOpen ? '[aria-selected="true"]' : 'button');
      next?.focus();
    };
    return {
      isOpen: this.#isOpen,
      names: this.targets.map((target, i) => `${i + 1}: ${target.facts().service}`),
      chosen: this.#chosen,
      fault: this.#fault,
      open: () => set(true),
      collapse: () => set(false),
      turnOff: () => this.#end(),
      choose: (index: number) => {
        this.#chosen = index;
        this.#ui.open.clear();
        this.#draw();
      },
    };
  }

  /** Asks for an address without reading the reply, so that CORS cannot refuse. Only on a click. */
  async #probe(url: string) {
    this.#probes.set(url, 'running');
    this.#draw();
    const outcome = await fetch(url, { mode: NO_CORS, credentials: 'omit', cache: NO_STORE }).then(
      () => 'reachable' as const,
      () => 'unreachable' as const,
    );
    this.#probes.set(url, outcome);
    this.#draw();
  }

  #download() {
    const url = URL.createObjectURL(new Blob([this.#target().trace.text()], { type: 'application/jsonl' }));
    // The link is in no document, so no listener of the page sees its click.
    const link = make('a');
    link.href = url;
    link.download = 'vitrine-session.jsonl';
    link.click();
    later(() => URL.revokeObjectURL(url), 60_000, false);
  }

  #end() {
    this.#ending.abort();
    this.#stopTick();
    this.#rings.show(undefined);
    for (const target of this.targets) target.deafen();
    this.#host.remove();
    this.#onEnd();
  }
}

let overlay: Overlay | undefined;

/** See OpenOverlay. */
export const openOverlay: OpenOverlay = (watched, entries, isOpen) => {
  try {
    overlay ??= new Overlay(watched[4], () => (overlay = undefined));
    overlay.add(watched, entries, isOpen);
  } catch {
    // A page in which the overlay cannot be shown goes on without it.
    watched[0].tap = undefined;
  }
};
