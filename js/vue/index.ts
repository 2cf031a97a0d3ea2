// The npm entry `vitrine/vue`: a plugin, composables and the widget for Vue 3.

export { useRecommendations, useSearch, useSuggestions, type UsedCall } from './calls.js';
export { createVitrine, useVitrine, type VitrinePluginOptions } from './provide.js';
export { useServe, useView, vVitrineView } from './views.js';
export { VitrineWidget, type VitrineWidgetExposed, type VitrineWidgetProps } from './widget.js';
export type { CallState, Queries, RecommendationQueries, SearchQuery, UseOptions } from '../frameworks/calls.js';
export type { ServeDetails, ViewedItem } from '../frameworks/serves.js';
