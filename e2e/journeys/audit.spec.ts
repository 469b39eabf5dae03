// The audit administrator reads who did what, narrows it down, and checks that nobody changed the log.
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { expect, test } from '../world';

test('the audit log is read, narrowed down and checked', async ({ page, world, alarms }) => {
  alarms.expectRefusal(422);
  await world.logIn(page, await world.account('audit_administrator'));
  await expect(page).toHaveURL(world.at('/desk'));
  await page.getByRole('main').getByRole('link', { name: '审计日志' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '审计日志' })).toBeVisible();
  const rows = page.getByRole('region', { name: '审计记录' }).locator('tbody').getByRole('row');
  await expect(rows.first()).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'audit');

  // The demo province begins with its list of divisions.
  await page.getByRole('combobox', { name: '权限' }).selectOption({ label: '更新区划名单' });
  await page.getByRole('button', { name: '查找' }).click();
  await expect(rows.filter({ hasNotText: '更新区划名单' })).toHaveCount(0);
  await expect(rows.first()).toContainText('系统');

  await page.getByLabel('操作人的账号').fill('nobody-is-called-so');
  await page.getByRole('button', { name: '查找' }).click();
  await expect(page.getByText('不存在', { exact: true })).toBeVisible();
  await page.getByLabel('操作人的账号').fill('');
  await page.getByLabel('截止日期').fill('2020-01-01');
  await page.getByRole('button', { name: '查找' }).click();
  await expect(page.getByText('没有这样的记录。')).toBeVisible();

  await page.getByRole('button', { name: '核对日志是否完整' }).click();
  await expect(page.getByRole('status').filter({ hasText: '没有发现改动' })).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'audit-checked');
});
