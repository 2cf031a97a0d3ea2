// <vitrine-widget>: a slot of the core in the page. The core decides what the widget shows; this file shows it and
// reports what the shopper does.

import type { SlotView } from '../js/core/host_ports.js';
import { later, now } from '../js/ports/clock.js';
import { openChanges } from '../js/ports/dom.js';
import { guarded } from '../js/ports/guard.js';
import { textOf } from '../js/ports/report.js';
import { splitFields } from '../js/core/fields.js';
import { toJson } from '../js/core/text.js';
import { whenVitrine, type Vitrine } from '../js/api/vitrine.js';
import { announcerIn } from './announce.js';
import { checkAttributes } from './attributes.js';
import { driveCarousels, fitCarousels } from './carousel.js';
import { addToCart, pressIn, stepQuantity } from './cart.js';
import type { WidgetState } from './element_types.js';
import { emit } from './emit.js';
import { nodesOf } from './html.js';
import { connected, followLanguage } from './language.js';
import { ATTRIBUTES, plainOf } from './names.js';
import { marginOf, stopWaiting, whenNear, whenRoom } from './viewport.js';
import { whenParsed } from './parsed.js';
import { applyPatch } from './patch.js';
import { withProperties } from './properties.js';
import { slotRequest } from './request.js';
import { hasOwnContent, hidingView, View } from './view.js';
import { warmUp } from './warm_up.js';

// A page that removes the products more often within this time gets its own children back.
const MOST_MENDED = 8;
const MENDING_MS = 1000;

/** Serve ids of server-rendered lists that were replaced since. A clone or a snapshot may still name them. */
const replaced = new Set<string>();

/**
 * Registers `<vitrine-widget>`. Does nothing where it is registered already, and on a server. widget/README.md
 * describes the attributes, states and events.
 * @param vitrine the instance that the widgets use; default: the first one of the page, for which they wait
 */
export const defineWidget = (vitrine?: Vitrine): void => {
  // A server has no elements.
  if (typeof customElements === 'undefined' || customElements.get('vitrine-widget')) return;
  const find = vitrine ? (use: (vitrine: Vitrine) => void) => use(vitrine) : whenVitrine;

  followLanguage();
  const watchChildren = openChanges((records) => {
    for (const { target } of records) (((target as ShadowRoot).host || target) as Widget)._mend();
  });

  class Widget extends hidingView(withProperties(HTMLElement)) implements SlotView {
    static observedAttributes = [...ATTRIBUTES, ...ATTRIBUTES.map(plainOf), 'serve'];

    _vitrine: Vitrine | undefined;
    _slotId = 0;
    /** The serve that the slot shows, as the core numbers it; -1 if none. */
    _serve = -1;
    /** Stands in front of messages about the widget: its tag, as it was at first. */
    _title = '';
    /** JSON of the request that the slot was opened with; '' while the slot is closed. */
    _wanted = '';
    /** True while the widget shows a carousel, whose buttons depend on its content. */
    _isCarousel = false;
    /** True while the core does not know the markup of the items: a server rendered them, or the element was moved. */
    _isAdopted = false;
    /** The serve of the server's markup that was adopted last. */
    _served = '';
    /** The state as it was last set. The page may remove the attribute. */
    _state = '';
    /** How often `_mend` has mended something within MENDING_MS. */
    _mended = 0;
    /** True while the parser has not delivered all children. */
    _isParsing = false;
    _isDirty = false;
    /** True while a change waits for the end of the task, or for Vitrine. */
    _isChanging = false;
    _margin = () => marginOf(this.getAttribute('load'), this.getAttribute('margin'));
    /** Makes screen readers read `text` when they are next idle, while the widget shows products. */
    _announce = (text: string) => {
      const view = this._view!;
      if (view.items.length) announcerIn(view.element).textContent = text;
    };
    _waiting: ((state: WidgetState) => void)[] = [];

    connectedCallback() {
      connected.add(this);
      this._change();
    }

    disconnectedCallback() {
      connected.delete(this);
      this._change();
    }

    attributeChangedCallback() {
      this._change();
    }

    /**
     * Fetches the widget's products again, unless a request is in flight, and patches the differences. Resolves with
     * the state afterwards; never rejects.
     */
    refresh(): Promise<WidgetState> {
      return new Promise((resolve) => {
        this._waiting.push(resolve);
        find((found) => {
          this._vitrine = found;
          this._sync(false);
          if (this._slotId && !found['_host'].isDead()) this._load();
          else if (!this._isParsing) this._resolve();
        });
      });
    }

    // Combines several attributes that are set in a row, or a move within the page, into one change.
    _change() {
      this._isDirty = true;
      if (this._isChanging) return;
      this._isChanging = true;
      queueMicrotask(() =>
        find(
          guarded((found: Vitrine) => {
            this._isChanging = false;
            this._vitrine = found;
            const sync = guarded(() => this._sync());
            if (!this.isConnected) sync();
            // Items that a server has rendered are reported as served wherever they are.
            else if (this._isDirty) whenRoom(this, this.hasAttribute('serve') ? Infinity : this._margin(), sync);
          }),
        ),
      );
    }

    /** Opens the slot for the current attributes. If `mustLoad`, loads its products when the widget comes near. */
    _sync(mustLoad = true) {
      const found = this._vitrine;
      if (!found || !this._isDirty || this._isParsing) return;
      const host = found['_host'];
      if (this.isConnected && !this._view) {
        this._isParsing = true;
        const start = guarded(() => {
          this._isParsing = false;
          this._view = this._start();
          this._sync(mustLoad);
        });
        whenParsed(this, start);
        return;
      }
      this._isDirty = false;
      // An element is often taken out because the page has changed to another address.
      host.noteNavigation();
      if (!this.isConnected) {
        stopWaiting(this);
        host.closeSlot(this._slotId);
        this._slotId = 0;
        this._serve = -1;
        this._wanted = '';
        this._isAdopted = !!this._view?.items.length;
        this._unwatch();
        this._resolve();
        return;
      }
      this._title ||= `${this.outerHTML.split('>', 1)}>: `;
      const request = slotRequest(this, this._view!.isShadow);
      const wanted = toJson(request);
      const serveId = this._adoptable();
      const rendered = serveId && (serveId !== this._served || !this._wanted) ? this._adopt(serveId) : undefined;
      this._mend();
      if (wanted === this._wanted && !rendered) return;
      this._wanted = wanted;
      checkAttributes(this, this._title, host.log);
      const margin = this._margin();
      const isEager = mustLoad && margin === Infinity;
      const opening = { ...request, name: this._title, rendered, later: !isEager, reuse: mustLoad && this._isAdopted };
      stopWaiting(this);
      const openingJson = toJson(opening);
      this._slotId = host.openSlot(openingJson, this, this._slotId);
      warmUp(host, openingJson);
      if (!rendered && mustLoad && !isEager) whenNear(this, margin, () => this._load());
    }

    _load() {
      this._vitrine!['_host'].call('refreshSlot', this._slotId, now());
    }

    /** Prepares the element. Called once, before the first slot, when the element's children are known. */
    _start() {
      const view = new View(this, this.hasAttribute('shadow'), this.getAttribute('stylesheet'), !!this._adoptable());
      view.root.addEventListener('click', (event) => this._onClick(event as MouseEvent));
      driveCarousels(view.root, this._announce);
      for (const node of [this, view.root]) watchChildren(node, { childList: true, attributeFilter: ['state'] });
      return view;
    }

    /** Returns the serve of the server's markup; nothing if something else has been shown under its name since. */
    _adoptable() {
      const serveId = this.getAttribute('serve');
      return serveId && !replaced.has(serveId) && serveId;
    }

    /**
     * Takes over items that a server has rendered. Returns their description for the core; undefined if there are
     * none.
     */
    _adopt(serveId: string) {
      const view = this._view!;
      this._served = serveId;
      this._unwatch();
      if (!view.adopt()) return undefined;
      this._isAdopted = true;
      return { serveId, itemIds: view.items.map(({ dataset }) => dataset.vitrineItem!) };
    }

    /** Undoes what the page did to the view and the state, as a morph or `innerHTML = ''` does. */
    _mend() {
      if (!this.isConnected || this._isDirty || !this._state) return;
      const isMended = this._view!.mend();
      if (!isMended && this.getAttribute('state') === this._state) return;
      later(() => this._mended--, MENDING_MS);
      if (++this._mended > MOST_MENDED) {
        this._logFailure('the page removes them each time');
        this._fallBack();
        this._settle('error');
        // Ends the mending until the core shows something else.
        this._state = '';
        return;
      }
      this.setAttribute('state', this._state);
      // An item that has left the page is no longer watched.
      if (isMended) this._watch();
    }

    show(serve: number, state: string, html: string) {
      const isLoading = state === 'loading' || state === 'skeleton';
      if (!isLoading) {
        stopWaiting(this);
        if (state !== 'stale') replaced.add(this._served);
      }
      if (state === 'ready') {
        const steps = this._isAdopted && this._view!.isIntact() && this._stepsFromHere();
        if (steps) return this.patch(serve, steps);
        this._serve = serve;
        state = this._fill(html);
      }
      // While the slot loads, the current content stays: the shop's own children, or the previous products.
      else if (isLoading) {
        this._serve = serve;
        if (this._view!.items.length) return;
        if (html && !this._view!.isShown && !hasOwnContent(this)) this._view!.hold(html);
      } else if (state === 'stale') {
        if (!this._view!.isIntact()) state = this._fill(this._html(), state);
      } else this._fallBack();
      this._settle(state as WidgetState);
    }

    patch(serve: number, steps: string[]) {
      let state = 'ready';
      const hasNewServe = serve !== this._serve;
      const view = this._view!;
      this._serve = serve;
      try {
        const whole = () => nodesOf(this._html());
        const before = view.items;
        const items = view.isIntact() ? applyPatch(view.element, before, steps, whole) : undefined;
        if (items) {
          if (items !== before) this._unwatch(before.filter((item) => items.indexOf(item) < 0));
          view.items = items;
          if (items !== before || hasNewServe) this._watch();
          // A carousel can only come or go if the frame has changed (steps of item "-").
          if (steps.length && (this._isCarousel || steps.indexOf('-') >= 0)) this._fit();
        } else {
          const html = this._html();
          this._isAdopted = false;
          // The core does not know products that a server rendered.
          if (!html) return this._load();
          this._replace(html);
        }
      } catch (error) {
        this._logFailure(error);
        state = this._fill(this._html());
      }
      if (!steps.length && hasNewServe) this._fit();
      this._settle(state as WidgetState);
    }

    /** Returns the patch from the markup in the page to the slot's content; undefined if there is none. */
    _stepsFromHere() {
      this._isAdopted = false;
      const patch = this._vitrine!['_host'].call('slotPatch', this._slotId, toJson(this._view!.markup()));
      return patch ? splitFields(patch).slice(1) : undefined;
    }

    /** Returns the markup of everything that the slot shows now. */
    _html() {
      return this._vitrine!['_host'].call('slotHtml', this._slotId) || '';
    }

    _fill(html: string, state = 'ready') {
      try {
        this._replace(html);
        return state;
      } catch (error) {
        this._logFailure(error);
        this._fallBack();
        return 'error';
      }
    }

    _logFailure(error: unknown) {
      const message = `${this._title}Its products cannot be shown: ${textOf(error)}. Does a script change them?`;
      this._vitrine!['_host'].log('error', message, 'widget-failed', error);
    }

    _replace(html: string) {
      this._unwatch();
      this._isAdopted = false;
      this._view!.fill(html);
      this._watch();
      this._fit(true);
    }

    _fit(isNew = false) {
      this._isCarousel = fitCarousels(this._view!.element, isNew);
      announcerIn(this._view!.element);
    }

    _fallBack() {
      this._unwatch();
      this._isAdopted = false;
      this._view!.hide();
    }

    _settle(state: WidgetState) {
      this._state = state;
      if (this.getAttribute('state') !== state) {
        this.setAttribute('state', state);
        this.toggleAttribute('data-vitrine-blank', /empty|error/.test(state) && !hasOwnContent(this));
        emit(this, 'state', { state });
      }
      if (state !== 'loading' && state !== 'skeleton') this._resolve();
    }

    /** Resolves the promises of refresh(). */
    _resolve() {
      const state = (this.getAttribute('state') || 'loading') as WidgetState;
      for (const resolve of this._waiting.splice(0)) resolve(state);
    }

    /** Starts tracking of views and clicks, after the products are on the screen. */
    _watch() {
      this._vitrine!['_host'].items?.later(() => this._watchItems());
    }

    /** Watches the items. An element that is watched as the same item of the same serve keeps its view clock. */
    _watchItems() {
      const { items } = this._vitrine!['_host'];
      const serve = this._serve;
      if (serve < 0) return;
      // One item that is refused must not end the others.
      const watch = guarded((element: HTMLElement) => {
        const [itemId, position] = [element.dataset.vitrineItem!, +element.dataset.vitrinePosition!];
        const known = items?.get(element);
        if (known?.serve === serve && known.itemId === itemId && known.position === position) return;
        // The shop decides whether the item comes into the cart; then _onClick records it.
        items?.watch(element, { serve, itemId, position, actions: { onAdd: () => false } });
      });
      this._view!.items.forEach((element) => watch(element));
    }

    _unwatch(elements = this._view?.items) {
      for (const element of elements || []) this._vitrine?.['_host'].items?.unwatch(element);
    }

    _onClick({ target }: MouseEvent) {
      const { root, items } = this._view!;
      // Without products the widget shows the shop's own children, whose items are the shop's.
      const { item, add, by } = items.length ? pressIn(root, target as Element) : {};
      if (item && add) this._add(item, add);
      if (item && by) stepQuantity(item, by, this._announce);
    }

    _add(item: HTMLElement, button: HTMLElement) {
      const host = this._vitrine!['_host'];
      // Read at the press, because the widget may show something else when the cart replies.
      const [serve, itemId, position] = [this._serve, item.dataset.vitrineItem!, +item.dataset.vitrinePosition!];
      const known = host.call('slotItem', this._slotId, itemId);
      addToCart(this, item, button, {
        product: known ? JSON.parse(known) : undefined,
        asksDoofinder: host.asksDoofinder,
        announce: this._announce,
        log: host.log,
        added: (quantity) => host.call('itemEvent', serve, 'addToCart', itemId, position, quantity, now()),
      });
    }
  }

  customElements.define('vitrine-widget', Widget);
};
