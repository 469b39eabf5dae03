// An author says of several items at once what they are about: what would become of each is looked at before, and an
// item that is described in part only is told of.
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { expect, test } from '../world';

const COURSE = '成人高中数学';
const TEXT = '1. 正六边形的内角和等于多少度（　）\nA. 七百二十\nB. 五百四十\n答案：A\n\n2.（判断）零是最小的自然数。\n答案：正确\n';
const STEMS = ['正六边形的内角和', '零是最小的自然数'];

test('several items are described at once, after a look at what becomes of them', async ({ page, world }) => {
  await world.logIn(page, await world.account('item_author'), '/items/import');
  await page.getByLabel('课程', { exact: true }).selectOption({ label: COURSE });
  await page.getByLabel('题目文本').fill(TEXT);
  await page.getByRole('button', { name: '检查' }).click();
  await page.getByRole('button', { name: '导入 2 题' }).click();
  await expect(page.getByRole('main').getByText('已导入 2 题。')).toBeVisible();

  await page.goto(world.at('/items'));
  await page.getByLabel('课程', { exact: true }).selectOption({ label: COURSE });
  for (const stem of STEMS) await page.getByRole('checkbox', { name: stem }).check();
  await page.getByRole('button', { name: '批量修改（2 题）' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('模块').fill('图形与数');
  await dialog.getByRole('button', { name: '预览' }).click();
  await expect(dialog.getByText('有 2 题不能这样改', { exact: false })).toBeVisible();
  await expect(dialog.getByRole('listitem').filter({ hasText: '模块、能力层次和难度都要写' })).toHaveCount(2);
  await expectAccessible(page);
  await photograph(page, 'refused');

  await dialog.getByLabel('能力层次').selectOption({ label: '领会' });
  await dialog.getByLabel('难度').fill('0.7');
  await dialog.getByRole('button', { name: '预览' }).click();
  await expect(dialog.getByRole('listitem').filter({ hasText: '图形与数' })).toHaveCount(2);
  await expectAccessible(page);
  await photograph(page, 'looked');
  // What was looked at is not done while the form says something else.
  const change = dialog.getByRole('button', { name: '修改这 2 题' });
  await dialog.getByLabel('难度').fill('0.8');
  await expect(change).toHaveCount(0);
  await dialog.getByLabel('难度').fill('0.7');
  await change.click();
  await expect(page.getByText('已修改 2 题。')).toBeVisible();
  for (const stem of STEMS) {
    await expect(page.getByRole('row').filter({ hasText: stem })).toContainText('图形与数');
  }
});
