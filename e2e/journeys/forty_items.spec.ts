// A teacher pastes forty items out of Word; described at once and found right one by one, they become two equal forms
// and a spare by a blueprint, which two persons seal, and one of which they open together to try it as a candidate sits it.
import { type Page } from '@playwright/test';
import { expectAccessible } from '../axe';
import { approveItem } from '../items';
import { openPaper, proposeOpening, proposeSeal, sealPaper, tryPaper } from '../papers';
import { expect, test, type World } from '../world';

const COURSE = '成人高中语文';
const ITEMS = 40;
/** Items of a form: three forms of them are one item fewer than there are. */
const EACH = 13;
/** Points of an item. */
const WORTH = 2;

async function open(page: Page, world: World, path: string): Promise<void> {
  await page.goto(world.at(path));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('.loading')).toHaveCount(0);
}

async function chooseCourse(page: Page): Promise<void> {
  await page.getByLabel('课程', { exact: true }).selectOption({ label: COURSE });
}

/** As Word gives it when it is copied: numbers, brackets and labels in more than one habit. */
function pasted(module: string): string {
  const item = (n: number): string =>
    n % 2 === 0
      ? `${n}、（判断题）${module}第${n}条说法成立。\n【答案】对\n【解析】见课文。\n`
      : `${n}. （判断）${module}第${n}条说法成立。\n答案：正确\n`;
  return Array.from({ length: ITEMS }, (_, at) => item(at + 1)).join('\n');
}

/** The author brings all of them in. */
async function bring(page: Page, world: World, module: string): Promise<void> {
  await open(page, world, '/items/import');
  await chooseCourse(page);
  await page.getByLabel('题目文本').fill(pasted(module));
  await page.getByRole('button', { name: '检查' }).click();
  await page.getByRole('button', { name: `导入 ${ITEMS} 题` }).click();
  await expect(page.getByRole('main').getByText(`已导入 ${ITEMS} 题。`)).toBeVisible();
}

/** The author says of all of them at once what they are about. */
async function describe(page: Page, world: World, module: string): Promise<void> {
  await open(page, world, '/items');
  await chooseCourse(page);
  await page.getByLabel('搜索题目').fill(module);
  await page.getByLabel('搜索题目').blur();
  const boxes = page.getByRole('row').filter({ hasText: module }).getByRole('checkbox');
  await expect(boxes).toHaveCount(ITEMS);
  for (const box of await boxes.all()) {
    await box.check();
  }
  await page.getByRole('button', { name: `批量修改（${ITEMS} 题）` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('模块').fill(module);
  await dialog.getByLabel('能力层次').selectOption({ label: '识记' });
  await dialog.getByLabel('难度').fill('0.65');
  await dialog.getByRole('button', { name: '预览' }).click();
  await dialog.getByRole('button', { name: `修改这 ${ITEMS} 题` }).click();
  await expect(page.getByText(`已修改 ${ITEMS} 题。`)).toBeVisible();
}

/** The reviewer reads each of them, in whatever order they wait. */
async function review(page: Page, world: World, module: string): Promise<void> {
  await open(page, world, '/item_reviews');
  for (let left = ITEMS; left > 0; left -= 1) {
    const row = page.getByRole('row').filter({ hasText: module }).first();
    const [stem] = (await row.textContent())!.match(/第\d+条/)!;
    await approveItem(page, `${module}${stem}`);
  }
}

/** The head writes a blueprint of one row, and draws two forms and a spare. */
async function draw(page: Page, world: World, title: string, module: string): Promise<void> {
  await open(page, world, '/blueprints/new');
  await chooseCourse(page);
  await page.getByLabel('细目表名称').fill(title);
  await page.getByLabel('总分').fill(String(EACH * WORTH));
  await page.getByLabel('模块', { exact: true }).fill(module);
  await page.getByLabel('题型', { exact: true }).selectOption({ label: '判断题' });
  await page.getByLabel('题数', { exact: true }).fill(String(EACH));
  await expect(page.getByText('题数和分值都对得上，题库够用。')).toBeVisible();
  await page.getByRole('button', { name: '保存细目表' }).click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await page.getByLabel('种子').fill('20261127');
  await page.getByRole('button', { name: '抽卷', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: '平行卷' })).toBeVisible();
  for (const form of ['第 1 卷', '第 2 卷', '备用卷']) {
    const drawn = page.getByRole('region', { name: form });
    await expect(drawn.getByText('完全符合细目表。')).toBeVisible();
    await expect(drawn.getByRole('listitem').filter({ hasText: '判断题' })).toHaveCount(EACH);
  }
  await page.getByRole('button', { name: '组成试卷' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '试卷', exact: true })).toBeVisible();
}

test('forty items become two forms and a spare, sealed by two persons', async ({ page, world, anotherPerson }, testInfo) => {
  // Forty items are read one by one.
  test.setTimeout(360_000);
  const module = `四十${testInfo.project.name}`;
  const title = `${module}统测卷`;
  await world.logIn(page, await world.account('item_author'));
  await bring(page, world, module);
  await describe(page, world, module);

  const { page: reviewer } = await anotherPerson();
  await world.logIn(reviewer, await world.account('item_reviewer'));
  await review(reviewer, world, module);

  const { page: head } = await anotherPerson();
  await world.logIn(head, await world.account('paper_head'));
  await draw(head, world, title, module);

  const { page: administrator } = await anotherPerson();
  await world.logIn(administrator, await world.account('exam_administrator'));
  const forms = [`${title} 第 1 卷`, `${title} 第 2 卷`, `${title} 备用卷`];
  await open(head, world, '/papers');
  await chooseCourse(head);
  for (const form of forms) {
    await proposeSeal(head, form);
  }
  await open(administrator, world, '/papers');
  await chooseCourse(administrator);
  for (const form of forms) {
    await sealPaper(administrator, form);
  }
  const [first] = forms;
  await expect(administrator.getByRole('region', { name: first! }).getByRole('link', { name: '试做' })).toHaveCount(0);
  await open(head, world, '/papers');
  await chooseCourse(head);
  await proposeOpening(head, first!);
  await open(administrator, world, '/papers?waits=opening');
  await expectAccessible(administrator);
  await openPaper(administrator, first!);
  await open(administrator, world, '/papers');
  await chooseCourse(administrator);
  await tryPaper(administrator, first!);
  await expectAccessible(administrator);
});
