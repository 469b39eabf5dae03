// Starts a `chengxi` with a folder, a database and a port of its own, on one node or two (nodes.ts), and ends it.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { isKept, keep, plant } from './canary';
import { findNodes, isCluster } from './nodes';
import { keepStory, toldBefore } from './stories';

const READY_WITHIN_MS = 30_000;
const DRAIN_WITHIN_MS = 10_000;
const KEPT_LOG_CHARACTERS = 8_000;

/** A text message that left the server. */
export interface SentText {
  template: string;
  phone: string;
  parameters: Record<string, string>;
  text: string;
}

/** A running server. */
export interface Server {
  /** Where it listens, without a closing slash. */
  readonly url: string;
  /** The last lines that it logged. */
  log(): string;
  /** The text messages that have left it, the oldest first. */
  texts(): Promise<SentText[]>;
  /** Kills all its nodes at once, as a power cut would; the store stays. */
  kill(): Promise<void>;
  /** Starts it again on the same port and store. */
  start(): Promise<void>;
  /** Asks it to end, and removes its folder. */
  end(): Promise<void>;
}

/** Creates a demo province of its own and serves it; at one `place` there is one at a time. */
export async function startServer(place: number): Promise<Server> {
  const binary = findBinary();
  const site = resolve(process.env.CHENGXI_SITE_DIR ?? '../dist');
  if (!existsSync(join(site, 'index.html'))) {
    throw new Error(`${site} holds no built site: run "make site", or set CHENGXI_SITE_DIR.`);
  }
  const folder = await mkdtemp(join(tmpdir(), 'chengxi-world-'));
  const story = isCluster ? undefined : await toldBefore(place);
  const nodes = await findNodes(folder, story?.port);
  const url = `http://127.0.0.1:${nodes.port}`;
  const texts = join(folder, 'texts.jsonl');
  const env = {
    ...withoutSettings(process.env),
    ...nodes.env,
    CHENGXI_PUBLIC_URL: url,
    CHENGXI_KEY_DIR: join(folder, 'keys'),
    CHENGXI_SITE_DIR: site,
    CHENGXI_DEMO: 'true',
    CHENGXI_SMS_FILE: texts,
  };
  const seed = async (...options: string[]): Promise<void> => {
    const command = ['seed-demo', '--content', resolve('../backend/demo'), ...options];
    await promisify(execFile)(binary, command, { env, cwd: folder, maxBuffer: 16 * 1024 * 1024 });
  };
  if (story) {
    await cp(story.folder, folder, { recursive: true });
  } else if (!isCluster) {
    await seed('--up-to-today');
    await keepStory(place, { folder, port: nodes.port });
  }
  await seed();

  let log = '';
  let children: ChildProcess[] = [];
  const remember = (chunk: Buffer): void => {
    log = isKept ? log + chunk.toString() : (log + chunk.toString()).slice(-KEPT_LOG_CHARACTERS);
  };
  const start = async (): Promise<void> => {
    children = nodes.ports.map((port) => {
      const own = { ...env, CHENGXI_LISTEN: `127.0.0.1:${port}` };
      const child = spawn(binary, ['serve'], { env: own, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
      child.stdout?.on('data', remember);
      child.stderr?.on('data', remember);
      return child;
    });
    const isReady = children.map((child, node) => untilReady(`http://127.0.0.1:${nodes.ports[node]}`, child, () => log));
    await Promise.all(isReady);
    await nodes.begin();
    await untilReady(url, undefined, () => log);
  };
  const stopAll = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    await Promise.all(children.map((child) => stop(child, signal)));
    await nodes.end();
  };
  await start();
  await plant(url);

  return {
    url,
    log: () => log.slice(-KEPT_LOG_CHARACTERS),
    texts: async () => {
      const lines = await readFile(texts, 'utf8').catch(() => '');
      return lines.split('\n').filter(Boolean).map((line) => JSON.parse(line) as SentText);
    },
    start,
    kill: () => stopAll('SIGKILL'),
    end: async () => {
      await stopAll('SIGTERM');
      await keep(`${process.pid}-${nodes.port}`, folder, log);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function findBinary(): string {
  const target = resolve('..', process.env.CARGO_TARGET_DIR ?? 'target');
  const candidates = process.env.CHENGXI_BIN
    ? [resolve(process.env.CHENGXI_BIN)]
    : [join(target, 'release', 'chengxi'), join(target, 'debug', 'chengxi')];
  const found = candidates.find((candidate) => existsSync(candidate));
  if (!found) {
    throw new Error(`no server at ${candidates.join(' or ')}: run "cargo build --release -p backend".`);
  }
  return found;
}

/** The caller's own settings must not reach the server under test. */
function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('CHENGXI_')));
}

/** Returns when what `url` leads to is ready; `child` is the process that has to live for that. */
async function untilReady(url: string, child: ChildProcess | undefined, log: () => string): Promise<void> {
  const giveUpAt = Date.now() + READY_WITHIN_MS;
  while (Date.now() < giveUpAt) {
    if (child && (child.exitCode !== null || child.signalCode !== null)) {
      throw new Error(`the server ended at its start:\n${log()}`);
    }
    const reply = await fetch(`${url}/readyz`).catch(() => undefined);
    if (reply?.ok) {
      return;
    }
    await new Promise((done) => setTimeout(done, 50));
  }
  child?.kill('SIGKILL');
  throw new Error(`the server was not ready within ${READY_WITHIN_MS} ms:\n${log()}`);
}

async function stop(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  child.kill(signal);
  const impatience = setTimeout(() => child.kill('SIGKILL'), DRAIN_WITHIN_MS);
  await gone;
  clearTimeout(impatience);
}
