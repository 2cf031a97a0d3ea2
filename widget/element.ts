// <vitrine-widget>: a slot of the core in the page. The core decides what it shows; this file shows it and reports what is done to it.

import type { SlotView } from '../js/core/host.js';
import { now } from '../js/ports/clock.js';
import { splitFields } from '../js/core/fields.js';
import { toJson } from '../js/core/text.js';
import { whenVitrine, type Vitrine } from '../js/api/vitrine.js';
import { prepareAnnouncer } from './announce.js';
import { driveCarousels, fitCarousels } from './carousel.js';
import { addToCart, stepQuantity } from './cart.js';
import { fillWith, nodesOf } from './html.js';
import { stopWaiting, whenNear } from './viewport.js';
import { applyPatch, itemsOf } from './patch.js';
import { ATTRIBUTES, slotRequest, templatesOf } from './request.js';
import { adoptStyles } from './shadow_styles.js';
import { cloneCards } from './clone_cards.js';

/** What a widget shows: its `state` attribute. */
export type WidgetState = 'loading' | 'skeleton' | 'ready' | 'stale' | 'empty' | 'error';

const MARGIN_PX = 600;

/**
 * Registers `<vitrine-widget>`; a second call does nothing. Call it in a page only. The widget belongs to `vitrine`, by default to the
 * first one made in the page, for which it waits. Its attributes, states and events: widget/README.md.
 */
export const defineWidget = (vitrine?: Vitrine): void => {
  if (customElements.get('vitrine-widget')) return;
  const find = vitrine ? (use: (vitrine: Vitrine) => void) => use(vitrine) : whenVitrine;

  class Widget extends HTMLElement implements SlotView {
    static observedAttributes = ATTRIBUTES;

    _vitrine: Vitrine | undefined;
    _slotId = 0;
    /** What the slot was opened for; '' while it is closed. */
    _wanted = '';
    /** Where products stand: the element itself or its shadow root. */
    _root!: Element | ShadowRoot;
    /** Children of the root that are not the core's: a template, a link to a style sheet. */
    _foreignNodes: Node[] = [];
    /** What stood in the element before products did, and stands there again without them. */
    _fallback: Node[] | undefined;
    _items: HTMLElement[] = [];
    /** It shows a carousel, whose buttons depend on what is in it. */
    _isCarousel = false;
    /** What the page's markup keeps the place with (renderPlaceholder). */
    _placeholder: Element | null = null;
    /** The items are a server's: the core has not seen them. */
    _isAdopted = false;
    _isDirty = false;
    _heard: ((state: WidgetState) => void)[] = [];

    connectedCallback() {
      this._change();
    }

    disconnectedCallback() {
      this._change();
    }

    attributeChangedCallback() {
      this._change();
    }

    /**
     * Asks again for what the widget shows, unless an answer is on the way, and changes what has changed. Resolves with the state after
     * it; never rejects.
     */
    refresh(): Promise<WidgetState> {
      return new Promise((resolve) => {
        this._heard.push(resolve);
        find((found) => {
          this._vitrine = found;
          this._sync(false);
          if (this._slotId && !found['_host'].isDead()) this._ask();
          else this._tell();
        });
      });
    }

    // Several attributes set in a row, or a move within the page, are one change.
    _change() {
      if (this._isDirty) return;
      this._isDirty = true;
      queueMicrotask(() =>
        find((found) => {
          this._vitrine = found;
          this._sync();
        }),
      );
    }

    /** Opens the slot for what the attributes say now; and asks, if `isAsking`, when it comes near. */
    _sync(isAsking = true) {
      const found = this._vitrine;
      if (!found || !this._isDirty) return;
      this._isDirty = false;
      const host = found['_host'];
      if (!this.isConnected) {
        stopWaiting(this);
        host.closeSlot(this._slotId);
        this._slotId = 0;
        this._wanted = '';
        this._unwatch();
        this._tell();
        return;
      }
      if (!this._root) this._start();
      const wanted = slotRequest(this);
      if (toJson(wanted) === this._wanted) return;
      const isFirst = !this._wanted;
      this._wanted = toJson(wanted);
      const serveId = isFirst && this.getAttribute('serve');
      const rendered = serveId ? this._adopt(serveId) : undefined;
      host.noteNavigation();
      this._slotId = host.openSlot(toJson({ ...wanted, rendered, later: true }), this, this._slotId);
      if (rendered) return;
      stopWaiting(this);
      if (!isAsking) return;
      const margin = this.getAttribute('load') === 'eager' ? Infinity : parseFloat(this.getAttribute('margin') || '');
      if (margin === Infinity) this._ask();
      else whenNear(this, margin >= 0 ? margin : MARGIN_PX, () => this._ask());
    }

    _ask() {
      this._vitrine!['_host'].call('refreshSlot', this._slotId, now());
    }

    /** Once, before the first slot: only now is it known what the element contains. */
    _start() {
      const isShadow = !!this.shadowRoot || this.hasAttribute('shadow');
      const isMade = isShadow && !this.shadowRoot;
      this._root = isShadow ? this.shadowRoot || this.attachShadow({ mode: 'open' }) : this;
      if (isShadow) {
        const link = adoptStyles(this._root as ShadowRoot, this.getAttribute('stylesheet'));
        if (link) this._foreignNodes.push(link);
        // The element's own children show until there are products.
        if (isMade) this._root.append(document.createElement('slot'));
      } else {
        this._foreignNodes.push(...templatesOf(this));
      }
      if (this.getAttribute('state') === 'loading') this._placeholder = this.querySelector(':scope > [inert]');
      this._root.addEventListener('click', (event) => this._onClick(event as MouseEvent));
      driveCarousels(this._root);
      prepareAnnouncer();
    }

    /** What a server has rendered, as the core needs to know it; undefined if there is nothing. */
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

    show(state: string, html: string, cards: string[]) {
      if (state === 'ready') {
        const steps = this._isAdopted && this._stepsFromHere();
        if (steps) return this.patch(true, steps);
        state = this._fill(html, cards);
      }
      // While it loads, what is there stays: the shop's own children, or products whose successors are on the way.
      else if (state === 'loading' || state === 'skeleton') {
        if (this._items.length) return;
        if (html && !this._placeholder && !this._hasFallback()) this._place(html);
      } else if (state === 'empty' || state === 'error') this._fallBack();
      this._settle(state as WidgetState);
    }

    warmUp(html: string, cards: string[]) {
      cloneCards(html, cards);
    }

    patch(hasNewServe: boolean, patch: string[]) {
      let state = 'ready';
      try {
        const whole = () => nodesOf(this._html());
        const items = patch.length
          ? applyPatch(this._root, this._items, patch, this._foreignNodes, whole)
          : this._items;
        if (items) {
          if (items !== this._items) this._unwatch(this._items.filter((item) => !items.includes(item)));
          const isNews = items !== this._items || hasNewServe;
          this._items = items;
          if (isNews) this._watch();
          // Looked for again only where the frame has changed (its steps are those of item "-").
          if (patch.length && (this._isCarousel || patch.includes('-'))) this._fit();
        } else {
          this._replace(this._html());
        }
      } catch (error) {
        console.error('[vitrine]', error);
        state = this._fill(this._html());
      }
      if (!patch.length && hasNewServe) this._fit();
      this._settle(state as WidgetState);
    }

    /** A patch that makes what a server has rendered into what is to be shown; undefined if there is none. */
    _stepsFromHere() {
      this._isAdopted = false;
      let frame = (this._root as Element).innerHTML;
      const without = (node: Element) => {
        const html = node.outerHTML;
        frame = frame.replace(html, () => '');
        // What is under way at a button (widget/cart.ts) is none of the core's.
        return html.replace(/ (data-vitrine-cart|aria-disabled)="[^"]*"/g, '');
      };
      this._foreignNodes.forEach((node) => (node as Element).outerHTML && without(node as Element));
      const items = this._items.map((item) => ({ id: item.dataset.vitrineItem, html: without(item) }));
      const answer = this._vitrine!['_host'].call('slotPatch', this._slotId, toJson({ frame: frame.trim(), items }));
      return answer ? splitFields(answer).slice(1) : undefined;
    }

    /** All that it should show by now. */
    _html() {
      return this._vitrine!['_host'].call('slotHtml', this._slotId) || '';
    }

    _fill(html: string, cards?: string[]) {
      try {
        this._replace(html, cards);
        return 'ready';
      } catch (error) {
        console.error('[vitrine]', error);
        this._fallBack();
        return 'error';
      }
    }

    _hasFallback() {
      return [...this.childNodes].some(
        (node) => !this._foreignNodes.includes(node) && (node.nodeType === 1 || (node as Text).data?.trim()),
      );
    }

    /** Keeps the place of what is on the way: the same template with products that say nothing. */
    _place(html: string) {
      fillWith(this._root, html, this._foreignNodes);
      for (const element of this._root.children) {
        if (this._foreignNodes.includes(element)) continue;
        element.setAttribute('aria-hidden', 'true');
        (element as HTMLElement).inert = true;
      }
      this._fallback ||= [];
    }

    _replace(html: string, cards: string[] = []) {
      this._unwatch();
      this._isAdopted = false;
      // Only now: a parser may have been adding children until a moment ago.
      this._fallback ||= [...this._root.childNodes].filter(
        (node) => node !== this._placeholder && !this._foreignNodes.includes(node),
      );
      const made = cards.length ? cloneCards(html, cards) : undefined;
      if (made) {
        for (const node of [...this._root.childNodes]) if (!this._foreignNodes.includes(node)) node.remove();
        this._root.append(made.content);
      } else fillWith(this._root, cards.length ? this._html() : html, this._foreignNodes);
      this._items = made?.cards ?? itemsOf(this._root);
      this._watch();
      this._fit();
    }

    _fit() {
      this._isCarousel = fitCarousels(this._root);
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
        this.dispatchEvent(new CustomEvent('vitrine:state', { bubbles: true, composed: true, detail: { state } }));
      }
      if (state === 'loading' || state === 'skeleton') return;
      this._placeholder?.remove();
      this._placeholder = null;
      this._tell();
    }

    /** Resolves what refresh() has promised. */
    _tell() {
      const state = (this.getAttribute('state') || 'loading') as WidgetState;
      for (const hear of this._heard.splice(0)) hear(state);
    }

    /** Has views and clicks told, but not before the products show. */
    _watch() {
      this._vitrine!['_host'].items?.later(() => this._watchItems());
    }

    /** What is watched already, as the same product of the same list in the same place, goes on. */
    _watchItems() {
      const { call, items } = this._vitrine!['_host'];
      const serve = call('slotServe', this._slotId) ?? -1;
      if (serve < 0) return;
      for (const element of this._items) {
        const [itemId, position] = [element.dataset.vitrineItem!, +element.dataset.vitrinePosition!];
        const known = items?.get(element);
        if (known?.serve === serve && known.itemId === itemId && known.position === position) continue;
        // Whether it comes into the cart is the shop's answer: told by _report.
        items?.watch(element, { serve, itemId, position, actions: { onAdd: () => false } });
      }
    }

    _unwatch(elements = this._items) {
      for (const element of elements) this._vitrine?.['_host'].items?.unwatch(element);
    }

    _report(kind: string, { dataset }: HTMLElement, quantity = 0) {
      this._vitrine?.['_host'].call(
        'slotEvent',
        this._slotId,
        kind,
        dataset.vitrineItem!,
        +dataset.vitrinePosition!,
        quantity,
        now(),
      );
    }

    _onClick({ target }: MouseEvent) {
      const closest = (selector: string) => (target as Element).closest<HTMLElement>(selector);
      const item = closest('[data-vitrine-item]');
      if (!item) return;
      const add = closest('[data-vitrine-add]');
      if (add) {
        const known = this._vitrine?.['_host'].call('slotItem', this._slotId, item.dataset.vitrineItem!);
        addToCart(this, item, add, {
          product: known && JSON.parse(known),
          asksDoofinder: !!this._vitrine?.['_host'].asksDoofinder,
          added: (quantity) => this._report('addToCart', item, quantity),
        });
      }
      const by = closest('[data-vitrine-step]');
      if (by) stepQuantity(item, Number(by.dataset.vitrineStep));
    }
  }

  customElements.define('vitrine-widget', Widget);
};
