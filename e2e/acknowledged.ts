// What the devices of one candidate were told is on the server's disk: the oracle that receipts are held against.
import { type Page, type Response } from '@playwright/test';
import { createHash } from 'node:crypto';

/** One entry of the answer journal, as far as it is compared. */
type Entry = { epoch: number; seq: number; item_id: string; response: { kind: string; value?: unknown } };

const ENTRIES = /\/api\/v1\/sittings\/[^/]+\/entries$/;

/** The acknowledged entries of one candidate, of all their devices. */
export class Acknowledged {
  private readonly read: Promise<Entry[]>[] = [];

  /** Listens to what a device sends, and what it is told of it. */
  listen(page: Page): void {
    page.on('response', (reply) => {
      if (reply.ok() && ENTRIES.test(new URL(reply.url()).pathname)) {
        this.read.push(acknowledged(reply));
      }
    });
  }

  /** How many items have an answer. */
  async answered(): Promise<number> {
    return (await this.inForce()).length;
  }

  /** The digest of the answers in force, as `shared::delivery::digest` computes it. */
  async digest(): Promise<string> {
    const hash = createHash('sha256');
    for (const { item_id, response } of await this.inForce()) {
      hash.update(`${JSON.stringify([item_id, response])}\n`);
    }
    return hash.digest('hex');
  }

  /** The last entry of each item, by item; an answer that was taken back is none. */
  private async inForce(): Promise<Entry[]> {
    const entries = (await Promise.all(this.read)).flat();
    const last = new Map<string, Entry>();
    for (const entry of entries.sort((one, other) => one.epoch - other.epoch || one.seq - other.seq)) {
      last.set(entry.item_id, entry);
    }
    const answers = [...last.values()].filter(({ response }) => response.kind !== 'cleared');
    return answers.sort((one, other) => (one.item_id < other.item_id ? -1 : 1));
  }
}

async function acknowledged(reply: Response): Promise<Entry[]> {
  const { entries } = reply.request().postDataJSON() as { entries: Entry[] };
  const { acked } = (await reply.json()) as { acked: number[] };
  return entries.filter(({ seq }) => acked.includes(seq));
}
