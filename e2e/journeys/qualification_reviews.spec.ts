// A city runs a test for its own learners. Who registers is looked at by the school and then by the county, because the
// test says so: the school refuses once, the learner reads why and registers again, and then both approve.
import { type Page } from '@playwright/test';
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { confirm, openRegistration } from '../steps';
import { expect, test, type World } from '../world';

const COURSE = '成人高中数学';
const LEARNER = '张秀英';
const REASON = '身份证复印件看不清';

/** A full minute in China's time so many days from now, for a `datetime-local` input. */
function daysFromNow(days: number): string {
  const china = new Date(Date.now() + days * 86_400_000 + 8 * 3_600_000);
  return china.toISOString().slice(0, 16);
}

/** Plans a test that is reviewed up to the county, and opens its registration by two persons. */
async function open(planner: Page, other: Page, world: World, title: string): Promise<void> {
  await planner.goto(world.at('/exam_sessions/new'));
  await planner.getByLabel('名称').fill(title);
  await planner.getByLabel('课程').selectOption({ label: COURSE });
  await planner.getByLabel('试卷').selectOption({ index: 1 });
  await planner.getByLabel('开考时间').fill(daysFromNow(12));
  await planner.getByLabel('作答时间（分钟）').fill('60');
  await planner.getByLabel('组织考试的地方').selectOption({ label: '湖州市' });
  await planner.getByLabel('资格审核到').selectOption('county');
  await planner.getByRole('button', { name: '建立考次' }).click();
  await expect(planner.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await expect(planner.getByText(/湖州市/).first()).toBeVisible();
  await openRegistration(planner, other);
}

/** The learner registers, and reads who looks at it. */
async function register(page: Page, world: World, title: string): Promise<void> {
  await page.goto(world.at('/exams'));
  const exam = page.getByRole('region', { name: title });
  await exam.getByRole('button', { name: '报名', exact: true }).click();
  await expect(page.getByText('报名成功。')).toBeVisible();
  await expect(exam.getByText('已报名，等待学校审核。')).toBeVisible();
}

/** What waits of the test for the office that looks at the page, from the desk on. */
async function waiting(office: Page, world: World, title: string): Promise<ReturnType<Page['getByRole']>> {
  await office.goto(world.at('/desk'));
  await office.getByRole('link', { name: /份考试报名等待审核/ }).click();
  await expect(office.getByRole('heading', { level: 1, name: '报名审核' })).toBeVisible();
  const registration = office.getByRole('listitem').filter({ hasText: title });
  await expect(registration.getByText(LEARNER).first()).toBeVisible();
  return registration;
}

test('who registers is looked at by one office after the other', async ({ page, world, anotherPerson }, testInfo) => {
  test.setTimeout(240_000);
  const title = `要审核的统一测试 ${testInfo.project.name}`;
  const person = async (name: string): Promise<Page> => {
    const { page } = await anotherPerson();
    await world.logIn(page, await world.accountOf(name));
    return page;
  };
  const planner = await person('exam1');
  await open(planner, await person('exam2'), world, title);
  await world.logIn(page, await world.accountOf('zhangxiuying'));
  await register(page, world, title);

  const school = await person('zhilioffice');
  const refused = await waiting(school, world, title);
  await expectAccessible(school);
  await refused.getByRole('button', { name: `不通过 ${LEARNER}`, exact: true }).click();
  const dialog = school.getByRole('dialog');
  await dialog.getByLabel('原因').fill(REASON);
  await expectAccessible(school);
  await dialog.getByRole('button', { name: '不通过', exact: true }).click();
  await expect(school.getByText('没有等您审核的报名。')).toBeVisible();

  await page.reload();
  const exam = page.getByRole('region', { name: title });
  await expect(exam.getByText(`报名没有通过审核：${REASON}`)).toBeVisible();
  await expectAccessible(page);
  await exam.getByRole('button', { name: '取消报名', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: '取消报名', exact: true }).click();
  await expect(page.getByText('已取消报名。')).toBeVisible();
  await register(page, world, title);

  const again = await waiting(school, world, title);
  await again.getByRole('button', { name: `通过 ${LEARNER}`, exact: true }).click();
  await expect(school.getByText('没有等您审核的报名。')).toBeVisible();
  await planner.reload();
  const counts = planner.getByRole('region', { name: '人数', exact: true });
  await expect(counts.getByText(/^待审核\s*1$/)).toBeVisible();

  const county = await person('countybureau');
  await waiting(county, world, title);
  await photograph(county, 'waiting');
  await county.getByRole('button', { name: '全部通过' }).click();
  await expect(county.getByText('没有等您审核的报名。')).toBeVisible();
  await page.reload();
  await expect(exam.getByText('已报名，等待编排准考证。')).toBeVisible();
  await confirm(planner, '截止报名并编排');
  await expect(planner.getByRole('button', { name: '启用试卷密钥' })).toBeVisible();
});
