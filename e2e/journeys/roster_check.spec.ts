// A town confirms its roster; the county looks at the people that were drawn, and sends it back; the town confirms again.
import { expectAccessible } from '../axe';
import { take } from '../lists';
import { photograph } from '../looks';
import { expect, test } from '../world';

/** The day so many days from today, in China. */
function dayFromNow(days: number): string {
  return new Date(Date.now() + (days * 24 + 8) * 3_600_000).toISOString().slice(0, 10);
}

test('a roster is confirmed, checked by the county, sent back and accepted', async ({ page, world, anotherPerson }) => {
  await world.logIn(page, await world.accountOf('zhilioffice'), '/roster');
  // A survey of this season begins; it counts its own visits alone.
  await page.getByRole('link', { name: '排摸轮次' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '排摸轮次' })).toBeVisible();
  await page.getByLabel('轮次名称').fill('秋季排摸');
  await page.getByLabel('开始日期').fill(dayFromNow(0));
  await page.getByLabel('结束日期').fill(dayFromNow(30));
  await page.getByRole('button', { name: '开始新一轮' }).click();
  const round = page.getByRole('row').filter({ hasText: '秋季排摸' });
  await expect(round.getByText('进行中')).toBeVisible();
  await expectAccessible(page);
  await round.getByRole('link').first().click();
  await expect(page.getByRole('button', { name: '不分轮次' })).toBeVisible();
  await expectAccessible(page);
  await page.goto(world.at('/roster'));
  await page.getByRole('link', { name: '花名册核查' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '花名册核查' })).toBeVisible();
  const confirm = async (): Promise<void> => {
    await page.getByRole('button', { name: '确认花名册无误' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '确认花名册无误' }).click();
    await expect(page.getByRole('row').filter({ hasText: '待核查' })).toHaveCount(1);
  };
  await confirm();
  await expectAccessible(page);
  await photograph(page, 'confirmed');

  const { page: county } = await anotherPerson();
  await world.logIn(county, await world.account('county_bureau'));
  const openCheck = async (): Promise<void> => {
    await county.goto(world.at('/desk'));
    await county.getByRole('main').getByRole('link', { name: /份花名册等待核查/ }).click();
    await county.getByRole('region', { name: '花名册核查' }).getByRole('link').first().click();
    await expect(county.getByText('随机种子')).toBeVisible();
    await expect(county.getByRole('button', { name: '记录' }).first()).toBeVisible();
  };
  const note = async (nth: number, finding: string, text: string): Promise<void> => {
    const before = await county.locator('dl.facts').locator('div').filter({ hasText: '已核查' }).locator('dd').innerText();
    await county.getByRole('button', { name: '记录' }).nth(nth).click();
    const dialog = county.getByRole('dialog');
    await dialog.getByLabel('核查结果').selectOption({ label: finding });
    await dialog.getByLabel('说明').fill(text);
    await dialog.getByRole('button', { name: '记录' }).click();
    const found = county.locator('dl.facts').locator('div').filter({ hasText: '已核查' }).locator('dd');
    await expect(found).toHaveText(String(Number(before) + 1));
  };
  await openCheck();
  await expectAccessible(county);
  await note(0, '不对', '学历与毕业证不符');
  await photograph(county, 'checked');
  await county.getByRole('button', { name: '退回改正' }).click();
  await county.getByRole('dialog').getByLabel('原因').fill('抽查有误');
  await county.getByRole('dialog').getByRole('button', { name: '退回改正' }).click();
  await expect(county.getByText('已退回', { exact: true })).toBeVisible();

  await page.goto(world.at('/desk'));
  await page.getByRole('main').getByRole('link', { name: /份花名册核查未通过/ }).click();
  await page.getByRole('region', { name: '花名册核查' }).getByRole('link').first().click();
  await expect(page.getByText('学历与毕业证不符')).toBeVisible();
  await expectAccessible(page);
  await page.goto(world.at('/roster/checks'));
  await confirm();

  await openCheck();
  const drawn = await county.getByRole('button', { name: '记录' }).count();
  for (let nth = 0; nth < drawn; nth += 1) {
    await note(nth, '属实', '');
  }
  await county.getByRole('button', { name: '核查通过' }).click();
  await county.getByRole('dialog').getByRole('button', { name: '核查通过' }).click();
  await expect(county.getByText('已通过', { exact: true })).toBeVisible();
  await expectAccessible(county);

  await county.goto(world.at('/roster/checks'));
  const rows = county.getByRole('rowheader');
  await expect(rows).toHaveCount(2);
  await county.getByRole('group', { name: '状态' }).getByText('已退回', { exact: true }).click();
  await expect(rows).toHaveCount(1);
  expect((await take(county)).rows).toBe(1);
  await expectAccessible(county);
  await county.getByLabel('只看').selectOption({ label: '八里店镇' });
  await expect(rows).toHaveCount(0);
});
