// <VitrineWidget>: the element <vitrine-widget> as a component.

import {
  defineComponent,
  getCurrentInstance,
  h,
  onBeforeUnmount,
  onMounted,
  shallowRef,
  Teleport,
  type HTMLAttributes,
} from 'vue';
import {
  defineWidget,
  type AddToCartDetail,
  type AddToCartEvent,
  type VitrineWidgetElement,
  type WidgetProperties,
  type WidgetState,
} from '../entries/index.js';
import { attributesFor, handleEvents } from '../frameworks/widget.js';

/** Properties of `VitrineWidget`. */
export interface VitrineWidgetProps extends WidgetProperties {
  /**
   * Markup that `renderWidget` made on a server, together with `serve`, the slate's serve id. The element takes it over
   * without a request.
   */
  html?: string | null;
  /** `@state`: called with each new state, and with the present one if the widget has had it before the component. */
  onState?: (state: WidgetState) => void;
  /**
   * `@add-to-cart`: called when the shopper wants a product. A promise that is returned is the cart's outcome:
   * `detail.waitUntil` receives it. A handler that only returns must read `detail.itemId`.
   */
  onAddToCart?: (detail: AddToCartDetail, event: AddToCartEvent) => unknown;
}

/** The members of a `ref` to the component. */
export interface VitrineWidgetExposed {
  /** The element; null before the component is mounted. */
  readonly element: VitrineWidgetElement | null;
  /** Fetches the products again; see `VitrineWidgetElement`. */
  refresh(): Promise<WidgetState | undefined>;
}

/** The type of the component, for templates and JSX. */
export type VitrineWidgetComponent = new () => VitrineWidgetExposed & {
  $props: VitrineWidgetProps & Omit<HTMLAttributes, keyof VitrineWidgetProps>;
  $slots: { default?: () => unknown };
};

/** The element `<vitrine-widget>`. Registers it in the browser. Shows the default slot while there are no products. */
export const VitrineWidget: VitrineWidgetComponent = /* @__PURE__ */ defineComponent({
  name: 'VitrineWidget',
  inheritAttrs: false,
  // Without declared properties Vue passes all of them as they are: `quantity` may be '' or false.
  setup(_, { attrs, slots, expose }) {
    const properties = attrs as VitrineWidgetProps;
    const widget = shallowRef<VitrineWidgetElement | null>(null);
    const host = shallowRef<Element>();
    // While Vue hydrates, the element has its markup already, and setting it again would make other nodes.
    let hydrated = getCurrentInstance()?.vnode.el ? properties.html : undefined;
    const hasHost = !!properties.html && !!slots['default'];
    let end = () => {};
    onMounted(() => {
      end = handleEvents(widget.value!, {
        onState: (state) => properties.onState?.(state),
        onAddToCart: (detail, event) => properties.onAddToCart?.(detail, event),
      });
      if (hasHost) {
        const added = document.createElement('div');
        added.style.display = 'contents';
        widget.value!.append(added);
        host.value = added;
      }
      defineWidget();
    });
    onBeforeUnmount(() => end());
    expose({
      get element() {
        return widget.value;
      },
      refresh: async () => widget.value?.refresh?.(),
    } satisfies VitrineWidgetExposed);
    return () => {
      const { html, serve, onState, onAddToCart, ...rest } = properties;
      if (html !== hydrated) hydrated = undefined;
      const attributes = {
        ...attributesFor(rest as Record<string, unknown>),
        ref: widget,
        // The element changes its own attributes, and may have done so before the hydration.
        'data-allow-mismatch': '',
      };
      if (!html) return h('vitrine-widget', attributes, slots['default']?.());
      const markup = { serve, state: 'ready', ...(html !== hydrated && { innerHTML: html }) };
      const element = h('vitrine-widget', { ...attributes, ...markup });
      if (!hasHost) return element;
      return [element, host.value ? h(Teleport as never, { to: host.value }, slots['default']?.()) : undefined];
    };
  },
}) as never;
