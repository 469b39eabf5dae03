// Somebody was entered twice, by a number that was misread. The township proposes that both are one, two
// of the county bureau approve it, and one of them undoes it.
import type { Page } from '@playwright/test';
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { expect, test } from '../world';

/** Nobody has this number: none begins with 330199. */
const MISREAD = '330199198304120248';
const NOBODYS = '330199198304120264';
const MASKED = '3301**********0248';
const RIGHT = '3301**********0221';
const NAME = '顾春梅';
const MERGE = `${NAME} 并入 ${NAME}`;

/** Enters somebody who is there already under another number. */
async function enterTwice(page: Page, at: (path: string) => string): Promise<void> {
  await page.goto(at('/people/new'));
  await page.getByLabel('姓名').fill(NAME);
  await page.getByLabel('证件号码', { exact: true }).fill(MISREAD);
  await page.getByLabel('手机号码').fill('19900000001');
  await page.getByRole('button', { name: '登记', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: NAME })).toBeVisible();
  await expect(page.getByText(MASKED).first()).toBeVisible();
}

/** Approves the only merge that waits. */
async function approve(page: Page): Promise<void> {
  await page.getByRole('link', { name: '有 1 次合并等待同意' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '人员合并' })).toBeVisible();
  await page.getByRole('button', { name: '同意合并', exact: true }).click();
  const question = page.getByRole('dialog', { name: '同意这次合并？' });
  await expect(question).toBeVisible();
  await expectAccessible(page);
  await question.getByRole('button', { name: '同意合并', exact: true }).click();
}

test('two records of one person become one, and two again', async ({ page, world, anotherPerson, alarms }) => {
  const at = (path: string): string => world.at(path);
  const shot = async (who: Page, name: string): Promise<void> => {
    await photograph(who, name);
  };
  await world.logIn(page, await world.account('school_office'));
  await enterTwice(page, at);
  await page.goto(at('/merges'));
  await page.getByRole('link', { name: '疑似重复登记' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '疑似重复登记' })).toBeVisible();
  const entries = page.getByRole('region', { name: `${NAME} 1983年` }).getByRole('listitem');
  await expect(entries.filter({ hasText: RIGHT })).toBeVisible();
  await expectAccessible(page);
  await shot(page, 'namesakes');
  await entries.filter({ hasText: MASKED }).getByRole('link', { name: NAME }).click();
  await expect(page.getByRole('heading', { level: 1, name: NAME })).toBeVisible();
  await page.getByRole('link', { name: '重复与合并' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '找出同一个人的另一条登记' })).toBeVisible();
  const twin = page.getByRole('row').filter({ hasText: RIGHT });
  await expect(twin.getByText('姓名、')).toBeVisible();
  await expectAccessible(page);
  await shot(page, 'duplicates');
  // Who is kept elsewhere is asked for by the document alone; nobody is kept by this one.
  await page.getByLabel('证件号码', { exact: true }).fill(NOBODYS);
  await page.getByRole('button', { name: '向其他地方申请合并' }).click();
  const across = page.getByRole('dialog', { name: '向其他地方申请合并' });
  await across.getByLabel('为什么会有两条').selectOption({ label: '并入的那条证件号码登记错了' });
  await across.getByLabel('原因').fill('本人说在外县登记过');
  await expectAccessible(page);
  alarms.expectRefusal(422);
  await across.getByRole('button', { name: '提出申请' }).click();
  await expect(across.getByText('没有找到这个证件号码', { exact: false })).toBeVisible();
  await across.getByRole('button', { name: '关闭' }).click();
  await twin.getByRole('link', { name: '比对' }).click();

  await expect(page.getByRole('heading', { level: 1, name: '比对两条登记' })).toBeVisible();
  await expect(page.getByText('建议改为保留另一条')).toBeVisible();
  await page.getByRole('link', { name: '改为保留另一条' }).click();
  await expect(page.getByText('建议保留这一条')).toBeVisible();
  const document = page.getByRole('row').filter({ hasText: RIGHT });
  await expect(document.getByText(MASKED)).toBeVisible();
  await expect(page.getByRole('rowheader', { name: '学籍' })).toBeVisible();
  await expectAccessible(page);
  await shot(page, 'compare');
  const propose = page.getByRole('button', { name: '提出合并' });
  await propose.click();
  await expect(page.getByText('请填写这一项。').first()).toBeVisible();
  await page.getByLabel('为什么会有两条').selectOption({ label: '并入的那条证件号码登记错了' });
  await page.getByLabel('怎么核实是同一个人').fill('核对了身份证原件');
  await expectAccessible(page);
  await propose.click();
  await expect(page.getByRole('heading', { level: 1, name: '人员合并' })).toBeVisible();
  const merge = page.getByRole('region', { name: MERGE });
  await expect(merge.getByText('等待第一次同意')).toBeVisible();
  await expect(merge.getByRole('button', { name: '撤回' })).toBeVisible();
  await expect(merge.getByRole('button', { name: '同意合并' })).toHaveCount(0);
  await expectAccessible(page);

  const bureau = await world.account('county_bureau');
  const { page: first } = await anotherPerson();
  await world.logIn(first, bureau);
  await approve(first);
  await expect(first.getByRole('region', { name: MERGE }).getByText('等待第二次同意')).toBeVisible();
  await expect(first.getByText('您已同意，请另一位同意。')).toBeVisible();
  await expectAccessible(first);

  const { page: second } = await anotherPerson();
  await world.logIn(second, { ...bureau, login_name: 'countyhead' });
  await approve(second);
  await expect(second.getByRole('region', { name: MERGE }).getByText('已合并', { exact: true })).toBeVisible();
  await expect(second.getByText('还可以撤销30天')).toBeVisible();
  await expectAccessible(second);
  await shot(second, 'merged');
  await page.goto(at('/people'));
  await expect(page.getByRole('link', { name: NAME })).toHaveCount(1);
  await page.getByRole('link', { name: NAME }).click();
  await expect(page.getByRole('region', { name: '证件记录', exact: true }).getByText(MASKED)).toBeVisible();
  await shot(page, 'survivor');

  await second.getByRole('button', { name: '撤销合并' }).click();
  const dialog = second.getByRole('dialog', { name: '撤销这次合并？' });
  const undo = dialog.getByRole('button', { name: '撤销合并' });
  await undo.click();
  await expect(dialog.getByText('请填写这一项。')).toBeVisible();
  await expectAccessible(second);
  await dialog.getByLabel('原因').fill('是两个同名的人');
  await undo.click();
  await expect(second.getByRole('region', { name: MERGE }).getByText('已撤销', { exact: true })).toBeVisible();
  await expect(second.getByText('是两个同名的人')).toBeVisible();
  await expectAccessible(second);
  await page.goto(at('/people'));
  await expect(page.getByRole('link', { name: NAME })).toHaveCount(2);
});

test('one bureau officer does not agree, and says why', async ({ page, world, anotherPerson }) => {
  await world.logIn(page, await world.account('school_office'), '/people');
  await page.getByRole('link', { name: '潘小燕' }).click();
  await page.getByRole('link', { name: '重复与合并' }).click();
  await expect(page.getByText('没有姓名或手机号码相同的人')).toBeVisible();
  await page.getByLabel('证件号码', { exact: true }).fill('330199197103030938');
  await page.getByRole('button', { name: '查找并比对' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '比对两条登记' })).toBeVisible();
  const compared = page.url();
  await page.getByLabel('为什么会有两条').selectOption({ label: '本人换过证件号码，并入的那条是旧号码' });
  await page.getByLabel('怎么核实是同一个人').fill('村里说是同一个人');
  await page.getByRole('button', { name: '提出合并' }).click();
  const proposed = page.getByRole('region', { name: '卢国平 并入 潘小燕' });
  await expect(proposed.getByText('等待第一次同意')).toBeVisible();
  await page.goto(compared);
  await expect(page.getByText('其中一条登记已有一次合并在等待同意。')).toBeVisible();
  await expect(page.getByRole('button', { name: '提出合并' })).toHaveCount(0);
  await expectAccessible(page);

  const { page: bureau } = await anotherPerson();
  await world.logIn(bureau, await world.account('county_bureau'), '/merges');
  const merge = bureau.getByRole('region', { name: '卢国平 并入 潘小燕' });
  await merge.getByRole('button', { name: '不同意' }).click();
  const dialog = bureau.getByRole('dialog', { name: '不同意这次合并？' });
  await dialog.getByLabel('原因').fill('性别都不同，是两个人');
  await dialog.getByRole('button', { name: '不同意' }).click();
  await expect(merge.getByText('未同意').first()).toBeVisible();
  await expect(merge.getByText('性别都不同，是两个人')).toBeVisible();
  await expectAccessible(bureau);
});
