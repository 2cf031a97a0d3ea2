/** The shop's own small memory: JSON under `osier:` in localStorage; in this page only where the browser refuses storage. */

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
    // Full or refused: the copy in this page has to do.
  }
}

export function forget(name) {
  inPage.delete(name);
  try {
    localStorage.removeItem(`osier:${name}`);
  } catch {
    // Nothing was kept, so nothing remains.
  }
}

/** Calls back when another tab has changed the value. */
export function onChangeElsewhere(name, callback) {
  addEventListener('storage', (event) => {
    if (event.key === `osier:${name}` || event.key === null) callback();
  });
}
