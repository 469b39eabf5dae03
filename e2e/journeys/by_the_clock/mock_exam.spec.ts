// One administrator opens a mock test for the evening; a learner sits it at home when she likes, and her time runs from
// her own beginning. It is the same player, and nothing rests on it.
import { type Page } from '@playwright/test';
import { expectAccessible } from '../../axe';
import { photograph } from '../../looks';
import { confirm } from '../../steps';
import { expect, test, type World } from '../../world';

// A test of it was sat a month ago: with the paper of a test to come nobody practises.
const COURSE = '成人高中公民道德与法律基础';

/** A full minute in China's time, for a `datetime-local` input. */
function minutesFromNow(minutes: number): string {
  const china = new Date(Date.now() + minutes * 60_000 + 8 * 3_600_000);
  return china.toISOString().slice(0, 16);
}

/** Stands on the page with this address and waits until it is drawn. */
async function open(page: Page, world: World, path: string): Promise<void> {
  await page.goto(world.at(path));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByText('正在打开…')).toHaveCount(0);
}

/** Plans the test, and opens its registration alone. */
async function plan(page: Page, world: World, title: string): Promise<void> {
  await open(page, world, '/exam_sessions/new');
  await page.getByRole('radio', { name: '模拟测试' }).check();
  await page.getByLabel('名称').fill(title);
  await page.getByLabel('课程').selectOption({ label: COURSE });
  await page.getByLabel('试卷').selectOption({ index: 1 });
  await page.getByLabel('开考时间').fill(minutesFromNow(3));
  await page.getByLabel('作答时间（分钟）').fill('20');
  await page.getByLabel('关闭时间').fill(minutesFromNow(180));
  await expectAccessible(page);
  await page.getByRole('button', { name: '建立考次' }).click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await confirm(page, '开放报名');
  await expect(page.getByRole('button', { name: '截止报名并编排' })).toBeVisible();
  await expect(page.getByText('模拟测试', { exact: true })).toBeVisible();
  await expectAccessible(page);
}

test('a learner practises for the test', async ({ page, world, anotherPerson }, testInfo) => {
  test.setTimeout(420_000);
  const title = `考前模拟 ${testInfo.project.name}`;
  const { page: planner } = await anotherPerson();
  await world.logIn(planner, await world.accountOf('exam1'));
  await plan(planner, world, title);

  await world.logIn(page, await world.accountOf('zhangxiuying'));
  await open(page, world, '/exams');
  const exam = page.getByRole('region', { name: title });
  await expect(exam.getByText(/^模拟测试，在家也能参加，不计入课程成绩。/)).toBeVisible();
  await exam.getByRole('button', { name: '报名', exact: true }).click();
  await expect(page.getByText('报名成功。')).toBeVisible();
  await expectAccessible(page);

  await confirm(planner, '截止报名并编排');
  await confirm(planner, '启用试卷密钥');
  await expect(planner.getByText('到开考时间自动开考')).toBeVisible();

  await open(page, world, '/exams');
  await exam.getByRole('link', { name: '进入考试' }).click();
  await expect(page.getByRole('heading', { level: 2, name: /^第 1 题/ })).toBeVisible({ timeout: 240_000 });
  await expect(page.getByRole('timer')).toHaveText(/^(20:00|1\d:\d\d)$/);
  await expectAccessible(page);
  await photograph(page, 'practice');
  await page.getByRole('button', { name: '检查并交卷' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '确认交卷' }).click();
  await expect(page.getByRole('heading', { name: '考试回执' })).toBeVisible({ timeout: 60_000 });
  await expectAccessible(page);
});
