// The exam office opens a test; the school registers its whole class by one action, and reads who cannot be registered.
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { openRegistration } from '../steps';
import { expect, test } from '../world';

const CLASS = '2026年春 织里童装厂班';
const COURSE = '成人高中数学';

/** A full minute in China's time so many days from now, for a `datetime-local` input. */
function daysFromNow(days: number): string {
  const china = new Date(Date.now() + days * 86_400_000 + 8 * 3_600_000);
  return china.toISOString().slice(0, 16);
}

test('a class is registered for a test at once', async ({ page, world, anotherPerson }, testInfo) => {
  test.setTimeout(180_000);
  const title = `集体报考的统一测试 ${testInfo.project.name}`;
  const { page: planner } = await anotherPerson();
  await world.logIn(planner, await world.accountOf('exam1'), '/exam_sessions/new');
  await planner.getByLabel('名称').fill(title);
  await planner.getByLabel('课程').selectOption({ label: COURSE });
  await planner.getByLabel('试卷').selectOption({ index: 1 });
  await planner.getByLabel('开考').fill(daysFromNow(9));
  await planner.getByLabel('作答时间（分钟）').fill('60');
  await planner.getByRole('button', { name: '建立考次' }).click();
  await expect(planner.getByRole('heading', { level: 1, name: title })).toBeVisible();
  const { page: other } = await anotherPerson();
  await world.logIn(other, await world.accountOf('exam2'));
  await openRegistration(planner, other);

  await world.logIn(page, await world.accountOf('zhilioffice'), '/classes');
  await page.getByRole('link', { name: CLASS }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: CLASS })).toBeVisible();
  await page.getByRole('link', { name: '统一测试报名' }).click();
  const exam = page.getByRole('listitem').filter({ hasText: title });
  await expect(exam.getByText(/已报名 0 \/ \d+ 人/)).toBeVisible();
  await expectAccessible(page);
  await exam.getByRole('button', { name: '全班报名' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '全班报名' }).click();
  await expect(page.getByText(/^新报名 [1-9]\d* 人，原已报名 0 人。$/)).toBeVisible();
  await expect(exam.getByText(/已报名 [1-9]\d* \/ \d+ 人/)).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'registered');
});
