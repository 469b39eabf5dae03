// The system administrator has the keys changed, sees what each still opens, what waits and what is set, and no person.
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { expect, test } from '../world';

test('the keys are changed and counted, and no secret is shown', async ({ page, world, alarms }) => {
  alarms.expectRefusal(403);
  await world.logIn(page, await world.account('system_administrator'));
  await page.getByRole('main').getByRole('link', { name: '系统运行' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '系统运行' })).toBeVisible();
  const settings = page.getByRole('region', { name: '正在生效的设置' });
  await expect(settings.getByRole('row').filter({ hasText: 'database_url' })).toContainText('sqlite');
  await expect(settings).not.toContainText('sqlite:');
  await expectAccessible(page);
  await photograph(page, 'system');

  const facts = page.locator('dl.facts').filter({ hasText: '现用密钥编号' });
  const current = facts.locator('div').filter({ hasText: '现用密钥编号' }).locator('dd');
  const before = Number(await current.innerText());
  await page.getByRole('button', { name: '更换密钥' }).click();
  const dialog = page.getByRole('dialog');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '更换密钥' }).click();
  await expect(current).toHaveText(String(before + 1), { timeout: 60_000 });
  await expect(facts).toContainText('完成');

  await page.getByRole('button', { name: '清点各密钥的使用' }).click();
  const uses = page.getByRole('region', { name: '各密钥还能打开的内容' });
  const former = uses.getByRole('row').filter({ has: page.getByRole('rowheader', { name: String(before), exact: true }) });
  await expect(former.getByRole('cell', { name: /(^| )0$/ })).toBeVisible({ timeout: 60_000 });
  await expectAccessible(page);
  await photograph(page, 'system-counted');

  // Who keeps the system reads nobody's data.
  await page.goto(world.at('/people'));
  await expect(page.getByRole('alert')).toBeVisible();
});
