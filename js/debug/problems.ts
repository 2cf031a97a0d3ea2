// The cards of the first tab: the diagnoses, and each warning and error that Vitrine has written to the console.

import { codes } from 'vitrine:documentation';
import { diagnose, type Diagnosis, type Surroundings } from './diagnoses.js';
import type { Session } from './session.js';
import type { Facts, Said } from './target.js';
import { sentence } from './words.js';

/** A diagnosis with the lines of the console that say the same. */
export type Problem = Omit<Diagnosis, 'id'> & { id: Diagnosis['id'] | 'line'; lines: readonly Said[] };

/** The lines that say the same as a diagnosis. */
const COVERED: Partial<Record<Diagnosis['id'], readonly string[]>> = {
  core: ['core-not-loaded', 'core-stopped'],
  key: ['refused'],
  address: ['refused'],
  blocked: ['unreachable'],
  policy: ['unreachable'],
  storage: ['storage'],
};

/** Returns what the documentation says about a line: its cause and its cure, as sentences. */
export const wordsOf = ({ code }: Said): [cause: string, cure: string] => {
  const [cause = '', cure = ''] = codes[code] ?? [];
  return [sentence(cause), sentence(cure)];
};

const ofLine = (line: Said): Problem => ({
  ...{ id: 'line', level: line.level === 'error' ? 'bad' : 'warn', title: line.code, lines: [line] },
  what: line.message,
  cure: wordsOf(line)[1],
});

const failedFiles = (lines: readonly Said[]): string => {
  const files = lines.flatMap(({ message }) => message.match(/[\w.-]+\.(?:wasm|m?js)\b/g) ?? []);
  return [...new Set(files)].join(', ');
};

/** Returns what an engineer should look at: first the diagnoses, the worst first; then the lines, the newest first. */
export const problemsOf = (session: Session, facts: Facts, around: Surroundings, said: readonly Said[]): Problem[] => {
  const open = said.filter(({ level }) => level !== 'info').reverse();
  open.sort((a, b) => b.lastMs - a.lastMs);
  const problems = diagnose(session, facts, around).map((one): Problem => {
    const lines = open.filter(({ code }) => COVERED[one.id]?.includes(code));
    for (const line of lines) open.splice(open.indexOf(line), 1);
    const files = one.id === 'core' ? failedFiles(lines) : '';
    return { ...one, lines, what: files ? `Not loaded, or not able to run: ${files}. ${one.what}` : one.what };
  });
  return [...problems, ...open.map(ofLine)];
};

/** Returns the number of problems: a diagnosis that only informs is none. */
export const countOf = (problems: readonly Problem[]): number =>
  problems.filter(({ level }) => level !== 'info').length;
