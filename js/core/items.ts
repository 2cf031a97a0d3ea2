// The interface between widgets and page tracking: which elements of the page are items.

/** An item on the page and the list that it was served in. */
export interface Item {
  /** The serve's number in the core. */
  serve: number;
  itemId: string;
  /** Position in the list, from 0; -1 if unknown. */
  position: number;
  /**
   * If given, clicks on the item are recorded. `onAdd` is called when its add-to-cart button is pressed; false records
   * no addToCart.
   */
  actions?: { onAdd?(quantity: number): boolean };
}

/** The watched items of a page. An element is one item; watching it again replaces the item. */
export interface Items {
  /** Throws ValidationError for a missing item id, or a list that belongs to an earlier page view. */
  watch(element: Element, item: Item): void;
  /** Stops watching the element. An element that leaves the page is forgotten without this call. */
  unwatch(element: Element): void;
  get(element: Element): Item | undefined;
  /** Calls `job`, which watches items, after the present task, and before any other method of this interface runs. */
  later(job: () => void): void;
  /** Calls `visit` with each watched element. */
  each(visit: (element: Element) => void): void;
  /** Returns an item that shows this product. */
  find(itemId: string): Item | undefined;
  /** Reports the visibility that is known by now to the core. Does nothing if nothing is new. */
  look(): void;
}
