// The paper on a candidate's screen: where its items are, and where their answers are.
import { expect, type Locator, type Page } from '@playwright/test';
import { expectAccessible } from './axe';

/** The paper is there, within this time of being waited for. */
export async function expectPaper(page: Page, timeout: number): Promise<void> {
  await expect(page.getByRole('heading', { level: 2, name: /^第 \d+ 题/ })).toBeVisible({ timeout });
}

/** Goes to an item by the answer sheet. */
export async function goTo(page: Page, place: number): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^第 ${place} 题，`) }).click();
  await expect(page.getByRole('heading', { level: 2, name: new RegExp(`^第 ${place} 题`) })).toBeVisible();
}

/** The choices of the item in sight. */
export function choices(page: Page): Locator {
  return page.getByRole('main').getByRole('radio');
}

/** Places of three items that are answered by one choice; the same on every device. */
export async function threeChoices(page: Page): Promise<[number, number, number]> {
  const places: number[] = [];
  for (let place = 1; places.length < 3; place += 1) {
    await goTo(page, place);
    if ((await choices(page).count()) > 0) {
      places.push(place);
    }
  }
  return places as [number, number, number];
}

/** Where the answer of the item in sight is: 已保存 or 仅存本机. */
export async function expectMark(page: Page, mark: string): Promise<void> {
  await expect(page.getByRole('main').getByText(mark, { exact: true })).toBeVisible({ timeout: 30_000 });
}

/** Answers an item by its first choice, and waits until the page says where the answer is. */
export async function choose(page: Page, place: number, mark = '已保存'): Promise<void> {
  await goTo(page, place);
  await choices(page).first().check();
  await expectMark(page, mark);
}

/** Looks once more at what has no answer, and hands in. */
export async function handIn(page: Page): Promise<void> {
  await page.getByRole('button', { name: '检查并交卷' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '确认交卷' }).click();
}

/** The receipt, with so many answers, and nothing left on the device. */
export async function expectReceipt(page: Page, words: string, answers: number): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: '考试回执' })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(words)).toBeVisible();
  await expect(page.getByText(`${answers} 题`, { exact: true })).toBeVisible();
  await expect(page.getByText(/没有传到服务器/)).toHaveCount(0);
  await expectAccessible(page);
}
