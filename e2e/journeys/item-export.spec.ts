// An author takes items away for another system: what it has no place for is told before, and the rest is in the file.
import { readFile } from 'node:fs/promises';
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { hold } from '../steps';
import { expect, test } from '../world';

const COURSE = '成人高中数学';
const TEXT = '1. 圆有几条对称轴？\nA. 一条\nB. 无数条\n答案：B\n解析：每条直径所在的直线都是。\n\n' +
  '2.（排序题）从小到大排好。\n答案：\n零点五\n一点五\n二点五\n';

// A worker between page and network is not heard by what stands between them here.
test.use({ serviceWorkers: 'block' });

test('items are taken away in a format of another system, and what is lost is told before', async ({ page, world }) => {
  await world.logIn(page, await world.account('item_author'), '/items/import');
  await page.getByLabel('课程', { exact: true }).selectOption({ label: COURSE });
  await page.getByLabel('题目文本').fill(TEXT);
  await page.getByRole('button', { name: '检查' }).click();
  await page.getByRole('button', { name: '导入 2 题' }).click();
  await expect(page.getByRole('main').getByText('已导入 2 题。')).toBeVisible();

  await page.goto(world.at('/items'));
  await page.getByLabel('课程', { exact: true }).selectOption({ label: COURSE });
  await page.getByRole('button', { name: '导出题目' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/^文件里有 \d+ 题。$/)).toBeVisible();
  // Nobody takes a file of a format while only another one's losses are told.
  const { isLetGo, letGo } = hold();
  const previews = '**/api/v1/items/exports/preview';
  await page.route(previews, async (route) => {
    await isLetGo;
    await route.continue();
  });
  await dialog.getByLabel('文件格式').selectOption({ label: 'Moodle GIFT' });
  await expect(dialog.getByRole('button', { name: '导出文件' })).toHaveCount(0);
  letGo();
  await expect(dialog.getByText(/^有 \d+ 题不能写成这种格式，不在文件里。$/)).toBeVisible();
  await dialog.getByText('这种格式没有这种题型').click();
  await expect(dialog.getByRole('listitem').filter({ hasText: '从小到大排好。' }).first()).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'dialog');

  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: '导出文件' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^题库_\d{4}-\d{2}-\d{2}\.gift\.txt$/);
  const text = await readFile(await file.path(), 'utf8');
  expect(text).toContain('[markdown]圆有几条对称轴？ {~一条 =无数条 ####每条直径所在的直线都是。}');
  expect(text).not.toContain('从小到大排好。');
  await expect(dialog.getByText(/^已导出 \d+ 题。$/)).toBeVisible();

  await page.unroute(previews);

  // Of ticked items the file has these alone.
  await page.keyboard.press('Escape');
  await page.getByRole('checkbox', { name: '圆有几条对称轴？' }).check();
  await page.getByRole('button', { name: '导出题目' }).click();
  await expect(dialog.getByText('文件里有 1 题。')).toBeVisible();
  await dialog.getByLabel('文件格式').selectOption({ label: 'Moodle XML' });
  await expect(dialog.getByText('没有会丢失的内容。')).toBeVisible();

  // On paper nothing is lost, and nothing takes it in again.
  await dialog.getByLabel('文件格式').selectOption({ label: 'PDF（打印用，不能再导入）' });
  await expect(dialog.getByText('没有会丢失的内容。')).toBeVisible();
  const print = page.waitForEvent('download');
  await dialog.getByRole('button', { name: '导出文件' }).click();
  const paper = await print;
  expect(paper.suggestedFilename()).toMatch(/\.pdf$/);
  expect((await readFile(await paper.path())).subarray(0, 5).toString()).toBe('%PDF-');
});
