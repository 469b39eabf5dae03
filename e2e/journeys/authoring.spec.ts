// Two teachers make a course together: one writes it and puts it in order, the other returns it with a remark and
// publishes it later. Then one sees what has changed since, and begins another course with it.
import { type Locator, type Page } from '@playwright/test';
import { expectAccessible } from '../axe';
import { expectWhole } from '../pages';
import { confirm, submitAndPublish } from '../steps';
import { expect, test, type World } from '../world';

const TITLE = '家庭记账';
const BODY = '课文（Markdown，公式写在 $…$ 之间）';
const DRAFT = '**/api/v1/courses/*/draft';

// What a service worker fetches no route can lose.
test.use({ serviceWorkers: 'block' });

/** Begins a course with two units. */
async function begin(page: Page, world: World, code: string): Promise<void> {
  await page.goto(world.at('/courses/new'));
  await page.getByLabel('课程代码').fill(code);
  await page.getByLabel('课程名称').fill(TITLE);
  await page.getByLabel('总课时（每课时 45 分钟）').fill('40');
  await page.getByLabel('简介').fill('一个月的收入和支出。');
  await page.getByRole('button', { name: '建立课程' }).click();
  await expect(page).toHaveURL(/\/courses\/[0-9a-f-]{36}$/);
  await page.getByRole('button', { name: '添加模块' }).click();
  await write(page, '收入', '工资和别的收入都要记。');
  await page.getByRole('button', { name: '添加单元' }).click();
  await write(page, '支出', '每天记一次支出。');
  // It looks as on a phone.
  const preview = page.getByRole('region', { name: '学员看到的样子' });
  expect((await preview.boundingBox())?.width).toBeLessThanOrEqual(390);
  await lookOnPhone(page);
}

/** Goes through the course as learners have it on a phone. */
async function lookOnPhone(page: Page): Promise<void> {
  await page.getByRole('button', { name: '在手机上看' }).click();
  const dialog = page.getByRole('dialog', { name: '在手机上看' });
  const phone = dialog.getByRole('region', { name: '手机屏幕' });
  await expect(phone).toContainText('每天记一次支出。');
  await dialog.getByRole('radio', { name: /^小屏手机/ }).check();
  expect((await phone.boundingBox())?.width).toBeLessThanOrEqual(320);
  await dialog.getByRole('button', { name: '上一个单元' }).click();
  await expect(phone).toContainText('工资和别的收入都要记。');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
}

/** Writes the unit that has no name yet. */
async function write(page: Page, title: string, body: string): Promise<void> {
  await page.getByRole('button', { name: '新单元', exact: true }).click();
  await page.getByLabel('单元标题').fill(title);
  await page.getByLabel(BODY).fill(body);
  await saved(page);
}

async function saved(page: Page): Promise<void> {
  await expect(page.getByText('有改动，即将保存')).toHaveCount(0);
  await expect(page.getByText('已保存', { exact: true })).toBeVisible();
}

/** The title of the unit that stands at this place of the first module. */
const unitAt = (page: Page, place: number) => page.locator(`[data-part="0-${place}"] .grow`);

/** Draws a row to where another is. */
async function draw(page: Page, row: Locator, to: Locator): Promise<void> {
  const grip = row.locator('.grip').first();
  await grip.scrollIntoViewIfNeeded();
  const [start, end] = [(await grip.boundingBox())!, (await to.boundingBox())!];
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
  await page.mouse.down();
  await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 5 });
  await page.mouse.up();
}

test('two teachers write, review and publish a course', async ({ page, world, anotherPerson }, testInfo) => {
  test.setTimeout(180_000);
  const nth = testInfo.project.name === 'phone' ? 1 : 2;
  await world.logIn(page, await world.account('teacher'));
  const colleague = (await anotherPerson()).page;
  await world.logIn(colleague, await world.accountOf('luoteacher'));
  await begin(page, world, `JZ${nth}1`);

  // The order is changed without a mouse; the button keeps the focus, and what happened is said.
  const down = page.getByRole('button', { name: '下移 收入' });
  await down.focus();
  await page.keyboard.press('Enter');
  await expect(unitAt(page, 1)).toHaveText('收入');
  await expect(page.getByRole('status').filter({ hasText: '单元“收入”移到“新模块”的第 2 个，共 2 个' })).toBeAttached();
  await expect(down).toBeFocused();
  await draw(page, page.locator('[data-part="0-1"]'), unitAt(page, 0));
  await expect(unitAt(page, 0)).toHaveText('收入');
  await saved(page);
  await expectAccessible(page);

  // Submitted too early, it is taken back.
  await confirm(page, '提交审核');
  await expect(page.getByText('正在等另一位老师审核，审核期间不能修改。')).toBeVisible();
  await expect(page.getByLabel('单元标题')).toHaveCount(0);
  await expectWhole(page);
  await confirm(page, '撤回');
  await expect(page.getByRole('button', { name: '添加模块' })).toBeVisible();
  await confirm(page, '提交审核');
  await expect(page.getByText('正在等另一位老师审核，审核期间不能修改。')).toBeVisible();

  // The colleague reads it and sends it back.
  await colleague.goto(world.at('/courses'));
  await colleague.getByRole('region', { name: '等待审核' }).getByRole('link', { name: TITLE, exact: true }).click();
  await colleague.getByRole('button', { name: '收入', exact: true }).click();
  await expect(colleague.getByRole('region', { name: '学员看到的样子' })).toContainText('工资和别的收入都要记');
  await expectWhole(colleague);
  await colleague.getByRole('button', { name: '退回修改' }).click();
  await expect(colleague.getByText(/^退回时请写明要改什么/)).toBeVisible();
  await colleague.getByLabel('对“收入”的意见').fill('请举一个例子。');
  await colleague.getByRole('button', { name: '退回修改' }).click();
  await expect(colleague.getByText('已退回给作者。')).toBeVisible();

  // The author is told where, and changes it.
  await page.reload();
  const told = page.locator('.notice').filter({ hasText: '罗雅琴 退回了这份草稿' });
  await expect(told).toContainText('请举一个例子。');
  await expectAccessible(page);
  await told.getByRole('button', { name: '收入', exact: true }).click();
  await page.getByLabel(BODY).fill('工资和别的收入都要记，如每月工资 4000 元。');
  await saved(page);
  await submitAndPublish(page, colleague, world, TITLE);

  // What changes later is seen beside what is published.
  await page.reload();
  await expect(page.getByRole('region', { name: '学员停在哪里' })).toBeVisible();
  await page.getByRole('button', { name: '收入', exact: true }).click();
  await page.getByLabel(BODY).fill('工资和别的收入都要记，如每月工资 5000 元。');
  await saved(page);
  await page.getByRole('link', { name: '版本与改动' }).click();
  const changes = page.getByRole('region', { name: '改动' });
  await expect(changes.locator('del')).toHaveText('4000');
  await expect(changes.locator('ins')).toHaveText('5000');
  await expectWhole(page);

  await page.getByRole('link', { name: '回到课程' }).click();
  await page.getByRole('button', { name: '复制课程' }).click();
  const dialog = page.getByRole('dialog', { name: '复制课程' });
  await dialog.getByLabel('课程代码').fill(`JZ${nth}2`);
  await dialog.getByLabel('课程名称').fill('小店记账');
  await dialog.getByRole('button', { name: '复制课程' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '小店记账' })).toBeVisible();
  await expect(unitAt(page, 0)).toHaveText('收入');
  await expectWhole(page);
});

test('an exercise that was pasted is changed where it stands, and nothing that is written is lost', async ({ page, world, alarms }, testInfo) => {
  test.setTimeout(180_000);
  await world.logIn(page, await world.account('teacher'));
  await begin(page, world, `JZ${testInfo.project.name === 'phone' ? 1 : 2}3`);
  await page.getByLabel('添加练习').fill('1. 收入减去支出，剩下的叫什么？\nA. 结余\nB. 本金\n答案：B');
  await page.getByRole('button', { name: '加入单元' }).click();
  const row = page.getByRole('listitem').filter({ hasText: '剩下的叫什么' });
  // The author does it as a learner will, and finds the key wrong.
  await row.getByRole('button', { name: '试做 1' }).click();
  const trial = page.getByRole('dialog', { name: '试做' });
  await trial.getByRole('button', { name: '看看对不对' }).click();
  await expect(trial.getByText('请先作答。')).toBeVisible();
  await trial.getByRole('radio', { name: /结余/ }).check();
  await trial.getByRole('button', { name: '看看对不对' }).click();
  await expect(trial.getByText('这次没答对。')).toBeVisible();
  await expect(trial.getByText('答案 B')).toBeVisible();
  await expectAccessible(page);
  await trial.getByRole('button', { name: '关闭' }).click();

  const change = row.getByRole('button', { name: '修改 1' });
  await change.click();
  const dialog = page.getByRole('dialog', { name: '修改第 1 题' });
  await expect(dialog.getByLabel('选项 A')).toHaveValue('结余');
  await dialog.getByLabel('答案', { exact: true }).fill('E');
  await dialog.getByRole('button', { name: '改好了' }).click();
  await expect(dialog.locator('[aria-invalid=true]')).toBeFocused();
  await expectAccessible(page);
  await dialog.getByLabel('答案', { exact: true }).fill('A');
  await dialog.getByLabel('解析').fill('收入多于支出的部分。');
  await dialog.getByRole('button', { name: '改好了' }).click();
  await expect(page.getByText('第 1 题已修改。')).toBeVisible();
  await expect(change).toBeFocused();
  await saved(page);
  await expectAccessible(page);

  // It is what the server has.
  await page.reload();
  await page.getByRole('button', { name: '支出', exact: true }).click();
  await change.click();
  await expect(dialog.getByLabel('答案', { exact: true })).toHaveValue('A');
  await expect(dialog.getByLabel('解析')).toHaveValue('收入多于支出的部分。');
  await dialog.getByRole('button', { name: '关闭' }).click();

  // The reply to a save is lost while its author writes on: nobody else has changed anything.
  alarms.expectNetworkFailures();
  const body = page.getByLabel(BODY);
  const lost = page.waitForEvent('requestfailed');
  await page.route(
    DRAFT,
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
  await body.fill('每天记一次支出，买菜也要记。');
  await lost;
  await expect(page.getByText('没有保存成功，会再试。')).toBeVisible();
  await body.fill('每天记一次支出，买菜也要记，月底合计。');
  await saved(page);

  // Who leaves before it is saved leaves nothing behind.
  const back = page.locator('.way-back a');
  const again = async (): Promise<void> => {
    await expect(page.getByRole('button', { name: '添加模块' })).toHaveCount(0);
    await page.goBack();
    await page.getByRole('button', { name: '支出', exact: true }).click();
  };
  await body.fill('每天记一次支出，写在本子上。');
  await back.click();
  await again();
  await expect(body).toHaveValue('每天记一次支出，写在本子上。');
  // What could not be saved waits for its author.
  await page.route(DRAFT, (route) => (route.request().method() === 'PUT' ? route.abort() : route.continue()));
  await body.fill('每天记一次支出，写在手机上。');
  await back.click();
  const told = page.locator('.toast').filter({ hasText: `“${TITLE}”的最后改动没有保存。` });
  await expect(told).toBeVisible();
  await expectAccessible(page);
  await told.getByRole('button', { name: '关闭' }).click();
  await page.unroute(DRAFT);
  await again();
  await expect(body).toHaveValue('每天记一次支出，写在手机上。');
  await saved(page);

  // What was changed in two windows stands in both until its author has chosen.
  alarms.expectRefusal(412);
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.getByRole('button', { name: '支出', exact: true }).click();
  await other.getByLabel(BODY).fill('每天记一次支出，写在墙上。');
  await saved(other);
  await body.fill('每天记一次支出，写在账本上。');
  await page.getByRole('button', { name: '保留本页的，替换别处改的' }).click();
  await saved(page);
  await other.getByLabel(BODY).fill('不记支出。');
  const theirs = other.getByRole('button', { name: '载入别处改的，放弃本页的改动' });
  await expect(theirs).toBeVisible();
  await expect(other.getByLabel(BODY)).toHaveValue('不记支出。');
  await expectAccessible(other);
  await theirs.click();
  await expect(other.getByLabel(BODY)).toHaveCount(0);
  await other.getByRole('button', { name: '支出', exact: true }).click();
  await expect(other.getByLabel(BODY)).toHaveValue('每天记一次支出，写在账本上。');

  // A footnote is shown where it stands, on the same page, and leads back.
  await body.fill('每天记一次支出[^1]，写在账本上。\n\n[^1]: 睡前记最好。');
  const preview = page.getByRole('region', { name: '学员看到的样子' });
  const note = preview.getByRole('listitem').filter({ hasText: '睡前记最好' });
  await preview.getByRole('link', { name: '1', exact: true }).click();
  await expect(page).toHaveURL(/#fn-[0-9a-f]{8}-1$/);
  await expect(note).toBeInViewport();
  await expect(body).toHaveValue(/睡前记最好/);
  await note.getByRole('link').click();
  await expect(page).toHaveURL(/#fnref-[0-9a-f]{8}-1$/);
  await expect(body).toHaveValue(/睡前记最好/);
  await saved(page);

  // Exercises and assignments are drawn to their places as units are.
  await page.getByLabel('添加练习').fill('1. 一天记几次账？\nA. 一次\nB. 从不\n答案：A');
  await page.getByRole('button', { name: '加入单元' }).click();
  const exercises = page.locator('[data-part^="exercise-"]');
  await draw(page, exercises.nth(1), exercises.nth(0));
  await expect(exercises.nth(0)).toContainText('一天记几次账');
  await page.getByRole('button', { name: '加一份作业' }).click();
  await page.getByLabel('作业标题').fill('记一周的账');
  await page.getByRole('button', { name: '加一份作业' }).click();
  const assignments = page.getByRole('region', { name: '单元', exact: true }).locator('.outline > li[data-part]');
  await draw(page, assignments.nth(1), assignments.nth(0).locator('.grow'));
  await expect(page.getByRole('status').filter({ hasText: '“新作业”移到第 1 个，共 2 个' })).toBeAttached();
  await expect(assignments.nth(1)).toContainText('记一周的账');
  await saved(page);
  await expectAccessible(page);
});
