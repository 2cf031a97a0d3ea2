/** Builds elements without innerHTML, because the page runs under Trusted Types. */

/**
 * Returns an element. `properties` are attributes; functions become event listeners (`onclick`); `false`, `null` and
 * `undefined` are left out; `true` is an empty attribute. Empty children are left out.
 */
export const h = (tag, properties = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child || child === 0));
  return element;
};

/** @returns {any} */
export const find = (selector) => document.querySelector(selector);

/** Which foldable parts the user has opened, by name. They stay open from input to input. */
const opened = new Set();

/** Returns a part that can be opened. `fill` makes its content when it is first open. */
export const fold = (name, summary, fill) => {
  const part = h('details', { open: opened.has(name) }, h('summary', {}, summary));
  let isFilled = false;
  const update = () => {
    if (part.open && !isFilled) part.append(fill());
    isFilled ||= part.open;
  };
  part.addEventListener('toggle', () => {
    if (part.open) opened.add(name);
    else opened.delete(name);
    update();
  });
  update();
  return part;
};

/** Returns JSON with one member per line; another text as it is. */
const laidOut = (text) => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
};

/** Returns a text to read: JSON, the JSON lines of a segment, or any other. */
export const raw = (text, label) => {
  const whole = laidOut(String(text));
  const shown = whole === text && text.startsWith('{') ? text.split('\n').map(laidOut).join('\n') : whole;
  return h('pre', { class: 'raw', tabindex: 0, role: 'group', 'aria-label': label }, shown);
};

/** Returns milliseconds as seconds, such as "+12.345 s". */
export const relative = (ms) => `${ms < 0 ? '−' : '+'}${(Math.abs(ms) / 1000).toFixed(3)} s`;

/** Returns the time of day, such as "14:03:22.123", in the user's own zone. */
export const timeOfDay = (ms) => {
  const at = new Date(ms);
  if (Number.isNaN(at.getTime())) return 'no time';
  const two = (number) => String(number).padStart(2, '0');
  const parts = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two);
  return `${parts.join(':')}.${String(at.getMilliseconds()).padStart(3, '0')}`;
};
