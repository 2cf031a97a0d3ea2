// The script of the widgets and templates: dist/vitrine-widgets.js. vitrine.js runs it and lends it what both need.

import { give } from 'vitrine:shared';
import { renderTemplate, validateTemplate } from '../api/template.js';
import { defineWidget } from '../../widget/element.js';

/** The functions that the script brings. */
export interface Widgets {
  defineWidget: typeof defineWidget;
  renderTemplate: typeof renderTemplate;
  validateTemplate: typeof validateTemplate;
}

give({ defineWidget, renderTemplate, validateTemplate });
