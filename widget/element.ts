// <vitrine-widget>: a slot of the core in the page. The core decides what the widget shows; this file shows it and
// reports what the shopper does.

import type { SlotView } from '../js/core/host.js';
import { now } from '../js/ports/clock.js';
import { closest as closestTo, make, openChanges } from '../js/ports/dom.js';
import { guarded } from '../js/ports/guard.js';
import { textOf } from '../js/ports/report.js';
import { splitFields } from '../js/core/fields.js';
import { toJson } from '../js/core/text.js';
import { whenVitrine, type Vitrine } from '../js/api/vitrine.js';
import { prepareAnnouncer } from './announce.js';
import { checkAttributes } from './attributes.js';
import { driveCarousels, fitCarousels } from './carousel.js';
import { addToCart, stepQuantity } from './cart.js';
import { fillWith, nodesOf } from './html.js';
import { stopWaiting, whenNear } from './viewport.js';
import { whenParsed } from './parsed.js';
import { applyPatch, itemsOf } from './patch.js';
import { ATTRIBUTES, slotRequest, TEMPLATES } from './request.js';
import { adoptStyles } from './shadow_styles.js';
import { cloneCards } from './clone_cards.js';

/** State of a widget, also its `state` attribute. */
export type WidgetState = 'loading' | 'skeleton' | 'ready' | 'stale' | 'empty' | 'error';

// Default of the attribute `margin`.
const MARGIN_PX = 600;

// A page that removes the products more often within this time gets its own children back.
const MOST_RETURNS = 8;
const RETURNS_MS = 1000;

/** Serve ids of server-rendered lists that were replaced since. A clone or a snapshot may still name them. */
const replaced = new Set<string>();

/** Returns the views among the children of `root`, also those that another element or a server made. */
const viewsIn = (root: Element | ShadowRoot) =>
  [...root.children].filter((child) => child.matches('[data-vitrine-view]')) as HTMLElement[];

const asView = (view: HTMLElement) => {
  if (!view.slot) {
    view.slot = 'vitrine';
    view.setAttribute('data-vitrine-view', '');
  }
  return view;
};

/**
 * Registers `<vitrine-widget>`. A second call does nothing. Call it in a page only. widget/README.md describes the
 * attributes, states and events.
 * @param vitrine the instance that the widgets use; default: the first one of the page, for which they wait
 */
export const defineWidget = (vitrine?: Vitrine): void => {
  if (customElements.get('vitrine-widget')) return;
  const find = vitrine ? (use: (vitrine: Vitrine) => void) => use(vitrine) : whenVitrine;

  const watchChildren = openChanges((records) => {
    for (const { target } of records) (((target as ShadowRoot).host || target) as Widget)._mend();
  });

  class Widget extends HTMLElement implements SlotView {
    static observedAttributes = [...ATTRIBUTES, 'serve'];

    _vitrine: Vitrine | undefined;
    _slotId = 0;
    /** The serve that the slot shows, as the core numbers it; -1 if none. */
    _serve = -1;
    /** Stands in front of messages about the widget: its tag, as it was at first. */
    _title = '';
    /** JSON of the request that the slot was opened with; '' while the slot is closed. */
    _wanted = '';
    /** Parent of the view: the element itself or its shadow root. */
    _root!: Element | ShadowRoot;
    _isShadow = false;
    /** Chooses what is visible: by the name "vitrine" the view, without a name the shop's own children. */
    _slot: HTMLSlotElement | undefined;
    /** Holds everything that the core renders (docs/decisions/0010-whose-nodes.md). In the tree while it is shown. */
    _view: HTMLElement | undefined;
    _isShown = false;
    _items: HTMLElement[] = [];
    /** True while the widget shows a carousel, whose buttons depend on its content. */
    _isCarousel = false;
    /** True while the core does not know the markup of the items: a server rendered them, or the element was moved. */
    _isAdopted = false;
    /** The serve of items that a server rendered, until something else is shown; else "". */
    _rendered = '';
    /** The attribute `serve` as it was last read. */
    _served: string | null = null;
    /** The state as it was last set. The page may remove the attribute. */
    _state = '';
    /** Times at which `_mend` had to do something, within RETURNS_MS. */
    _returns: number[] = [];
    /** True while the parser has not delivered all children. */
    _isParsing = false;
    _isDirty = false;
    _waiting: ((state: WidgetState) => void)[] = [];

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
      if (this._isDirty) return;
      this._isDirty = true;
      queueMicrotask(() =>
        find(
          guarded((found: Vitrine) => {
            this._vitrine = found;
            this._sync();
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
        whenParsed(this, () => {
          this._isParsing = false;
          this._start();
          this._sync(mustLoad);
        });
        return;
      }
      this._isDirty = false;
      if (!this.isConnected) {
        stopWaiting(this);
        host.closeSlot(this._slotId);
        this._slotId = 0;
        this._serve = -1;
        this._wanted = '';
        this._isAdopted = this._items.length > 0;
        this._unwatch();
        this._resolve();
        return;
      }
      this._title ||= `${this.outerHTML.split('>', 1)}>: `;
      const request = slotRequest(this, this._isShadow);
      const wanted = toJson(request);
      const serveId = this.getAttribute('serve');
      const isServed = serveId !== this._served;
      this._served = serveId;
      const rendered = serveId && (isServed || (this._rendered && !this._wanted)) ? this._adopt(serveId) : undefined;
      this._mend();
      if (wanted === this._wanted && !rendered) return;
      this._wanted = wanted;
      host.noteNavigation();
      checkAttributes(this, this._title, host.log);
      const margin = this.getAttribute('load') === 'eager' ? Infinity : parseFloat(this.getAttribute('margin') || '');
      const later = !mustLoad || margin !== Infinity;
      const opening = { ...request, name: this._title, rendered, later, reuse: mustLoad };
      stopWaiting(this);
      this._slotId = host.openSlot(toJson(opening), this, this._slotId);
      if (!rendered && mustLoad && later) whenNear(this, margin >= 0 ? margin : MARGIN_PX, () => this._load());
    }

    _load() {
      this._vitrine!['_host'].call('refreshSlot', this._slotId, now());
    }

    /** Prepares the element. Called once, before the first slot, when the element's children are known. */
    _start() {
      let shadow = this.shadowRoot;
      this._isShadow = !!shadow || this.hasAttribute('shadow');
      try {
        shadow ||= this.attachShadow({ mode: this._isShadow ? 'open' : 'closed' });
        this._slot = shadow.querySelector<HTMLSlotElement>('slot:not([name])') || shadow.appendChild(make('slot'));
      } catch {
        // The page has a closed root here, or its own attachShadow. The style sheet hides the shop's children then.
        this._isShadow = false;
      }
      this._root = this._isShadow ? shadow! : this;
      if (this._isShadow) adoptStyles(shadow!, this.getAttribute('stylesheet'));
      const placeholder =
        this.getAttribute('state') === 'loading' && this._root.querySelector<HTMLElement>(':scope>[inert]');
      this._view = asView(placeholder || viewsIn(this._root)[0] || make('div'));
      if (placeholder) this._put();
      // A copy of another element's products, as in a clone or a snapshot, unless it can be adopted.
      else if (!this.getAttribute('serve')) this._hide();
      this._root.addEventListener('click', (event) => this._onClick(event as MouseEvent));
      driveCarousels(this._root);
      watchChildren(this._root, { childList: true });
      watchChildren(this, { attributeFilter: ['state'] });
      prepareAnnouncer();
    }

    // React and Vue find in the page what they wrote on the server: the view is no child of the shop's.
    override get firstChild() {
      const first = super.firstChild;
      return first && first === this._view ? first.nextSibling : first;
    }

    override get textContent() {
      const text = super.textContent!;
      return this._view && super.firstChild === this._view ? text.slice(this._view.textContent!.length) : text;
    }

    override set textContent(text) {
      super.textContent = text;
    }

    /**
     * Takes over items that a server has rendered. Returns their description for the core; undefined if there are
     * none.
     */
    _adopt(serveId: string) {
      const views = viewsIn(this._root);
      const view = views.find((one) => one !== this._view) || views[0];
      const isKnown = replaced.has(serveId);
      if (view && !isKnown) {
        this._view = view;
      } else if (!view && !isKnown && itemsOf(this._root)[0]) {
        // The markup of versions before 0.3 has no view around it.
        const isOurs = (node: Node) =>
          !(node.nodeType === Node.TEXT_NODE && !(node as Text).data.trim()) &&
          !(node as Element).matches?.('slot,link,style,' + TEMPLATES);
        this._view!.append(...[...this._root.childNodes].filter(isOurs));
      }
      const items = isKnown ? [] : itemsOf(this._view!);
      if (!items.length) {
        this._hide();
        return undefined;
      }
      this._unwatch();
      this._items = items;
      this._isAdopted = true;
      this._rendered = serveId;
      this._put();
      return { serveId, itemIds: items.map(({ dataset }) => dataset.vitrineItem!) };
    }

    /** Shows the view in place of the shop's own children, which stay where they are. */
    _put() {
      this._isShown = true;
      if (this._view!.parentNode !== this._root) this._root.prepend(this._view!);
      if (this._slot) this._slot.name = 'vitrine';
    }

    /** Shows the shop's own children. */
    _hide() {
      this._isShown = false;
      this._view!.remove();
      this._view!.replaceChildren();
      if (this._slot) this._slot.name = '';
    }

    /** Whether the page still has the view and the items where they were. It may have added others. */
    _isIntact() {
      let at = 0;
      if (this._view!.parentNode === this._root)
        for (const item of itemsOf(this._view!)) if (item === this._items[at] && item.firstChild) at++;
      return at === this._items.length;
    }

    /** Undoes what the page did to the view and the state, as a morph or `innerHTML = ''` does. */
    _mend() {
      const isHere = this.isConnected && !this._isDirty && this._state;
      if (!isHere) return;
      const others = viewsIn(this._root).filter((view) => view !== this._view);
      const isLost = this._isShown && this._view!.parentNode !== this._root;
      if (!others.length && !isLost && this.getAttribute('state') === this._state) return;
      const at = now();
      this._returns = [...this._returns.filter((time) => time > at - RETURNS_MS), at];
      if (this._returns.length > MOST_RETURNS) {
        this._logFailure('the page removes them each time');
        this._fallBack();
        this._settle('error');
        // Ends the mending until the core shows something else.
        this._state = '';
        return;
      }
      for (const view of others) view.remove();
      this.setAttribute('state', this._state);
      if (!isLost) return;
      this._put();
      // An item that has left the page is no longer watched.
      this._watch();
    }

    show(serve: number, state: string, html: string, cards: string[]) {
      const isLoading = state === 'loading' || state === 'skeleton';
      if (!isLoading) {
        stopWaiting(this);
        if (this._rendered && state !== 'stale') {
          replaced.add(this._rendered);
          this._rendered = '';
        }
      }
      if (state === 'ready') {
        const steps = this._isAdopted && this._isIntact() && this._stepsFromHere();
        if (steps) return this.patch(serve, steps);
        this._serve = serve;
        state = this._fill(html, cards);
      }
      // While the slot loads, the current content stays: the shop's own children, or the previous products.
      else if (isLoading) {
        this._serve = serve;
        if (this._items.length) return;
        if (html && !this._isShown && !this._hasFallback()) this._hold(html);
      } else if (state === 'stale') {
        if (!this._isIntact() && this._fill(this._html()) === 'error') state = 'error';
      } else this._fallBack();
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
        const items = this._isIntact() ? applyPatch(this._view!, this._items, steps, whole) : undefined;
        if (items) {
          if (items !== this._items) this._unwatch(this._items.filter((item) => items.indexOf(item) < 0));
          const mustWatch = items !== this._items || hasNewServe;
          this._items = items;
          if (mustWatch) this._watch();
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
      let frame = this._view!.innerHTML;
      const items = this._items.map((item) => {
        const html = item.outerHTML;
        frame = frame.replace(html, () => '');
        // The core does not render the state of a button (widget/cart.ts).
        return { id: item.dataset.vitrineItem, html: html.replace(/ (data-vitrine-cart|aria-disabled)="[^"]*"/g, '') };
      });
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

    _hasFallback() {
      return [...this.childNodes].some((node) =>
        node.nodeType === Node.ELEMENT_NODE
          ? node !== this._view && !(node as Element).matches(TEMPLATES)
          : (node as Text).data?.trim() && node.nodeType === Node.TEXT_NODE,
      );
    }

    /** Shows a placeholder that keeps the place of the products: the same template with blank products. */
    _hold(html: string) {
      this._view!.setAttribute('aria-hidden', 'true');
      this._view!.inert = true;
      this._put();
      fillWith(this._view!, html);
    }

    _replace(html: string, cards: string[] = []) {
      this._unwatch();
      this._isAdopted = false;
      const view = this._view!;
      view.removeAttribute('aria-hidden');
      view.inert = false;
      this._put();
      const made = cards.length ? cloneCards(html, cards) : undefined;
      if (made) view.replaceChildren(made.content);
      else fillWith(view, cards.length ? this._html() : html);
      this._items = made?.cards ?? itemsOf(view);
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
      this._hide();
    }

    _settle(state: WidgetState) {
      this._state = state;
      if (this.getAttribute('state') !== state) {
        this.setAttribute('state', state);
        this.dispatchEvent(new CustomEvent('vitrine:state', { bubbles: true, composed: true, detail: { state } }));
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
      this._items.forEach((element) => watch(element));
    }

    _unwatch(elements = this._items) {
      for (const element of elements) this._vitrine?.['_host'].items?.unwatch(element);
    }

    _onClick({ target }: MouseEvent) {
      const closest = (selector: string) => closestTo(target as Element, selector);
      const item = closest('[data-vitrine-item]');
      if (!item) return;
      const add = closest('[data-vitrine-add]');
      if (add) {
        const host = this._vitrine!['_host'];
        // Read at the press, because the widget may show something else when the cart replies.
        const [serve, itemId, position] = [this._serve, item.dataset.vitrineItem!, +item.dataset.vitrinePosition!];
        const known = host.call('slotItem', this._slotId, itemId);
        addToCart(this, item, add, {
          product: known ? JSON.parse(known) : undefined,
          asksDoofinder: host.asksDoofinder,
          log: host.log,
          added: (quantity) => host.call('itemEvent', serve, 'addToCart', itemId, position, quantity, now()),
        });
      }
      const by = closest('[data-vitrine-step]');
      if (by) stepQuantity(item, Number(by.dataset.vitrineStep));
    }
  }

  customElements.define('vitrine-widget', Widget);
};
