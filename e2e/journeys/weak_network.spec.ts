// On a slow network a form is sent once, however often its button is pressed; when a reply is lost the same thing is
// asked for again, and nothing is made twice.
import type { Page, Response } from '@playwright/test';
import { writeFile } from 'node:fs/promises';
import { expectAccessible } from '../axe';
import { numbered } from '../lists';
import { hold } from '../steps';
import { expect, test } from '../world';

const NAME = '柏小满';
const CLASS = '2026年秋 慢网夜校班';
const SCHOOL = '织里镇慢网社区学校';

// A worker between page and network is not heard by what holds a reply, or loses it.
test.use({ serviceWorkers: 'block' });

/** Whether somebody answers what is sent to a path of the API. */
function answers(path: string): (response: Response) => boolean {
  return (response) => response.request().method() === 'POST' && new URL(response.url()).pathname === `/api/v1${path}`;
}

/** Presses a button again and again while the network hangs: it says that it is busy, and sends once. */
async function pressOften(page: Page, name: string, path: string): Promise<void> {
  const { isLetGo, letGo } = hold();
  const address = `**/api/v1${path}`;
  let sent = 0;
  await page.route(address, async (route) => {
    if (route.request().method() === 'POST') {
      sent += 1;
      await isLetGo;
    }
    await route.continue();
  });
  const button = page.getByRole('button', { name, exact: true });
  await button.dblclick();
  await expect(button).toHaveAttribute('aria-busy', 'true');
  await button.dispatchEvent('click');
  await expectAccessible(page);
  const answered = page.waitForResponse(answers(path));
  letGo();
  expect((await answered).ok(), `POST ${path}`).toBe(true);
  // The page asks for more by now: taking the route away under such a request can leave it without a reply.
  expect(sent, `times that ${path} was asked`).toBe(1);
}

test('an office enters, lists and enrols somebody once, and plans one class', async ({ page, world }) => {
  await world.logIn(page, await world.account('school_office'));
  await page.goto(world.at('/people/new?to=roster'));
  await page.getByLabel('姓名').fill(NAME);
  await page.getByLabel('证件号码', { exact: true }).fill(numbered('19920318422'));
  await pressOften(page, '登记', '/people');
  await expect(page.getByRole('heading', { level: 1, name: `登记到花名册：${NAME}` })).toBeVisible();
  await page.getByLabel('文化程度').selectOption({ label: '初中毕业' });
  await page.getByLabel('已看过学历证明').check();
  await pressOften(page, '登记到花名册', '/roster');
  await expect(page.getByRole('heading', { level: 1, name: NAME, exact: true })).toBeVisible();

  await page.goto(world.at('/roster'));
  const listed = page.getByRole('row').filter({ hasText: NAME });
  await expect(listed).toHaveCount(1);
  await listed.getByRole('link', { name: /^报名/ }).click();
  await page.getByText('成人高中', { exact: true }).click();
  await expect(page.getByText(/周岁，可以报名。/)).toBeVisible();
  await pressOften(page, '报名', '/enrolments');
  await expect(page.getByRole('heading', { level: 1, name: NAME })).toBeVisible();
  await page.goto(world.at('/enrolments'));
  await expect(page.getByRole('row').filter({ hasText: NAME })).toHaveCount(1);

  await page.goto(world.at('/classes/new'));
  await page.getByText('夜校班', { exact: true }).click();
  await page.getByLabel('班级名称').fill(CLASS);
  await page.getByLabel('教学点').selectOption({ label: '织里镇成校本部' });
  await page.getByText('成人高中数学', { exact: true }).click();
  await pressOften(page, '提交计划', '/classes');
  await expect(page.getByRole('heading', { level: 1, name: CLASS })).toBeVisible();
  await page.goto(world.at('/classes'));
  await expect(page.getByRole('link', { name: CLASS })).toHaveCount(1);
});

test('a bureau enters one school', async ({ page, world }) => {
  await world.logIn(page, await world.account('county_bureau'));
  await page.goto(world.at('/providers/new?division=330502100'));
  await page.getByLabel('名称', { exact: true }).fill(SCHOOL);
  await page.getByLabel('类别').selectOption({ label: '社区学校' });
  await pressOften(page, '登记', '/providers');
  await expect(page.getByRole('heading', { level: 1, name: SCHOOL })).toBeVisible();
  await page.goto(world.at('/organisation/330502100'));
  await expect(page.getByRole('link', { name: SCHOOL })).toHaveCount(1);
});

test('an administrator makes one account and grants it one role', async ({ page, world }, testInfo) => {
  const loginName = `slow.${testInfo.project.name}`;
  await world.logIn(page, await world.account('security_administrator'));
  await page.goto(world.at('/accounts'));
  await page.getByRole('button', { name: '新建账号' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('姓名').fill('夏慢慢');
  await dialog.getByLabel('账号', { exact: true }).fill(loginName);
  await dialog.getByLabel('选择下一级').selectOption({ label: '浙江省' });
  await expect(dialog.getByRole('status').filter({ hasText: '浙江省' })).toBeVisible();
  await pressOften(page, '新建', '/accounts');
  await expect(page.getByRole('dialog', { name: '首次登录密码' })).toBeVisible();
  await dialog.getByRole('button', { name: '关闭' }).click();

  const found = page.getByRole('row').filter({ hasText: loginName });
  await page.getByLabel('姓名或账号').fill(loginName);
  await page.getByRole('button', { name: '查找' }).click();
  await expect(found).toHaveCount(1);
  await found.getByRole('link', { name: '授予角色' }).click();
  await page.getByLabel('角色').selectOption({ label: '阅卷教师' });
  await page.getByLabel('选择下一级').selectOption({ label: '浙江省' });
  await expect(page.getByRole('status').filter({ hasText: '浙江省' })).toBeVisible();
  await pressOften(page, '授予角色', '/role_grants');
  await expect(page.getByRole('heading', { level: 1, name: '权限' })).toBeVisible();
  await expect(found).toHaveCount(1);
});

test('a training whose reply was lost is recorded once when it is sent again', async ({ page, world, alarms }) => {
  const learner = await world.account('learner');
  alarms.expectNetworkFailures();
  await world.logIn(page, await world.account('school_office'));
  await page.goto(world.at('/classes?state=running'));
  await page.getByRole('link', { name: '2026年春 织里童装厂班' }).click();
  await page.getByRole('main').getByRole('link', { name: '技能', exact: true }).click();
  await page.getByRole('link', { name: learner.display_name }).click();
  await page.getByRole('button', { name: '登记培训' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('职业（工种）', { exact: true }).fill('茶艺师');
  await dialog.getByLabel('归口部门').selectOption({ label: '人社部门' });
  await dialog.getByLabel('培训单位').fill('织里镇成校');
  await dialog.getByLabel('学时').fill('24');
  await dialog.getByLabel('开始日期').fill('2026-10-01');
  await dialog.getByLabel('结束日期').fill('2026-10-20');

  // The server has it, and nobody hears of that.
  const keys: (string | undefined)[] = [];
  await page.route('**/api/v1/skill_trainings', async (route) => {
    keys.push(route.request().headers()['idempotency-key']);
    if (keys.length === 1) {
      expect((await route.fetch()).ok()).toBe(true);
      await route.abort('connectionreset');
    } else {
      await route.continue();
    }
  });
  const record = dialog.getByRole('button', { name: '登记', exact: true });
  await record.click();
  await expect(dialog.getByText('没有连上网络，请检查后再试。')).toBeVisible();
  await expect(dialog.getByLabel('职业（工种）', { exact: true })).toHaveValue('茶艺师');
  await expectAccessible(page);
  await record.click();
  await expect(page.getByText('已登记，等待另一人核验。')).toBeVisible();
  expect(keys).toEqual([keys[0], keys[0]]);
  await expect(page.getByRole('listitem').filter({ hasText: '茶艺师' })).toHaveCount(1);
});

test('a long list comes in part by part, and what breaks off is sent again', async ({ page, world, alarms }, testInfo) => {
  alarms.expectNetworkFailures();
  await world.logIn(page, await world.account('school_office'));
  await page.goto(world.at('/roster/lists/new'));
  const person = `潘慢慢,${numbered('19900314602')},织里镇,${'晚上七点以后在家'.repeat(6)}`;
  const list = Buffer.from(`姓名,身份证号,详细地址,备注\n${`${person}\n`.repeat(3_000)}`);
  expect(list.length).toBeGreaterThan(512 * 1024);
  expect(list.length).toBeLessThan(1024 * 1024);

  // The second part breaks off once, and so does the question what is in the list.
  const sent: string[] = [];
  await page.route('**/api/v1/roster/uploads/**', async (route) => {
    sent.push(new URL(route.request().url()).searchParams.get('part')!);
    await (sent.length === 2 ? route.abort('connectionreset') : route.continue());
  });
  let asked = 0;
  await page.route(
    (url) => url.pathname === '/api/v1/roster/batches',
    async (route) => {
      asked += route.request().method() === 'POST' ? 1 : 0;
      await (asked === 1 ? route.abort('connectionreset') : route.continue());
    },
  );
  const file = testInfo.outputPath('长名单.csv');
  await writeFile(file, list);
  await page.getByLabel('文件').setInputFiles(file);
  const send = page.getByRole('button', { name: '上传并核对列名' });
  await send.click();
  await expect(page.getByText('没有连上网络，请检查后再试。')).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: '已传 2 / 2 段' })).toBeVisible();
  await expectAccessible(page);
  expect(sent).toEqual(['0', '1', '1']);

  // What has come is not sent again, although the page was closed.
  await page.reload();
  await page.getByLabel('文件').setInputFiles(file);
  await send.click();
  await expect(page.getByRole('heading', { level: 2, name: '核对列名' })).toBeVisible();
  await expect(page.getByLabel(/^B\s*身份证号/)).toHaveValue('document_number');
  expect(sent).toEqual(['0', '1', '1']);
});

test('a part of the app that is lost on its way is told of, and comes at another try', async ({ page, world, alarms }) => {
  alarms.expectLostParts();
  await world.logIn(page, await world.account('school_office'));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();

  let isCut = true;
  let lost = 0;
  await page.route('**/*.wasm', async (route) => {
    lost += isCut ? 1 : 0;
    await (isCut ? route.abort('connectionreset') : route.continue());
  });
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '花名册', exact: true }).click();
  const lostPart = page.getByRole('heading', { level: 1, name: '页面没有打开' });
  await expect(lostPart).toBeFocused();
  await expect(page).toHaveTitle('页面没有打开 · 成蹊');
  await expect(page).toHaveURL(world.at('/roster'));
  expect(lost).toBeGreaterThan(0);
  await expectAccessible(page);

  isCut = false;
  await page.getByRole('button', { name: '再试一次' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '花名册' })).toBeFocused();
  await expect(page).toHaveTitle('花名册 · 成蹊');
});
