// What happened in the demo province up to today, told once for each worker's place: to tell it takes a server far
// longer than to copy it. Certificates name the address of their world, so only worlds that come one after the other at
// the same place share a story, and its port with it; each has a test of today of its own.
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isFree } from './nodes';

/** Tells workers where this run keeps its stories. */
const KEPT_IN = 'CHENGXI_JOURNEYS_STORIES';
/** China is so far ahead. */
const AHEAD_MS = 8 * 3_600_000;

/** A province up to today. */
export interface Story {
  /** The store, the keys and the texts. */
  folder: string;
  /** The port of its worlds. */
  port: number;
}

/** Makes room before the first worker; what it returns clears up after the last. Playwright calls both. */
export default async function prepare(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'chengxi-stories-'));
  process.env[KEPT_IN] = folder;
  return () => rm(folder, { recursive: true, force: true });
}

/** What was told at this place today, if its port is still to be had. */
export async function toldBefore(place: number): Promise<Story | undefined> {
  const kept = keptAt(place);
  const port = Number(await readFile(join(kept, 'port'), 'utf8').catch(() => 0));
  return port && (await isFree(port)) ? { folder: join(kept, 'world'), port } : undefined;
}

/** Keeps a story as it lies in a folder that no server uses. */
export async function keepStory(place: number, { folder, port }: Story): Promise<void> {
  const kept = keptAt(place);
  await rm(kept, { recursive: true, force: true });
  await mkdir(kept);
  await cp(folder, join(kept, 'world'), { recursive: true });
  // Only what is whole has a port.
  await writeFile(join(kept, 'port'), String(port));
}

/** Of another day is another story. */
function keptAt(place: number): string {
  const stories = process.env[KEPT_IN];
  if (!stories) {
    throw new Error(`${KEPT_IN} is not set: the configuration of the runner names stories.ts as its globalSetup.`);
  }
  const today = new Date(Date.now() + AHEAD_MS).toISOString().slice(0, 10);
  return join(stories, `${place}-${today}`);
}
