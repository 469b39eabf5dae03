// The province proposes a version of the rules of enrolment; who proposed it does not approve it, and takes it back.
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { expect, test } from '../world';

test('a version of the rules waits for a second person, and is taken back', async ({ page, world }) => {
  await world.logIn(page, await world.account('province_office'), '/enrolment_rules');
  await expect(page.getByRole('heading', { level: 1, name: '入学规定' })).toBeVisible();
  const inForce = page.getByRole('row').filter({ hasText: '现行' });
  await expect(inForce).toHaveCount(2);
  await expect(inForce.filter({ hasText: '16至60周岁' })).toHaveCount(2);
  await expectAccessible(page);

  await page.getByRole('button', { name: '提出新规定' }).click();
  const dialog = page.getByRole('dialog');
  const send = dialog.getByRole('button', { name: '提交审批' });
  await send.click();
  await expect(dialog.getByText('请填写这一项。').first()).toBeVisible();
  await dialog.getByLabel('层次').selectOption({ label: '成人高中' });
  await dialog.getByLabel('施行日期').fill('2022-01-01');
  await dialog.getByLabel('最小周岁').fill('16');
  await dialog.getByLabel('最大周岁').fill('65');
  await dialog.getByLabel('须先有的学历').selectOption('71');
  await dialog.getByLabel('原因').fill('省教育厅通知');
  await send.click();
  await expect(dialog.getByText('请填今天以后的日期')).toBeVisible();
  await dialog.getByLabel('施行日期').fill('2090-01-01');
  await expectAccessible(page);
  await photograph(page, 'propose');
  await send.click();

  const proposal = page.getByRole('row').filter({ hasText: '16至65周岁' });
  await expect(proposal.getByText('待审批')).toBeVisible();
  await expect(proposal.getByRole('button', { name: '批准施行' })).toHaveCount(0);
  await expectAccessible(page);
  await photograph(page, 'proposed');
  await proposal.getByRole('button', { name: '撤回' }).click();
  await dialog.getByLabel('原因').fill('日期写错');
  await dialog.getByRole('button', { name: '撤回' }).click();
  await expect(proposal.getByText('已撤回')).toBeVisible();
  await expect(inForce).toHaveCount(2);
  await expectAccessible(page);
});

test('a county has junior rules of its own, approved by a second person of the bureau, and taken back before they begin', async ({ page, world, anotherPerson }, testInfo) => {
  // One story a screen: a version of a day is there once.
  const [year, month] = [testInfo.project.name.length + 2090, (testInfo.project.name.charCodeAt(0) % 9) + 1];
  const [day, shown] = [`${year}-0${month}-01`, `${year}年0${month}月01日`];
  await world.logIn(page, await world.account('county_bureau'), '/enrolment_rules');
  await expect(page.getByRole('heading', { level: 1, name: '入学规定' })).toBeVisible();
  await page.getByRole('button', { name: '提出新规定' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('施行地区').selectOption({ value: '330502' });
  await expect(dialog.getByLabel('层次').locator('option', { hasText: '成人高中' })).toHaveCount(0);
  await dialog.getByLabel('层次').selectOption({ label: '成人初中' });
  await dialog.getByLabel('施行日期').fill(day);
  await dialog.getByLabel('最小周岁').fill('16');
  await dialog.getByLabel('最大周岁').fill('55');
  await dialog.getByLabel('须先有的学历').selectOption('81');
  await dialog.getByLabel('原因').fill('县教育局通知');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '提交审批' }).click();
  const waiting = page.getByRole('row').filter({ hasText: '16至55周岁' }).filter({ hasText: '待审批' });
  await expect(waiting).toHaveCount(1);
  await expect(waiting.getByRole('button', { name: '批准施行' })).toHaveCount(0);

  const { page: second } = await anotherPerson();
  await world.logIn(second, await world.accountOf('countyhead'), '/enrolment_rules');
  await second.getByRole('row').filter({ hasText: '待审批' }).getByRole('button', { name: '批准施行' }).click();
  await expect(second.getByRole('dialog').getByText('施行以前可以撤回，施行以后不能再改')).toBeVisible();
  await second.getByRole('dialog').getByRole('button', { name: '批准施行' }).click();
  await expect(second.getByRole('row').filter({ hasText: '16至55周岁' }).filter({ hasText: '尚未施行' }).first()).toBeVisible();
  await expectAccessible(second);
  await photograph(second, 'own-rules');

  // Until it begins it is taken back, and its day is free again.
  await page.reload();
  const approved = page.getByRole('table', { name: '提出和审批' }).getByRole('row').filter({ hasText: shown });
  const coming = page.getByRole('table', { name: '各版规定' }).getByRole('row').filter({ hasText: shown });
  await expect(coming).toHaveCount(1);
  await approved.filter({ hasText: '已批准' }).getByRole('button', { name: '撤回' }).click();
  await dialog.getByLabel('原因').fill('日期写错');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '撤回' }).click();
  await expect(approved.getByText('已撤回').first()).toBeVisible();
  await expect(coming).toHaveCount(0);
});
