// Counts what the server sends to a browser.
import type { Page } from '@playwright/test';

/** A file with a hash in its name, which is kept for ever. */
const KEPT = /-[0-9a-f]{16}\.\w+$/;

/** What came in since the counting began. */
export interface Received {
  /** All bytes, headers included; a file that is kept for ever counts once. */
  all(): number;
  /** The same without files that are kept for ever. */
  anew(): number;
}

/** Counts from now on. */
export async function countReceived(page: Page): Promise<Received> {
  const addresses = new Map<string, string>();
  const bytes = new Map<string, number>();
  const network = await page.context().newCDPSession(page);
  await network.send('Network.enable');
  network.on('Network.requestWillBeSent', ({ requestId, request }) => addresses.set(requestId, request.url));
  network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const address = addresses.get(requestId) ?? '';
    const key = KEPT.test(address) ? address : requestId;
    bytes.set(key, Math.max(encodedDataLength, bytes.get(key) ?? 0));
  });
  const sum = (isCounted: (key: string) => boolean) =>
    [...bytes].reduce((total, [key, size]) => (isCounted(key) ? total + size : total), 0);
  return { all: () => sum(() => true), anew: () => sum((key) => !KEPT.test(key)) };
}
