// The complete npm entry: tracking.ts, data calls, widgets and templates. Importing it has no side effects.

export * from './tracking.js';
export { renderPlaceholder, renderWidget, type VendorReply, type WidgetOptions } from '../../widget/prerender.js';
export * from './element.js';
export * from './refine.js';
export { loadProducts, renderTemplate, validateTemplate, type TemplateOptions } from '../api/template.js';
export { debugPlugin } from '../api/debug_plugin.js';
