// The app is put on the home screen of a phone: what a browser asks for is there, and opens without a network.
import { expect, test } from '../world';

test.use({ serviceWorkers: 'allow' });

interface Manifest {
  id: string;
  name: string;
  short_name: string;
  start_url: string;
  scope: string;
  display: string;
  icons: { src: string; sizes: string; type: string; purpose: string }[];
}

/** Width and height of a PNG, from its head. */
function sizeOf(png: Buffer): string {
  expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  return `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`;
}

test('a browser can install the app, with an icon for every place', async ({ page, world, alarms }) => {
  await page.goto(world.at('/login'));
  const link = page.locator('link[rel=manifest]');
  const reply = await page.request.get(world.at((await link.getAttribute('href')) ?? ''));
  expect(reply.headers()['content-type']).toBe('application/manifest+json');
  const manifest = (await reply.json()) as Manifest;
  expect(manifest).toMatchObject({ id: '/', short_name: '成蹊', start_url: '/', scope: '/', display: 'standalone' });

  const pictures = manifest.icons.filter(({ type }) => type === 'image/png');
  expect(pictures.map(({ sizes, purpose }) => `${purpose} ${sizes}`)).toEqual(
    expect.arrayContaining(['any 192x192', 'any 512x512', 'maskable 512x512']),
  );
  for (const { src, sizes, type } of manifest.icons) {
    const icon = await page.request.get(world.at(src));
    expect(icon.status(), src).toBe(200);
    expect(icon.headers()['content-type'], src).toBe(type);
    if (type === 'image/png') {
      expect(sizeOf(await icon.body()), src).toBe(sizes);
    }
  }
  const touch = await page.request.get(world.at((await page.locator('link[rel=apple-touch-icon]').getAttribute('href')) ?? ''));
  expect(sizeOf(await touch.body())).toBe('180x180');

  // The page that was opened is in the worker's hands, so that it opens without a network, too.
  const isHeld = () => page.evaluate(() => navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null));
  await expect.poll(isHeld, { timeout: 30_000 }).toBe(true);
  alarms.expectNetworkFailures();
  await page.context().setOffline(true);
  await page.goto(world.at(manifest.start_url));
  await expect(page.getByRole('heading', { level: 1, name: '登录' })).toBeVisible();
});

test('what pages have needed of an older app is kept of the newer one, too', async ({ page, world, alarms }) => {
  // The older app's worker is not there any more; what it kept is. For a picture alone browsers look for an icon.
  alarms.expectRefusal(404);
  await page.goto(world.at('/icon.svg'));
  const { needed, shared, other } = await page.evaluate(async () => {
    const worker = await (await fetch('/sw.js')).text();
    const list = /const CHUNKS = .*/.exec(worker)?.[0] ?? '';
    const parts = Array.from(list.matchAll(/\/[^']+\.wasm/g), (found) => found[0]);
    const needed = parts.at(0) ?? '';
    const shell = await caches.open('shell-boot-older.js');
    await shell.put(needed.replace(/-[0-9a-f]{16}\./, '-0000000000000000.'), new Response('older'));
    // What several parts share has another number in every version.
    const shared = parts.findLast((part) => part.startsWith('/chunk_')) ?? '';
    return { needed, shared, other: parts.at(-1) ?? '' };
  });
  const isKept = (part: string) => page.evaluate(async (path) => (await caches.match(path)) !== undefined, part);
  await page.goto(world.at('/login'));
  await page.evaluate(() => navigator.serviceWorker.ready);
  await expect.poll(() => isKept(needed), { timeout: 30_000 }).toBe(true);
  expect(await isKept(shared), 'what several parts share').toBe(true);
  expect(await isKept(other), 'a part that nobody needed').toBe(false);
});
