// The province proposes a rule of attendance, a second person approves it, and it is taken back before it begins.
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { expect, test } from '../world';

test('a rule of attendance is approved by a second person, and taken back before it begins', async ({ page, world, anotherPerson }, testInfo) => {
  // One story a screen: a rule of a day is there once.
  const isPhone = testInfo.project.name === 'phone';
  const [day, shown] = isPhone ? ['2090-03-01', '2090年03月01日'] : ['2090-09-01', '2090年09月01日'];
  await world.logIn(page, await world.account('province_office'), '/attendance_rules');
  await expect(page.getByRole('heading', { level: 1, name: '考勤规定' })).toBeVisible();
  const rules = page.getByRole('table', { name: '各版规定' });
  const inForce = rules.getByRole('row').filter({ hasText: '现行' });
  await expect(inForce).toHaveCount(1);
  await expect(inForce.getByText('上课后15分钟')).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('button', { name: '提出新规定' }).click();
  const dialog = page.getByRole('dialog');
  const send = dialog.getByRole('button', { name: '提交审批' });
  await send.click();
  await expect(dialog.getByText('请填写这一项。').first()).toBeVisible();
  await dialog.getByLabel('施行日期').fill('2022-01-01');
  await dialog.getByLabel('迟到时限').fill('10');
  await dialog.getByLabel('一学时多少分钟').fill('4');
  await expect(dialog.getByLabel('面授最低比例')).toHaveValue('100');
  await dialog.getByLabel('面授最低比例').fill('101');
  await dialog.getByLabel('原因').fill('省教育厅通知');
  await send.click();
  await expect(dialog.getByText('请填今天以后的日期')).toBeVisible();
  await expect(dialog.getByText('请填30至60之间的整数分钟')).toBeVisible();
  await expect(dialog.getByText('请填0至100之间的整数')).toBeVisible();
  await dialog.getByLabel('面授最低比例').fill('30');
  await dialog.getByLabel('施行日期').fill(day);
  await dialog.getByLabel('一学时多少分钟').fill('40');
  await expectAccessible(page);
  await photograph(page, 'propose');
  await send.click();
  const proposals = page.getByRole('table', { name: '提出和审批' });
  const waiting = proposals.getByRole('row').filter({ hasText: shown });
  await expect(waiting.getByText('待审批')).toBeVisible();
  await expect(waiting.getByRole('button', { name: '批准施行' })).toHaveCount(0);
  await expect(rules.getByRole('row').filter({ hasText: shown })).toHaveCount(0);

  const { page: second } = await anotherPerson();
  await world.logIn(second, await world.accountOf('provincehead'), '/desk');
  await second.getByRole('link', { name: /^有 \d+ 条考勤规定等待审批$/ }).click();
  const theirs = second.getByRole('table', { name: '提出和审批' }).getByRole('row').filter({ hasText: shown });
  await theirs.getByRole('button', { name: '批准施行' }).click();
  await expect(second.getByRole('dialog').getByText('施行以前可以撤回，施行以后不能再改')).toBeVisible();
  await second.getByRole('dialog').getByRole('button', { name: '批准施行' }).click();
  await expect(theirs.getByText('已批准')).toBeVisible();
  const coming = second.getByRole('table', { name: '各版规定' }).getByRole('row').filter({ hasText: shown });
  await expect(coming.getByText('尚未施行')).toBeVisible();
  await expect(coming.getByText('30%')).toBeVisible();
  await expectAccessible(second);
  await photograph(second, 'approved');

  await page.reload();
  await waiting.getByRole('button', { name: '撤回' }).click();
  await dialog.getByLabel('原因').fill('日期写错');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '撤回' }).click();
  await expect(waiting.getByText('已撤回')).toBeVisible();
  await expect(rules.getByRole('row').filter({ hasText: shown })).toHaveCount(0);
  await expect(inForce).toHaveCount(1);
  await expectAccessible(page);
});
