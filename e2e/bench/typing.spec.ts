// How long a candidate waits for a letter on a slow phone while the server does not answer. She composes Chinese, as an
// input method does; what she has written is all there when the server answers again. Prints `name value unit`.
import { appendFileSync } from 'node:fs';
import type { CDPSession, Page } from '@playwright/test';
import { expect, test } from '../world';

const REPORT = process.env.CHENGXI_BENCH_REPORT ?? '/dev/stdout';
/** Of the demo: has a ticket for the test of today. */
const CANDIDATE = 'chenmeifang';
const COURSE = '成人高中数学';
/** The test of the demo begins two minutes after its world was made; a device then comes within half a minute. */
const UNTIL_START_MS = 240_000;
/** How many times slower the phone thinks than the machine of this run. */
const CPU_RATE = 6;
/** How long the server does not answer a save. */
const HANGS_MS = 30_000;
/** Times that the two words are written; each is composed letter by letter. */
const TIMES = 12;
const WORDS: [string[], string][] = [
  [['s', 'sh', 'shu', "shu'x", "shu'xue"], '数学'],
  [['d', 'da', "da't", "da'ti"], '答题'],
];

type Noted = { slowest: number };

/** From now on, notes how long the page takes for each key and each letter. */
async function noteDelays(page: Page): Promise<void> {
  await page.evaluate(() => {
    const noted: Noted = { slowest: 0 };
    (window as unknown as { noted: Noted }).noted = noted;
    const isOfTyping = (name: string) => /^(key|input|beforeinput|composition)/.test(name);
    const note = (list: PerformanceObserverEntryList) => {
      for (const entry of list.getEntries().filter((entry) => isOfTyping(entry.name))) {
        noted.slowest = Math.max(noted.slowest, entry.duration);
      }
    };
    new PerformanceObserver(note).observe({ type: 'event', buffered: false, durationThreshold: 16 } as PerformanceObserverInit);
  });
}

/** Composes a word letter by letter, chooses it, and ends it with a key. */
async function compose(page: Page, keyboard: CDPSession, letters: string[], word: string): Promise<void> {
  for (const text of letters) {
    await keyboard.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  }
  await keyboard.send('Input.insertText', { text: word });
  await page.keyboard.press('1');
}

/** Goes to the first item that is answered by a text. */
async function goToText(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 2, name: /^第 \d+ 题/ })).toBeVisible({ timeout: UNTIL_START_MS });
  const numbers = page.getByRole('navigation', { name: '题号' }).getByRole('button');
  const count = await numbers.count();
  for (let place = 0; place < count; place += 1) {
    await numbers.nth(place).click();
    await expect(page.getByRole('heading', { level: 2, name: new RegExp(`^第 ${place + 1} 题`) })).toBeVisible();
    if ((await page.locator('main textarea').count()) > 0) {
      return;
    }
  }
  throw new Error('no item of the paper is answered by a text');
}

test('typing while the server does not answer', async ({ page, world, alarms }) => {
  test.setTimeout(600_000);
  alarms.expectNetworkFailures();
  // A page that has just been opened anew has no token yet.
  alarms.expectRefusal(401);
  await world.logIn(page, { ...(await world.account('learner')), login_name: CANDIDATE });
  await page.goto(world.at('/exams'));
  await page.getByRole('region').filter({ hasText: COURSE }).getByRole('link', { name: '进入考试' }).click();
  await goToText(page);

  await page.route('**/api/v1/sittings/*/entries', async (route) => {
    await new Promise((done) => setTimeout(done, HANGS_MS));
    await route.continue();
  });
  const phone = await page.context().newCDPSession(page);
  await phone.send('Emulation.setCPUThrottlingRate', { rate: CPU_RATE });
  const text = page.locator('main textarea');
  await text.focus();
  await noteDelays(page);
  let written = '';
  for (let time = 0; time < TIMES; time += 1) {
    for (const [letters, word] of WORDS) {
      await compose(page, phone, letters, word);
      written += `${word}1`;
    }
  }
  const noted = await page.evaluate(() => (window as unknown as { noted: Noted }).noted);
  await phone.send('Emulation.setCPUThrottlingRate', { rate: 1 });

  await expect(text).toHaveValue(written);
  await expect(page.locator('main').getByText('已保存', { exact: true })).toBeVisible({ timeout: 4 * HANGS_MS });
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.reload();
  await goToText(page);
  await expect(page.locator('main textarea')).toHaveValue(written);
  // What took less than a frame is not told of.
  appendFileSync(REPORT, `typing_inp_ms ${Math.round(noted.slowest)} ms\n`);
});
