// Compares the types of events for hooks with the schema of events.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { root } from '../../tools/steps.mjs';

const source = readFileSync(`${root}js/types/tracked_event.ts`, 'utf8');
const { $defs: schema } = JSON.parse(readFileSync(`${root}docs/event.schema.json`, 'utf8'));

/** The members of one interface, as [name, isOptional]. */
const membersOf = (body) =>
  [...body.matchAll(/^ {2}(?:readonly )?(\w+)(\??):/gm)].map(([, name, mark]) => [name, mark === '?']);

const interfaces = [...source.matchAll(/^export interface \w+ extends EventOfType<(.+?)> \{\n([\s\S]*?)^\}/gm)].map(
  ([, types, body]) => ({ types: [...types.matchAll(/'(\w+)'/g)].map(([, type]) => type), members: membersOf(body) }),
);

/** The definitions of the schema that describe an event of this type. */
const definitionsOf = (type) =>
  schema.event.oneOf
    .map(({ $ref }) => schema[$ref.slice('#/$defs/'.length)])
    .filter(({ properties }) => properties.type.const === type || properties.type.enum?.includes(type));

test('each type of event has its interface, and no interface has another', () => {
  assert.deepEqual(interfaces.flatMap(({ types }) => types).sort(), [...schema.event.properties.type.enum].sort());
});

for (const { types, members } of interfaces) {
  const type = types.at(-1);
  test(`the interface of ${types.join(' and ')} has the members of the schema, and marks optional ones`, () => {
    const definitions = definitionsOf(type);
    for (const [name, isOptional] of members) {
      const describing = definitions.filter(({ properties }) => properties[name]);
      assert.ok(describing.length, `${name} is in the schema`);
      const isRequired = definitions.every(({ required }) => required?.includes(name));
      assert.equal(isOptional, !isRequired, `${name} is optional: ${!isRequired}`);
    }
    const required = definitions[0].required.filter((name) => name !== 'type');
    const named = members.map(([name]) => name);
    assert.deepEqual(
      required.filter((name) => !named.includes(name)),
      [],
    );
  });
}

test('the members of all events are those of the schema', () => {
  const [, body] = /^interface EventOfType<.+?> \{\n([\s\S]*?)^\}/m.exec(source);
  const members = membersOf(body);
  assert.deepEqual(members.map(([name]) => name).sort(), Object.keys(schema.event.properties).sort());
  for (const [name, isOptional] of members) assert.equal(isOptional, !schema.event.required.includes(name), name);
});
