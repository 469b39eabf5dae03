// The province proposes a version of the rules of enrolment; who proposed it does not approve it, and takes it back.
import { expectAccessible } from '../axe';
import { expect, test } from '../world';

test('a version of the rules waits for a second person, and is taken back', async ({ page, world }, testInfo) => {
  await world.logIn(page, await world.account('province_office'));
  await page.goto(world.at('/enrolment_rules'));
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
  await page.screenshot({ path: testInfo.outputPath('propose.png') });
  await send.click();

  const proposal = page.getByRole('row').filter({ hasText: '16至65周岁' });
  await expect(proposal.getByText('待审批')).toBeVisible();
  await expect(proposal.getByRole('button', { name: '批准施行' })).toHaveCount(0);
  await expectAccessible(page);
  await page.screenshot({ path: testInfo.outputPath('proposed.png'), fullPage: true });
  await proposal.getByRole('button', { name: '撤回' }).click();
  await dialog.getByLabel('原因').fill('日期写错');
  await dialog.getByRole('button', { name: '撤回' }).click();
  await expect(proposal.getByText('已撤回')).toBeVisible();
  await expect(inForce).toHaveCount(2);
  await expectAccessible(page);
});
