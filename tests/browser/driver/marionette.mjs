// A WebDriver session with Firefox over its own TCP protocol, Marionette: the same commands, without geckodriver, which
// Debian lacks. Frames are `<length>:<json>`; a command is [0, id, name, parameters], its reply [1, id, error, result].

import { connect } from 'node:net';
import { until } from '../until.mjs';

const kColon = 58;

/** Calls `take` with each message of a stream. */
const readFrames = (socket, take) => {
  let buffer = Buffer.alloc(0);
  socket.on('data', (data) => {
    buffer = Buffer.concat([buffer, data]);
    for (;;) {
      const colon = buffer.indexOf(kColon);
      if (colon < 0) return;
      const end = colon + 1 + Number(buffer.subarray(0, colon));
      if (buffer.length < end) return;
      take(JSON.parse(buffer.toString('utf8', colon + 1, end)));
      buffer = buffer.subarray(end);
    }
  });
};

/** Resolves to a connection on which Firefox has sent its greeting; it accepts connections before it can serve them. */
const greet = (port, answer) =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('closed')));
    readFrames(socket, (message) => (Array.isArray(message) ? answer(message) : resolve(socket)));
  });

/** Opens a session with the Firefox that listens on `port`; the result is the same as in webdriver.mjs. */
export const openSession = async (port) => {
  const waiting = new Map();
  let lastId = 0;
  const answer = ([, id, error, result]) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error) reject(Object.assign(new Error(`${error.error}: ${error.message}`), { code: error.error }));
    else resolve(result !== null && typeof result === 'object' && 'value' in result ? result.value : result);
  };
  const socket = await until(() => greet(port, answer), 'Marionette', 30_000);
  const closed = new Error('there is no connection to Firefox');
  socket.on('error', () => {});
  socket.on('close', () => waiting.forEach(({ reject }) => reject(closed)));
  const raw = (name, params) =>
    new Promise((resolve, reject) => {
      if (socket.destroyed) throw closed;
      const text = JSON.stringify([0, ++lastId, name, params]);
      waiting.set(lastId, { resolve, reject });
      socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
  const session = await raw('WebDriver:NewSession', {});
  return {
    capabilities: session.capabilities,
    send: (name, params = {}) => raw(name.includes(':') ? name : `WebDriver:${name}`, params),
    async end() {
      socket.destroy();
    },
  };
};
