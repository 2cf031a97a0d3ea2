// The seam's two lists, wasm/seam/calls.inc and wasm/base/effects.inc, for JavaScript. `node tools/seam.mjs` writes
// js/core/seam.ts from them, as npm run build does first. That file is checked in, so that an editor and tsc need no
// build and a review shows what changes for the page; a test compares it with the lists.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { root } from './steps.mjs';

const read = (path) => readFileSync(`${root}${path}`, 'utf8').replace(/^\s*\/\/.*\n/gm, '');
const entriesOf = (text = '') => [...text.matchAll(/\((\w+), (\w+)\)/g)].map(([, kind, name]) => ({ kind, name }));

/**
 * Every call: {name, result, args: [{kind, name}], isTracking: a core that only tracks has it too, isFirst: it works
 * without the core's second file}.
 */
const listCalls = () => {
  const [tracking, products] = read('wasm/seam/calls.inc').split('#ifndef VITRINE_TRACKING_ONLY');
  return [tracking, products].flatMap((text, part) =>
    [...text.matchAll(/^(PRODUCTS_)?CALL\((\w+), (\w+)((?:,\s+\(\w+, \w+\))*)\)$/gm)].map(
      ([, later, result, name, args]) => ({
        name,
        result,
        args: entriesOf(args),
        isTracking: part === 0,
        isFirst: !later,
      }),
    ),
  );
};

/** Every effect: {verb, fields: [{kind, name}]}. */
const listEffects = () =>
  [...read('wasm/base/effects.inc').matchAll(/^EFFECT\((\w+)((?:,\s+\(\w+, \w+\))*)\)$/gm)].map(([, verb, fields]) => ({
    verb,
    fields: entriesOf(fields),
  }));

export const calls = listCalls();
export const effects = listEffects();

const fieldTypes = { number: 'string', flag: "'0' | '1'", text: 'string', fields: 'string[]' };
const argTypes = { number: 'number', text: 'string', bytes: 'string | Uint8Array' };
const resultTypes = { number: 'number', text: 'string', nothing: 'void' };
/** The text of js/core/seam.ts. */
export const seamModule = () => {
  const call = ({ name, args, result }) =>
    `  ${name}(${args.map((arg) => `${arg.name}: ${argTypes[arg.kind]}`).join(', ')}): ${resultTypes[result]};`;
  const fieldsOf = ({ fields }) =>
    fields.map(({ kind, name }) => `${kind === 'fields' ? '...' : ''}${name}: ${fieldTypes[kind]}`);
  const wrap = (start, parts, end) => {
    const line = `  ${start}${parts.join(', ')}${end}`;
    return line.length <= 120 ? line : `  ${start}\n    ${parts.join(',\n    ')},\n  ${end}`;
  };
  return `// Written by tools/seam.mjs from wasm/seam/calls.inc and wasm/base/effects.inc. Do not edit.
// biome-ignore-all format: generated

/** The calls of one core. The contract of each is in wasm/runtime/tracking_runtime.h or wasm/runtime/runtime.h. */
export interface Calls {
${calls.map(call).join('\n')}
}

/** One effect of a drain: its verb, then its fields as text. wasm/base/effects.inc says what each means. */
export type Effect =
${effects.map((effect) => wrap('| [', [`verb: '${effect.verb}'`, ...fieldsOf(effect)], ']')).join('\n')};

/** A function for each effect. A test compares the names of the parameters in host.ts with the list. */
export interface EffectHandlers {
${effects.map((effect) => wrap(`${effect.verb}(`, fieldsOf(effect), '): unknown;')).join('\n')}
}
`;
};

// The two characters that separate fields and end records (wasm/base/field_writer.h).
const SEPARATOR = '\x1f';
const RECORD_END = '\x1e';

/** For tests: splits drained text into its effects, each a list of the verb and its fields as text. */
export const splitEffects = (text) =>
  text
    .split(RECORD_END)
    .filter(Boolean)
    .map((record) => record.split(SEPARATOR));

const readField = { number: Number, flag: (text) => text === '1', text: (text) => text };

/**
 * For tests: reads the effects of drained text, each {verb, …fields by name}. Throws for an effect that does not
 * agree with the list.
 */
export const readEffects = (text) =>
  splitEffects(text).map(([verb, ...values]) => {
    const form = effects.find((effect) => effect.verb === verb);
    const isOpen = form?.fields.at(-1)?.kind === 'fields';
    const count = form?.fields.length - (isOpen ? 1 : 0);
    if (!form || (isOpen ? values.length < count : values.length !== count))
      throw Error(`not an effect of the list: ${[verb, ...values].join(' ')}`);
    const named = form.fields.map(({ kind, name }, i) => [
      name,
      kind === 'fields' ? values.slice(i) : readField[kind](values[i]),
    ]);
    return { verb, ...Object.fromEntries(named) };
  });

/** For tests: one effect as the core writes it. Fields that are not given are '', 0, false or []. */
export const writeEffect = (verb, given = {}) => {
  const form = effects.find((effect) => effect.verb === verb);
  const unknown = Object.keys(given).filter((name) => !form?.fields.some((field) => field.name === name));
  if (!form || unknown.length) throw Error(`not in the list of effects: ${verb} ${unknown}`);
  const write = { number: (value = 0) => [value], flag: (value) => [+!!value], text: (value = '') => [value] };
  const values = form.fields.flatMap(({ kind, name }) => (write[kind] ?? ((list = []) => list))(given[name]));
  return [verb, ...values].join(SEPARATOR) + RECORD_END;
};

/** Writes js/core/seam.ts, if it is not as the lists say. */
export const writeSeam = () => {
  const path = `${root}js/core/seam.ts`;
  if (!existsSync(path) || readFileSync(path, 'utf8') !== seamModule()) writeFileSync(path, seamModule());
};

if (import.meta.url === pathToFileURL(process.argv[1]).href) writeSeam();
