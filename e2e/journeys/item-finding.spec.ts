// An author brings in an item that is in the bank already in other words: it is told before it is stored, found among
// the items alike, and one of the two is taken away.
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { expect, test } from '../world';

const COURSE = '成人高中数学';
const FIRST = '1. 等差数列的首项是三公差是五，请问它的第十项等于多少（　）\nA. 四十八\nB. 五十三\n答案：A\n';
const AGAIN = '1. 等差数列的首项是三、公差是五，请问它的第十项是多少？\nA. 四十八\nB. 五十八\n答案：A\n';

test('an item that is there already is told of, found and taken away', async ({ page, world }) => {
  await world.logIn(page, await world.account('item_author'));
  const check = async (text: string) => {
    await page.goto(world.at('/items/import'));
    await page.getByLabel('课程', { exact: true }).selectOption({ label: COURSE });
    await page.getByLabel('题目文本').fill(text);
    await page.getByRole('button', { name: '检查' }).click();
  };
  const bring = async () => {
    await page.getByRole('button', { name: '导入 1 题' }).click();
    await expect(page.getByRole('main').getByText('已导入 1 题。')).toBeVisible();
  };
  await check(FIRST);
  await bring();
  await check(AGAIN);
  await expect(page.getByText(/^第 1 题与题库里的“等差数列的首项是三公差是五.*相似 \d+%$/)).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'told');
  await bring();

  await page.goto(world.at('/items'));
  await page.getByLabel('课程', { exact: true }).selectOption({ label: COURSE });
  const rows = page.getByRole('row').filter({ hasText: '等差数列的首项是三' });
  await page.getByLabel('搜索题目').fill('首项是三，公差是五');
  await page.getByLabel('搜索题目').blur();
  await expect(page.getByRole('rowheader')).toHaveCount(2);
  await page.getByLabel('相近的题').selectOption({ label: '只看有相近题的' });
  await expect(rows).toHaveCount(2);
  await expect(rows.first().getByText('1 题相近')).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'found');
  await page.getByText('更多条件').click();
  await page.getByLabel('考试次数').selectOption({ label: '考过一次' });
  await expect(rows).toHaveCount(0);
  await page.getByLabel('考试次数').selectOption({ label: '没有考过' });
  await expect(rows).toHaveCount(2);
  await expectAccessible(page);

  const dialog = page.getByRole('dialog');
  await rows.filter({ hasText: '第十项是多少' }).getByRole('button', { name: '查看' }).click();
  await expect(dialog.getByRole('heading', { name: '相近的题' })).toBeVisible();
  await expect(dialog.getByRole('listitem').filter({ hasText: '第十项等于多少' })).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '停用' }).click();
  await dialog.getByRole('textbox').fill('重复了');
  await dialog.getByRole('button', { name: '停用' }).click();
  await expect(page.getByText('题目已停用。')).toBeVisible();
  await expect(rows).toHaveCount(0);
});
