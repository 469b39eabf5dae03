// The exam office enters a room, has the candidates of a test seated there, looks at the map, and makes the plan hold;
// a plan for a site without rooms says who is left out, and cannot hold. At last the candidate is taken out, and reads why.
import { type Page } from '@playwright/test';
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { confirm, openRegistration } from '../steps';
import { expect, test, type World } from '../world';

const COURSE = '成人高中数学';
const SITE = '织里镇成校考点';
const OTHER_SITE = '吴兴区社区学院考点';

/** Stands on the page with this address and waits until it is drawn. */
async function open(page: Page, world: World, path: string): Promise<void> {
  await page.goto(world.at(path));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByText('正在打开…')).toHaveCount(0);
}

/** A full minute in China's time so many days from now, for a `datetime-local` input. */
function daysFromNow(days: number): string {
  const china = new Date(Date.now() + days * 86_400_000 + 8 * 3_600_000);
  return china.toISOString().slice(0, 16);
}

/** An administrator enters a room of the site; the form says what is missing. */
async function enterRoom(page: Page, world: World, number: string): Promise<void> {
  await open(page, world, '/organisation/330502100');
  await page.getByText(/^考点 \d/).click();
  await page.getByRole('link', { name: SITE }).click();
  await expect(page.getByRole('heading', { level: 1, name: SITE })).toBeVisible();
  await page.getByRole('link', { name: '考场', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: '考场', exact: true })).toBeVisible();
  await page.getByRole('button', { name: '登记考场' }).click();
  await page.getByLabel('考场号', { exact: true }).fill(number);
  await page.getByLabel('考场位置').fill('教学楼 201');
  await page.getByLabel('座位排数').fill('500');
  await page.getByLabel('座位列数').fill('6');
  await page.getByRole('button', { name: '登记考场' }).click();
  await expect(page.getByLabel('座位列数')).toHaveValue('6');
  const enter = page.getByRole('button', { name: '登记', exact: true });
  await enter.click();
  await expect(page.getByText('请填写整数', { exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('可容纳考生数').fill('30');
  await page.getByLabel('可用电脑数').fill('28');
  await page.getByLabel('轮椅可到的座位号').fill('30，1');
  await page.getByRole('radio', { name: '可以安排' }).check();
  await enter.click();
  await expect(page.getByText('超出允许的范围', { exact: true })).toBeVisible();
  await expect(page.getByLabel('座位排数')).toBeFocused();
  await page.getByLabel('座位排数').fill('5');
  await enter.click();
  const row = page.getByRole('row').filter({ hasText: '教学楼 201' });
  await expect(row.getByText('5 × 6')).toBeVisible();
  await expect(row.getByText('1, 30')).toBeVisible();
  await expect(row.getByText('28', { exact: true })).toBeVisible();
  await row.getByRole('button', { name: '修改' }).click();
  await expect(page.getByLabel('考场位置')).toHaveValue('教学楼 201');
  await page.getByLabel('考场位置').fill('教学楼 202');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await expect(page.getByRole('row').filter({ hasText: '教学楼 202' })).toBeVisible();
  await expectAccessible(page);
}

/** An administrator says where the room really is. */
async function moveRoom(page: Page, world: World, from: string, to: string): Promise<void> {
  await open(page, world, '/organisation/330502100');
  await page.getByText(/^考点 \d/).click();
  await page.getByRole('link', { name: SITE }).click();
  await page.getByRole('link', { name: '考场', exact: true }).click();
  await page.getByRole('row').filter({ hasText: from }).getByRole('button', { name: '修改' }).click();
  await page.getByLabel('考场位置').fill(to);
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await expect(page.getByRole('row').filter({ hasText: to })).toBeVisible();
}

/** An administrator plans a test, and opens registration with another one. */
async function plan(page: Page, other: Page, world: World, title: string): Promise<void> {
  await open(page, world, '/exam_sessions/new');
  await page.getByLabel('名称').fill(title);
  await page.getByLabel('课程').selectOption({ label: COURSE });
  await page.getByLabel('试卷').selectOption({ index: 1 });
  await page.getByLabel('开考').fill(daysFromNow(3));
  await page.getByLabel('作答时间（分钟）').fill('60');
  await page.getByRole('button', { name: '建立考次' }).click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await openRegistration(page, other);
}

/** Chooses one site on the page of plans, and has a plan drawn. */
async function draw(page: Page, site: string): Promise<void> {
  await page.getByRole('checkbox', { name: new RegExp(site) }).check();
  await page.getByRole('button', { name: '编排座位' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '座位编排' })).toBeVisible();
}

/** What is said for a moment covers nothing of a small page for as long as it stands: it is scrolled out from under it. */
async function expectNothingUnder(page: Page, said: string): Promise<void> {
  const toast = page.locator('.toast').filter({ hasText: said });
  await page.getByRole('main').evaluate((main) => main.scrollIntoView({ block: 'end' }));
  const [above, last] = [await toast.boundingBox(), await page.locator('main .card').last().boundingBox()];
  expect(last!.y + last!.height).toBeLessThanOrEqual(above!.y);
}

test('candidates are seated', async ({ page, world, anotherPerson }, testInfo) => {
  test.setTimeout(180_000);
  const title = `排座的统一测试 ${testInfo.project.name}`;
  const number = String(testInfo.workerIndex + 1);
  const { page: planner, alarms } = await anotherPerson();
  // A room is too large, and a plan has no site.
  alarms.expectRefusal(422);
  await world.logIn(planner, await world.accountOf('exam1'));
  await enterRoom(planner, world, number);
  const { page: other } = await anotherPerson();
  await world.logIn(other, await world.accountOf('exam2'));
  await plan(planner, other, world, title);
  const session = new URL(planner.url()).pathname;

  await world.logIn(page, await world.accountOf('zhangxiuying'));
  await open(page, world, '/exams');
  await page.getByRole('region', { name: title }).getByRole('button', { name: '报名', exact: true }).click();
  await expect(page.getByText('报名成功。')).toBeVisible();

  await confirm(planner, '截止报名并编排');
  await planner.getByRole('link', { name: '考场编排' }).click();
  await expect(planner.getByRole('heading', { level: 1, name: '考场编排' })).toBeVisible();
  await expect(planner.getByText('还没有编排过。')).toBeVisible();
  await expectAccessible(planner);
  await draw(planner, SITE);
  const map = planner.getByRole('region', { name: `第 ${number} 考场` });
  await expect(map.getByRole('cell')).toHaveCount(31);
  await expect(map.getByText(/^\d{14}$/)).toHaveCount(1);
  await expect(planner.getByText('1 名考生', { exact: true })).toBeVisible();
  await expectAccessible(planner);
  await photograph(planner, 'seats');
  await confirm(planner, '采用这份编排');
  await expect(planner.getByText('已采用这份编排。')).toBeVisible();
  if (testInfo.project.name === 'phone') await expectNothingUnder(planner, '已采用这份编排。');
  await expect(planner.getByText('采用中', { exact: true })).toBeVisible();
  await expect(planner.getByRole('button', { name: '采用这份编排' })).toHaveCount(0);

  const download = planner.waitForEvent('download');
  await planner.getByRole('button', { name: '打印监考安排、门贴、签到表和座位贴' }).click();
  expect((await download).suggestedFilename()).toBe(`考场用表 ${SITE}.pdf`);

  await page.reload();
  const exam = page.getByRole('region', { name: title });
  await expect(exam.getByText(SITE)).toBeVisible();
  await expect(exam.getByText(`第 ${number} 考场 教学楼 202`)).toBeVisible();
  await expect(exam.getByText('准考证号里的数字不表示考场和座位')).toBeVisible();
  await expectAccessible(page);
  const ticketFile = page.waitForEvent('download');
  await exam.getByRole('button', { name: '下载准考证（PDF）' }).click();
  expect((await ticketFile).suggestedFilename()).toBe('准考证.pdf');

  const held = new URL(planner.url()).pathname;
  await moveRoom(planner, world, '教学楼 202', '教学楼 203');
  await open(planner, world, held);
  await expect(planner.getByText('考生、考点或考场有变动')).toBeVisible();
  await expectAccessible(planner);
  await planner.getByRole('button', { name: '按原来的种子再编排一次' }).click();
  await expect(planner.getByText('未采用', { exact: true })).toBeVisible();
  await confirm(planner, '采用这份编排');
  await expect(planner.getByText('采用中', { exact: true })).toBeVisible();
  await page.reload();
  await expect(exam.getByText(`第 ${number} 考场 教学楼 203`)).toBeVisible();
  await expect(exam.getByText('座位安排调整过')).toBeVisible();
  await expectAccessible(page);

  await planner.getByRole('link', { name: '考场编排' }).click();
  await expect(planner.getByRole('row').filter({ hasText: '采用中' })).toHaveCount(1);
  await expectAccessible(planner);
  const before = planner.getByRole('checkbox', { name: new RegExp(SITE) });
  await expect(before).toBeChecked();
  await before.uncheck();
  await planner.getByRole('button', { name: '编排座位' }).click();
  await expect(planner.getByText('必须填写', { exact: true })).toBeVisible();
  await draw(planner, OTHER_SITE);
  await expect(planner.getByText('这些考生没有座位，这份编排不能采用：')).toBeVisible();
  await expect(planner.getByText('没有空座位')).toBeVisible();
  await expect(planner.getByRole('button', { name: '采用这份编排' })).toHaveCount(0);
  await expectAccessible(planner);

  const ticket = await exam.getByText(/^\d{14}$/).textContent();
  await open(planner, world, session);
  await planner.getByRole('button', { name: '让考生退出' }).click();
  const dialog = planner.getByRole('dialog');
  await dialog.getByLabel('准考证号').fill(ticket!);
  await dialog.getByLabel('原因').fill('住院治疗');
  await expectAccessible(planner);
  await dialog.getByRole('button', { name: '让考生退出' }).click();
  await expect(planner.getByRole('region', { name: '截止后的增减' }).getByText('住院治疗')).toBeVisible();
  await expectAccessible(planner);
  await page.reload();
  await expect(exam.getByText('您已退出这次考试：住院治疗')).toBeVisible();
  await expectAccessible(page);
});
