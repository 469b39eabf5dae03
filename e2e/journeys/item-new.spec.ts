// An author writes an item on its own page; what is missing is said, and then it waits for a review.
import { expectAccessible } from '../axe';
import { expect, test } from '../world';

const STEM = '圆周率是有理数，写这道题时请判断。';

test('an author writes an item without a file', async ({ page, world }) => {
  await world.logIn(page, await world.account('item_author'));
  await page.goto(world.at('/items/mine'));
  await page.getByRole('link', { name: '命一道题' }).click();
  await page.getByLabel('题型', { exact: true }).selectOption({ label: '判断题' });
  await page.getByLabel('题目', { exact: true }).fill(STEM);
  await page.getByLabel('答案', { exact: true }).selectOption({ label: '错误' });
  await page.getByRole('button', { name: '存入题库' }).click();
  await expect(page.getByLabel('课程', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await expectAccessible(page);
  await page.getByLabel('课程', { exact: true }).selectOption({ label: '成人高中数学' });
  await page.getByRole('button', { name: '存入题库' }).click();
  await expect(page.getByRole('row').filter({ hasText: '圆周率是有理数' })).toContainText('待审');
});
