// A release is refused for each reason that the page about releasing names.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complaintsAbout, notesOf } from '../../tools/release.mjs';

const manifest = (version = '1.2.0', rest = {}) =>
  JSON.stringify({ version, repository: {}, homepage: 'h', bugs: 'b', keywords: ['k'], ...rest });
const lock = (version = '1.2.0') => JSON.stringify({ version, packages: { '': { version } } });
const changelog =
  '# Changelog\n\n## 1.2.0 - 2026-12-01\n\n### API\n\n- One.\n\n## 1.1.0 - 2026-11-01\n\n### Added\n\n- Two.\n';
const good = { manifest: manifest(), lock: lock(), changelog, changes: '', tags: 'v1.1.0\n' };

test('a version with notes, in a clean checkout, can be released', () => {
  assert.deepEqual(complaintsAbout(good), []);
});

test('the notes of a version end where the next one begins', () => {
  assert.equal(notesOf(changelog, '1.2.0'), '### API\n\n- One.');
  assert.equal(notesOf(changelog, '1.1.0'), '### Added\n\n- Two.');
  assert.equal(notesOf(changelog, '1.3.0'), undefined);
});

for (const [what, change, complaint] of /** @type {[string, object, RegExp][]} */ ([
  ['another version in the lock file', { lock: lock('1.1.0') }, /package-lock\.json has version 1\.1\.0/],
  ['a version without notes', { manifest: manifest('1.3.0'), lock: lock('1.3.0') }, /no section 1\.3\.0/],
  ['a heading of its own', { changelog: changelog.replace('### API', '### News') }, /News is none of API, Wire and/],
  ['a change that is not committed', { changes: ' M README.md\n' }, /not committed:\n M README\.md/],
  ['a version that was released', { tags: 'v1.1.0\nv1.2.0\n' }, /The tag v1\.2\.0 exists/],
  ['a manifest without an address', { manifest: manifest('1.2.0', { bugs: undefined }) }, /lacks repository/],
]))
  test(`a release is refused for ${what}`, () => {
    const complaints = complaintsAbout({ ...good, ...change });
    assert.match(complaints.join('\n'), complaint);
  });
