// An author has a file of a foreign system: what cannot be read is told line by line and nothing of it is stored;
// once it is put right, every item is there.
import { readFile } from 'node:fs/promises';
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { expect, test } from '../world';

const BROKEN = '::a:: 一加一等于几？ {=2 ~3 ~4}\n\n没有答案的题 {~甲 ~乙}\n\n地球是圆的 {T} 还是方的 {F}\n';
const RIGHT = '// 从别的系统来\n\n::a:: 一加一等于几？ {=2 ~3 ~4}\n\n::b:: 地球是圆的。 {T}\n' +
  '\n::c:: 圆周率约是多少？ {#3.14:0.01}\n\n::d:: 省会在哪里？ {=浙江 -> 杭州 =江苏 -> 南京 = -> 合肥}\n';

test('a GIFT file is checked line by line, put right and imported', async ({ page, world }) => {
  await world.logIn(page, await world.account('item_author'), '/items/import');
  await page.getByLabel('课程', { exact: true }).selectOption({ label: '成人高中数学' });
  await page.getByLabel('格式').selectOption({ label: 'Moodle GIFT' });
  const bring = async (text: string) => {
    await page.getByLabel('或者选择文件').setInputFiles({ name: 'quiz.gift', mimeType: 'text/plain', buffer: Buffer.from(text) });
    await expect(page.getByLabel('题目文本')).toHaveValue(text);
    await page.getByRole('button', { name: '检查' }).click();
  };
  await bring(BROKEN);
  await expect(page.getByText('第 3 行：没有找到答案')).toBeVisible();
  await expect(page.getByText('第 5 行：给出了多组答案')).toBeVisible();
  await expect(page.getByRole('button', { name: /^导入/ })).toHaveCount(0);
  await expectAccessible(page);
  await photograph(page, 'broken');

  await bring(RIGHT);
  await expect(page.getByText('第 3 行：“a”没有带过来')).toBeVisible();
  await page.getByRole('button', { name: '导入 4 题' }).click();
  await expect(page.getByRole('main').getByText('已导入 4 题。')).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: '我的题目' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '我的题目' })).toBeVisible();
  for (const stem of ['一加一等于几？', '地球是圆的。', '圆周率约是多少？', '省会在哪里？']) {
    await expect(page.getByRole('row').filter({ hasText: stem })).toHaveCount(1);
  }

  // A number keeps its tolerance, and is written as people write it.
  const dialog = page.getByRole('dialog');
  await page.getByRole('row').filter({ hasText: '圆周率约是多少？' }).getByRole('button').click();
  await expect(dialog.getByText('3.14 ± 0.01')).toBeVisible();
  await dialog.getByRole('button', { name: '修改' }).click();
  await dialog.getByLabel('答案').fill('约三');
  await dialog.getByRole('button', { name: '存为新版本' }).click();
  await expect(dialog.getByText('这不是一个数')).toBeVisible();
  await dialog.getByLabel('答案').fill('3.14 ± 0.5%');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '存为新版本' }).click();
  await expect(page.getByText('已存为第 2 版，等待审核。')).toBeVisible();
});

const AIKEN = '浙江的省会是哪里？\nA. 宁波\nB. 杭州\nANSWER: B\n\n没有答案的题\nA. 甲\nB. 乙\n\n不想要的题\nA) 甲\nB) 乙\nANSWER: A\n';

test('of an Aiken file with a broken item the good ones are chosen and imported', async ({ page, world }) => {
  await world.logIn(page, await world.account('item_author'), '/items/import');
  await page.getByLabel('课程', { exact: true }).selectOption({ label: '成人高中数学' });
  await page.getByLabel('格式').selectOption({ label: 'Aiken（选项 A. B.，“ANSWER:”）' });
  await page.getByLabel('题目文本').fill(AIKEN);
  await page.getByRole('button', { name: '检查' }).click();
  await expect(page.getByText('第 6 行：没有找到答案')).toBeVisible();
  await page.getByRole('checkbox', { name: /不想要的题/ }).uncheck();
  await expectAccessible(page);
  await page.getByRole('button', { name: '只导入选中的 1 题' }).click();
  await expect(page.getByRole('main').getByText('已导入 1 题。')).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: '我的题目' }).click();
  await expect(page.getByRole('row').filter({ hasText: '浙江的省会是哪里？' })).toHaveCount(1);
  await expect(page.getByRole('row').filter({ hasText: '不想要的题' })).toHaveCount(0);
});

const MOODLE = `<quiz>
<question type="multichoice">
<questiontext format="html"><text><![CDATA[<p>西湖在哪座城市？<img src="@@PLUGINFILE@@/lake.png"></p>]]></text></questiontext>
<answer fraction="0"><text>宁波</text></answer><answer fraction="100"><text>杭州</text></answer>
</question>
</quiz>`;

/** The same with its picture, and what is to be seen on it. */
async function pictured(): Promise<string> {
  const picture = await readFile('../backend/demo/courses/GSX01/wage.png', 'base64');
  const file = `<file name="lake.png" path="/" encoding="base64">${picture}</file>`;
  return MOODLE.replace('lake.png">', 'lake.png" alt="湖面">').replace('</text></questiontext>', `</text>${file}</questiontext>`);
}

test('what a Moodle XML file loses is told before it is imported, and what lies in it comes along', async ({ page, world }) => {
  await world.logIn(page, await world.account('item_author'), '/items/import');
  await page.getByLabel('课程', { exact: true }).selectOption({ label: '成人高中数学' });
  await page.getByLabel('格式').selectOption({ label: 'Moodle XML' });
  await page.getByLabel('或者选择文件').setInputFiles({ name: 'quiz.xml', mimeType: 'text/xml', buffer: Buffer.from(MOODLE) });
  await expect(page.getByLabel('题目文本')).toHaveValue(MOODLE);
  await page.getByRole('button', { name: '检查' }).click();
  await expect(page.getByText('第 3 行：图片“lake.png”没有带过来，请导入后重新加上')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: '导入 1 题' }).click();
  await expect(page.getByRole('main').getByText('已导入 1 题。')).toBeVisible();

  const buffer = Buffer.from(await pictured());
  await page.getByLabel('或者选择文件').setInputFiles({ name: 'quiz.xml', mimeType: 'text/xml', buffer });
  await expect(page.getByLabel('格式')).toHaveValue('moodle_file');
  await page.getByRole('button', { name: '检查' }).click();
  await expect(page.getByRole('button', { name: '导入 1 题' })).toBeVisible();
  await expect(page.getByText(/没有带过来/)).toHaveCount(0);
});
