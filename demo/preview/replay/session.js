/** Reads a recorded session: the text of `vitrine.debug.trace()`, one JSON array per line. */

/** Why a text is no session. `message` says what to do, for the user. */
export class SessionError extends Error {}

/**
 * @typedef {object} Input
 * @property {number} line the number of its line, from 1
 * @property {string} name
 * @property {(string | number | null)[]} args
 */
/**
 * @typedef {object} Session
 * @property {string} version the version that made the recording; '' if it does not say
 * @property {number} lost how many inputs the recorder has left out after the first one; 0 for a whole session
 * @property {Input[]} inputs the first one is `new`
 * @property {string} problem why the rest of the text was left out; '' if nothing was
 */

const HOW = 'Press “Download session” in the debug overlay, or save the text of vitrine.debug.trace().';

/** Returns the array of a line; undefined if the line is none. */
const readLine = (line) => {
  try {
    const value = JSON.parse(line);
    return Array.isArray(value) && typeof value[0] === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
};

/** Returns the text itself if it was copied as one JSON string, as a console shows it. */
const unquoted = (text) => {
  if (!/^\s*"/.test(text)) return text;
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
};

/** Returns why the core cannot take this input; '' if it can. */
const faultOf = (call, known) => {
  const [name, ...args] = call;
  const kinds = known.get(name);
  if (!kinds) return `the input “${name}”, which this version does not know`;
  const fits = (kind, arg) => (kind === 'number' ? typeof arg === 'number' || arg === null : typeof arg === 'string');
  if (args.length !== kinds.length || !kinds.every((kind, i) => fits(kind, args[i])))
    return `other arguments for “${name}” than this version takes`;
  return '';
};

const isBoot = (text) => {
  try {
    return typeof JSON.parse(text)?.config === 'object';
  } catch {
    return false;
  }
};

/**
 * Reads a session. Throws a SessionError for a text from which nothing can be replayed.
 * @param {string} text
 * @param {{name: string, args: {kind: string}[]}[]} calls the inputs that the core knows
 * @returns {Session}
 */
export const readSession = (text, calls) => {
  const known = new Map(calls.map(({ name, args }) => [name, args.map(({ kind }) => kind)]));
  known.set('new', ['text', 'number']);
  const lines = unquoted(text).split(/\r?\n/);
  const lastLine = lines.findLastIndex((line) => line.trim());
  if (lastLine < 0) throw new SessionError(`The file is empty. ${HOW}`);
  const inputs = [];
  let version = '';
  let lost = 0;
  let problem = '';
  for (const [i, line] of lines.entries()) {
    if (!line.trim()) continue;
    const call = readLine(line);
    const isFirst = !inputs.length;
    if (call?.[0] === 'vitrine') {
      version = String(call[1] ?? '');
      lost = Number(call[2]) || 0;
      continue;
    }
    if (!call && isFirst) throw new SessionError(`This is no recorded session: line ${i + 1} is no input. ${HOW}`);
    if (!call) {
      const what = i === lastLine ? 'The file is cut off' : 'The file is damaged';
      problem = `${what} in line ${i + 1}. The ${inputs.length} inputs before it are shown.`;
      break;
    }
    if (isFirst && call[0] !== 'new') {
      if (!known.has(call[0])) throw new SessionError(`This is no recorded session: line ${i + 1} is no input. ${HOW}`);
      throw new SessionError(
        `The session lacks its beginning: its first input is “${call[0]}”, and only a session that begins with “new” ` +
          'can be replayed. Record it again from the start of the page.',
      );
    }
    const fault = faultOf(call, known) || (call[0] === 'new' && !isBoot(call[1]) && 'a start without a configuration');
    if (fault) {
      const made = version && ` The session was recorded by version ${version}.`;
      if (isFirst) throw new SessionError(`Line ${i + 1} has ${fault}.${made} ${HOW}`);
      problem = `Line ${i + 1} has ${fault}.${made} The ${inputs.length} inputs before it are shown.`;
      break;
    }
    inputs.push({ line: i + 1, name: call[0], args: call.slice(1) });
  }
  if (!inputs.length) throw new SessionError(`The file has no input. ${HOW}`);
  return { version, lost, inputs, problem };
};
