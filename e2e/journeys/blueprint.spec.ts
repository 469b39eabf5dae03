// A head of papers writes a blueprint, which says at once what the bank lacks; forms are drawn by it, one item is
// exchanged by hand, and the forms become papers that the head proposes and an administrator seals.
import { type Page } from '@playwright/test';
import { expectAccessible } from '../axe';
import { approveItem } from '../items';
import { printPaper, proposeSeal, sealPaper, tryPaper } from '../papers';
import { expect, test, type World } from '../world';

const COURSE = '成人高中语文';
const NUMBERS = ['甲', '乙', '丙', '丁'];

/** Stands on the page with this address and waits until it is drawn. */
async function open(page: Page, world: World, path: string): Promise<void> {
  await page.goto(world.at(path));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('.loading')).toHaveCount(0);
}

/** The author brings items in. */
async function importItems(page: Page, world: World, stems: string[]): Promise<void> {
  await open(page, world, '/items/import');
  await page.getByLabel('课程', { exact: true }).selectOption({ label: COURSE });
  const text = stems.map((stem, at) => `${at + 1}. （判断）${stem}\n答案：正确\n`).join('\n');
  await page.getByLabel('题目文本').fill(text);
  await page.getByRole('button', { name: '检查' }).click();
  await page.getByRole('button', { name: `导入 ${stems.length} 题` }).click();
  await expect(page.getByRole('main').getByText(`已导入 ${stems.length} 题。`)).toBeVisible();
}

/** The author says what each of them is about; the form refuses a difficulty that is none. */
async function describe(page: Page, world: World, stems: string[], module: string): Promise<void> {
  await open(page, world, '/items/mine');
  const dialog = page.getByRole('dialog');
  for (const [at, stem] of stems.entries()) {
    const row = page.getByRole('row').filter({ hasText: stem });
    await row.getByRole('button').click();
    await dialog.getByRole('button', { name: '标注', exact: true }).click();
    await dialog.getByLabel('模块').fill(module);
    await dialog.getByLabel('能力层次').selectOption({ label: '识记' });
    if (at === 0) {
      await dialog.getByLabel('难度').fill('65');
      await dialog.getByRole('button', { name: '保存标注' }).click();
      await expect(dialog.getByLabel('难度')).toHaveAttribute('aria-invalid', 'true');
      await expectAccessible(page);
    }
    await dialog.getByLabel('难度').fill('0.65');
    await dialog.getByRole('button', { name: '保存标注' }).click();
    await expect(row.getByText('0.65')).toBeVisible();
  }
}

/** Writes a blueprint of one row, and sees what the bank has for it. */
async function writeBlueprint(page: Page, world: World, title: string, module: string): Promise<void> {
  await open(page, world, '/blueprints/new');
  await expectAccessible(page);
  await page.getByLabel('课程', { exact: true }).selectOption({ label: COURSE });
  await page.getByLabel('细目表名称').fill(title);
  await page.getByLabel('总分').fill('2');
  await page.getByLabel('模块', { exact: true }).fill(module);
  await page.getByLabel('题型', { exact: true }).selectOption({ label: '判断题' });
  await page.getByLabel('题数', { exact: true }).fill('2');
  const check = page.getByRole('region', { name: '检查' });
  await expect(check.getByText('各行合计 4 分，总分写的是 2 分')).toBeVisible();
  await expect(check.getByText('第 1 行：要 6 题，题库只有 4 题可用')).toBeVisible();
  await page.getByLabel('题数', { exact: true }).fill('1');
  await expect(check.getByText('题数和分值都对得上，题库够用。')).toBeVisible();
  await page.getByRole('button', { name: '保存细目表' }).click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
}

/** Draws forms, changes one by hand and makes papers of them. */
async function drawForms(page: Page, stems: string[], screenshot: string): Promise<void> {
  await expectAccessible(page);
  await page.getByLabel('种子').fill('20261126');
  await page.getByRole('button', { name: '抽卷', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: '平行卷' })).toBeVisible();
  const first = page.getByRole('region', { name: '第 1 卷' });
  await expect(first.getByText('完全符合细目表。')).toBeVisible();
  await expect(page.getByRole('region', { name: '备用卷' }).getByText('完全符合细目表。')).toBeVisible();
  await expectAccessible(page);
  await page.screenshot({ path: screenshot, fullPage: true });

  const before = await first.getByRole('listitem').last().textContent();
  const exchange = async () => {
    await first.getByRole('button', { name: /^换题/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: /^换成这道/ }).first().click();
    await expect(first.getByRole('listitem').last()).not.toHaveText(before ?? '');
  };
  await exchange();
  await first.getByRole('button', { name: /^换题/ }).click();
  await page.getByRole('dialog').getByRole('listitem').filter({ hasText: '原来抽到的' }).getByRole('button').click();
  await expect(first.getByRole('listitem').last()).toHaveText(before ?? '');
  await exchange();
  await expect(first.getByText('完全符合细目表。')).toBeVisible();
  const drawn = await page.getByRole('listitem').filter({ hasText: '判断题' }).allTextContents();
  expect(drawn.length).toBe(3);
  expect(stems.filter((stem) => drawn.some((line) => line.includes(stem))).length).toBe(3);
  await page.getByLabel('按题型分成几个部分').check();
  await page.getByLabel('判断题：答题说明').fill('判断每句话是否正确。');
  await page.getByLabel('判断题：限时（分钟，不填就不限）').fill('30');
  await expectAccessible(page);
  await page.getByRole('button', { name: '组成试卷' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '试卷', exact: true })).toBeVisible();
}

/** Somebody else finds a fault; it is proposed anew. */
async function sendBack(administrator: Page, head: Page, title: string): Promise<void> {
  const paper = administrator.getByRole('region', { name: title });
  await paper.getByRole('button', { name: '退回' }).click();
  const dialog = administrator.getByRole('dialog');
  await dialog.getByLabel('原因').fill('分值要再核对');
  await dialog.getByRole('button', { name: '退回' }).click();
  await expect(paper.getByText('上次退回原因：分值要再核对')).toBeVisible();
  await head.reload();
  await head.getByLabel('课程', { exact: true }).selectOption({ label: COURSE });
  await proposeSeal(head, title);
}

/** Who only reads items sees what is said of those in the three forms, and not what they ask. */
async function seeFrozen(reviewer: Page, world: World, module: string): Promise<void> {
  await open(reviewer, world, '/items');
  await reviewer.getByLabel('课程', { exact: true }).selectOption({ label: COURSE });
  const frozen = reviewer.getByRole('row').filter({ hasText: module }).filter({ hasText: '内容随试卷封存，考完后显示' });
  await expect(frozen).toHaveCount(3);
  await expectAccessible(reviewer);
  await frozen.first().getByRole('button', { name: '查看' }).click();
  await expect(reviewer.getByText('这道题在已封存的试卷里', { exact: false })).toBeVisible();
}

/** Nobody discloses what candidates are yet to sit; what was drawn is bound for everybody to see. */
async function seeDrawing(administrator: Page, world: World, title: string): Promise<void> {
  await open(administrator, world, '/blueprints');
  await administrator.getByLabel('课程', { exact: true }).selectOption({ label: COURSE });
  await administrator.getByRole('link', { name: title }).click();
  await administrator.getByRole('row').filter({ hasText: '20261126' }).getByRole('link').click();
  const disclosure = administrator.getByRole('region', { name: '公开抽卷记录' });
  await disclosure.getByRole('button', { name: '公开' }).click();
  await expect(disclosure.getByText('还没有考完', { exact: false })).toBeVisible();
  await expectAccessible(administrator);
  await disclosure.getByRole('link', { name: '抽卷公示' }).click();
  await expect(administrator.getByRole('heading', { level: 1, name: '抽卷公示' })).toBeVisible();
  await expect(administrator.getByRole('row').filter({ hasText: '已组成试卷' }).first()).toBeVisible();
  await expectAccessible(administrator);
}

test('forms are drawn by a blueprint, changed by hand and sealed', async ({ page, world, anotherPerson }, testInfo) => {
  const module = `细目${testInfo.project.name}`;
  const stems = NUMBERS.map((number) => `${module}的说法${number}成立。`);
  const title = `${module}期末卷`;
  await world.logIn(page, await world.account('item_author'));
  await importItems(page, world, stems);
  await describe(page, world, stems, module);

  const { page: reviewer, alarms } = await anotherPerson();
  alarms.expectRefusal(409);
  await world.logIn(reviewer, await world.account('item_reviewer'));
  await open(reviewer, world, '/item_reviews');
  for (const stem of stems) {
    await approveItem(reviewer, stem);
  }

  const { page: head } = await anotherPerson();
  await world.logIn(head, await world.account('paper_head'));
  await open(head, world, '/blueprints');
  await expectAccessible(head);
  await writeBlueprint(head, world, title, module);
  await drawForms(head, stems, testInfo.outputPath('forms.png'));

  const { page: administrator, alarms: administratorAlarms } = await anotherPerson();
  administratorAlarms.expectRefusal(409);
  await world.logIn(administrator, await world.account('exam_administrator'));
  const first = `${title} 第 1 卷`;
  const forms = [first, `${title} 第 2 卷`, `${title} 备用卷`];
  await open(head, world, '/papers');
  await head.getByLabel('课程', { exact: true }).selectOption({ label: COURSE });
  for (const form of forms) {
    await proposeSeal(head, form);
  }
  await expectAccessible(head);
  await open(administrator, world, '/papers?waits=sealing');
  for (const what of ['试卷和答题卡', '参考答案', '评分标准']) {
    await printPaper(administrator, first, what);
  }
  await tryPaper(administrator, first);
  await expect(administrator.getByText('判断每句话是否正确。')).toBeVisible();
  await expect(administrator.getByText('本部分限时 30 分钟')).toBeVisible();
  await expectAccessible(administrator);
  await open(administrator, world, '/papers?waits=sealing');
  await sendBack(administrator, head, first);
  await open(administrator, world, '/papers');
  await administrator.getByLabel('课程', { exact: true }).selectOption({ label: COURSE });
  await expectAccessible(administrator);
  for (const form of forms) {
    await sealPaper(administrator, form);
  }
  await seeFrozen(reviewer, world, module);
  await seeDrawing(administrator, world, title);
});
