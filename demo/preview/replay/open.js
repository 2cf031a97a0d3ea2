/** The ways to open a session: a file, a drop, pasted text, an address of this site, the example. */

import { find } from './dom.js';

/**
 * Connects them. Returns a function that opens a session that lies on this site.
 * @param {(text: string, name: string, address?: string) => void} open `address`: where on this site it lies
 * @param {(message: string) => void} refuse
 */
export const listenForSessions = (open, refuse) => {
  const readFile = async (file) => {
    if (!file) return;
    try {
      open(await file.text(), file.name);
    } catch (error) {
      refuse(`The file ${file.name} cannot be read: ${error}`);
    }
  };

  const picker = find('#file');
  picker.addEventListener('change', () => {
    readFile(picker.files[0]);
    picker.value = '';
  });

  const isOver = (is) => document.body.classList.toggle('is-over', is);
  addEventListener('dragover', (event) => {
    event.preventDefault();
    isOver(true);
  });
  addEventListener('dragleave', (event) => !event.relatedTarget && isOver(false));
  addEventListener('drop', (event) => {
    event.preventDefault();
    isOver(false);
    const { files } = event.dataTransfer;
    if (files.length) readFile(files[0]);
    else open(event.dataTransfer.getData('text/plain'), 'dropped text');
  });

  find('#paste-open').addEventListener('click', () => open(find('#paste').value, 'pasted text'));
  addEventListener('paste', (event) => {
    if (/** @type {Element} */ (event.target).closest?.('input, textarea')) return;
    const text = event.clipboardData.getData('text/plain');
    if (text) open(text, 'pasted text');
  });

  find('#example').addEventListener('click', () => openAddress('replay/example.jsonl'));

  /** Opens a session that lies beside this page, on the same site. */
  const openAddress = async (address) => {
    try {
      const url = new URL(address, document.baseURI);
      if (url.origin !== location.origin) throw Error('only sessions of this site are opened by an address');
      const reply = await fetch(url);
      if (!reply.ok) throw Error(`the site replies ${reply.status}`);
      open(await reply.text(), address, address);
    } catch (error) {
      refuse(`The session ${address} cannot be opened: ${error.message}.`);
    }
  };
  return openAddress;
};
