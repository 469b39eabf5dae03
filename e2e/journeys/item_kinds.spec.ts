// Exercises that are answered by a number with its unit, by lists to choose from, by moving lines with the keyboard,
// by choosing in a table or in the text itself, by putting a statement right, by an essay that is long enough or not, and
// step by step and question by question.
import { type Locator } from '@playwright/test';
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { expect, test } from '../world';

/** Of the demo; studies social science in no other story. */
const LEARNER = 'chenmeifang';
const COURSE = '成人高中社会科学';
const PAIRS = { 西湖: '杭州', 普陀山: '舟山', 乌镇: '嘉兴', 雁荡山: '温州' };
const LINES = ['留意气象预警', '收好阳台上的东西', '按通知转移到安全的地方', '警报解除以后再回家'];
const MENUS = ['西南', '东北', '东'];
const ROWS = { 给手机和充电宝充满电: '应该做', 到江堤上看大浪: '不应该做', 把阳台上的花盆搬进屋: '应该做' };

/** Asks whether the answer is right, and hears that it is, or is not. */
async function check(exercise: Locator, verdict: string): Promise<void> {
  await exercise.getByRole('button', { name: '看看对不对' }).click();
  await expect(exercise.locator('.verdict')).toContainText(verdict);
}

/** Chooses the words in a list whose letters may stand in any order. */
async function choose(list: Locator, words: string): Promise<void> {
  const value = await list.locator('option').filter({ hasText: words }).getAttribute('value');
  await list.selectOption(value!);
}

test('numbers, pairs, orders, menus, tables, words of a text, corrections, essays, calculations and questions on a material are answered in a lesson', async ({ page, world }) => {
  await world.logIn(page, { ...(await world.account('learner')), login_name: LEARNER }, '/learn');
  await page.locator('.course-list').getByRole('link', { name: COURSE, exact: true }).click();
  await page.locator('.unit-list .row-link').first().click();
  await expect(page.getByRole('article', { name: '课文' })).toBeVisible();
  const exercise = (number: number) => page.getByRole('region', { name: `第 ${number} 题`, exact: true });

  const number = exercise(7);
  await number.getByRole('textbox').fill('90');
  await check(number, '没答对');
  await number.getByRole('textbox').fill('１.５ 小时');
  await check(number, '答对了');

  const pairs = exercise(8);
  for (const [left, right] of Object.entries(PAIRS)) {
    await choose(pairs.getByRole('combobox', { name: left }), right);
  }
  await check(pairs, '答对了');

  const order = exercise(9);
  for (const [place, line] of LINES.entries()) {
    await order.getByRole('combobox', { name: line }).selectOption(String(place));
    await expect(order.getByRole('listitem').nth(place)).toContainText(line);
  }
  const [down, up] = ['下移', '上移'].map((way) => order.getByRole('button', { name: `${way} ${LINES[1]}` }));
  await down!.press('Enter');
  await expect(order.getByRole('listitem').nth(2)).toContainText(LINES[1]!);
  await expect(down!).toBeFocused();
  await expect(order.getByRole('status').first()).toHaveText(`“${LINES[1]}”现在是第 3 位`);
  await check(order, '没答对');
  await up!.press('Enter');
  await expect(order.getByRole('listitem').nth(1)).toContainText(LINES[1]!);
  await check(order, '答对了');

  const menus = exercise(10);
  for (const [place, words] of MENUS.entries()) {
    await menus.getByRole('combobox', { name: `第 ${place + 1} 空` }).selectOption({ label: words });
  }
  await check(menus, '答对了');

  const table = exercise(11);
  for (const [row, column] of Object.entries(ROWS)) {
    await table.getByRole('radiogroup', { name: row }).getByRole('radio', { name: column, exact: true }).check();
  }
  const first = table.getByRole('radiogroup', { name: Object.keys(ROWS)[0]! });
  await first.getByRole('radio', { name: '应该做', exact: true }).press('ArrowDown');
  await expect(first.getByRole('radio', { name: '不应该做' })).toBeChecked();
  await check(table, '没答对');
  await first.getByRole('radio', { name: '不应该做' }).press('ArrowUp');
  await check(table, '答对了');

  const words = exercise(12);
  const word = (name: string) => words.getByRole('button', { name, exact: true });
  await word('长江').click();
  await word('杭州').press('Enter');
  await expect(word('杭州')).toHaveAttribute('aria-pressed', 'true');
  await word('下大雪').press('Space');
  await check(words, '没答对');
  await word('杭州').press('Space');
  await expect(word('杭州')).toHaveAttribute('aria-pressed', 'false');
  await check(words, '答对了');

  const statement = exercise(13);
  const correction = statement.getByRole('textbox', { name: '应改为' });
  await statement.getByRole('radio', { name: '正确' }).check();
  await expect(correction).toHaveCount(0);
  await check(statement, '没答对');
  await statement.getByRole('radio', { name: '正确' }).press('ArrowDown');
  await correction.fill('12');
  await check(statement, '没答对');
  await correction.fill('１１');
  await check(statement, '答对了');

  const essay = exercise(14);
  await essay.getByRole('textbox').fill('我的家乡在安吉。');
  await expect(essay.getByText('还差 142 字')).toBeVisible();
  await essay.getByRole('button', { name: '对照参考答案' }).click();
  await expect(essay).toContainText('条理 30%');

  const steps = exercise(15);
  await steps.getByRole('textbox', { name: '台风几小时后到达' }).fill('12小时');
  await check(steps, '没答对');
  await steps.getByRole('textbox', { name: '最多还有几小时可以转移' }).fill('８ 小时');
  await check(steps, '答对了');

  const material = exercise(16);
  await material.getByRole('radio', { name: '8 月 3 日 20 时' }).check();
  await material.getByRole('radio', { name: '正确' }).check();
  await check(material, '没答对');
  await material.getByRole('textbox').fill('橙');
  await check(material, '答对了');
  await material.getByRole('button', { name: '取消选择' }).first().press('Enter');
  await check(material, '没答对');
  await expectAccessible(page);
  await menus.scrollIntoViewIfNeeded();
  await photograph(page, 'kinds');
});

const STEM = '它们是哪一类垃圾，请选一选';
const TABLE = `1.（表格选择题）${STEM}\n答案：\n可回收物 | 有害垃圾\n旧报纸 -> 可回收物\n废电池 -> 有害垃圾\n`;

test('an author tries an item as on a phone before it is reviewed', async ({ page, world }) => {
  await world.logIn(page, await world.account('item_author'), '/items/import');
  await page.getByLabel('课程', { exact: true }).selectOption({ label: '成人高中数学' });
  await page.getByLabel('题目文本').fill(TABLE);
  await page.getByRole('button', { name: '检查' }).click();
  await page.getByRole('button', { name: '导入 1 题' }).click();
  await page.getByRole('main').getByRole('link', { name: '我的题目' }).click();
  await page.getByRole('row').filter({ hasText: STEM }).getByRole('button').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '在手机上看' }).click();
  const preview = dialog.getByRole('region', { name: '在手机上看' });
  const battery = preview.getByRole('radiogroup', { name: '废电池' });
  await battery.getByRole('radio', { name: '可回收物' }).check();
  await battery.getByRole('radio', { name: '可回收物' }).press('ArrowDown');
  await expect(battery.getByRole('radio', { name: '有害垃圾' })).toBeChecked();
  await expectAccessible(page);
  await photograph(page, 'preview');
  await dialog.getByRole('button', { name: '收起' }).click();
  await expect(preview).toHaveCount(0);
});
