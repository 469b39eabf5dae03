// Duties around a test that are in several hands: who writes an item and who reviews it, who marks and who
// looks at the marks, who is there where a test is sat.
import { expectAccessible } from '../axe';
import { waitingItem } from '../items';
import { photograph } from '../looks';
import { type DemoAccount, expect, test } from '../world';

test('an item is sent back, written anew and put on trial', async ({ page, world, anotherPerson }, testInfo) => {
  const stem = `哪一项是应用文 ${testInfo.project.name}`;
  await world.logIn(page, await world.account('item_author'), '/items/import');
  await page.getByLabel('课程', { exact: true }).selectOption({ label: '成人高中语文' });
  await page.getByLabel('题目文本').fill(`1. ${stem}（　　）\nA. 请假条\nB. 山水诗\n答案：B\n`);
  await page.getByRole('button', { name: '检查' }).click();
  await page.getByRole('button', { name: '导入 1 题' }).click();
  await expect(page.getByText('每道题都要另一位教师审核通过，才能组卷。')).toBeVisible();

  const { page: reviewer } = await anotherPerson();
  await world.logIn(reviewer, await world.account('item_reviewer'));
  await reviewer.getByRole('main').getByRole('link', { name: /道题等您审核/ }).click();
  await expect(reviewer.getByRole('heading', { level: 1, name: '审题' })).toBeVisible();
  await waitingItem(reviewer, stem).getByRole('button').click();
  const dialog = reviewer.getByRole('dialog');
  await expect(dialog.getByText('请假条')).toBeVisible();
  await expectAccessible(reviewer);
  await photograph(reviewer, 'review');
  await dialog.getByLabel('退回原因').fill('请假条才是应用文');
  await dialog.getByRole('button', { name: '退回', exact: true }).click();
  await expect(waitingItem(reviewer, stem)).toHaveCount(0);

  await page.goto(world.at('/desk'));
  await page.getByRole('main').getByRole('link', { name: /道题被退回/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: '我的题目' })).toBeVisible();
  const own = page.getByRole('row').filter({ hasText: stem });
  await expect(own.getByText('请假条才是应用文')).toBeVisible();
  await expectAccessible(page);
  await own.getByRole('button').click();
  const mine = page.getByRole('dialog');
  await expect(mine.getByText('退回原因：请假条才是应用文')).toBeVisible();
  await mine.getByRole('button', { name: '修改' }).click();
  await mine.getByLabel('答案').fill('A');
  await expectAccessible(page);
  await photograph(page, 'revise');
  await mine.getByRole('button', { name: '存为新版本' }).click();
  await expect(page.getByText('已存为第 2 版，等待审核。')).toBeVisible();
  await expect(own).toHaveCount(0);

  await reviewer.goto(world.at('/item_reviews'));
  await waitingItem(reviewer, stem).getByRole('button').click();
  await dialog.getByRole('button', { name: '先试测' }).click();
  await expect(waitingItem(reviewer, stem)).toHaveCount(0);
  await page.goto(world.at('/items/mine'));
  await expect(own.getByText('试测中')).toBeVisible();
});

test('a response is marked, and marked again', async ({ page, world, anotherPerson }) => {
  await world.logIn(page, await world.account('marker'), '/marking');
  await page.getByLabel('给分').fill('1');
  await page.getByRole('button', { name: '给分并看下一份' }).click();
  await expect(page.getByText('已给分。')).toBeAttached();

  const { page: head } = await anotherPerson();
  await world.logIn(head, await world.account('marking_head'));
  await head.getByRole('main').getByRole('link', { name: /个考次正在阅卷/ }).click();
  await expect(head.getByRole('heading', { level: 1, name: '阅卷进度' })).toBeVisible();
  await expect(head.getByRole('region', { name: '阅卷教师' })).toContainText('郑晓岚');
  await expectAccessible(head);
  await photograph(head, 'marking-progress');
  const shown = head.getByRole('article', { name: '考生作答' });
  const before = await shown.count();
  const look = shown.first().getByRole('button', { name: '查看评分要点' });
  await look.click();
  await expect(look).toHaveCount(0);
  await shown.first().getByRole('button', { name: '退回重阅' }).click();
  const dialog = head.getByRole('dialog');
  await dialog.getByLabel('原因').fill('漏看了第二个要点');
  await expectAccessible(head);
  await dialog.getByRole('button', { name: '退回重阅' }).click();
  await expect(head.getByText('已退回，等待重阅。')).toBeVisible();
  await expect(shown).toHaveCount(before - 1);
});

test('a site head sees who comes today, an inspector the numbers alone', async ({ page, world, anotherPerson }) => {
  const accounts = (await (await fetch(world.at('/api/v1/demo_accounts'))).json()) as DemoAccount[];
  const learner = accounts.find((account) => account.role === 'learner')!;
  await world.logIn(page, await world.account('site_head'));
  await page.getByRole('main').getByRole('link', { name: /今天本地有 \d+ 场考试/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: '今天的考试' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: '签到表' }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: '签到表' })).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: learner.display_name })).toHaveCount(1);
  await expectAccessible(page);
  await photograph(page, 'sign-in');

  const { page: inspector } = await anotherPerson();
  await world.logIn(inspector, await world.account('inspector'), '/watch');
  await expect(inspector.getByText('应考').first()).toBeVisible();
  await expect(inspector.getByRole('link', { name: '签到表' })).toHaveCount(0);
  await expectAccessible(inspector);
});
