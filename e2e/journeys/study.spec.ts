// What a learner keeps beside the lessons: the wrong-answer book, and notes.
import { type Locator, type Page } from '@playwright/test';
import { expectAccessible } from '../axe';
import { expect, test, type World } from '../world';

/** Of the demo: in several classes of the township's school. No other story needs him. */
const LEARNER = 'luojianhua';

/** Opens the first unit of the learner's first course. */
async function openUnit(page: Page, world: World): Promise<void> {
  await page.goto(world.at('/learn'));
  await page.locator('.course-list .row-link').first().click();
  await page.locator('.unit-list .row-link').first().click();
  await expect(page.getByRole('article', { name: '课文' })).toBeVisible();
}

/** Chooses an option of an exercise and asks whether it is right. */
async function answer(exercise: Locator, option: string): Promise<void> {
  await exercise.getByRole('radio', { name: new RegExp(`^${option}`) }).check();
  await exercise.getByRole('button', { name: '看看对不对' }).click();
}

/** Answers a single choice wrong; says the letter of the key. */
async function answerWrong(exercise: Locator): Promise<string> {
  for (const option of ['A', 'B']) {
    await answer(exercise, option);
    const verdict = exercise.locator('.verdict');
    await expect(verdict).toBeVisible();
    if ((await verdict.innerText()).includes('没答对')) {
      return (await exercise.locator('.key').innerText()).replace('正确答案：', '').trim();
    }
  }
  throw new Error('two options were both right');
}

test('a wrong answer is practised in the wrong-answer book until it leaves it', async ({ page, world }, testInfo) => {
  await world.logIn(page, { ...(await world.account('learner')), login_name: LEARNER });
  await openUnit(page, world);
  const choice = page.getByRole('region', { name: /^第 \d+ 题$/ }).filter({ has: page.getByRole('radio', { name: /^C/ }) }).first();
  const key = await answerWrong(choice);

  await page.goto(world.at('/learn'));
  await page.getByRole('link', { name: '错题本里有' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '错题本' })).toBeVisible();
  await page.getByText('看答案和解析').first().click();
  await expectAccessible(page);
  await page.screenshot({ path: testInfo.outputPath('mistakes.png'), fullPage: true });

  const again = page.getByRole('region', { name: /第 \d+ 题$/ }).filter({ has: page.getByRole('radio', { name: /^C/ }) }).first();
  await answer(again, key);
  await expect(again.getByText('答对了！')).toBeVisible();
  await expect(page.getByText('再连续答对 1 次').first()).toBeVisible();
  await again.getByRole('button', { name: '看看对不对' }).click();
  await expect(page.getByText('这道题已移出错题本')).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await expect(page.getByText('错题本里没有题。')).toBeVisible();
  await expectAccessible(page);
});

test('a note is saved by itself, kept over a gap in the network, and found again', async ({ page, world, alarms }, testInfo) => {
  await world.logIn(page, { ...(await world.account('learner')), login_name: LEARNER });
  await openUnit(page, world);
  const note = page.getByLabel('记下这一单元的要点');
  await note.fill('应届读 yīng');
  await expect(page.getByText('笔记已保存')).toBeVisible();
  await expectAccessible(page);
  await note.scrollIntoViewIfNeeded();
  await page.screenshot({ path: testInfo.outputPath('note.png') });

  alarms.expectNetworkFailures();
  await page.context().setOffline(true);
  await note.fill('应届读 yīng\n模具读 mú');
  await expect(page.getByText('网络不通，笔记还没有保存')).toBeVisible();
  await expectAccessible(page);
  await page.context().setOffline(false);
  await expect(page.getByText('笔记已保存')).toBeVisible();

  await page.goto(world.at('/learn'));
  await page.getByRole('link', { name: '我的笔记' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '我的笔记' })).toBeVisible();
  await expect(page.getByText('模具读 mú')).toBeVisible();
  await expectAccessible(page);
  await page.screenshot({ path: testInfo.outputPath('notes.png'), fullPage: true });
  await page.getByRole('listitem').filter({ hasText: '模具读 mú' }).getByRole('link').click();
  await expect(note).toHaveValue('应届读 yīng\n模具读 mú');
});
