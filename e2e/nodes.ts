// Where the server of a world runs: one node with an embedded store, or, beside `scripts/cluster.sh journeys`, two
// nodes with a database on PostgreSQL, Redis and a proxy before them.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

/** Databases that a Redis tells apart. */
const REDIS_DATABASES = 16;

/** The nodes of one world. */
export interface Nodes {
  /** The port at which the world is found. */
  readonly port: number;
  /** The ports at which nodes listen. */
  readonly ports: number[];
  /** Settings that all nodes share: their store, and what they trust. */
  readonly env: Record<string, string>;
  /** Begins what stands before the nodes. */
  begin(): Promise<void>;
  /** Ends it. */
  end(): Promise<void>;
}

/** Whether worlds run on two nodes. */
export const isCluster = Boolean(process.env.CHENGXI_CLUSTER);

/** Finds a place for the nodes of a world that keeps its things in `folder`; one alone may be told its port. */
export async function findNodes(folder: string, port?: number): Promise<Nodes> {
  return isCluster ? await twoNodes(folder) : await oneNode(folder, port ?? (await freePort()));
}

async function oneNode(folder: string, port: number): Promise<Nodes> {
  const env = { CHENGXI_DATABASE_URL: `sqlite://${join(folder, 'world.sqlite')}` };
  return { port, ports: [port], env, begin: async () => {}, end: async () => {} };
}

async function twoNodes(folder: string): Promise<Nodes> {
  const [port, one, two] = [await freePort(), await freePort(), await freePort()];
  const postgres = required('CHENGXI_TEST_POSTGRES_URL');
  const database = `journeys_${port}`;
  const createdb = join(required('CHENGXI_TEST_POSTGRES_BIN'), 'createdb');
  await promisify(execFile)(createdb, [`--maintenance-db=${postgres}postgres`, database]);
  const places = { CLUSTER_ADDRESS: port, CLUSTER_NODE_1: one, CLUSTER_NODE_2: two };
  const addresses = Object.fromEntries(Object.entries(places).map(([name, at]) => [name, `127.0.0.1:${at}`]));
  let proxy: ChildProcess | undefined;
  const env = {
    CHENGXI_DATABASE_URL: `${postgres}${database}`,
    // Worlds run side by side: what one counts is nothing to the other.
    CHENGXI_REDIS_URL: `${required('CHENGXI_TEST_REDIS_URL')}${port % REDIS_DATABASES}`,
    CHENGXI_TRUSTED_PROXIES: '127.0.0.1',
  };
  const begin = async (): Promise<void> => {
    proxy = await startProxy(addresses, folder);
  };
  return { port, ports: [one, two], env, begin, end: () => endProxy(proxy) };
}

async function startProxy(addresses: Record<string, string>, folder: string): Promise<ChildProcess> {
  const installed = '/usr/sbin/haproxy';
  const haproxy = existsSync(installed) ? installed : 'haproxy';
  const proxy = spawn(haproxy, ['-db', '-f', resolve('../scripts/haproxy.cfg')], {
    env: { ...process.env, ...addresses },
    cwd: folder,
    stdio: 'ignore',
  });
  await once(proxy, 'spawn');
  return proxy;
}

async function endProxy(proxy: ChildProcess | undefined): Promise<void> {
  if (proxy && proxy.exitCode === null && proxy.signalCode === null) {
    const gone = once(proxy, 'exit');
    proxy.kill('SIGKILL');
    await gone;
  }
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: run the journeys by "scripts/cluster.sh journeys".`);
  }
  return value;
}

/** Whether nobody listens at a port. */
export async function isFree(port: number): Promise<boolean> {
  return freePort(port).then(
    () => true,
    () => false,
  );
}

/** This port, or any; it fails if that is taken. */
function freePort(wanted = 0): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(wanted, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? done(address.port) : fail(new Error('no port'))));
    });
  });
}
