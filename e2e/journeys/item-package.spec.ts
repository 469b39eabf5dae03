// An author has a package of another system: what is in it is told file by file, and what can be read comes in.
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { expect, test } from '../world';

const PACKAGE = 'fixtures/items.zip';
/** Typed in a word processor, whose lists letter the options. */
const DOCUMENT = 'fixtures/items.docx';

test('of a QTI package the items that are understood are imported', async ({ page, world }) => {
  await world.logIn(page, await world.account('item_author'), '/items/import');
  await page.getByLabel('课程', { exact: true }).selectOption({ label: '成人高中数学' });
  await page.getByLabel('格式').selectOption({ label: 'QTI 包（.zip）' });
  await page.getByRole('button', { name: '检查' }).click();
  await expect(page.getByText('请选择文件。')).toBeVisible();
  await page.getByLabel('或者选择文件').setInputFiles(PACKAGE);
  await expect(page.getByText('请选择文件。')).toHaveCount(0);
  await page.getByRole('button', { name: '检查' }).click();
  await expect(page.getByText('items/order.xml 第 4 行：“graphicOrderInteraction”这种题还不能导入')).toBeVisible();
  await expect(page.getByText('items/city.xml 第 15 行：“modalFeedback”没有带过来')).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'package');

  await page.getByRole('button', { name: '只导入选中的 2 题' }).click();
  await expect(page.getByRole('main').getByText('已导入 2 题。')).toBeVisible();
  await expect(page.getByRole('main').getByText('1 道题的原文已保留', { exact: false })).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: '我的题目' }).click();
  const originals = page.getByRole('region', { name: '看不懂的题目原文' });
  const download = page.waitForEvent('download');
  await originals.getByRole('button', { name: '取回原文 items/order.xml' }).click();
  expect((await download).suggestedFilename()).toBe('order.xml');
  await expectAccessible(page);
  for (const stem of ['安徽的省会是哪里？', '为什么秋天要收割？']) {
    await expect(page.getByRole('row').filter({ hasText: stem })).toHaveCount(1);
  }
});

test('a document of a word processor is read as its author sees it', async ({ page, world }) => {
  await world.logIn(page, await world.account('item_author'), '/items/import');
  await page.getByLabel('课程', { exact: true }).selectOption({ label: '成人高中数学' });
  await page.getByLabel('或者选择文件').setInputFiles(DOCUMENT);
  await expect(page.getByLabel('格式')).toHaveValue('docx');
  await page.getByRole('button', { name: '检查' }).click();
  await expect(page.getByRole('checkbox', { name: /等腰三角形有几条对称轴/ })).toBeChecked();
  await expectAccessible(page);
  await page.getByRole('button', { name: '导入 2 题' }).click();
  await expect(page.getByRole('main').getByText('已导入 2 题。')).toBeVisible();
});
