'use client';
// The npm entry `vitrine/react`: a provider, hooks and the widget for React 18 and 19.

export { useRecommendations, useSearch, useSuggestions, type UsedCall } from './calls.js';
export type * from './jsx.js';
export { useVitrine, VitrineProvider, type VitrineProviderProps } from './provider.js';
export { useServe, useView } from './views.js';
export { VitrineWidget, type VitrineWidgetProps } from './widget.js';
export type { CallState, Queries, RecommendationQueries, SearchQuery, UseOptions } from '../frameworks/calls.js';
export type { ServeDetails, ViewedItem } from '../frameworks/serves.js';
export type { WidgetHandlers } from '../frameworks/widget.js';
