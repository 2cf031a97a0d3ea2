/** The shop's own storage: JSON under `osier:` in localStorage, or in memory if the browser refuses storage. */

const inPage = new Map();

export function read(name, otherwise) {
  try {
    const text = localStorage.getItem(`osier:${name}`);
    return text === null ? (inPage.get(name) ?? otherwise) : JSON.parse(text);
  } catch {
    return inPage.get(name) ?? otherwise;
  }
}

export function write(name, value) {
  inPage.set(name, value);
  try {
    localStorage.setItem(`osier:${name}`, JSON.stringify(value));
  } catch {
    // Storage is full or refused: the value stays in memory.
  }
}

export function forget(name) {
  inPage.delete(name);
  try {
    localStorage.removeItem(`osier:${name}`);
  } catch {
    // Storage is refused, so there is nothing to remove.
  }
}

/** Calls back when another tab has changed the value. */
export function onChangeElsewhere(name, callback) {
  addEventListener('storage', (event) => {
    if (event.key === `osier:${name}` || event.key === null) callback();
  });
}
