// <vitrine-widget>: a slot of the core in the page. The core decides what it shows; this file shows it and reports what is done to it.

import { now } from '../js/ports/clock.js';
import { toJson } from '../js/text.js';
import { whenVitrine, type Vitrine } from '../js/vitrine.js';
import { nodesOf } from './html.js';
import { moneyFormat } from './money.js';
import { unwatchView, watchView } from './views.js';

/** Detail of the `vitrine:add-to-cart` event: put the item in the cart, or call preventDefault() if it cannot be had. */
export interface AddToCartDetail {
  itemId: string;
  /** Place in the widget, from 0. */
  position: number;
  quantity: number;
  title: string;
  /** As shown, with its currency. */
  price: string;
}

const ATTRIBUTES = ['kind', 'config-id', 'anchor-id', 'query', 'top-k', 'surface', 'source', 'heading', 'add-to-cart', 'currency', 'locale'];

/**
 * Registers `<vitrine-widget>`; a second call does nothing. Call it in a page only. The widget belongs to `vitrine`, by default to the
 * first one made in the page, for which it waits.
 *
 * The element shows its own children until there are products, and again where there are none or the service fails. Its `state`
 * attribute says which: loading, ready, empty, error.
 */
export const defineWidget = (vitrine?: Vitrine): void => {
  if (customElements.get('vitrine-widget')) return;
  const find = vitrine ? (use: (vitrine: Vitrine) => void) => use(vitrine) : whenVitrine;

  class Widget extends HTMLElement {
    static observedAttributes = ATTRIBUTES;

    _vitrine: Vitrine | undefined;
    _slotId = 0;
    /** What the slot was opened for; '' while it is closed. */
    _shown = '';
    /** The element's own children while products stand in their place. */
    _fallback: Node[] | undefined;
    _isStale = false;

    connectedCallback() {
      this._refresh();
    }

    disconnectedCallback() {
      this._refresh();
    }

    attributeChangedCallback() {
      this._refresh();
    }

    // Several attributes set in a row, or a move within the page, are one change.
    _refresh() {
      if (this._isStale) return;
      this._isStale = true;
      queueMicrotask(() =>
        find((found) => {
          this._isStale = false;
          this._vitrine = found;
          this._sync(found);
        }),
      );
    }

    _sync(vitrine: Vitrine) {
      const host = vitrine['_host'];
      const wanted = this.isConnected ? this._request() : '';
      if (wanted === this._shown) return;
      this._unwatch();
      if (this._shown) host.closeSlot(this._slotId);
      this._shown = wanted;
      if (!wanted) return;
      host.noteNavigation();
      this._slotId = host.openSlot(wanted, (state, html) => this._show(state, html));
    }

    _request(): string {
      const given: Record<string, string | undefined> = {};
      for (const name of ATTRIBUTES)
        given[name.replace(/-(.)/, (_, letter) => letter.toUpperCase())] = this.getAttribute(name) ?? undefined;
      const { kind, anchorId, topK, heading, currency, locale } = given;
      return toJson({
        ...given,
        kind: kind || (anchorId ? 'similarItems' : 'forVisitor'),
        // The core takes from a query what its kind knows.
        query: { ...given, topK: Number(topK || 12) },
        title: heading,
        money: moneyFormat(currency, locale || document.documentElement.lang),
      });
    }

    _show(state: string, html: string) {
      if (state === 'skeleton') return;
      try {
        if (state === 'ready') {
          const nodes = nodesOf(html);
          this._unwatch();
          // Only now: a parser may have been adding children until a moment ago.
          this._fallback ||= [...this.childNodes];
          this.replaceChildren(nodes);
        }
      } catch (error) {
        console.error('[vitrine]', error);
        state = 'error';
      }
      // While loading, what is there stays: the shop's own children, or products whose successors are on the way.
      if (this._fallback && (state === 'empty' || state === 'error')) {
        this._unwatch();
        this.replaceChildren(...this._fallback);
        this._fallback = undefined;
      }
      this.setAttribute('state', state);
      if (state === 'ready')
        for (const item of this._items()) watchView(item, () => this._report('view', item));
    }

    _items() {
      return this.querySelectorAll<HTMLElement>('[data-vitrine-item]');
    }

    _unwatch() {
      this._items().forEach(unwatchView);
    }

    _report(kind: string, { dataset }: HTMLElement, quantity = 0) {
      this._vitrine?.['_host'].call('slotEvent', this._slotId, kind, dataset.vitrineItem!, +dataset.vitrinePosition!, quantity, now());
    }

    _onClick({ target, type }: Event) {
      const closest = (selector: string) => (target as Element).closest<HTMLElement>(selector);
      const item = closest('[data-vitrine-item]');
      if (!item) return;
      if (closest('.vitrine-link')) this._report('click', item);
      if (!closest('[data-vitrine-add]') || type !== 'click') return;
      const text = (name: string) => item.querySelector('.vitrine-' + name)?.textContent || '';
      const detail: AddToCartDetail = {
        itemId: item.dataset.vitrineItem!,
        position: +item.dataset.vitrinePosition!,
        quantity: 1,
        title: text('name'),
        price: text('price-now'),
      };
      const wish = new CustomEvent('vitrine:add-to-cart', { bubbles: true, composed: true, cancelable: true, detail });
      if (this.dispatchEvent(wish)) this._report('addToCart', item, 1);
    }

    constructor() {
      super();
      this.addEventListener('click', this._onClick);
      // The middle button opens a tab and fires no click; the right one opens a menu.
      this.addEventListener('auxclick', (event) => event.button === 1 && this._onClick(event));
    }
  }

  customElements.define('vitrine-widget', Widget);
};
