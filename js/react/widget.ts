// <VitrineWidget>: the element <vitrine-widget> as a component.

import {
  createElement,
  forwardRef,
  Fragment,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
  type ForwardRefExoticComponent,
  type HTMLAttributes,
  type ReactElement,
  type ReactNode,
  type RefAttributes,
} from 'react';
import { createPortal } from 'react-dom';
import { defineWidget, type VitrineWidgetElement, type WidgetProperties } from '../entries/index.js';
import { attributesFor, handleEvents, type Handlers, type WidgetHandlers } from '../frameworks/widget.js';

/** Properties of `VitrineWidget`: those of the element, and those of any HTML element. */
export interface VitrineWidgetProps
  extends WidgetProperties,
    WidgetHandlers,
    Omit<HTMLAttributes<VitrineWidgetElement>, keyof WidgetProperties | 'dangerouslySetInnerHTML'> {
  /**
   * Markup that `renderWidget` made on a server, together with `serve`, the slate's serve id. The element takes it over
   * without a request.
   */
  html?: string | null;
  /** Shown while there are no products. */
  children?: ReactNode;
}

/** Adds an element to the widget, for children beside markup of a server. */
const useFallbackHost = (widget: { current: Element | null }, markup: unknown): Element | undefined => {
  const [host, setHost] = useState<HTMLElement>();
  useEffect(() => {
    if (!markup || !widget.current) return;
    const added = document.createElement('div');
    added.style.display = 'contents';
    widget.current.append(added);
    setHost(added);
    return () => {
      added.remove();
      setHost(undefined);
    };
  }, [widget, markup]);
  return host;
};

/** The element `<vitrine-widget>`. Registers it in the browser. */
export const VitrineWidget: ForwardRefExoticComponent<VitrineWidgetProps & RefAttributes<VitrineWidgetElement>> =
  /* @__PURE__ */ forwardRef<VitrineWidgetElement, VitrineWidgetProps>(
    function VitrineWidget(properties, ref): ReactElement {
      const { html, serve, onState, onAddToCart, children, className, ...rest } = properties;
      const widget = useRef<VitrineWidgetElement>(null);
      const handlers = useRef<Handlers>({});
      const isRendered = !!html;
      useImperativeHandle(ref, () => widget.current as VitrineWidgetElement, [isRendered]);
      useEffect(() => {
        Object.assign(handlers.current, { onState, onAddToCart });
      });
      // Another element when the markup comes or goes.
      useEffect(() => handleEvents(widget.current!, handlers.current), [isRendered]);
      useEffect(() => defineWidget(), []);
      const hasChildren = children !== undefined && children !== null && children !== false;
      const host = useFallbackHost(widget, hasChildren && html);
      const attributes = {
        ...attributesFor(rest),
        ...(className !== undefined && { class: className }),
        ref: widget,
        // The element changes its own attributes, and may have done so before the hydration.
        suppressHydrationWarning: true,
      };
      if (!html) return createElement('vitrine-widget', attributes as object, children);
      const markup = { serve, state: 'ready', dangerouslySetInnerHTML: { __html: html } };
      const element = createElement('vitrine-widget', { ...attributes, ...markup } as object);
      return createElement(Fragment, null, element, host && createPortal(children, host));
    },
  );
