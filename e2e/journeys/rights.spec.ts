// A security administrator makes an account and grants a powerful role; a second one confirms it, and
// takes it back. The new member of staff chooses a password, sets up the second factor, and logs out
// everywhere.
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { agreeToNotice } from '../steps';
import { totp } from '../totp';
import { expect, fillLogIn, test } from '../world';

const PASSWORD = 'xi-shan-de-feng-he-yun';

/** Goes down the tree of places, one step a name. */
async function choosePlace(within: Page | Locator, ...names: string[]): Promise<void> {
  for (const name of names) {
    await within.getByLabel('选择下一级').selectOption({ label: name });
    await expect(within.getByRole('status').filter({ hasText: name })).toBeVisible();
  }
}

/** Makes an account for somebody who works at the province; the first password. */
async function makeAccount(page: Page, name: string, loginName: string): Promise<string> {
  await page.getByRole('button', { name: '新建账号' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '新建', exact: true }).click();
  await expect(dialog.getByText('请填写这一项。')).toBeVisible();
  await dialog.getByLabel('姓名').fill(name);
  await dialog.getByLabel('账号', { exact: true }).fill(loginName);
  await choosePlace(dialog, '浙江省');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '新建', exact: true }).click();
  await expect(page.getByRole('dialog', { name: '首次登录密码' })).toBeVisible();
  const password = await dialog.locator('code').innerText();
  await expectAccessible(page);
  await photograph(page, 'first-password');
  await dialog.getByRole('button', { name: '关闭' }).click();
  return password;
}

/** Logs in by a first password and chooses another. */
async function begin(page: Page, at: (path: string) => string, loginName: string, first: string): Promise<void> {
  await page.goto(at('/login'));
  await fillLogIn(page, loginName, first);
  await expect(page.getByRole('heading', { level: 1, name: '请设置自己的密码' })).toBeVisible();
  await page.goto(at('/desk'));
  await expect(page).toHaveURL(at('/first_password'));
  await page.getByLabel('现在的密码').fill(first);
  await page.getByLabel('新密码', { exact: true }).fill('1234567890');
  await page.getByLabel('再输一遍新密码').fill('1234567890');
  await page.getByRole('button', { name: '修改密码' }).click();
  await expect(page.getByText('这个密码太常见，容易被猜到，请换一个')).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'own-password');
  await page.getByLabel('新密码', { exact: true }).fill(PASSWORD);
  await page.getByLabel('再输一遍新密码').fill(PASSWORD);
  await page.getByRole('button', { name: '修改密码' }).click();
}

test('two administrators give somebody a powerful role, and take it back', async ({
  page,
  world,
  anotherPerson,
}, testInfo) => {
  const loginName = `newcomer.${testInfo.project.name}`;
  const first = await world.account('security_administrator');
  await world.logIn(page, first, '/accounts');
  await expect(page.getByRole('heading', { level: 1, name: '账号' })).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'accounts');
  const password = await makeAccount(page, '夏晓雨', loginName);

  await page.getByLabel('姓名或账号').fill(loginName);
  await page.getByRole('button', { name: '查找' }).click();
  const account = page.getByRole('row').filter({ hasText: loginName });
  await expect(account.getByText('首次密码未改')).toBeVisible();
  await account.getByRole('link', { name: '授予角色' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '授予角色' })).toBeVisible();
  // Who writes items may do so for one course alone; then there is no place to choose.
  await page.getByLabel('角色').selectOption({ label: '命题教师' });
  await page.getByLabel('只限一门课程').selectOption({ index: 1 });
  await expect(page.getByLabel('选择下一级')).toHaveCount(0);
  await expectAccessible(page);
  await page.getByLabel('角色').selectOption({ label: '考务管理员' });
  await expect(page.getByText('组卷和封存试卷')).toBeVisible();
  await choosePlace(page, '浙江省');
  await expectAccessible(page);
  await photograph(page, 'grant');
  await page.getByRole('button', { name: '授予角色' }).click();
  await expect(page.getByText('已提出，等待另一位安全管理员确认。')).toBeVisible();
  const own = page.getByRole('row').filter({ hasText: loginName });
  await expect(own.getByText('等待第二人确认')).toBeVisible();
  await expect(own.getByRole('button', { name: '确认' })).toHaveCount(0);
  await expectAccessible(page);
  await photograph(page, 'rights');

  const newcomer = await anotherPerson();
  newcomer.alarms.expectRefusal(422);
  await begin(newcomer.page, (path) => world.at(path), loginName, password);
  await expect(newcomer.page.getByRole('heading', { level: 1, name: '请先看隐私说明' })).toBeVisible();
  await newcomer.page.goto(world.at('/me'));
  await agreeToNotice(newcomer.page);
  await expect(newcomer.page).toHaveURL(world.at('/me'));
  await newcomer.page.goto(world.at('/desk'));
  await expect(newcomer.page.getByText('您还没有生效的角色。')).toBeVisible();
  await expect(newcomer.page.getByRole('link', { name: '试卷' })).toHaveCount(0);

  const second = await anotherPerson();
  await world.logIn(second.page, { ...first, login_name: 'security2' });
  await second.page.getByRole('link', { name: '有 1 个角色等待第二人确认' }).click();
  const waiting = second.page.getByRole('row').filter({ hasText: loginName });
  await waiting.getByRole('button', { name: '确认' }).click();
  await second.page.getByRole('dialog').getByRole('button', { name: '确认', exact: true }).click();
  await expect(waiting).toHaveCount(0);
  await second.page.getByLabel('状态').selectOption({ label: '生效和等待确认的' });
  await expect(waiting.getByText('生效')).toBeVisible();

  await newcomer.page.goto(world.at('/papers'));
  await expect(newcomer.page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(newcomer.page.getByRole('alert')).toHaveCount(0);
  await expect(newcomer.page.getByRole('link', { name: '试卷' }).first()).toBeVisible();

  await waiting.getByRole('button', { name: '收回' }).click();
  const dialog = second.page.getByRole('dialog', { name: '收回这个角色？' });
  await dialog.getByLabel('原因').fill('借调结束');
  await expectAccessible(second.page);
  await dialog.getByRole('button', { name: '收回' }).click();
  await expect(second.page.getByText('已收回。')).toBeVisible();
  await second.page.getByLabel('状态').selectOption({ label: '已收回的' });
  await expect(second.page.getByText('借调结束')).toBeVisible();
  await newcomer.page.goto(world.at('/me'));
  await expect(newcomer.page.getByRole('heading', { level: 1, name: '我的账号' })).toBeVisible();
  await expect(newcomer.page.getByRole('link', { name: '试卷' })).toHaveCount(0);
});

test('a clerk is given a service point, which then names them', async ({ page, world, anotherPerson }, testInfo) => {
  const loginName = `clerk.${testInfo.project.name}`;
  await world.logIn(page, await world.account('security_administrator'), '/accounts');
  await makeAccount(page, '夏知秋', loginName);
  await page.getByLabel('姓名或账号').fill(loginName);
  await page.getByRole('button', { name: '查找' }).click();
  const own = page.getByRole('row').filter({ hasText: loginName });
  const within = page.getByLabel('只看');
  await expect(own).toBeVisible();
  await within.selectOption({ label: '湖州市' });
  await expect(own).toHaveCount(0);
  await within.selectOption({ label: '全部' });
  await own.getByRole('link', { name: '授予角色' }).click();
  await page.getByLabel('角色').selectOption({ label: '受理点专员' });
  await choosePlace(page, '浙江省', '湖州市', '吴兴区');
  const grant = page.getByRole('button', { name: '授予角色' });
  await grant.click();
  await expect(page.getByText('请填写这一项。')).toBeVisible();
  await page.getByLabel('受理点', { exact: true }).selectOption({ label: '学分银行吴兴受理点' });
  await expectAccessible(page);
  await photograph(page, 'grant-point');
  await grant.click();
  await expect(page.getByRole('heading', { level: 1, name: '权限' })).toBeVisible();
  await expect(own.getByText('学分银行吴兴受理点')).toBeVisible();
  // Who may do what here: a clerk of one county is not among those of another.
  await within.selectOption({ label: '湖州市' });
  await expect(own).toBeVisible();
  await within.selectOption({ label: '德清县' });
  await expect(own).toHaveCount(0);

  const { page: bureau } = await anotherPerson();
  await world.logIn(bureau, await world.account('county_bureau'), '/organisation');
  await bureau.getByRole('link', { name: '吴兴区社区学院', exact: true }).click();
  await bureau.getByRole('link', { name: '学分银行吴兴受理点' }).click();
  await expect(bureau.getByRole('region', { name: '受理点专员账号' }).getByText(loginName)).toBeVisible();
  await expectAccessible(bureau);
  await photograph(bureau, 'clerks');
});

test('a second factor is set up, used, and asked for at every log-in', async ({ page, world, alarms }) => {
  // Of somebody whom no other story needs: from now on they cannot log in without it.
  const account = { ...(await world.account('teacher')), login_name: 'zhilitutor' };
  alarms.expectRefusal(401);
  await world.logIn(page, account, '/me');
  await page.getByRole('link', { name: '设置动态口令' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '设置动态口令' })).toBeVisible();
  await expect(page.getByRole('img', { name: '给口令软件扫描的二维码' })).toBeVisible();
  const secret = await page.locator('code').innerText();
  await expectAccessible(page);
  await photograph(page, 'second-factor');
  await page.getByLabel('第二步').fill(totp(secret));
  await page.getByRole('button', { name: '启用' }).click();
  await expect(page.getByRole('heading', { name: '备用码' })).toBeVisible();
  const recovery = await page.getByRole('listitem').locator('code').first().innerText();
  await expectAccessible(page);
  await photograph(page, 'recovery-codes');
  await page.getByRole('button', { name: '已收好' }).click();
  await expect(page.getByText('还剩 10 个备用码')).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'account');

  await page.getByRole('button', { name: '在所有设备上退出' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '在所有设备上退出' }).click();
  await expect(page).toHaveURL(/\/login/);
  await fillLogIn(page, account.login_name, account.password);
  await expect(page.getByLabel('动态口令或备用码')).toBeFocused();
  await expectAccessible(page);
  await page.getByLabel('动态口令或备用码').fill('000000');
  await page.getByRole('button', { name: '登录', exact: true }).first().click();
  await expect(page.getByText('动态口令不正确或已经用过')).toBeVisible();
  await page.getByLabel('动态口令或备用码').fill(totp(secret, 1));
  await page.getByRole('button', { name: '登录', exact: true }).first().click();
  await expect(page).toHaveURL(world.at('/desk'));

  await page.goto(world.at('/me'));
  await page.getByRole('button', { name: '退出登录' }).click();
  await expect(page).toHaveURL(/\/login/);
  await fillLogIn(page, account.login_name, account.password);
  await page.getByLabel('动态口令或备用码').fill(recovery);
  await page.getByRole('button', { name: '登录', exact: true }).first().click();
  await expect(page).toHaveURL(world.at('/desk'));
  await page.goto(world.at('/me'));
  await expect(page.getByText('还剩 9 个备用码')).toBeVisible();
});

test('who does not agree to the notice logs out, and can read it as anybody can', async ({ page, world, anotherPerson }, testInfo) => {
  const loginName = `undecided.${testInfo.project.name}`;
  await world.logIn(page, await world.account('security_administrator'), '/accounts');
  const password = await makeAccount(page, '夏小满', loginName);
  const newcomer = await anotherPerson();
  newcomer.alarms.expectRefusal(422);
  await begin(newcomer.page, (path) => world.at(path), loginName, password);
  await expect(newcomer.page.getByText('使用本系统必须同意')).toBeVisible();
  await newcomer.page.getByRole('button', { name: '不同意，退出登录' }).click();
  await expect(newcomer.page).toHaveURL(/\/login/);
  await newcomer.page.getByRole('link', { name: '隐私说明', exact: true }).click();
  await expect(newcomer.page.getByText('现在用的是这一版。')).toBeVisible();
  await expectAccessible(newcomer.page);
  await newcomer.page.goto(world.at('/login'));
  await fillLogIn(newcomer.page, loginName, PASSWORD);
  await agreeToNotice(newcomer.page);
  await expect(newcomer.page).toHaveURL(world.at('/desk'));
});

test('a learner reads the notice, decides each consent, and takes her data with her', async ({ page, world }) => {
  await world.logIn(page, await world.account('learner'), '/me');
  await page.getByRole('link', { name: '隐私说明、同意和我的数据' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '隐私和我的数据' })).toBeVisible();
  const sharing = page.getByRole('listitem').filter({ hasText: '与学分银行共享' });
  await expect(sharing.getByText('未同意')).toBeVisible();
  await sharing.getByRole('button', { name: '同意' }).click();
  await expect(sharing.getByText('已同意')).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'privacy');
  await sharing.getByRole('button', { name: '撤回同意' }).click();
  await expect(sharing.getByText('未同意')).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载（JSON）' }).click();
  expect((await download).suggestedFilename()).toBe('chengxi-own-data.json');
});
