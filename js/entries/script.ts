// The complete script-tag entry: dist/vitrine.js. What is about products comes in two more files, which are loaded at
// once if the page shows widgets or has queued a data call, and otherwise when the page is idle. What compiles a shop's
// own templates comes in a third one, which is loaded only for them.

import lent from 'vitrine:shared/widgets';
import { load } from './load.js';
import { fetchPart, mayRunWasm, PARTS, type Part } from '../core/core.js';
import { fetchTextsLater, loadProducts } from '../core/products.js';
import { whenIdle } from '../ports/clock.js';
import { find, member } from '../ports/dom.js';
import { report } from '../ports/report.js';
import { integrityOf } from '../ports/integrity.js';
import { runPart } from '../ports/run_script.js';
import { VitrineError } from '../types/errors.js';
import type { Widgets } from './widgets.js';

let widgets: Widgets | undefined;
let widgetsUrl = '';
/** Returns the address of a file, or the one that the page gives for it. */
let fileOf: (name: string, given?: string) => string;
/** Attributes `data-…` of the script's tag. */
let attributes: DOMStringMap = {};
let loading: Promise<void> | undefined;

/** Loads and defines the widgets. Rejects with a VitrineError (`products-not-loaded`); a later call tries again. */
const loadWidgets = () =>
  (loading ||= runPart<Widgets>('vitrine-widgets', widgetsUrl, lent)
    .then((brought) => (widgets = brought).defineWidget())
    .catch((error) => {
      loading = undefined;
      throw new VitrineError(String(error), { code: 'products-not-loaded' });
    }));

const loadAll = async () => {
  await Promise.all([loadProducts(true), loadWidgets()]);
};

let isTold = false;
const tell = (error: VitrineError) => {
  if (!isTold) report('warn', error.message, error.code, error);
  isTold = true;
};

/** Returns the texts of the widgets in the page's language; undefined if Vitrine has none. */
const fetchTexts = async (file: (name: string) => string) => {
  const [language] = member(document, 'documentElement').lang.split(/[-_]/);
  if (!/^(de|fr|es|sv)$/.test(language!)) return;
  const url = file(`strings/${language}.json`);
  const response = await fetch(url, { integrity: integrityOf(url) });
  return response.ok ? response.json() : undefined;
};

/** Returns a function of the templates, which throws while their code is not there. */
const whenLoaded =
  (name: 'renderTemplate' | 'validateTemplate') =>
  (...args: never[]): unknown => {
    if (!widgets) throw new VitrineError('await Vitrine.loadProducts() first', { code: 'products-not-loaded' });
    return (widgets[name] as (...args: never[]) => unknown)(...args);
  };

const partOf = (url: string, part: Part) =>
  attributes[part] ? fileOf('', attributes[part]) : url.replace(/\.wasm(?=$|[?#])/, `-${part}.wasm`);

void load('vitrine', {
  prepare(file, hasDataCalls, url, given) {
    fetchTextsLater(() => fetchTexts(file));
    fileOf = file;
    attributes = given;
    widgetsUrl = file('vitrine-widgets.js', given.widgets);
    const hasWidgets = !!find(document, 'vitrine-widget');
    if (hasWidgets) loadWidgets().catch(tell);
    const hasOwn = !!find(document, 'vitrine-widget>template,vitrine-widget>script[type*=mustache]');
    // While the first file is on its way.
    if ((hasWidgets || hasDataCalls) && mayRunWasm())
      for (const part of hasOwn ? PARTS : (['products'] as const)) fetchPart(partOf(url, part)).catch(() => {});
  },
  partOf,
  // A failure of the core's second file is reported by the call that needs it.
  ready: () =>
    whenIdle(() => {
      loadProducts().catch(() => {});
      loadWidgets().catch(tell);
    }),
  statics: {
    loadProducts: loadAll,
    renderTemplate: whenLoaded('renderTemplate'),
    validateTemplate: whenLoaded('validateTemplate'),
  },
});
