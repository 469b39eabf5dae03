// Nothing on the way to a test is a dead end: a plan is changed, put off and called off, a registration taken back and made
// again, an item given a new version, which somebody else finds right, and retired, a paper discarded.
import { type Page } from '@playwright/test';
import { expectAccessible } from '../axe';
import { approveItem } from '../items';
import { photograph } from '../looks';
import { confirm, openRegistration } from '../steps';
import { type DemoAccount, expect, test, type World } from '../world';

const COURSE = '成人高中数学';
const REASON = '台风停考';

/** Stands on the page with this address and waits until it is drawn. */
async function open(page: Page, world: World, path: string): Promise<void> {
  await page.goto(world.at(path));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByText('正在打开…')).toHaveCount(0);
}

/** A full minute in China's time so many days from now, for a `datetime-local` input. */
function daysFromNow(days: number): string {
  const china = new Date(Date.now() + days * 86_400_000 + 8 * 3_600_000);
  return china.toISOString().slice(0, 16);
}

/** Says in the dialog why something ends, which it does not without a reason. */
async function endBecause(page: Page, name: string, reason: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  const end = dialog.getByRole('button', { name, exact: true });
  await end.click();
  await expect(dialog.getByText('请填写这一项。')).toBeVisible();
  await dialog.getByLabel('原因').fill(reason);
  await expectAccessible(page);
  await end.click();
}

/** An administrator plans a test whose rooms close too early, is stopped, changes the plan, and opens it with another one. */
async function plan(page: Page, other: Page, world: World, title: string): Promise<void> {
  await open(page, world, '/exam_sessions/new');
  await page.getByLabel('名称').fill(title);
  await page.getByLabel('课程').selectOption({ label: COURSE });
  await page.getByLabel('试卷').selectOption({ index: 1 });
  await page.getByLabel('开考').fill(daysFromNow(3));
  await page.getByLabel('作答时间（分钟）').fill('60');
  const code = page.getByRole('checkbox', { name: '凭考场口令答题' });
  await code.check();
  await page.getByLabel('离开答题页时').selectOption({ label: '记录，并提醒考生' });
  const check = page.getByRole('region', { name: '考前检查' });
  await expect(check.getByRole('row').filter({ hasText: '一般考生' })).toBeVisible();
  await expect(check.getByRole('row').filter({ hasText: '延长 50% 的作答时间' })).toBeVisible();
  await page.getByLabel('考点清场时间').fill(daysFromNow(3));
  await expect(check.getByText(/^不改正，不能继续/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: '建立考次' }).click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await expect(check.getByText(/考点清场时间太早/)).toBeVisible();
  await expectAccessible(page);
  await confirm(page, '开放报名');
  await expect(page.getByText(/^考点的清场时间早于考生依法可以作答的最晚时间/)).toBeVisible();

  await page.getByRole('link', { name: '修改考次' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '修改考次' })).toBeVisible();
  await expect(page.getByLabel('名称')).toHaveValue(title);
  await expect(page.getByLabel('试卷').locator('option:checked')).not.toHaveText('请选择');
  await expect(code).toBeChecked();
  await expect(page.getByLabel('离开答题页时')).toHaveValue('warn');
  await page.getByLabel('作答时间（分钟）').fill('90');
  await page.getByLabel('考点清场时间').fill('');
  await expect(check.getByText(/^不改正，不能继续/)).toHaveCount(0);
  await expectAccessible(page);
  await page.getByRole('button', { name: '保存修改' }).click();
  await expect(page.getByText('考次已修改。')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await openRegistration(page, other);
  await expectAccessible(other);
  await expect(page.getByRole('link', { name: '修改考次' })).toHaveCount(0);
}

/** The author brings an item in with a wrong key, and puts it right. */
async function putItemRight(page: Page, world: World, stem: string): Promise<void> {
  await open(page, world, '/items/import');
  await page.getByLabel('课程', { exact: true }).selectOption({ label: COURSE });
  await page.getByLabel('题目文本').fill(`1. ${stem}\nA. 七\nB. 八\n答案：B\n`);
  await page.getByRole('button', { name: '检查' }).click();
  await page.getByRole('button', { name: '导入 1 题' }).click();
  await expect(page.getByRole('main').getByText('已导入 1 题。')).toBeVisible();

  await open(page, world, '/items');
  await page.getByLabel('课程', { exact: true }).selectOption({ label: COURSE });
  const row = page.getByRole('row').filter({ hasText: stem });
  const dialog = page.getByRole('dialog');
  await row.getByRole('button', { name: '查看' }).click();
  await dialog.getByRole('button', { name: '修改' }).click();
  await expect(dialog.getByLabel('选项 B')).toHaveValue('八');
  await dialog.getByLabel('答案').fill('C');
  await dialog.getByRole('button', { name: '存为新版本' }).click();
  await expect(dialog.getByText('答案不在选项之中')).toBeVisible();
  await dialog.getByLabel('答案').fill('a');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '存为新版本' }).click();
  await expect(page.getByText('已存为第 2 版，等待审核。')).toBeVisible();
  await expect(row.getByText('2', { exact: true })).toBeVisible();
  await expect(row.getByText('待审核')).toBeVisible();
}

/** The author retires an item that was approved since. */
async function retireItem(page: Page, world: World, stem: string): Promise<void> {
  await open(page, world, '/items/mine');
  const row = page.getByRole('row').filter({ hasText: stem });
  await expect(row.getByText('审核通过')).toBeVisible();
  await row.getByRole('button', { name: '查看' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '停用' }).click();
  await endBecause(page, '停用', '超出大纲');
  await expect(row.getByText('已停用')).toBeVisible();
  await expectAccessible(page);
}

/** An administrator composes a paper, which takes no retired item, and discards it. */
async function discardPaper(page: Page, world: World, title: string, stem: string): Promise<void> {
  await open(page, world, '/papers/new');
  await page.getByLabel('试卷名称').fill(title);
  await page.getByLabel('课程', { exact: true }).selectOption({ label: COURSE });
  await page.locator('.choices-list').getByRole('checkbox').first().check();
  await expect(page.getByRole('checkbox', { name: stem })).toHaveCount(0);
  await page.getByRole('button', { name: '保存试卷' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '试卷', exact: true })).toBeVisible();
  await page.getByLabel('课程', { exact: true }).selectOption({ label: COURSE });
  const paper = page.getByRole('region', { name: title });
  await paper.getByRole('button', { name: '作废' }).click();
  await endBecause(page, '作废', '选错了题');
  await expect(paper.getByText('作废原因：选错了题')).toBeVisible();
  await expect(paper.getByRole('button', { name: '封存' })).toHaveCount(0);
  await expectAccessible(page);
}

test('what went wrong before a test is put right', async ({ page, world, anotherPerson }, testInfo) => {
  test.setTimeout(240_000);
  const accounts = (await (await fetch(world.at('/api/v1/demo_accounts'))).json()) as DemoAccount[];
  const person = async (name: string, refusal?: number): Promise<Page> => {
    const { page, alarms } = await anotherPerson();
    if (refusal) alarms.expectRefusal(refusal);
    await world.logIn(page, accounts.find((one) => one.login_name === name)!);
    return page;
  };
  const title = `改期的统一测试 ${testInfo.project.name}`;
  // A plan that cannot be right is not opened.
  const planner = await person('exam1', 409);
  await plan(planner, await person('exam2'), world, title);

  await world.logIn(page, accounts.find((one) => one.login_name === 'zhangxiuying')!);
  await open(page, world, '/exams');
  const exam = page.getByRole('region', { name: title });
  const register = exam.getByRole('button', { name: '报名', exact: true });
  await register.click();
  await expect(page.getByText('报名成功。')).toBeVisible();
  await exam.getByRole('button', { name: '取消报名' }).click();
  await expectAccessible(page);
  await page.getByRole('dialog').getByRole('button', { name: '取消报名' }).click();
  await expect(page.getByText('已取消报名。')).toBeVisible();
  await register.click();
  await expect(exam.getByText('已报名', { exact: true })).toBeVisible();

  await planner.reload();
  await planner.getByRole('button', { name: '改期' }).click();
  const dialog = planner.getByRole('dialog');
  await dialog.getByLabel('改到').fill(daysFromNow(4));
  await endBecause(planner, '改期', '场地停电');
  await expect(planner.getByText(/^原定 .+ 开考，已改期：场地停电$/)).toBeVisible();
  await expectAccessible(planner);
  await page.reload();
  await expect(exam.getByText(/^这次考试原定 .+ 开考，已改期：场地停电$/)).toBeVisible();
  await expectAccessible(page);

  await planner.getByRole('button', { name: '取消考次' }).click();
  await endBecause(planner, '取消考次', REASON);
  await expect(planner.getByText(`考次已取消：${REASON}`)).toBeVisible();
  await expect(planner.getByRole('button', { name: '截止报名并编排' })).toHaveCount(0);
  await expectAccessible(planner);
  await photograph(planner, 'cancelled');
  await page.reload();
  await expect(exam.getByText(`这次考试已取消：${REASON}`)).toBeVisible();
  await expect(exam.getByRole('button')).toHaveCount(0);
  await expectAccessible(page);
  await photograph(page, 'exams');
  await open(page, world, '/learn');
  await expect(page.getByRole('link', { name: title })).toBeVisible();
  await expect(page.getByText(`这次考试已取消：${REASON}`)).toBeVisible();
  await expectAccessible(page);

  const stem = `三加四等于几，${testInfo.project.name}？`;
  const [author, reviewer] = [await person('itemauthor'), await person('itemreviewer')];
  await putItemRight(author, world, stem);
  await open(reviewer, world, '/item_reviews');
  await approveItem(reviewer, stem);
  await retireItem(author, world, stem);
  await discardPaper(planner, world, `备用卷 ${testInfo.project.name}`, stem);
});
