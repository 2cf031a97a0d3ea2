// The complete script-tag entry: dist/vitrine.js.

import { load } from './load.js';
import { member } from '../ports/dom.js';
import { renderTemplate, validateTemplate } from '../api/template.js';
import { defineWidget } from '../../widget/element.js';

const fetchTexts = async (file: (name: string) => string) => {
  const [language] = member(document, 'documentElement').lang.split(/[-_]/);
  if (!/^(de|fr|es|sv)$/.test(language!)) return;
  const response = await fetch(file(`strings/${language}.json`));
  return response.ok ? response.json() : undefined;
};

void load('vitrine', { defineWidget, fetchTexts, statics: { renderTemplate, validateTemplate } });
