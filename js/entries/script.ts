// The complete script-tag entry: dist/vitrine.js.

import { load } from './load.js';
import { renderTemplate, validateTemplate } from '../api/template.js';
import { defineWidget } from '../../widget/element.js';

void load('vitrine', { defineWidget, statics: { renderTemplate, validateTemplate } });
