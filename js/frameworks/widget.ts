// The common part of the components for <vitrine-widget>.

import type {
  AddToCartDetail,
  AddToCartEvent,
  VitrineWidgetElement,
  WidgetState,
  WidgetStateEvent,
} from '../entries/index.js';
import { allAttributes, camelOf, textFor } from '../../widget/names.js';

let names: Map<string, string> | undefined;

/** Returns the attributes for properties of a widget, under either spelling, and all other members as they are. */
export const attributesFor = (properties: Readonly<Record<string, unknown>>): Record<string, unknown> => {
  names ??= new Map(allAttributes().flatMap((name) => [camelOf(name), name].map((each) => [each, name])));
  const attributes: Record<string, unknown> = {};
  for (const [property, value] of Object.entries(properties)) {
    const name = names.get(property);
    const text = name && textFor(name, value);
    if (!name) attributes[property] = value;
    else if (text !== null) attributes[name] = text;
  }
  return attributes;
};

/** The functions that a component calls on events of its widget. */
export interface WidgetHandlers {
  /** Called with each new state, and with the present one if the widget has had it before the component. */
  onState?: ((state: WidgetState) => void) | undefined;
  /**
   * Called when the shopper wants a product: put it into the cart. A promise that is returned is the cart's outcome:
   * `detail.waitUntil` receives it. A handler that only returns must read `detail.itemId`.
   */
  onAddToCart?: ((detail: AddToCartDetail, event: AddToCartEvent) => unknown) | undefined;
}

/** The handlers of one component. */
export interface Handlers extends WidgetHandlers {
  /** The state with which `onState` was called last. */
  state?: string;
}

/**
 * Calls handlers on events of `widget`, and not on those of a widget in it. Returns a function that ends it.
 * @param handlers may change; must be the same object while the component lives
 */
export const handleEvents = (widget: VitrineWidgetElement, handlers: Handlers): (() => void) => {
  const tell = (state: string | null) => {
    if (!state || state === handlers.state) return;
    handlers.state = state;
    handlers.onState?.(state as WidgetState);
  };
  const onState = (event: WidgetStateEvent) => {
    if (event.target === widget) tell(event.detail.state);
  };
  const onAddToCart = (event: AddToCartEvent) => {
    if (event.target !== widget) return;
    const outcome = handlers.onAddToCart?.(event.detail, event);
    if (outcome !== undefined) event.detail.waitUntil(outcome);
  };
  tell(widget.getAttribute('state'));
  widget.addEventListener('vitrine:state', onState);
  widget.addEventListener('vitrine:add-to-cart', onAddToCart);
  return () => {
    widget.removeEventListener('vitrine:state', onState);
    widget.removeEventListener('vitrine:add-to-cart', onAddToCart);
  };
};
