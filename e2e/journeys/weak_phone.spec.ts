// Lecture notes of a teacher become a course; a learner on a cheap phone and a weak network opens it, loses the
// network, finishes it, is thrown out of the browser, comes back, and has completed the course.
import type { Page } from '@playwright/test';
import { api, token } from '../api';
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { slowDown } from '../slow_phone';
import { readToTheEnd, submitAndPublish } from '../steps';
import { expect, test, type World } from '../world';

test.use({ serviceWorkers: 'allow' });

const NOTES = 'fixtures/lesson.docx';
const TITLE = '工资里的函数';
/** Of the demo: who plans and who approves classes, and a learner of that school. */
const [OFFICE, COUNTY, LEARNER] = ['zhilioffice', 'countybureau', 'luojianhua'];
/** How long such a phone may take until something is there. */
const PATIENCE = { timeout: 60_000 };

/** A teacher makes a course of lecture notes, and a colleague publishes it; the course. */
async function publishNotes(page: Page, colleague: Page, world: World, code: string): Promise<string> {
  await page.goto(world.at('/courses/new'));
  await page.getByLabel('课程代码').fill(code);
  await page.getByLabel('课程名称').fill(TITLE);
  await page.getByLabel('总课时（每课时 45 分钟）').fill('60');
  await page.getByLabel('简介').fill('从工资看函数。');
  await page.getByRole('button', { name: '建立课程' }).click();
  await expect(page).toHaveURL(/\/courses\/[0-9a-f-]{36}$/);
  const course = new URL(page.url()).pathname.split('/').pop() ?? '';
  await page.getByRole('button', { name: '导入 Word 文档' }).click();
  const dialog = page.getByRole('dialog', { name: '导入 Word 文档' });
  await dialog.getByLabel('文档', { exact: true }).setInputFiles(NOTES);
  await dialog.getByText('模块，下一级标题变成单元').click();
  await dialog.getByRole('button', { name: '看预览' }).click();
  await expect(dialog.getByText(/^2 个单元，1 张图片/)).toBeVisible();
  await dialog.getByRole('button', { name: '加入草稿' }).click();
  await expect(dialog).toHaveCount(0);
  await submitAndPublish(page, colleague, world, TITLE);
  return course;
}

/** The learner's school opens a class for it. */
async function teach(world: World, course_id: string): Promise<void> {
  const [office, county, learner] = [await token(world, OFFICE), await token(world, COUNTY), await token(world, LEARNER)];
  const { account_id } = await api<{ account_id: string }>(world, '/me', learner);
  const [own] = await api<{ class_id: string }[]>(world, '/me/courses', learner);
  const plan = await api<{ class: { provider_id: string } }>(world, `/classes/${own!.class_id}/plan`, office);
  const { provider_id } = plan.class;
  const [teacher] = await api<{ account_id: string }[]>(world, `/class_teachers?provider_id=${provider_id}`, office);
  const entry = { name: '网上学函数', form: 'online', capacity: 40, provider_id, courses: [{ course_id }] };
  const planned = { ...entry, tutor_id: teacher!.account_id };
  const created = await api<{ class: { id: string } }>(world, '/classes', office, planned);
  const path = `/classes/${created.class.id}`;
  await api(world, `${path}/steps`, county, { wanted: 'approved' });
  await api(world, `${path}/steps`, office, { wanted: 'enrolling' });
  await api(world, `${path}/members`, office, { learners: [account_id] });
  await api(world, `${path}/steps`, office, { wanted: 'running' });
}

/** Where the learner stands in the course, as the server says now. */
async function gate(world: World, course_id: string): Promise<string> {
  const courses = await api<{ course: { id: string }; standing: { gate: { state: string } } }[]>(
    world,
    '/me/courses',
    await token(world, LEARNER),
  );
  return courses.find(({ course }) => course.id === course_id)!.standing.gate.state;
}

/** Opens a lesson from a list of them, and reads it without a network. */
async function readOffline(page: Page, nth: number): Promise<void> {
  await page.locator('.unit-list .row-link').nth(nth).click();
  await expect(page.getByText('没有网络，现在看到的是下载在手机上的内容。')).toBeVisible(PATIENCE);
  await expect(page.getByRole('article', { name: '课文' })).toBeVisible();
  await readToTheEnd(page);
  await expect(page.getByText(/^待上传 \d+$/)).toBeVisible();
}

test('a course of lecture notes is finished on a cheap phone without a network', async ({
  page,
  context,
  world,
  alarms,
  anotherPerson,
}, testInfo) => {
  test.setTimeout(600_000);
  const [teacher, colleague] = [(await anotherPerson()).page, (await anotherPerson()).page];
  await world.logIn(teacher, await world.account('teacher'));
  await world.logIn(colleague, await world.accountOf('luoteacher'));
  const code = `GZ${testInfo.project.name === 'phone' ? 1 : 2}`;
  const course = await publishNotes(teacher, colleague, world, code);
  await teach(world, course);

  // Everything comes slowly, the app too.
  await slowDown(page);
  await page.goto(world.at('/login'), PATIENCE);
  await expect(page.getByLabel('手机号或账号')).toBeVisible(PATIENCE);
  await world.logIn(page, { ...(await world.account('learner')), login_name: LEARNER });
  await page.goto(world.at('/learn'));
  await page.locator('.course-list .row-link').filter({ hasText: TITLE }).click(PATIENCE);
  await expect(page.getByRole('heading', { level: 1, name: TITLE })).toBeVisible(PATIENCE);
  const module = page.locator('section[aria-labelledby="module-1"]');
  await module.getByRole('button', { name: /^下载（\d+\.\d MB）/ }).click(PATIENCE);
  await expect(page.getByText('已下载，没有网络也能学。')).toBeVisible(PATIENCE);
  await expectAccessible(page);
  await photograph(page, 'downloaded');

  // The network goes; the first lesson is read, and the phone throws the page away.
  alarms.expectNetworkFailures();
  // The page that is opened without a network has no token yet.
  alarms.expectRefusal(401);
  await context.setOffline(true);
  await readOffline(page, 0);
  await expectAccessible(page);
  await page.close();

  // What was read is still there, and the second lesson is read as well.
  const again = await context.newPage();
  await again.goto(world.at('/learn/downloads'));
  await expect(again.getByText(/^待上传 \d+$/)).toBeVisible(PATIENCE);
  await readOffline(again, 1);
  await photograph(again, 'finished-offline');
  expect(await gate(world, course), 'the server knows nothing of it').toBe('task_points_missing');

  // The network is back, as weak as before. Once the server has what came in last, the course is complete.
  await context.setOffline(false);
  await slowDown(again);
  await expect(again.getByText(/^离线学习的 \d+ 条记录已上传。$/).first()).toBeVisible(PATIENCE);
  await expect(again.getByText(/^待上传/)).toHaveCount(0, PATIENCE);
  expect(await gate(world, course)).toBe('open');
  await again.getByRole('link', { name: '回到课程目录' }).click();
  await expect(again.getByText('任务点都完成了，可以报名统一测试。')).toBeVisible(PATIENCE);
  await expectAccessible(again);
  await photograph(again, 'complete');
});
