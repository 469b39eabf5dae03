// What a learner keeps beside the lessons: the plan of the week, the wrong-answer book, notes, questions to the teachers;
// and the lesson read aloud.
import { type Locator, type Page } from '@playwright/test';
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { giveVoice } from '../voice';
import { expect, test, type World } from '../world';

test.use({ serviceWorkers: 'allow' });

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

test('a wrong answer is practised in the wrong-answer book until it leaves it', async ({ page, world }) => {
  await world.logIn(page, { ...(await world.account('learner')), login_name: LEARNER });
  await openUnit(page, world);
  const choice = page.getByRole('region', { name: /^第 \d+ 题$/ }).filter({ has: page.getByRole('radio', { name: /^C/ }) }).first();
  const key = await answerWrong(choice);

  await page.goto(world.at('/learn'));
  await page.getByRole('link', { name: '错题本里有' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '错题本' })).toBeVisible();
  await page.getByText('看答案和解析').first().click();
  await expectAccessible(page);
  await photograph(page, 'mistakes');

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

test('the home has the plan of the week, and leads to what is next', async ({ page, world }) => {
  await world.logIn(page, { ...(await world.account('learner')), login_name: LEARNER }, '/learn');
  const plan = page.getByRole('region', { name: '这一周的安排' });
  await expect(plan.getByRole('heading', { level: 3, name: '线上接着学' })).toBeVisible();
  await expectAccessible(page);
  await plan.scrollIntoViewIfNeeded();
  await photograph(page, 'week');
  const next = plan.getByRole('link').first();
  const title = await next.innerText();
  await next.click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
});

test('a note is saved by itself, kept over a gap in the network, and found again', async ({ page, world, alarms }) => {
  await world.logIn(page, { ...(await world.account('learner')), login_name: LEARNER });
  await openUnit(page, world);
  const note = page.getByLabel('记下这一单元的要点');
  await note.fill('应届读 yīng');
  await expect(page.getByText('笔记已保存')).toBeVisible();
  await expectAccessible(page);
  await note.scrollIntoViewIfNeeded();
  await photograph(page, 'note');

  alarms.expectNetworkFailures();
  await page.context().setOffline(true);
  await note.fill('应届读 yīng\n模具读 mú');
  await expect(page.getByText('笔记存在这台手机上')).toBeVisible();
  await expectAccessible(page);
  await page.context().setOffline(false);
  await expect(page.getByText('笔记已保存')).toBeVisible();

  await page.goto(world.at('/learn'));
  await page.getByRole('link', { name: '我的笔记' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '我的笔记' })).toBeVisible();
  await expect(page.getByText('模具读 mú')).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'notes');
  await page.getByRole('listitem').filter({ hasText: '模具读 mú' }).getByRole('link').click();
  await expect(note).toHaveValue('应届读 yīng\n模具读 mú');
});

test('a question is asked at a unit, answered by the class tutor, and shown to the class without a name', async ({
  page,
  world,
  anotherPerson,
}) => {
  const question = '这一段的第二句我没看懂，能举个例子吗？';
  await world.logIn(page, { ...(await world.account('learner')), login_name: LEARNER });
  await openUnit(page, world);
  const ask = page.getByRole('button', { name: '提问', exact: true });
  await ask.click();
  await expect(page.getByText('请填写这一项。')).toBeVisible();
  await page.getByLabel('哪里没看懂').fill(question);
  await ask.click();
  const own = page.getByRole('listitem').filter({ hasText: question });
  await expect(own.getByText('待答复')).toBeVisible();
  await expectAccessible(page);
  await own.scrollIntoViewIfNeeded();
  await photograph(page, 'asked');

  const { page: tutor } = await anotherPerson();
  await world.logIn(tutor, await world.account('class_tutor'));
  await tutor.getByRole('link', { name: /学员有 \d+ 个问题等您答复/ }).click();
  await expect(tutor.getByRole('heading', { level: 1, name: '学员提问' })).toBeVisible();
  const row = tutor.getByRole('listitem').filter({ hasText: question });
  await expect(row).toBeVisible();
  await expectAccessible(tutor);
  await photograph(tutor, 'to-answer');
  const dialog = tutor.getByRole('dialog');
  await row.getByRole('button', { name: /^答复/ }).click();
  await dialog.getByLabel('您的答复').fill('比如“下雨了，所以我带伞”。');
  await expectAccessible(tutor);
  await dialog.getByRole('button', { name: '发出答复' }).click();
  await expect(row).toHaveCount(0);
  await tutor.getByRole('radio', { name: '已答复' }).check();
  await row.getByRole('button', { name: '给全班看' }).click();
  await dialog.getByRole('button', { name: '给全班看' }).click();
  await expect(row.getByText('全班可见')).toBeVisible();
  await expectAccessible(tutor);
  await row.getByRole('link').click();
  await expect(tutor.getByRole('link', { name: '学员提问' })).toHaveAttribute('aria-current', 'page');
  await expect(tutor.getByText('这里没有提问。')).toBeVisible();
  await expectAccessible(tutor);

  await page.goto(world.at('/learn'));
  await page.getByRole('link', { name: '老师答复了您的 1 个提问' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '我的提问' })).toBeVisible();
  await expect(own.getByText('下雨了，所以我带伞')).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'answered');
  await own.getByRole('button', { name: '看明白了' }).click();
  await expect(own.getByText('已结束')).toBeVisible();

  const { page: classmate } = await anotherPerson();
  await world.logIn(classmate, await world.account('learner'));
  await openUnit(classmate, world);
  const shown = classmate.getByRole('listitem').filter({ hasText: question });
  await expect(shown.getByText('下雨了，所以我带伞')).toBeVisible();
  await expect(classmate.getByText('罗建华')).toHaveCount(0);
  await expectAccessible(classmate);
});

test('a lesson is read aloud where the browser has a Chinese voice, and only there', async ({ page, world, anotherPerson }) => {
  await giveVoice(page, 'zh-CN');
  await world.logIn(page, { ...(await world.account('learner')), login_name: LEARNER });
  await openUnit(page, world);
  await page.getByRole('button', { name: '朗读课文' }).click();
  await expect(page.getByRole('button', { name: '停止朗读' })).toBeVisible();
  const said = await page.evaluate(() => (window as unknown as { said: string[] }).said);
  expect(said.length).toBeGreaterThan(1);
  await expectAccessible(page);
  await page.getByRole('button', { name: '停止朗读' }).click();
  await expect(page.getByRole('button', { name: '朗读课文' })).toBeVisible();

  const { page: abroad } = await anotherPerson();
  await giveVoice(abroad, 'en-US');
  await world.logIn(abroad, { ...(await world.account('learner')), login_name: LEARNER });
  await openUnit(abroad, world);
  await expect(abroad.getByRole('button', { name: '朗读课文' })).toHaveCount(0);
});

test('a lesson opened on a second device counts there, and the first one says so', async ({ page, world, anotherPerson }) => {
  const learner = { ...(await world.account('learner')), login_name: LEARNER };
  await world.logIn(page, learner);
  await openUnit(page, world);
  const { page: second } = await anotherPerson();
  await world.logIn(second, learner);
  await openUnit(second, world);

  const told = page.getByText('您已在另一台设备或另一个窗口打开了课文，这里不再计时。');
  await expect(told).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page);
  await page.getByRole('button', { name: '在这里继续学' }).click();
  await expect(told).toHaveCount(0);
  await expect(second.getByText('这里不再计时。')).toBeVisible({ timeout: 30_000 });
  await expectAccessible(second);
});
