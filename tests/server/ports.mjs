// Ports that make new origins. A browser keeps one storage per origin, and the system gives out a port again after its
// server has stopped: a page on such a port would find what the pages of an earlier test have stored.

const used = new Set();

/** Returns whether this process has not called this function with `port` before. */
export const isNewPort = (port) => !used.has(port) && !!used.add(port);

/**
 * Lets `server` listen on loopback, on a port that no other call in this process has got.
 * @param {import('node:http').Server} server
 * @returns {Promise<string>} its origin, without a slash at the end
 */
export const listenOnNewPort = async (server) => {
  for (;;) {
    await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    if (isNewPort(port)) return `http://127.0.0.1:${port}`;
    await new Promise((resolve) => server.close(resolve));
  }
};
