// widget/README.md is the reference: its tables and the code must name the same things.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const readme = read('widget/README.md');
const code = readdirSync(new URL('../../widget/', import.meta.url))
  .filter((name) => name.endsWith('.ts'))
  .map((name) => read(`widget/${name}`))
  .join('\n');

/** Returns the names in the first column of the table with this header line. */
const namesOf = (heads) => {
  const rows = readme.slice(readme.indexOf(heads)).split('\n\n', 1)[0].split('\n').slice(2);
  return rows.flatMap((row) => [...row.split('|')[1].matchAll(/`([^`]+)`/g)].map(([, name]) => name));
};
const all = (text, pattern) => [...new Set([...text.matchAll(pattern)].map(([, name]) => name))];
const sorted = (list) => [...new Set(list)].toSorted();

test('the table lists exactly the attributes that the code reads', () => {
  const listed = read('widget/names.ts').match(/ATTRIBUTES = \[([^\]]+)\]/)[1];
  const ofElement = all(read('widget/element.ts'), /this\.(?:get|has)Attribute\('([a-z-]+)'\)/g);
  const ofStyles = all(read('widget/vitrine.css'), /vitrine-widget\[([a-z]+)=/g);
  const known = [...all(listed, /'([a-z-]+)'/g), ...ofElement, ...ofStyles].filter((name) => name !== 'state');
  assert.deepEqual(sorted(namesOf('| attribute | |')), sorted(known));
});

test('the states, the parts of a template and the kinds of calls are those of the code', () => {
  const states = read('widget/element_types.ts').match(/type WidgetState = ([^;]+)/)[1];
  assert.deepEqual(sorted(namesOf('| `state` | |')), sorted(all(states, /'(\w+)'/g)));
  const files = readdirSync(new URL('../../widget/templates/', import.meta.url)).map((name) =>
    name.replace('.html', ''),
  );
  assert.deepEqual(sorted(namesOf('| part | |')), sorted(files.filter((name) => name !== 'carousel')));
  const kinds = read('wasm/services/service.h').match(/kQueryKindNames\[kQueryKinds\] = \{([^}]+)\}/)[1];
  const row = readme.split('\n').find((line) => line.startsWith('| `kind` |'));
  assert.deepEqual(
    sorted(all(row, /`(\w+)`/g).filter((name) => name !== 'kind')),
    sorted(all(kinds, /"(\w+)"/g)).filter((kind) => kind !== 'suggest'),
  );
});

test('the tables list exactly the fields that a template may use', () => {
  const fields = all(read('wasm/cards/card_data.cpp').match(/kFields\[\] = \{([^}]+)\}/)[1], /"(\w+)"/g);
  const outside = namesOf('Outside of items:\n\n| name | |');
  const tables = readme.slice(readme.indexOf('### What a template may use'), readme.indexOf('### What is refused'));
  const named = all(tables, /`(?:\{\{)?(?:\w+\.)?(\w+)(?:\.\*)?(?:\}\})?`/g);
  for (const name of fields) assert.ok(named.includes(name), `${name} is not in the reference`);
  for (const name of outside
    .concat(namesOf('Inside an item, in addition:\n\n| name | |'))
    .map((one) => one.replace(/\.\*$/, '').split('.').at(-1).replace(/\}+$/, '')))
    assert.ok(fields.includes(name) || name === 'items', `${name} is not a field`);
});

test('the reference lists exactly the custom properties and events of the code', () => {
  const styles = read('widget/vitrine.css') + read('widget/layouts.css');
  const used = all(styles, /var\((--vitrine-[a-z-]+)/g);
  const short = readme.slice(readme.indexOf('## Appearance'), readme.indexOf('## Experiments'));
  const told = [
    '--vitrine-loading-height',
    ...all(short, /`(?:--vitrine)?(-[a-z-]+)`/g)
      .filter((name) => !name.startsWith('--'))
      .map((name) => `--vitrine${name}`),
    ...all(short, /`(--vitrine-[a-z-]+)`/g),
  ];
  assert.deepEqual(sorted(told), sorted(used));
  assert.deepEqual(
    sorted(namesOf('| event | |').filter((name) => name.startsWith('vitrine:'))),
    sorted(all(code, /'(vitrine:[a-z-]+)'/g)),
  );
});

test('every language has every text that English has', () => {
  const names = Object.keys(JSON.parse(read('widget/strings/en.json'))).filter((name) => !/^plural\./.test(name));
  for (const language of ['de', 'fr', 'es', 'sv']) {
    const texts = JSON.parse(read(`widget/strings/${language}.json`));
    const own = Object.keys(texts).filter((name) => !/^plural\./.test(name));
    assert.deepEqual(
      names.filter((name) => !own.includes(name)),
      [],
      language,
    );
    for (const name of names) {
      const gaps = (text) => [...text.matchAll(/\{\w+\}/g)].map(([gap]) => gap).toSorted();
      assert.deepEqual(
        gaps(texts[name]),
        gaps(JSON.parse(read('widget/strings/en.json'))[name]),
        `${language} ${name}`,
      );
    }
  }
});
