// <vitrine-widget>: a slot of the core in the page. The core decides what the widget shows; this file shows it and
// reports what the shopper does.

import type { SlotView } from '../js/core/host.js';
import { now } from '../js/ports/clock.js';
import { closestWithin, make } from '../js/ports/dom.js';
import { guarded } from '../js/ports/guard.js';
import { textOf } from '../js/ports/report.js';
import { splitFields } from '../js/core/fields.js';
import { toJson } from '../js/core/text.js';
import { whenVitrine, type Vitrine } from '../js/api/vitrine.js';
import { announcerIn } from './announce.js';
import { checkAttributes } from './attributes.js';
import { driveCarousels, fitCarousels } from './carousel.js';
import { addToCart, stepQuantity } from './cart.js';
import { fillWith, nodesOf } from './html.js';
import { connected, followLanguage } from './language.js';
import { marginOf, stopWaiting, whenNear, whenRoom } from './viewport.js';
import { applyPatch, itemsOf } from './patch.js';
import { ATTRIBUTES, slotRequest, templatesOf } from './request.js';
import { adoptStyles } from './shadow_styles.js';
import { cloneCards } from './clone_cards.js';

/** State of a widget, also its `state` attribute. */
export type WidgetState = 'loading' | 'skeleton' | 'ready' | 'stale' | 'empty' | 'error';

/**
 * Registers `<vitrine-widget>`. A second call does nothing. Call it in a page only. widget/README.md describes the
 * attributes, states and events.
 * @param vitrine the instance that the widgets use; default: the first one of the page, for which they wait
 */
export const defineWidget = (vitrine?: Vitrine): void => {
  if (customElements.get('vitrine-widget')) return;
  const find = vitrine ? (use: (vitrine: Vitrine) => void) => use(vitrine) : whenVitrine;

  followLanguage();

  class Widget extends HTMLElement implements SlotView {
    static observedAttributes = ATTRIBUTES;

    _vitrine: Vitrine | undefined;
    _slotId = 0;
    /** The serve that the slot shows, as the core numbers it; -1 if none. */
    _serve = -1;
    /** Stands in front of messages about the widget: its tag, as it was at first. */
    _title = '';
    /** JSON of the request that the slot was opened with; '' while the slot is closed. */
    _wanted = '';
    /** Parent of the products: the element itself or its shadow root. */
    _root!: Element | ShadowRoot;
    /** Children of the root that the core has not rendered: a template, a link to a style sheet. */
    _foreignNodes: Node[] = [];
    /** The shop's own children, shown again when there are no products. */
    _fallback: Node[] | undefined;
    _items: HTMLElement[] = [];
    /** True while the widget shows a carousel, whose buttons depend on its content. */
    _isCarousel = false;
    /** The placeholder in the page's markup (renderPlaceholder). */
    _placeholder: Element | null = null;
    /** True while the items are those that a server rendered: the core does not know their markup. */
    _isAdopted = false;
    _isDirty = false;
    /** True while a change waits for the end of the task, or for Vitrine. */
    _isChanging = false;
    _margin = () => marginOf(this.getAttribute('load'), this.getAttribute('margin'));
    /** Makes screen readers read `text` when they are next idle, while the widget shows products. */
    _announce = (text: string) => {
      if (this._items.length) announcerIn(this._root).textContent = text;
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
          else this._resolve();
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
      if (!found || !this._isDirty) return;
      this._isDirty = false;
      const host = found['_host'];
      if (!this.isConnected) {
        stopWaiting(this);
        host.closeSlot(this._slotId);
        this._slotId = 0;
        this._serve = -1;
        this._wanted = '';
        this._unwatch();
        this._resolve();
        return;
      }
      if (!this._root) this._start();
      this._title ||= `${this.outerHTML.split('>', 1)}>: `;
      const wanted = slotRequest(this);
      if (toJson(wanted) === this._wanted) return;
      const isFirst = !this._wanted;
      this._wanted = toJson(wanted);
      const serveId = isFirst && this.getAttribute('serve');
      const rendered = serveId ? this._adopt(serveId) : undefined;
      host.noteNavigation();
      checkAttributes(this, this._title, host.log);
      const request = { ...wanted, name: this._title, rendered, later: true };
      this._slotId = host.openSlot(toJson(request), this, this._slotId);
      if (rendered) return;
      stopWaiting(this);
      if (!mustLoad) return;
      const margin = this._margin();
      if (margin === Infinity) this._load();
      else whenNear(this, margin, () => this._load());
    }

    _load() {
      this._vitrine!['_host'].call('refreshSlot', this._slotId, now());
    }

    /** Prepares the element. Called once, before the first slot, when the element's children are known. */
    _start() {
      const isShadow = !!this.shadowRoot || this.hasAttribute('shadow');
      const isMade = isShadow && !this.shadowRoot;
      this._root = isShadow ? this.shadowRoot || this.attachShadow({ mode: 'open' }) : this;
      if (isShadow) {
        const link = adoptStyles(this._root as ShadowRoot, this.getAttribute('stylesheet'));
        if (link) this._foreignNodes.push(link);
        // The slot shows the element's own children until there are products.
        if (isMade) this._root.append(make('slot'));
      } else {
        this._foreignNodes.push(...templatesOf(this));
      }
      if (this.getAttribute('state') === 'loading') this._placeholder = this.querySelector(':scope > [inert]');
      this._root.addEventListener('click', (event) => this._onClick(event as MouseEvent));
      driveCarousels(this._root, this._announce);
    }

    /**
     * Takes over items that a server has rendered. Returns their description for the core; undefined if there are
     * none.
     */
    _adopt(serveId: string) {
      this._items = itemsOf(this._root);
      if (!this._items.length) return undefined;
      this._isAdopted = true;
      this._fallback = [];
      const isBlank = (node: Node) => node.nodeType === Node.TEXT_NODE && !(node as Text).data.trim();
      this._foreignNodes.push(
        ...[...this._root.childNodes].filter((node) => isBlank(node) || (node as Element).localName === 'link'),
      );
      return { serveId, itemIds: this._items.map(({ dataset }) => dataset.vitrineItem!) };
    }

    show(serve: number, state: string, html: string, cards: string[]) {
      if (state === 'ready') {
        const steps = this._isAdopted && this._stepsFromHere();
        if (steps) return this.patch(serve, steps);
        this._serve = serve;
        state = this._fill(html, cards);
      }
      // While the slot loads, the current content stays: the shop's own children, or the previous products.
      else if (state === 'loading' || state === 'skeleton') {
        this._serve = serve;
        if (this._items.length) return;
        if (html && !this._placeholder && !this._hasFallback()) this._hold(html);
      } else if (state === 'empty' || state === 'error') this._fallBack();
      this._settle(state as WidgetState);
    }

    warmUp(html: string, cards: string[]) {
      cloneCards(html, cards);
    }

    patch(serve: number, steps: string[]) {
      let state = 'ready';
      const hasNewServe = serve !== this._serve;
      this._serve = serve;
      try {
        const whole = () => nodesOf(this._html());
        const items = steps.length
          ? applyPatch(this._root, this._items, steps, this._foreignNodes, whole)
          : this._items;
        if (items) {
          if (items !== this._items) this._unwatch(this._items.filter((item) => items.indexOf(item) < 0));
          const mustWatch = items !== this._items || hasNewServe;
          this._items = items;
          if (mustWatch) this._watch();
          // A carousel can only come or go if the frame has changed (steps of item "-").
          if (steps.length && (this._isCarousel || steps.indexOf('-') >= 0)) this._fit();
        } else {
          this._replace(this._html());
        }
      } catch (error) {
        this._logFailure(error);
        state = this._fill(this._html());
      }
      if (!steps.length && hasNewServe) this._fit();
      this._settle(state as WidgetState);
    }

    /** Returns the patch from the server-rendered markup to the slot's content; undefined if there is none. */
    _stepsFromHere() {
      this._isAdopted = false;
      let frame = (this._root as Element).innerHTML.replace(/(role="status"[^>]*>)[^<]*/, '$1');
      const without = (node: Element) => {
        const html = node.outerHTML;
        frame = frame.replace(html, () => '');
        // The core does not render the state of a button (widget/cart.ts), nor an announcement (above).
        return html.replace(/ (data-vitrine-cart|aria-disabled)="[^"]*"/g, '');
      };
      this._foreignNodes.forEach((node) => (node as Element).outerHTML && without(node as Element));
      const items = this._items.map((item) => ({ id: item.dataset.vitrineItem, html: without(item) }));
      const patch = this._vitrine!['_host'].call('slotPatch', this._slotId, toJson({ frame: frame.trim(), items }));
      return patch ? splitFields(patch).slice(1) : undefined;
    }

    /** Returns the markup of everything that the slot shows now. */
    _html() {
      return this._vitrine!['_host'].call('slotHtml', this._slotId) || '';
    }

    _fill(html: string, cards?: string[]) {
      try {
        this._replace(html, cards);
        return 'ready';
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

    _isForeign(node: Node) {
      return this._foreignNodes.indexOf(node) >= 0;
    }

    _hasFallback() {
      return [...this.childNodes].some(
        (node) => !this._isForeign(node) && (node.nodeType === 1 || (node as Text).data?.trim()),
      );
    }

    /** Shows a placeholder that keeps the place of the products: the same template with blank products. */
    _hold(html: string) {
      fillWith(this._root, html, this._foreignNodes);
      for (const element of this._root.children) {
        if (this._isForeign(element)) continue;
        element.setAttribute('aria-hidden', 'true');
        (element as HTMLElement).inert = true;
      }
      this._fallback ||= [];
    }

    _replace(html: string, cards: string[] = []) {
      this._unwatch();
      this._isAdopted = false;
      // Read as late as possible, because the parser may still have been adding children.
      this._fallback ||= [...this._root.childNodes].filter(
        (node) => node !== this._placeholder && !this._isForeign(node),
      );
      const made = cards.length ? cloneCards(html, cards) : undefined;
      if (made) {
        for (const node of [...this._root.childNodes]) if (!this._isForeign(node)) node.remove();
        this._root.append(made.content);
      } else fillWith(this._root, cards.length ? this._html() : html, this._foreignNodes);
      this._items = made?.cards ?? itemsOf(this._root);
      this._watch();
      this._fit(true);
    }

    _fit(isNew = false) {
      this._isCarousel = fitCarousels(this._root, isNew);
      announcerIn(this._root);
    }

    _fallBack() {
      this._unwatch();
      this._isAdopted = false;
      this._items = [];
      if (!this._fallback) return;
      this._root.replaceChildren(...this._foreignNodes, ...this._fallback);
      this._fallback = undefined;
    }

    _settle(state: WidgetState) {
      if (this.getAttribute('state') !== state) {
        this.setAttribute('state', state);
        this.toggleAttribute('data-vitrine-blank', /empty|error/.test(state) && !this._hasFallback());
        this.dispatchEvent(new CustomEvent('vitrine:state', { bubbles: true, composed: true, detail: { state } }));
      }
      if (state === 'loading' || state === 'skeleton') return;
      this._placeholder?.remove();
      this._placeholder = null;
      this._resolve();
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
      this._items.forEach((element) => watch(element));
    }

    _unwatch(elements = this._items) {
      for (const element of elements) this._vitrine?.['_host'].items?.unwatch(element);
    }

    _onClick({ target }: MouseEvent) {
      // A look-up ends at the widget: it may stand in a form or an item of the shop's own.
      const closest = (selector: string) => closestWithin(this._root, target as Element, selector);
      const item = closest('[data-vitrine-item]');
      // Without products the widget shows the shop's own children, whose items are the shop's.
      if (!item || !this._items.length) return;
      const add = closest('[data-vitrine-add]');
      if (add) {
        const host = this._vitrine!['_host'];
        // Read at the press, because the widget may show something else when the cart replies.
        const [serve, itemId, position] = [this._serve, item.dataset.vitrineItem!, +item.dataset.vitrinePosition!];
        const known = host.call('slotItem', this._slotId, itemId);
        addToCart(this, item, add, {
          product: known ? JSON.parse(known) : undefined,
          asksDoofinder: host.asksDoofinder,
          announce: this._announce,
          log: host.log,
          added: (quantity) => host.call('itemEvent', serve, 'addToCart', itemId, position, quantity, now()),
        });
      }
      const by = closest('[data-vitrine-step]');
      if (by) stepQuantity(item, Number(by.dataset.vitrineStep), this._announce);
    }
  }

  customElements.define('vitrine-widget', Widget);
};
