// Types of <vitrine-widget> in JSX.

import type { DetailedHTMLProps as Detailed, HTMLAttributes as OfElement } from 'react';
import type { AddToCartEvent, VitrineWidgetElement, WidgetProperties, WidgetStateEvent } from '../entries/index.js';

type Dashed<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `-${Lowercase<First>}`}${Dashed<Rest>}`
  : Name;

/** Attributes of the element, under both spellings of their names. */
export type WidgetAttributes = WidgetProperties & {
  [Name in keyof WidgetProperties as Dashed<Name>]?: WidgetProperties[Name];
} & {
  class?: string;
  /** React 19. */
  'onvitrine-state'?: (event: WidgetStateEvent) => void;
  /** React 19. */
  'onvitrine-add-to-cart'?: (event: AddToCartEvent) => void;
};

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'vitrine-widget': Omit<Detailed<OfElement<VitrineWidgetElement>, VitrineWidgetElement>, keyof WidgetAttributes> &
        WidgetAttributes;
    }
  }
}
