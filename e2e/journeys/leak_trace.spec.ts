// A photo of the test of today goes round. The exam office enters the orders that it shows, one of them misread, and
// finds whose screen it was: a number without a name, and a lead that is no proof.
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { expectNoSidewaysScroll } from '../pages';
import { expect, test, type World } from '../world';

/** Of the demo: has a ticket for the test of today, which no other story sits under this name. */
const CANDIDATE = { login_name: 'hufengying', name: '胡凤英' };
const COURSE = '成人高中数学';
/** The test of the demo begins two minutes after its world was made; a device then comes within half a minute. */
const UNTIL_START_MS = 240_000;
/** Items that are read of the photo. */
const READ = 8;

/** One item as the candidate's screen shows it. */
interface Shown {
  number: number;
  stem: string;
  options: string[];
}

/** The candidate comes to the test of today; their ticket number. */
async function arrive(page: Page, world: World): Promise<string> {
  await world.logIn(page, { ...(await world.account('learner')), login_name: CANDIDATE.login_name }, '/exams');
  const exam = page.getByRole('region').filter({ hasText: COURSE });
  const ticket = await exam.getByText(/^\d{14}$/).textContent();
  await exam.getByRole('link', { name: '进入考试' }).click();
  await expect(page.getByRole('heading', { level: 2, name: /^第 \d+ 题/ })).toBeVisible({ timeout: UNTIL_START_MS });
  return ticket!;
}

/** What a photo of the screen would show: items with options, in the order of this candidate. */
async function screenOf(page: Page): Promise<Shown[]> {
  const sheet = page.getByRole('button', { name: /^第 \d+ 题，/ });
  const shown: Shown[] = [];
  for (let number = 1; number <= (await sheet.count()) && shown.length < READ; number += 1) {
    await page.getByRole('button', { name: new RegExp(`^第 ${number} 题，`) }).click();
    await expect(page.getByRole('heading', { level: 2, name: new RegExp(`^第 ${number} 题`) })).toBeVisible();
    const main = page.getByRole('main');
    const options = await main.locator('.option .prose').allTextContents();
    if (options.length > 2) {
      shown.push({ number, stem: (await main.locator('.stem').textContent())!.trim(), options });
    }
  }
  expect(shown.length, 'items with options').toBe(READ);
  return shown;
}

/** Taps options in this order. */
async function tap(form: Locator, options: string[]): Promise<void> {
  const known = await form.locator('.option .prose').allTextContents();
  for (const option of options) {
    await form.locator('.option').nth(known.indexOf(option)).click();
  }
}

/** Goes to the page of today's test, and on to its leaked photos. */
async function openTrace(page: Page, world: World): Promise<void> {
  await page.goto(world.at('/exam_sessions'));
  const running = page.getByRole('row').filter({ hasText: COURSE }).filter({ hasText: '考试中' });
  await running.getByRole('link').first().click();
  await page.getByRole('link', { name: '追查泄题照片' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '追查泄题照片' })).toBeVisible();
  await expect(page.getByText(/查到的只是线索，不是证据/)).toBeVisible();
}

/** Enters every item of the photo that the paper has, the first of them in a wrong order. */
async function enter(page: Page, photo: Shown[]): Promise<void> {
  const choice = page.getByLabel('试卷上的题号');
  const numbers = await choice.locator('option').evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
  let entered = 0;
  for (const number of numbers.filter((number) => number !== '')) {
    await choice.selectOption(number);
    const form = page.getByRole('form', { name: `第 ${number} 题`, exact: true });
    const stem = (await form.locator('.prose').first().textContent())!.trim();
    const shown = photo.find((one) => one.stem === stem);
    if (!shown) {
      continue;
    }
    if (entered === 0) {
      await form.getByRole('button', { name: '记下这道题' }).click();
      await expect(form.getByText('请点出选项的顺序，或者填写照片上的题号。')).toBeVisible();
      await tap(form, [...shown.options].reverse());
      await expect(form.getByRole('status')).toHaveText(`已点 ${shown.options.length} 个，共 ${shown.options.length} 个。`);
      await expectAccessible(page);
      await photograph(page, 'leak-reading');
    } else {
      await tap(form, shown.options);
    }
    await form.getByRole('button', { name: '记下这道题' }).click();
    await expect(form).toHaveCount(0);
    entered += 1;
  }
  expect(entered, 'items of the photo on the paper').toBe(READ);
}

test('a leaked photo leads to the candidate whose order it shows', async ({ page, world, anotherPerson }) => {
  test.setTimeout(480_000);
  const ticket = await arrive(page, world);
  const photo = await screenOf(page);

  const { page: office } = await anotherPerson();
  await world.logIn(office, await world.account('exam_administrator'));
  await openTrace(office, world);
  await office.getByRole('button', { name: '查找考生' }).click();
  await expect(office.getByText('还没有记下题目。', { exact: false })).toHaveCount(2);
  await expectAccessible(office);

  await enter(office, photo.slice(0, READ));
  await office.getByLabel('原因').fill('有人在群里转发了试题照片');
  await office.getByRole('button', { name: '查找考生' }).click();
  const found = office.getByRole('region', { name: '查找结果' });
  await expect(found.getByText('只有一位考生的顺序相符。')).toBeVisible();
  const row = found.getByRole('row').filter({ hasText: ticket });
  await expect(row).toContainText('7 / 8');
  await expect(row).toContainText(/99\.\d\d%/);
  await expect(row).toContainText('不显示');
  await expect(found.getByText(/\d{14}/)).toHaveCount(1);
  await expect(office.getByText(CANDIDATE.name)).toHaveCount(0);
  await expectAccessible(office);
  await expectNoSidewaysScroll(office);
  await photograph(office, 'leak-found');
});
