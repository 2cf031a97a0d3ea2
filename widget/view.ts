// The view of a widget: the one element that holds everything the core renders. The shop's own children stay beside it;
// a slot in the widget's shadow root decides which of both is visible. docs/decisions/0010-whose-nodes.md has the
// reasons.

import { make } from '../js/ports/dom.js';
import { fillWith } from './html.js';
import { itemsOf } from './patch.js';
import { TEMPLATES } from './request.js';
import { adoptStyles } from './shadow_styles.js';

/** Whether a child of the widget or its shadow root is something to see, and not a view. */
const isContent = (node: Node) =>
  node.nodeType === Node.ELEMENT_NODE
    ? !(node as Element).matches('slot,link,style,[data-vitrine-view],' + TEMPLATES)
    : node.nodeType === Node.TEXT_NODE && (node as Text).data.trim();

const asView = (element: HTMLElement) => {
  if (!element.slot) {
    element.slot = 'vitrine';
    element.setAttribute('data-vitrine-view', '');
  }
  return element;
};

export class View {
  /** Parent of the view: the widget itself, or its shadow root. */
  readonly root: Element | ShadowRoot;
  /** Whether the view is in the shadow root. */
  readonly isShadow: boolean;
  element: HTMLElement;
  /** Whether the view is visible in place of the shop's own children. Only then it is in the tree. */
  isShown = false;
  /** The items, in order. */
  items: HTMLElement[] = [];
  /** Shows by its name "vitrine" the view, without a name the shop's own children. */
  private slot: HTMLSlotElement | undefined;

  /**
   * `widget` must be complete (parsed.ts). A placeholder that a server wrote becomes the view. `isAdoptable`: so does
   * other markup of a server, with the next adopt().
   */
  constructor(widget: HTMLElement, wantsShadow: boolean, stylesheet: string | null, isAdoptable: boolean) {
    let shadow = widget.shadowRoot;
    let isShadow = !!shadow || wantsShadow;
    try {
      shadow ||= widget.attachShadow({ mode: isShadow ? 'open' : 'closed' });
      this.slot = shadow.querySelector<HTMLSlotElement>('slot:not([name])') || shadow.appendChild(make('slot'));
    } catch {
      // The page has a closed root here, or its own attachShadow. The style sheet hides the shop's children then.
      isShadow = false;
    }
    this.isShadow = isShadow;
    this.root = isShadow ? shadow! : widget;
    if (isShadow) adoptStyles(shadow!, stylesheet);
    // Before version 0.3 a server's placeholder was not marked.
    const views = ':scope>[data-vitrine-view]' + (widget.getAttribute('state') === 'loading' ? ',:scope>[inert]' : '');
    this.element = asView(this.root.querySelector<HTMLElement>(views) || make('div'));
    if (this.element.inert) this.put();
    // The view of another element, in a clone or a snapshot, unless it can be adopted.
    else if (!isAdoptable) this.hide();
  }

  /** Returns the views in the root, also those that another element or a server has made. */
  all(): HTMLElement[] {
    return [...this.root.children].filter((child) => child.matches('[data-vitrine-view]')) as HTMLElement[];
  }

  /** Shows the view. */
  put(): void {
    this.isShown = true;
    if (this.element.parentNode !== this.root) this.root.prepend(this.element);
    if (this.slot) this.slot.name = 'vitrine';
  }

  /** Empties the view, and shows the shop's own children. */
  hide(): void {
    this.isShown = false;
    this.items = [];
    this.element.remove();
    this.element.replaceChildren();
    if (this.slot) this.slot.name = '';
  }

  /** Shows a placeholder that keeps the place of the products: the same template with blank products. */
  hold(html: string): void {
    this.element.setAttribute('aria-hidden', 'true');
    this.element.inert = true;
    this.put();
    fillWith(this.element, html);
  }

  /** Shows the core's HTML. */
  fill(html: string): void {
    const { element } = this;
    element.removeAttribute('aria-hidden');
    element.inert = false;
    this.put();
    fillWith(element, html);
    this.items = itemsOf(element);
  }

  /** Shows the markup that a server wrote, or a page put beside the view. Returns false if there are no items in it. */
  adopt(): boolean {
    const all = this.all();
    this.element = all.find((one) => one !== this.element) || this.element;
    // Before version 0.3 the markup had no view around it.
    if (!all.length && itemsOf(this.root)[0]) this.element.append(...[...this.root.childNodes].filter(isContent));
    this.items = itemsOf(this.element);
    if (this.items.length) this.put();
    else this.hide();
    return this.isShown;
  }

  /** Undoes what the page did to the view. Returns false if that is nothing. */
  mend(): boolean {
    const others = this.all().filter((one) => one !== this.element);
    for (const other of others) other.remove();
    const isLost = this.isShown && this.element.parentNode !== this.root;
    if (isLost) this.put();
    return isLost || others.length > 0;
  }

  /** Returns the markup for the core, as the browser serialises it: {frame, items: [{id, html}]}. */
  markup(): object {
    let frame = this.element.innerHTML.replace(/(role="status"[^>]*>)[^<]*/, '$1');
    const items = this.items.map((item) => {
      const html = item.outerHTML;
      frame = frame.replace(html, () => '');
      // The core does not render the state of a button (cart.ts), nor an announcement (above).
      return { id: item.dataset.vitrineItem, html: html.replace(/ (data-vitrine-cart|aria-disabled)="[^"]*"/g, '') };
    });
    return { frame: frame.trim(), items };
  }

  /** Whether the page still has the items where they were. It may have added others. */
  isIntact(): boolean {
    let at = 0;
    if (this.element.parentNode === this.root)
      for (const item of itemsOf(this.element)) if (item === this.items[at] && item.firstChild) at++;
    return at === this.items.length;
  }
}

/** Whether the shop has put anything of its own into the widget. */
export const hasOwnContent = (widget: Element): boolean => [...widget.childNodes].some(isContent);

/**
 * Returns a class whose elements hide their view from React and Vue, which find in the page what they wrote on the
 * server: the view is no child of the shop's.
 */
export const hidingView = (Base: typeof HTMLElement) =>
  class extends Base {
    /** Shows what the core renders. Undefined until the element is complete. */
    _view: View | undefined;

    override get firstChild() {
      const first = super.firstChild;
      return first === this._view?.element ? first!.nextSibling : first;
    }

    override get textContent() {
      const text = super.textContent!;
      const view = this._view?.element;
      return super.firstChild === view ? text.slice(view!.textContent!.length) : text;
    }

    override set textContent(text) {
      super.textContent = text;
    }
  };
