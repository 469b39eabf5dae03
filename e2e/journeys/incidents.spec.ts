// What a candidate is said to have done: recorded in the room, signed by a second person, heard, decided, told to the
// candidate, and taken back when the next level looks again.
import type { Page } from '@playwright/test';
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { confirm } from '../steps';
import { expect, test } from '../world';

/** Of the demo: has a ticket for the test of today. */
const CANDIDATE = 'shenguoqiang';
const COURSE = '成人高中数学';
const STORY = '开考后两次与邻座交谈，经提醒后停止';

async function decide(page: Page, choice: string, reason: string, verb: string): Promise<void> {
  await page.getByLabel('原因').fill(reason);
  await page.getByRole('button', { name: verb, exact: true }).click();
  // Nothing is decided that nobody chose.
  await expect(page.getByText('请填写这一项。')).toBeVisible();
  await page.getByRole('radio', { name: choice }).check();
  await expectAccessible(page);
  await page.getByRole('button', { name: verb, exact: true }).click();
  await expect(page.getByText('已办理，考生可以看到结论。')).toBeAttached();
}

test('an incident is recorded, settled and looked at again', async ({ page, world, anotherPerson }) => {
  test.setTimeout(240_000);
  const candidate = await world.accountOf(CANDIDATE);
  const person = async (name: string): Promise<Page> => {
    const { page } = await anotherPerson();
    await world.logIn(page, await world.accountOf(name));
    return page;
  };

  await world.logIn(page, await world.accountOf('invigilator'), '/watch');
  const today = page.getByRole('region').filter({ hasText: COURSE }).first();
  await today.getByRole('link', { name: '记录违规' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '记录违规' })).toBeVisible();
  await page.getByRole('button', { name: '记录违规' }).click();
  for (const label of ['考生', '行为', '经过']) {
    await expect(page.getByLabel(label, { exact: true })).toHaveAttribute('aria-invalid', 'true');
  }
  const who = page.getByLabel('考生', { exact: true });
  const ticket = await who.locator('option', { hasText: candidate.display_name }).getAttribute('value');
  await who.selectOption(ticket);
  await page.getByLabel('行为', { exact: true }).selectOption('whispering');
  await expect(page.getByText('这一科成绩无效')).toBeVisible();
  await page.getByLabel('经过', { exact: true }).fill(STORY);
  await expectAccessible(page);
  await photograph(page, 'record-incident');
  await page.getByRole('button', { name: '记录违规' }).click();
  await expect(page.getByRole('heading', { level: 1, name: `${candidate.display_name} · 旁窥` })).toBeVisible();
  await expect(page.getByText('等第二人签名')).toBeVisible();
  await expect(page.getByText('等当天在场的另一位监考教师、主考或巡视员签名。')).toBeVisible();
  await expect(page.getByRole('button', { name: '签名确认' })).toHaveCount(0);
  await expectAccessible(page);
  const incident = page.url();

  const inspector = await person('inspector');
  await inspector.goto(incident);
  await expect(inspector.getByText(STORY)).toBeVisible();
  await confirm(inspector, '签名确认');
  await expect(inspector.getByText('等听取陈述')).toBeVisible();

  await page.reload();
  await page.getByLabel('陈述内容').fill('我在借橡皮');
  await expectAccessible(page);
  await page.getByRole('button', { name: '保存陈述' }).click();
  await expect(page.getByText('等认定')).toBeVisible();

  const administrator = await person('exam1');
  await administrator.goto(world.at('/incidents'));
  await administrator.getByRole('radio', { name: '等认定' }).check();
  await expectAccessible(administrator);
  await photograph(administrator, 'incidents');
  await administrator.getByRole('row').filter({ hasText: candidate.display_name }).getByRole('link').click();
  await decide(administrator, '认定属实', '监控录像为证', '认定');
  await photograph(administrator, 'incident');

  const learner = await person(CANDIDATE);
  await learner.goto(world.at('/results'));
  await expect(learner.getByText('没有列在这里')).toBeVisible();
  await learner.goto(world.at('/learn'));
  await expect(learner.getByText(/可以在 .+ 以前申请复核/)).toBeVisible();
  await learner.getByRole('link', { name: /考场违规记录/ }).click();
  const told = learner.getByRole('region', { name: /考场违规记录/ });
  await expect(told.getByText('认定属实，这一科成绩无效。')).toBeVisible();
  await expectAccessible(learner);
  await photograph(learner, 'my-incident');
  await told.getByRole('button', { name: '申请复核' }).click();
  const dialog = learner.getByRole('dialog');
  await dialog.getByLabel('原因').fill('我是在借橡皮，没有交谈试题');
  await expectAccessible(learner);
  await dialog.getByRole('button', { name: '申请复核' }).click();
  await expect(told.getByText('您的复核申请正在办理。')).toBeVisible();

  const office = await person('provinceoffice');
  await office.goto(incident);
  await expect(office.getByText('以前答复考生。')).toBeVisible();
  await decide(office, '撤销认定', '录像不能证明交谈了试题', '复核');
  await learner.reload();
  await expect(told.getByText('没有认定违规，不影响您的成绩。')).toBeVisible();
  await expect(told.getByRole('button')).toHaveCount(0);
});

test('who cheats gravely is banned for years, until the decision is taken back', async ({ page, world, anotherPerson }) => {
  test.setTimeout(240_000);
  const candidate = await world.accountOf('zhangxiuying');
  const person = async (name: string): Promise<Page> => {
    const { page } = await anotherPerson();
    await world.logIn(page, await world.accountOf(name));
    return page;
  };

  await world.logIn(page, await world.accountOf('invigilator'), '/watch');
  const today = page.getByRole('region').filter({ hasText: COURSE }).first();
  await today.getByRole('link', { name: '记录违规' }).click();
  const who = page.getByLabel('考生', { exact: true });
  await who.selectOption(await who.locator('option', { hasText: candidate.display_name }).getAttribute('value'));
  await page.getByLabel('行为', { exact: true }).selectOption('sending_device');
  await page.getByLabel('经过', { exact: true }).fill('开考后使用手机对外发送试题');
  await page.getByRole('button', { name: '记录违规' }).click();
  await expect(page.getByText('等第二人签名')).toBeVisible();
  const incident = page.url();

  const inspector = await person('inspector');
  await inspector.goto(incident);
  await confirm(inspector, '签名确认');
  await expect(inspector.getByText('等听取陈述')).toBeVisible();
  await page.reload();
  await page.getByLabel('陈述内容').fill('我只是看时间');
  await page.getByRole('button', { name: '保存陈述' }).click();
  await expect(page.getByText('等认定')).toBeVisible();

  const administrator = await person('exam1');
  await administrator.goto(incident);
  await expect(administrator.getByLabel('停考', { exact: true })).toHaveCount(0);
  await administrator.getByRole('radio', { name: '认定属实' }).check();
  await administrator.getByLabel('停考', { exact: true }).selectOption('2');
  await administrator.getByLabel('原因').fill('手机和监控录像为证');
  await expectAccessible(administrator);
  await administrator.getByRole('button', { name: '认定', exact: true }).click();
  await expect(administrator.getByText(/停考到 .+期内不能报名/)).toBeVisible();

  const learner = await person('zhangxiuying');
  await learner.goto(world.at('/exams'));
  const told = learner.getByRole('region', { name: /考场违规记录/ });
  await expect(told.getByText(/停考到 .+期内不能报名/)).toBeVisible();
  await expectAccessible(learner);
  await told.getByRole('button', { name: '申请复核' }).click();
  const dialog = learner.getByRole('dialog');
  await dialog.getByLabel('原因').fill('我没有发送任何内容');
  await dialog.getByRole('button', { name: '申请复核' }).click();
  await expect(told.getByText('您的复核申请正在办理。')).toBeVisible();

  const office = await person('provinceoffice');
  await office.goto(incident);
  await office.getByRole('radio', { name: '撤销认定' }).check();
  await expect(office.getByLabel('停考', { exact: true })).toHaveCount(0);
  await office.getByLabel('原因').fill('手机里没有发送记录');
  await office.getByRole('button', { name: '复核', exact: true }).click();
  await expect(office.getByText(/停考到/)).toHaveCount(0);
  await learner.reload();
  await expect(told.getByText('没有认定违规，不影响您的成绩。')).toBeVisible();
  await expect(told.getByText(/停考到/)).toHaveCount(0);
});
