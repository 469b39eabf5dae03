// What many stories do.
import { expect, type Page } from '@playwright/test';
import type { World } from './world';

/** Presses a button and confirms in the dialog that it opens. */
export async function confirm(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
}

/** One administrator opens registration on the page of a test, and another confirms it there; the first sees it. */
export async function openRegistration(first: Page, second: Page): Promise<void> {
  await confirm(first, '开放报名');
  await expect(first.getByText('第一位已经确认')).toBeVisible();
  await second.goto(first.url());
  await confirm(second, '开放报名');
  await expect(second.getByRole('button', { name: '截止报名并编排' })).toBeVisible();
  await first.reload();
  await expect(first.getByRole('button', { name: '截止报名并编排' })).toBeVisible();
}

/** Nobody sits two tests at once: today's test, for which everybody is registered, has to be under way before another. */
export async function seeTodaysTestBegin(page: Page, world: World): Promise<void> {
  const running = page.getByRole('row').filter({ hasText: '考试中' });
  await expect(async () => {
    await page.goto(world.at('/exam_sessions'));
    await expect(running.first()).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 240_000 });
}

/** A teacher submits the draft on the page; a colleague finds it in the list and publishes it. */
export async function submitAndPublish(author: Page, colleague: Page, world: World, title: string): Promise<void> {
  await confirm(author, '提交审核');
  await expect(author.getByText('已提交审核。')).toBeVisible();
  await colleague.goto(world.at('/courses'));
  const waiting = colleague.getByRole('region', { name: '等待审核' });
  await waiting.getByRole('link', { name: title, exact: true }).click();
  await expect(colleague.getByRole('heading', { level: 1, name: `审核：${title}` })).toBeVisible();
  await confirm(colleague, '发布');
  await expect(colleague.getByText('课程已发布。')).toBeVisible();
}

/** Somebody new agrees to what is needed, and to whatever else is named; the rest they decline. */
export async function agreeToNotice(page: Page, ...also: string[]): Promise<void> {
  const heading = page.getByRole('heading', { level: 1, name: '请先看隐私说明' });
  await expect(heading).toBeVisible();
  for (const name of also) {
    await page.getByRole('checkbox', { name }).check();
  }
  await page.getByRole('button', { name: '已阅读并同意，继续' }).click();
  await expect(heading).toHaveCount(0);
}

/** Something that waits until it is let go. */
export function hold(): { isLetGo: Promise<void>; letGo: () => void } {
  let letGo = (): void => undefined;
  const isLetGo = new Promise<void>((done) => {
    letGo = () => done();
  });
  return { isLetGo, letGo };
}

/** Hours in China from a few minutes ago until an hour later, on one day. */
export function aroundNow(): { from: string; to: string } {
  const minutes = Math.floor((Date.now() + 8 * 3_600_000) / 60_000) % 1_440;
  const clock = (at: number) => `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
  return { from: clock(Math.max(minutes - 5, 0)), to: clock(Math.min(minutes + 60, 1_439)) };
}

/** Reads a lesson to its end, a screen at a time, until its task point is complete. */
export async function readToTheEnd(page: Page): Promise<void> {
  const step = page.viewportSize()!.height / 2;
  await expect(async () => {
    await page.evaluate((by) => {
      const isAtEnd = window.innerHeight + window.scrollY >= document.body.scrollHeight - 2;
      window.scrollTo(0, isAtEnd ? 0 : window.scrollY + by);
    }, step);
    await expect(page.getByRole('region', { name: '这个任务点完成了' })).toBeVisible({ timeout: 4_000 });
  }).toPass({ timeout: 120_000 });
}
