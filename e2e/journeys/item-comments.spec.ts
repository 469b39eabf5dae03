// An author asks the reviewer something about an item and keeps the file beside it that it was taken from; the reviewer
// reads both and answers where the item is reviewed, and neither learns who the other is.
import { expectAccessible } from '../axe';
import { waitingItem } from '../items';
import { photograph } from '../looks';
import { expect, test } from '../world';

const COURSE = '成人高中数学';
const STEM = '下面哪个数是质数，请选出一个';
const PAPER = '期末卷.pdf';
const TEXT = `1. ${STEM}（　）\nA. 九十一\nB. 九十七\n答案：B\n`;

test('an author and a reviewer speak about an item', async ({ page, world, anotherPerson }) => {
  await world.logIn(page, await world.account('item_author'), '/items/import');
  await page.getByLabel('课程', { exact: true }).selectOption({ label: COURSE });
  await page.getByLabel('题目文本').fill(TEXT);
  await page.getByRole('button', { name: '检查' }).click();
  await page.getByRole('button', { name: '导入 1 题' }).click();
  await page.getByRole('main').getByRole('link', { name: '我的题目' }).click();
  const dialog = page.getByRole('dialog');
  await page.getByRole('row').filter({ hasText: STEM }).getByRole('button').click();
  await expect(dialog.getByText('还没有留言。')).toBeVisible();
  await dialog.getByLabel('写留言').fill('九十一会不会太偏？');
  await dialog.getByRole('button', { name: '发表留言' }).click();
  await expect(dialog.getByRole('listitem').filter({ hasText: '九十一会不会太偏？' })).toContainText('我');
  await expectAccessible(page);
  await photograph(page, 'said');
  await dialog.getByLabel('附上原件').setInputFiles({ name: PAPER, mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') });
  await dialog.getByRole('button', { name: '附上', exact: true }).click();
  await expect(dialog.getByRole('button', { name: `下载 ${PAPER}` })).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('link', { name: '历史与版本对照' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: '九十一会不会太偏？' })).toContainText('留言');
  await expect(page.getByRole('listitem').filter({ hasText: '导入' }).first()).toContainText('我');
  await expectAccessible(page);

  const { page: reviewer } = await anotherPerson();
  await world.logIn(reviewer, await world.account('item_reviewer'), '/item_reviews');
  await waitingItem(reviewer, STEM).first().getByRole('button').click();
  const reviewed = reviewer.getByRole('dialog');
  await expect(reviewed.getByRole('listitem').filter({ hasText: '九十一会不会太偏？' })).toContainText('命题人');
  const download = reviewer.waitForEvent('download');
  await reviewed.getByRole('button', { name: `下载 ${PAPER}` }).click();
  expect((await download).suggestedFilename()).toBe(PAPER);
  await reviewed.getByLabel('写留言').fill('不偏，课本里有。');
  await reviewed.getByRole('button', { name: '发表留言' }).click();
  await expect(reviewed.getByRole('listitem').filter({ hasText: '不偏，课本里有。' })).toContainText('我');
  await expectAccessible(reviewer);
});
