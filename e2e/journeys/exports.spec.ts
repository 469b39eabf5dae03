// An office takes its lists away as files, narrowed down as they are on the page, and is told how much that is.
import { expectAccessible } from '../axe';
import { take } from '../lists';
import { photograph } from '../looks';
import { expect, test } from '../world';

test('an office takes its lists away as they stand on the page', async ({ page, world, alarms }) => {
  await world.logIn(page, await world.account('school_office'), '/roster');
  await expect(page.getByRole('heading', { level: 1, name: '花名册' })).toBeVisible();
  expect((await take(page)).name).toMatch(/^花名册_\d{4}-\d{2}-\d{2}\.xlsx$/);
  await expectAccessible(page);
  await photograph(page, 'roster');

  await page.goto(world.at('/people'));
  await expect(page.getByRole('link', { name: '顾春梅' })).toBeVisible();
  expect((await take(page)).name).toMatch(/^人员名单_/);
  await expectAccessible(page);

  await page.goto(world.at('/enrolments'));
  await expect(page.getByRole('heading', { level: 1, name: '入学注册' })).toBeVisible();
  const all = await take(page);
  expect(all.name).toMatch(/^学籍名单_/);
  await expectAccessible(page);
  await photograph(page, 'enrolments');
  await page.getByLabel('姓名开头').fill('顾春梅');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('rowheader')).toHaveText(['顾春梅']);
  expect((await take(page)).rows).toBe(1);
  expect(all.rows).toBeGreaterThan(1);

  await page.goto(world.at('/classes'));
  await expect(page.getByRole('heading', { level: 1, name: '班级' })).toBeVisible();
  expect((await take(page)).name).toMatch(/^班级名单_/);
  await page.getByRole('table').getByRole('link', { name: '2026年春 织里童装厂班' }).click();
  const members = await take(page);
  expect(members.name).toMatch(/^班级学员_/);
  expect(members.rows).toBeGreaterThan(0);
  await page.getByRole('link', { name: '学时' }).click();
  expect((await take(page)).name).toMatch(/^班级学员与学时_/);
  const register = page.waitForEvent('download');
  await page.getByRole('button', { name: '导出考勤表' }).click();
  expect((await register).suggestedFilename()).toMatch(/^考勤表_/);
  await expectAccessible(page);
  await photograph(page, 'hours');

  alarms.expectNetworkFailures();
  await world.server.kill();
  await page.getByRole('button', { name: '导出 Excel' }).click();
  await expect(page.getByText('没有连上网络，请检查后再试。')).toBeVisible();
  await expectAccessible(page);
  await world.server.start();
});

test('who keeps accounts and who reads the log take their lists away', async ({ page, world, anotherPerson }) => {
  await world.logIn(page, await world.account('security_administrator'), '/accounts');
  await expect(page.getByRole('heading', { level: 1, name: '账号' })).toBeVisible();
  const all = await take(page);
  expect(all.name).toMatch(/^账号名单_/);
  await page.getByLabel('状态').selectOption({ label: '只用密码' });
  const alone = await take(page);
  expect(alone.rows).toBeGreaterThan(0);
  expect(alone.rows).toBeLessThanOrEqual(all.rows);
  await expectAccessible(page);

  const { page: reader } = await anotherPerson();
  await world.logIn(reader, await world.account('audit_administrator'), '/audit');
  await reader.getByRole('combobox', { name: '权限' }).selectOption({ label: '查看谁有什么权限' });
  await reader.getByRole('button', { name: '查找' }).click();
  const log = await take(reader);
  expect(log.name).toMatch(/^审计日志_/);
  expect(log.rows).toBeGreaterThan(0);
  await expectAccessible(reader);
});
