// A learner who has come to need a wheelchair applies for a seat that it reaches, with a photo of a paper; county and city
// grant it, one after the other; he reads what they said, and gives it up when he walks again.
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { confirm } from '../steps';
import { expect, test } from '../world';

/** Of the demo: studies at the senior level, at the school of the township. */
const LEARNER = { login_name: 'shenguoqiang', name: '沈国强' };
const PHOTO = '../backend/demo/courses/GSX01/wage.png';

test('what somebody needs at tests is applied for and granted', async ({ page, world, anotherPerson }) => {
  test.setTimeout(180_000);
  await world.logIn(page, { ...(await world.account('learner')), login_name: LEARNER.login_name }, '/exams');
  const card = page.getByRole('region', { name: '考试便利' });
  await card.getByRole('button', { name: '申请考试便利' }).click();
  const dialog = page.getByRole('dialog');
  const send = dialog.getByRole('button', { name: '提交申请' });
  await send.click();
  await expect(dialog.getByText('请填写这一项。').first()).toBeVisible();
  await expect(dialog.getByRole('radio', { name: '延长 30% 的作答时间' })).toBeVisible();
  await dialog.getByRole('checkbox', { name: '轮椅可到的座位' }).check();
  await dialog.getByLabel('原因').fill('右腿骨折，坐轮椅');
  await expectAccessible(page);
  await photograph(page, 'apply');
  await send.click();
  await expect(card.getByText('等待县（市、区）审核')).toBeVisible();
  await card.getByLabel('拍照上传 证明材料').setInputFiles(PHOTO);
  await expect(card.getByText('证明材料已收到，等待办理。')).toBeVisible();
  await expectAccessible(page);

  for (const [role, words, next] of [
    ['county_bureau', '考试便利申请等待审核', '等待市核准'],
    ['city_auditor', '考试便利申请等待核准', '已同意'],
  ] as const) {
    const { page: office } = await anotherPerson();
    await world.logIn(office, await world.account(role));
    await office.getByRole('link', { name: new RegExp(words) }).click();
    await expectAccessible(office);
    await office.getByRole('link', { name: LEARNER.name }).click();
    await expect(office.getByRole('heading', { level: 1, name: LEARNER.name })).toBeVisible();
    await expect(office.getByText('轮椅可到的座位')).toBeVisible();
    await office.getByRole('button', { name: '查看证明材料' }).click();
    await expect(office.getByRole('img', { name: '证明材料' })).toBeVisible();
    await office.keyboard.press('Escape');
    await office.getByRole('radio', { name: '同意', exact: true }).check();
    await office.getByLabel('原因').fill('诊断证明属实');
    // A day that is half written is no day, and does not make it count for good.
    await office.getByRole('radio', { name: '到某一天为止' }).check();
    await office.getByLabel('有效期到').pressSequentially('1');
    await office.getByRole('button', { name: '办理申请' }).click();
    await expect(office.getByText('请填写这一项。').first()).toBeVisible();
    await expectAccessible(office);
    await office.getByRole('radio', { name: '长期有效' }).check();
    await office.getByRole('button', { name: '办理申请' }).click();
    await expect(office.getByText(next, { exact: true })).toBeVisible();
    await expect(office.getByRole('button', { name: '办理申请' })).toHaveCount(0);
  }

  await page.reload();
  await expect(card.getByText('已同意', { exact: true })).toBeVisible();
  await expect(card.getByText('长期有效')).toBeVisible();
  await expect(card.getByText('诊断证明属实')).toHaveCount(2);
  await expectAccessible(page);
  await confirm(page, '撤回');
  await expect(card.getByText('已撤回', { exact: true })).toBeVisible();
  await expect(card.getByRole('button', { name: '申请考试便利' })).toBeVisible();
});
