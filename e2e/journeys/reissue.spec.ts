// A name was wrong: the credit bank issues the certificate anew, and the old one counts until the
// city has approved the new one.
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { expect, test } from '../world';

test('a certificate is issued anew', async ({ page, world, anotherPerson }) => {
  await world.logIn(page, await world.account('credit_bank_officer'), '/certificates?state=city_approved');
  const rows = page.getByRole('row').filter({ has: page.getByRole('button', { name: '换发' }) });
  const name = await rows.first().getByRole('rowheader').innerText();
  const old = (await rows.first().getByRole('link').innerText()).slice(0, 18);
  await rows.first().getByRole('button', { name: '换发' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '换发' }).click();
  await expect(dialog.getByText('请写明原因')).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'dialog');
  await dialog.getByLabel('原因').fill('姓名更正');
  await dialog.getByRole('button', { name: '换发' }).click();
  await expect(page.getByText(`已为${name}换发新证明。`)).toBeVisible();

  await page.goto(world.at('/certificates?state=issued'));
  const fresh = page.getByRole('row').filter({ hasText: name }).filter({ hasText: '姓名更正' });
  const number = (await fresh.getByRole('link').innerText()).slice(0, 18);
  expect(number).not.toBe(old);
  await photograph(page, 'list');
  await fresh.getByRole('button', { name: '提交市审核', exact: true }).click();
  await expect(page.getByText(`${name}的证明已提交市教育局。`)).toBeVisible();

  const { page: stranger } = await anotherPerson();
  await stranger.goto(world.at(`/verify/${old}`));
  await expect(stranger.getByRole('heading', { name: '真实有效' })).toBeVisible();

  const { page: auditor } = await anotherPerson();
  await world.logIn(auditor, await world.account('city_auditor'), '/certificates?state=submitted_to_city');
  const waiting = auditor.getByRole('row').filter({ hasText: number });
  await waiting.getByRole('button', { name: '通过', exact: true }).click();
  await auditor.getByRole('dialog').getByRole('button', { name: '通过', exact: true }).click();
  await expect(auditor.getByText(`${name}的证明审核通过，成绩计入毕业。`)).toBeVisible();

  await stranger.goto(world.at(`/verify/${old}`));
  await expect(stranger.getByRole('heading', { name: '已换发新证明，这份不再有效' })).toBeVisible();
  await expectAccessible(stranger);
  await photograph(stranger, 'superseded');
  await stranger.getByRole('link', { name: number.replace(/(\d{6})(?=\d)/g, '$1 ') }).click();
  await expect(stranger.getByRole('heading', { name: '真实有效' })).toBeVisible();
});
