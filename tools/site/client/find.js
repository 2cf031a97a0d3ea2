// The search's own knowledge: words that say nothing, words that mean the same here, and the order of what is found.

/** Words that say nothing alone. They are left out beside other words. */
const kSmall = new Set(
  ['a an and are as at be by can do does for from how i in into is it of on or our out the to we what with'].flatMap(
    (words) => words.split(' '),
  ),
);

/** Words of several parts, which are one word here. */
const kPhrases = [
  [/\be-?mails?\b/g, 'email'],
  [/\bpersonal data\b/g, 'pii'],
];

/** Further words by the word of the reader. They count where a title or heading has them. */
const kSynonyms = {
  ...Object.fromEntries(
    ['pii', 'email', 'redact', 'redaction', 'mask', 'masking', 'scrub'].map((word) => [word, ['privacy']]),
  ),
  gdpr: ['privacy', 'consent'],
  ...Object.fromEntries(['migrating', 'migration', 'move', 'switch'].map((word) => [word, ['migrate']])),
};

/** How a word is searched in the index, where some words are written in another way. */
const kWritten = { email: 'e-mail' };

/** The weights of a word by where it is. `path`: the words of the page's address. */
const kBoost = { title: 6, heading: 5, path: 4, text: 1 };
/** A page that is about a word comes before a section about it, and this before a text with the word. */
const kWorth = { title: 3, path: 3, heading: 2, text: 1 };
export const kFields = Object.keys(kBoost);

/** Returns the words of a text that count. */
export const wordsOf = (text) => {
  const plain = kPhrases.reduce((rest, [phrase, word]) => rest.replace(phrase, word), text.toLowerCase());
  const all = [...new Set(plain.split(/\s+/).filter(Boolean))];
  const own = all.filter((word) => !kSmall.has(word));
  return own.length ? own : all;
};

/** Returns the query for one word: itself, and what means the same. */
const queryOf = (word) => ({
  combineWith: 'OR',
  queries: [
    { queries: [kWritten[word] ?? word], combineWith: 'AND' },
    ...(kSynonyms[word] ?? []).map((other) => ({
      queries: [other],
      fields: ['title', 'heading', 'path'],
      fuzzy: false,
    })),
  ],
});

/**
 * Returns the entries of an index for a text, the most words first (see `kWorth`). No word must be there.
 * @param {any} index a MiniSearch
 * @param {string} text
 */
export const findIn = (index, text) => {
  const options = {
    prefix: (term) => term.length > 1,
    fuzzy: (term) => (term.length > 3 ? 0.15 : false),
    boost: kBoost,
  };
  const found = new Map();
  for (const word of wordsOf(text))
    for (const result of index.search(queryOf(word), options)) {
      const known = found.get(result.id) ?? { ...result, words: 0, score: 0 };
      known.words += Math.max(...Object.values(result.match).flatMap((fields) => fields.map((field) => kWorth[field])));
      known.score += result.score;
      found.set(result.id, known);
    }
  return [...found.values()].sort((a, b) => b.words - a.words || b.score - a.score);
};
