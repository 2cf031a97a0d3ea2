// The cart event of Doofinder's shop plugins.

/** `detail` of the `doofinder.cart.add` event. */
export interface DoofinderCartDetail {
  item_id: string;
  /** Quantity. */
  amount: number;
  /**
   * Id of the product of which the item is a variant, from the service's fields. Without such a field: the item's id,
   * which means that there are no variants.
   */
  grouping_id: string;
  group_id: string;
  group_leader: boolean;
  /** Address of the product, or '' if unknown. */
  link: string;
  /** A listener that reads this promise while the event is handled must settle it. */
  readonly statusPromise: Promise<unknown> & { resolve(message?: unknown): void; reject(reason?: unknown): void };
}
