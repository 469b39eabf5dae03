// How long a learner on a cheap phone waits for the first words of a lesson, and what a lesson weighs on the way to
// her. Prints `name value unit`.
import { appendFileSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import { slowDown } from '../slow_phone';
import { expect, test, type World } from '../world';
import { countReceived } from './received';

const REPORT = process.env.CHENGXI_BENCH_REPORT ?? '/dev/stdout';
/** How often each delay is measured. */
const TIMES = 5;

type Marked = { firstTextMs?: number };

/** From the next page on, notes when the first words of a lesson are on the screen. */
async function markFirstText(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const marked = window as unknown as Marked;
    const note = () => {
      marked.firstTextMs ??= performance.now();
    };
    const watch = new MutationObserver(() => {
      if (document.querySelector('article.lesson')?.textContent?.trim()) {
        watch.disconnect();
        // The frame after the one in which it is drawn.
        requestAnimationFrame(() => requestAnimationFrame(note));
      }
    });
    watch.observe(document, { childList: true, subtree: true });
  });
}

/** Milliseconds from the call of a lesson's address until its first words are on the screen. */
async function firstText(page: Page, lesson: string): Promise<number> {
  await page.goto(lesson, { waitUntil: 'commit' });
  const noted = await page.waitForFunction(() => (window as unknown as Marked).firstTextMs, undefined, { timeout: 90_000 });
  return (await noted.jsonValue()) as number;
}

function median(values: number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function report(name: string, value: number, unit: string): void {
  appendFileSync(REPORT, `${name} ${Math.round(value)} ${unit}\n`);
}

/** The lessons of all her courses. */
async function lessons(page: Page, world: World): Promise<string[]> {
  await page.goto(world.at('/learn'));
  const courses = await hrefs(page, '.course-list .row-link');
  const all: string[] = [];
  for (const course of courses) {
    await page.goto(world.at(course));
    all.push(...(await hrefs(page, '.unit-list .row-link')));
  }
  return all.map((path) => world.at(path));
}

async function hrefs(page: Page, links: string): Promise<string[]> {
  await expect(page.locator(links).first()).toBeVisible();
  return page.locator(links).evaluateAll((found) => found.map((link) => link.getAttribute('href') ?? ''));
}

/** Opens a lesson with a phone that has nothing of the app yet, but is logged in; then the same again. */
async function coldAndWarm(browser: Browser, options: BrowserContextOptions, lesson: string): Promise<[number, number]> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await markFirstText(page);
  await slowDown(page);
  const cold = await firstText(page, lesson);
  await page.waitForLoadState('networkidle');
  const warm = await firstText(page, lesson);
  await context.close();
  return [cold, warm];
}

test('the first words of a lesson on a cheap phone', async ({ page, world, browser, contextOptions }) => {
  test.setTimeout(600_000);
  const learner = await world.account('learner');
  const [cold, warm]: [number[], number[]] = [[], []];
  for (let time = 0; time < TIMES; time += 1) {
    // Each time another log-in: what refreshes one may be used once.
    await page.context().clearCookies();
    await world.logIn(page, learner);
    const [lesson = ''] = await lessons(page, world);
    const storageState = await page.context().storageState();
    await page.goto('about:blank');
    const delays = await coldAndWarm(browser, { ...contextOptions, storageState }, lesson);
    cold.push(delays[0]);
    warm.push(delays[1]);
  }
  report('learner_first_text_cold_ms', median(cold), 'ms');
  report('learner_first_text_warm_ms', median(warm), 'ms');
});

test('what a lesson weighs where the app is there', async ({ page, world }) => {
  test.setTimeout(600_000);
  await world.logIn(page, await world.account('learner'));
  const all = await lessons(page, world);
  const received = await countReceived(page);
  const weights: number[] = [];
  for (const lesson of all) {
    const before = received.anew();
    await page.goto(lesson);
    await expect(page.locator('article.lesson')).toBeVisible();
    await page.waitForLoadState('networkidle');
    weights.push(received.anew() - before);
  }
  report('unit_bytes_median', median(weights), 'B');
});
