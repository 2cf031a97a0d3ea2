// Templates for a shop's own data, rendered by the engine of the widgets.

import { openCore } from '../core/core.js';
import { hasProducts, loadProducts as load } from '../core/products.js';
import { errorFrom, VitrineError, type ValidationError } from '../types/errors.js';
import { toJson, wellFormed } from '../core/text.js';

/** Options of `renderTemplate` and `validateTemplate`. */
export interface TemplateOptions {
  /**
   * `html` (default): each value is escaped for its place in the markup, and a template that cannot be made safe is
   * refused. `text`: the plain Mustache specification, for output other than HTML.
   */
  mode?: 'html' | 'text';
  /** Partials by name, for `{{>name}}` and `{{<name}}`. Default: none. */
  partials?: Record<string, string>;
  /**
   * Fields that `{{{name}}}` may write as markup in html mode. Their values must come from the shop itself. Default:
   * none.
   */
  trusted?: string[];
}

/**
 * Loads what `renderTemplate`, `validateTemplate`, `renderWidget` and `renderPlaceholder` need, in a browser whose core
 * is in files of its own. Resolves at once where it is there already: in Node, and after an import of `vitrine/inline`.
 * Rejects with a VitrineError (`products-not-loaded`) if a file cannot be loaded; a later call tries again. Call it
 * after `loadVitrine` or `loadCore`.
 */
export const loadProducts = (): Promise<void> => load(true);

const core = () => {
  if (!hasProducts(true)) throw new VitrineError('await loadProducts() first', { code: 'products-not-loaded' });
  try {
    return openCore();
  } catch (cause) {
    throw new VitrineError(`the core cannot run: ${cause}`);
  }
};

/** Calls the core, which returns '=' and a text or '!' and an error. Returns the text or throws the error. */
export const callCore = (call: 'renderTemplate' | 'renderWidget', ...args: string[]): string => {
  const result = (core()[call] as (...args: string[]) => string)(...args);
  if (result[0] === '!') throw errorFrom(result.slice(1));
  return result.slice(1);
};

/**
 * Renders a Mustache template (the whole specification without lambdas). The last sixteen templates stay compiled.
 * @param template the Mustache template
 * @param data the values; serialized as JSON
 * @param options mode, partials and trusted fields
 * @returns the rendered text
 * @throws ValidationError if the template is refused (with `line` and `column`), or if the result exceeds 4 MiB (code
 * `template-endless`)
 * @throws VitrineError (`products-not-loaded`) before `loadProducts`
 * @throws VitrineError (`type` "core") if the core cannot run; in a page with the script tag, the core runs once
 * `vitrine('ready', ...)` has called back
 */
export const renderTemplate = (template: string, data: unknown, options: TemplateOptions = {}): string =>
  callCore('renderTemplate', wellFormed(template), toJson(data ?? {}), toJson(options));

/**
 * Checks a template without rendering it.
 * @returns null if the template is accepted; else the error, with `line` and `column` (both from 1) and, if a partial
 * is at fault, its name in `field`
 * @throws VitrineError (`products-not-loaded`) before `loadProducts`
 * @throws VitrineError (`type` "core") if the core cannot run
 */
export const validateTemplate = (template: string, options: TemplateOptions = {}): ValidationError | null => {
  const error = core().validateTemplate(wellFormed(template), toJson(options));
  return error ? errorFrom(error) : null;
};
