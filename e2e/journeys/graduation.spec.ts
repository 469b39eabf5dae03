// On the way to the diploma: the office sees what each learner of its class still lacks, the learner reads the same, and a
// stranger who makes a number up is told that there is no such diploma.
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { expect, test } from '../world';

const CLASS = '2026年春 织里童装厂班';

test('what is missing for the diploma is told to school and learner alike', async ({ page, world, anotherPerson }) => {
  await world.logIn(page, await world.accountOf('zhilioffice'));
  await page.goto(world.at('/classes'));
  await page.getByRole('table').getByRole('link', { name: CLASS }).click();
  await page.getByRole('link', { name: '毕业申报' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '毕业申报' })).toBeVisible();
  await expect(page.getByText('请至少勾选一名学员。')).toBeVisible();
  const row = page.getByRole('main').getByRole('listitem').filter({ hasText: '张秀英' });
  await expect(row.getByText('限选课一门都还没有计入，请选学一门并通过统一测试。')).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'candidates');
  await page.goto(world.at('/graduations'));
  await expect(page.getByText('没有这样的名册。')).toBeVisible();
  await expectAccessible(page);
  await page.goto(world.at('/diplomas'));
  await page.getByLabel('姓名（开头几个字）').fill('张');
  await page.getByRole('button', { name: '查找' }).click();
  await expect(page.getByText('登记册里没有这样的毕业证书。')).toBeVisible();
  await expectAccessible(page);

  const { page: learner } = await anotherPerson();
  await world.logIn(learner, await world.accountOf('zhangxiuying'));
  await learner.goto(world.at('/progress'));
  const missing = learner.getByRole('region', { name: '毕业还差什么' });
  await expect(missing.getByText(/限选课一门都还没有计入/)).toBeVisible();
  await expectAccessible(learner);

  const { page: stranger, alarms } = await anotherPerson();
  await stranger.goto(world.at('/verify'));
  await stranger.getByRole('button', { name: '查询毕业证书' }).click();
  await expect(stranger.getByText('编号不对：应是 18 位数字，请逐位对照证书检查。')).toBeVisible();
  alarms.expectRefusal(404);
  await stranger.getByLabel('毕业证书上的 18 位编号').fill('330199202644999991');
  await stranger.getByLabel('持有人姓名').fill('张三');
  await stranger.getByRole('button', { name: '查询毕业证书' }).click();
  await expect(stranger.getByRole('alert').getByText('没有查到：编号或姓名不对。')).toBeVisible();
  await expectAccessible(stranger);
});

test('a rule of graduation is approved by a second person, and taken back before it begins', async ({ page, world, anotherPerson }) => {
  await world.logIn(page, await world.account('province_office'), '/graduation_rules');
  await expect(page.getByRole('heading', { level: 1, name: '毕业规定' })).toBeVisible();
  const rules = page.getByRole('table', { name: '各版规定' });
  await expect(rules.getByRole('row').filter({ hasText: '金华市' }).getByText('80 学分')).toBeVisible();
  await page.getByRole('button', { name: '提出新规定' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('层次').selectOption({ label: '成人高中' });
  await dialog.getByLabel('施行日期').fill('2092-09-01');
  await dialog.getByLabel('毕业学分').fill('120');
  await dialog.getByLabel('文化学分计入上限').fill('60');
  await dialog.getByLabel('技能学分计入上限').fill('40');
  await dialog.getByLabel('原因').fill('省教育厅通知');
  await dialog.getByRole('button', { name: '提交审批' }).click();
  await expect(dialog.getByText('毕业学分不能多于两部分上限之和')).toBeVisible();
  await dialog.getByLabel('毕业学分').fill('85');
  await expectAccessible(page);
  await photograph(page, 'rule-proposed');
  await dialog.getByRole('button', { name: '提交审批' }).click();
  const waiting = page.getByRole('table', { name: '提出和审批' }).getByRole('row').filter({ hasText: '2092年09月01日' });
  await expect(waiting.getByText('待审批')).toBeVisible();

  const { page: second } = await anotherPerson();
  await world.logIn(second, await world.accountOf('provincehead'), '/desk');
  await second.getByRole('link', { name: /^有 \d+ 条毕业规定等待审批$/ }).click();
  await second.getByRole('button', { name: '批准施行' }).click();
  await second.getByRole('dialog').getByRole('button', { name: '批准施行' }).click();
  const coming = second.getByRole('table', { name: '各版规定' }).getByRole('row').filter({ hasText: '2092年09月01日' });
  await expect(coming.getByText('85 学分')).toBeVisible();
  await expect(coming.getByText('尚未施行')).toBeVisible();
  await expectAccessible(second);

  await page.reload();
  await waiting.getByRole('button', { name: '撤回' }).click();
  await dialog.getByLabel('原因').fill('日期写错');
  await dialog.getByRole('button', { name: '撤回' }).click();
  await expect(waiting.getByText('已撤回')).toBeVisible();
  await expectAccessible(page);
});
