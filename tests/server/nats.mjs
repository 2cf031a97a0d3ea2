// Starts a cluster of nats-server on loopback for a test, with JetStream, on free ports, with folders of its own.
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { until } from '../browser/until.mjs';
import { checkout } from './server.mjs';

/** Ports that the system gives to nobody by itself, so that a free one stays free until its server listens. */
const kPorts = { first: 20_000, last: 32_000 };

/** Resolves to so many different free ports. All are taken at the same time, so that none occurs twice. */
const freePorts = async (count) => {
  const servers = [];
  while (servers.length < count) {
    const server = createServer().listen(randomInt(kPorts.first, kPorts.last), '127.0.0.1');
    if (await once(server, 'listening').catch(() => undefined)) servers.push(server);
  }
  const ports = servers.map((server) => /** @type {import('node:net').AddressInfo} */ (server.address()).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
};

const kill = async (child) => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
};

/** One nats-server. */
class Node {
  #child;
  #log = '';

  constructor(name, file, clientPort, monitorPort) {
    this.name = name;
    this.file = file;
    this.port = clientPort;
    this.url = `nats://127.0.0.1:${clientPort}`;
    this.monitor = `http://127.0.0.1:${monitorPort}`;
  }

  /** Starts the process, also again after kill(), and waits until it is ready for clients. */
  async start() {
    // Runs in the toolchain, which installs nats-server where it is missing. The process keeps its id.
    const command = [join(checkout, 'tools/toolchain.sh'), '--needs', 'stream', 'nats-server', '-c', this.file];
    const child = spawn(command[0], command.slice(1), { cwd: checkout, stdio: ['ignore', 'ignore', 'pipe'] });
    this.#child = child;
    // A test file that crashes must not leave its servers behind.
    const killWithUs = () => child.kill('SIGKILL');
    process.once('exit', killWithUs);
    child.once('exit', () => process.off('exit', killWithUs));
    child.stderr.setEncoding('utf8').on('data', (text) => (this.#log += text));
    // The limit is for a first run, which makes the toolchain.
    await until(() => this.#log.includes('Server is ready') || child.exitCode !== null, `${this.name}`, 600_000);
    if (child.exitCode !== null) throw new Error(`${this.name} ended with ${child.exitCode}: ${this.#log}`);
    this.#log = '';
  }

  /** Ends the process with SIGKILL. Its folder stays. */
  kill() {
    return kill(this.#child);
  }

  /** Sends lines of the NATS protocol and waits until the server has read them. */
  async say(...lines) {
    const socket = connect(this.port, '127.0.0.1');
    let heard = '';
    socket.setEncoding('utf8').on('data', (text) => (heard += text));
    socket.write(['CONNECT {"verbose":false,"headers":true}', ...lines, 'PING', ''].join('\r\n'));
    await until(() => heard.includes('PONG'), 'a PONG');
    socket.destroy();
  }
}

/**
 * Resolves to the number of servers in the cluster, as its leader counts them. About one new cluster in 25 of
 * nats-server 2.10 counts two of three for ever, because its first votes come before all routes are open.
 */
const sizeOf = (nodes) =>
  until(
    async () => {
      for (const node of nodes) {
        const { meta_cluster } = await (await fetch(`${node.monitor}/jsz`)).json();
        if (meta_cluster?.leader === node.name) return meta_cluster.cluster_size;
      }
      return undefined;
    },
    'a leader of the cluster',
    60_000,
  );

/**
 * Starts servers; several are a cluster.
 * @param {number} size
 * @param {string} [more] further lines of each configuration
 */
export const startCluster = async (size, more = '') => {
  // In the checkout, because the toolchain's root does not have every folder for temporary files.
  await mkdir(join(checkout, 'build'), { recursive: true });
  const folder = await mkdtemp(join(checkout, 'build', 'nats-'));
  const ports = await freePorts(size * 3);
  const routes = ports.slice(2 * size).map((port) => `nats-route://127.0.0.1:${port}`);
  const nodes = routes.map((_, i) => {
    const name = `node-${i + 1}`;
    return new Node(name, join(folder, `${name}.conf`), ports[i], ports[size + i]);
  });
  for (const [i, node] of nodes.entries()) {
    const listen = `listen: "127.0.0.1:${ports[2 * size + i]}"`;
    // A server with a route to itself may count one server too few, and begin a cluster of two.
    const others = routes.filter((_, other) => other !== i);
    const cluster = `cluster { name: shop, ${listen}, routes: ${JSON.stringify(others)} }`;
    await writeFile(
      node.file,
      `server_name: ${node.name}
listen: "127.0.0.1:${node.port}"
http: "${node.monitor.slice('http://'.length)}"
jetstream { store_dir: ${JSON.stringify(join(folder, node.name))}, max_mem: 64MB, max_file: 1GB }
${size > 1 ? cluster : ''}
${more}
`,
    );
  }
  const startAll = () => Promise.all(nodes.map((node) => node.start()));
  const killAll = () => Promise.all(nodes.map((node) => node.kill()));
  const stop = async () => {
    await killAll();
    await rm(folder, { recursive: true, force: true });
  };
  await startAll();
  if (size > 1 && (await sizeOf(nodes)) !== size) {
    await stop();
    return startCluster(size, more);
  }
  return {
    nodes,
    /** The value of --stream. */
    url: nodes.map((node) => node.url).join(','),
    startAll,
    killAll,
    /** Resolves to the node that leads the stream, and to the state of the stream there. */
    async leader() {
      return until(async () => {
        for (const node of nodes) {
          const reply = await fetch(`${node.monitor}/jsz?streams=true&config=true`).catch(() => undefined);
          const streams = (await reply?.json())?.account_details?.[0]?.stream_detail ?? [];
          const stream = streams.find(({ name }) => name === 'VITRINE_EVENTS');
          if (stream && (size === 1 || stream.cluster?.leader === node.name)) return { node, stream };
        }
        return undefined;
      }, 'a leader of the stream');
    },
    /** Ends all servers and removes their folders. */
    stop,
  };
};
