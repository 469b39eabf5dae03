// A school records a training and a certificate; a colleague checks them from the work list, and who serves at the
// county's service point verifies; the learner sees them. The province says what a day is, and the schools read it.
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { expect, test } from '../world';

test('a training and a certificate are recorded, checked by another, and seen by the learner', async ({
  page,
  world,
  anotherPerson,
}) => {
  const office = await world.account('school_office');
  const learner = await world.account('learner');
  await world.logIn(page, office, '/classes?state=running');
  await page.getByRole('link', { name: '2026年春 织里童装厂班' }).click();
  await page.getByRole('main').getByRole('link', { name: '技能', exact: true }).click();
  await expect(page.getByRole('link', { name: learner.display_name })).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'class-skills');
  await page.getByRole('link', { name: learner.display_name }).click();
  await expect(page.getByRole('heading', { level: 1, name: learner.display_name })).toBeVisible();

  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: '登记培训' }).click();
  await dialog.getByRole('button', { name: '登记', exact: true }).click();
  await expect(dialog.getByText('请填写这一项。').first()).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel('职业（工种）', { exact: true }).fill('缝纫工');
  await dialog.getByLabel('职业（工种）代码').fill('6-05-01-03');
  await dialog.getByLabel('归口部门').selectOption({ label: '人社部门' });
  await dialog.getByLabel('理论成绩').fill('86');
  await dialog.getByLabel('培训单位').fill('织里镇成校');
  await dialog.getByLabel('学时').fill('40');
  await dialog.getByLabel('开始日期').fill('2026-10-01');
  await dialog.getByLabel('结束日期').fill('2026-10-20');
  await photograph(page, 'training-form');
  await dialog.getByRole('button', { name: '登记', exact: true }).click();
  await expect(page.getByText('已登记，等待另一人核验。')).toBeVisible();
  // The page is drawn anew with the training in it.
  await expect(page.getByText('您已登记或初核，须由另一人核验。')).toBeVisible();

  await page.getByRole('button', { name: '登记证书' }).click();
  await dialog.getByLabel('证书种类').selectOption({ label: '职业技能等级证书' });
  await dialog.getByLabel('职业（工种）').fill('缝纫工');
  await dialog.getByLabel('等级').selectOption({ label: '中级（四级）' });
  await dialog.getByLabel('发证机构').fill('吴兴区人社局');
  await dialog.getByLabel('证书编号').fill('Y000033050001');
  await dialog.getByLabel('发证日期').fill('2026-10-25');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '登记', exact: true }).click();
  await expect(page.getByText('编号 Y000033050001')).toBeVisible();
  await expect(page.getByText('您已登记或初核，须由另一人核验。').first()).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'record');

  const { page: colleague } = await anotherPerson();
  await world.logIn(colleague, { ...office, login_name: 'zhilihead' });
  await expect(colleague.getByRole('link', { name: '有 1 本技能证书等待核验' })).toBeVisible();
  await expectAccessible(colleague);
  await photograph(colleague, 'desk');
  await colleague.getByRole('link', { name: '有 1 条技能培训等待核验' }).click();
  await expect(colleague.getByRole('heading', { level: 1, name: '技能' })).toBeVisible();
  await expectAccessible(colleague);
  await photograph(colleague, 'skills');
  await colleague.getByRole('link', { name: learner.display_name }).click();
  await colleague.getByRole('button', { name: '核验通过 缝纫工' }).first().click();
  await expect(colleague.getByText('待复核').first()).toBeVisible();
  await expect(colleague.getByText('已核验 0 学时')).toBeVisible();
  const certificate = colleague.getByRole('listitem').filter({ hasText: 'Y000033050001' });
  await certificate.getByRole('button', { name: '不通过 缝纫工' }).click();
  await colleague.getByRole('dialog').getByLabel('原因').fill('编号少一位');
  await expectAccessible(colleague);
  await colleague.getByRole('dialog').getByRole('button', { name: '不通过', exact: true }).click();
  await expect(certificate.getByText('未通过')).toBeVisible();
  await photograph(colleague, 'checked');

  const { page: clerk } = await anotherPerson();
  await world.logIn(clerk, await world.account('service_point_clerk'));
  await clerk.getByRole('link', { name: '有 1 条技能培训等待核验' }).click();
  await expect(clerk.getByText('只看等待本人核验的。')).toBeVisible();
  await expectAccessible(clerk);
  await clerk.getByRole('link', { name: learner.display_name }).click();
  await clerk.getByRole('button', { name: '核验通过 缝纫工' }).first().click();
  await expect(clerk.getByText('已核验 40 学时')).toBeVisible();
  await expectAccessible(clerk);

  const { page: owner } = await anotherPerson();
  await world.logIn(owner, learner, '/progress');
  await expect(owner.getByRole('heading', { name: '我的技能' })).toBeVisible();
  await expect(owner.getByText('原因：编号少一位')).toBeVisible();
  await expectAccessible(owner);
  await photograph(owner, 'own-skills');
});

test('the province says what a day is, and the schools read it', async ({ page, world, anotherPerson }) => {
  await world.logIn(page, await world.account('province_office'));
  await page.getByRole('link', { name: '放假安排' }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: '放假安排' })).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: '国庆节' }).first()).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'holidays');
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: '添加日期' }).click();
  await dialog.getByRole('button', { name: '保存安排' }).click();
  await expect(dialog.getByText('请填写这一项。').first()).toBeVisible();
  await dialog.getByLabel('日期').fill('2027-01-01');
  await dialog.getByLabel('名称').fill('元旦');
  await expectAccessible(page);
  await photograph(page, 'say');
  await dialog.getByRole('button', { name: '保存安排' }).click();
  const row = page.getByRole('row').filter({ hasText: '2027年01月01日' });
  await expect(row.getByText('放假')).toBeVisible();
  await row.getByRole('button', { name: /修改/ }).click();
  await dialog.getByText('平常日', { exact: true }).click();
  await dialog.getByRole('button', { name: '保存安排' }).click();
  await expect(row.getByText('平常日')).toBeVisible();

  const { page: school } = await anotherPerson();
  await world.logIn(school, await world.account('school_office'), '/holidays');
  await expect(school.getByRole('row').filter({ hasText: '国庆节' }).first()).toBeVisible();
  await expect(school.getByRole('button', { name: '添加日期' })).toHaveCount(0);
  await expectAccessible(school);
});
