// Two officers make a certificate void: what one proposes, the other lets be, or confirms; then nobody takes it for valid.
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { expect, test } from '../world';

const REASON = '成绩登记有误';

/** Takes the step that leads to a void certificate. */
async function revoke(page: Page, row: Locator, reason: string): Promise<void> {
  await row.getByRole('button', { name: '撤销', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '撤销', exact: true }).click();
  await expect(dialog.getByText('请写明原因')).toBeVisible();
  await dialog.getByLabel('原因').fill(reason);
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '撤销', exact: true }).click();
}

test('two officers make a certificate void', async ({ page, world, anotherPerson }) => {
  await world.logIn(page, await world.accountOf('creditbank'), '/certificates?state=issued');
  const revocable = page.getByRole('row').filter({ has: page.getByRole('button', { name: '撤销', exact: true }) });
  const name = await revocable.first().getByRole('rowheader').innerText();
  const number = (await revocable.first().getByRole('link').innerText()).slice(0, 18);
  const rowOn = (officer: Page): Locator => officer.getByRole('row').filter({ hasText: number });
  await revoke(page, rowOn(page), REASON);
  await expect(page.getByText(`已提出撤销${name}的证明，等待另一人确认。`)).toBeVisible();
  await expect(rowOn(page).getByText(`有人提出撤销：${REASON}`)).toBeVisible();
  await expectAccessible(page);

  const { page: second } = await anotherPerson();
  await world.logIn(second, await world.accountOf('creditlead'));
  await second.getByRole('link', { name: /有 1 份证书等待您确认撤销/ }).click();
  await expect(rowOn(second).getByText(`有人提出撤销：${REASON}`)).toBeVisible();
  await expectAccessible(second);
  await photograph(second, 'proposed');
  await rowOn(second).getByRole('button', { name: '不撤销' }).click();
  await expect(second.getByText('有人提出撤销')).toHaveCount(0);

  await page.goto(world.at('/certificates?state=issued'));
  await expect(rowOn(page).getByText('有人提出撤销')).toHaveCount(0);
  await revoke(page, rowOn(page), REASON);
  await expect(rowOn(page).getByText(`有人提出撤销：${REASON}`)).toBeVisible();
  await second.goto(world.at('/certificates?waits=revocation'));
  await revoke(second, rowOn(second), '复核属实');
  await expect(second.getByText(`${name}的证明已撤销。`)).toBeVisible();

  const { page: stranger } = await anotherPerson();
  await stranger.goto(world.at(`/verify/${number}`));
  await expect(stranger.getByRole('heading', { name: '已撤销，不再有效' })).toBeVisible();
  await expectAccessible(stranger);
});
