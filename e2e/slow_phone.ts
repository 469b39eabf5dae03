// A cheap phone on a weak network: what an adult who studies between two shifts holds in their hand.
import type { CDPSession, Page } from '@playwright/test';

/** Bytes a second, and milliseconds that each request waits (slow 4G: 400 kbit/s, 400 ms). */
const NETWORK = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };
/** How many times slower it thinks than the machine of this run. */
const CPU_RATE = 4;

/** Makes a page as slow as on such a phone, until it is closed or its network is cut. */
export async function slowDown(page: Page): Promise<CDPSession> {
  const phone = await page.context().newCDPSession(page);
  await phone.send('Network.enable');
  await phone.send('Network.emulateNetworkConditions', NETWORK);
  await phone.send('Emulation.setCPUThrottlingRate', { rate: CPU_RATE });
  return phone;
}
