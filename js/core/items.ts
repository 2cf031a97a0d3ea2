// What the page's parts say to each other about items.

/** An item on the page and the list that it was served in. */
export interface Item {
  /** The serve's number in the core. */
  serve: number;
  itemId: string;
  /** Place in the list, from 0; -1 if it was not said. */
  position: number;
  /** Clicks on the item are told too. `onAdd` is asked before a press on its add-to-cart button is: false keeps it back. */
  actions?: { onAdd?(quantity: number): boolean };
}

/** The items of a page that are watched. An element is one item; watching it again replaces what it was. */
export interface Items {
  /** Throws ValidationError for a missing item id, or a list that belongs to an earlier page view. */
  watch(element: Element, item: Item): void;
  /** Forgets the element. One that leaves the page is forgotten by itself. */
  unwatch(element: Element): void;
  get(element: Element): Item | undefined;
  /** Calls `job`, which watches, in a moment: before anything else is asked of the items, but not before what is being done is done. */
  later(job: () => void): void;
  /** One that shows this product. */
  find(itemId: string): Item | undefined;
  /** Reports what is known by now; the core judges. Nothing to do, nothing done. */
  look(): void;
}
