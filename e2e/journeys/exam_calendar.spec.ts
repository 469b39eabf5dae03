// The exam office plans a test with the days around it; learners read when they can register, and nobody arranges the
// candidates before that is over.
import { type Page } from '@playwright/test';
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { confirm } from '../steps';
import { expect, test, type World } from '../world';

const COURSE = '成人高中数学';

/** A full minute in China's time so many days from now, for a `datetime-local` input. */
function daysFromNow(days: number): string {
  const china = new Date(Date.now() + days * 86_400_000 + 8 * 3_600_000);
  return china.toISOString().slice(0, 16);
}

/** The same day as a `date` input holds it. */
function day(days: number): string {
  return daysFromNow(days).slice(0, 10);
}

/** An administrator plans a test for 60 days from now; its days are counted, put out of order, and put right. */
async function plan(page: Page, world: World, title: string): Promise<void> {
  await page.goto(world.at('/exam_sessions/new'));
  await page.getByLabel('名称').fill(title);
  await page.getByLabel('课程').selectOption({ label: COURSE });
  await page.getByLabel('试卷').selectOption({ index: 1 });
  const count = page.getByRole('button', { name: '按开考日推算' });
  await count.click();
  await expect(page.getByLabel('开考时间')).toBeFocused();
  await page.getByLabel('开考时间').fill(daysFromNow(60));
  await page.getByLabel('作答时间（分钟）').fill('60');
  await count.click();
  await expect(page.getByLabel('报名开始')).toHaveValue(day(15));
  await expect(page.getByLabel('报名截止')).toHaveValue(day(30));
  await expect(page.getByLabel('复核申请截止')).toHaveValue(day(89));
  await page.getByLabel('报名截止').fill(day(14));
  await expectAccessible(page);
  await page.getByRole('button', { name: '建立考次' }).click();
  await expect(page.getByText(/^日期先后不对/)).toBeVisible();
  await expect(page.getByLabel('报名截止')).toBeFocused();
  await page.getByLabel('报名开始').fill(day(0));
  await page.getByRole('button', { name: '建立考次' }).click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
}

/** Tests are planned in one action, by the usual days. */
async function planTogether(page: Page, world: World, project: string): Promise<void> {
  await page.goto(world.at('/exam_sessions'));
  await page.getByRole('link', { name: '同时新建几门课程的考次' }).click();
  await page.getByLabel('总名称').fill(`同批 ${project}`);
  await page.getByRole('button', { name: '一次建立全部考次' }).click();
  await expect(page.getByText('还没有加入考试。')).toBeVisible();
  await page.getByLabel('课程').selectOption({ label: COURSE });
  await page.getByLabel('试卷').selectOption({ index: 1 });
  await page.getByLabel('开考时间').fill(daysFromNow(61));
  await page.getByRole('button', { name: '加入这一场' }).click();
  await expect(page.getByLabel('课程')).toBeFocused();
  await expectAccessible(page);
  await page.getByRole('button', { name: '一次建立全部考次' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '同批考次' })).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: `同批 ${project} ${COURSE}` }).getByText('没有冲突')).toBeVisible();
  await expectAccessible(page);
}

test('a test has its days', async ({ page, world, anotherPerson }, testInfo) => {
  test.setTimeout(180_000);
  const title = `按日程的统一测试 ${testInfo.project.name}`;
  const person = async (name: string): Promise<Page> => {
    const { page, alarms } = await anotherPerson();
    // The days are out of order once.
    alarms.expectRefusal(422);
    await world.logIn(page, await world.accountOf(name));
    return page;
  };
  const [first, second] = [await person('exam1'), await person('exam2')];
  await plan(first, world, title);
  const session = first.url();
  await first.getByRole('link', { name: '同一天再建一场' }).click();
  await expect(first.getByLabel('报名截止')).toHaveValue(day(14));
  await expect(first.getByLabel('名称')).toHaveValue('');
  await expectAccessible(first);
  await first.goto(session);
  await first.getByRole('link', { name: '同批考次和时间冲突' }).click();
  await expect(first.getByText('这场考试是单独建立的。')).toBeVisible();
  await planTogether(first, world, testInfo.project.name);
  await first.goto(session);
  await expect(first.getByRole('region', { name: '日程' }).getByText('报名截止')).toBeVisible();
  await confirm(first, '开放报名');
  await expect(first.getByText('第一位已经确认')).toBeVisible();
  await second.goto(first.url());
  await confirm(second, '开放报名');
  await expect(second.getByText(/^报名到 .+ 为止，这以后才能编排。$/)).toBeVisible();
  await expect(second.getByRole('button', { name: '截止报名并编排' })).toHaveCount(0);
  await expectAccessible(second);
  await photograph(second, 'calendar');

  await world.logIn(page, await world.accountOf('zhangxiuying'), '/exams');
  const exam = page.getByRole('region', { name: title });
  await expect(exam.getByText(/^报名：.+ 至 .+$/)).toBeVisible();
  await expectAccessible(page);
  await exam.getByRole('button', { name: '报名', exact: true }).click();
  await expect(page.getByText('报名成功。')).toBeVisible();
});
