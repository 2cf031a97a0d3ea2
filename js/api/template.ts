// Templates for a shop's own data, by the same engine that renders the widgets.

import { openCore } from '../core/core.js';
import { errorFrom, VitrineError, type ValidationError } from '../types/errors.js';
import { toJson, wellFormed } from '../core/text.js';

/** How a template is read. */
export interface TemplateOptions {
  /**
   * `html` (default): values are escaped by where they stand, and a template for which that cannot be done is refused. `text`: the
   * plain Mustache specification, for anything but HTML.
   */
  mode?: 'html' | 'text';
  /** What `{{>name}}` and `{{<name}}` include. */
  partials?: Record<string, string>;
  /** Fields that `{{{name}}}` may write as markup in html mode. What they hold must come from the shop itself. */
  trusted?: string[];
}

const core = () => {
  try {
    return openCore();
  } catch (cause) {
    throw new VitrineError(`the core cannot run: ${cause}`);
  }
};

/** What the core answers: '=' and the text, or '!' and the error, which is thrown. */
export const answered = (call: 'renderTemplate' | 'renderWidget', ...args: string[]): string => {
  const answer = (core()[call] as (...args: string[]) => string)(...args);
  if (answer[0] === '!') throw errorFrom(answer.slice(1));
  return answer.slice(1);
};

/**
 * Renders a Mustache template (no lambdas). Templates stay compiled, the last sixteen of them. Throws ValidationError with `line` and
 * `column` where the template is refused, and one with the code `template-endless` where it grows out of bounds (4 MiB) with this data.
 * Throws VitrineError (`type` "core") where the core cannot run; in a script-tag page it is up once `vitrine('ready', ...)` calls back.
 */
export const renderTemplate = (template: string, data: unknown, options: TemplateOptions = {}): string =>
  answered('renderTemplate', wellFormed(template), toJson(data ?? {}), toJson(options));

/** What is wrong with a template, with its line and column, both from 1; null if nothing is. `field` names the partial at fault. */
export const validateTemplate = (template: string, options: TemplateOptions = {}): ValidationError | null => {
  const error = core().validateTemplate(wellFormed(template), toJson(options));
  return error ? errorFrom(error) : null;
};
