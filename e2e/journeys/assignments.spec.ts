// A learner hands in an assignment from the phone; a teacher of the class returns it, and marks it by its rubric once it
// is corrected. A teacher of another course writes assignments of their own, and puts them in order.
import { type Page } from '@playwright/test';
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { expectWhole } from '../pages';
import { confirm } from '../steps';
import { expect, test, type World } from '../world';

/** Of the demo: in the class of those whose accounts are offered. What is told of others there stays as it is. */
const LEARNER = 'luojianhua';
const COURSE = '成人高中语文';
const UNIT = '写好通知、请假条和申请书';
const TASK = '写一张请假条';

/** A picture that stands for a photo. */
const PHOTO = '../backend/demo/courses/GSX01/wage.png';

/** A document of a word processor. */
const DOCUMENT = 'fixtures/lesson.docx';

/** Opens the unit with the assignment; the card of the assignment. */
async function openAssignment(page: Page, world: World) {
  await page.goto(world.at('/learn'));
  await page.locator('.course-list .row-link').filter({ hasText: COURSE }).click();
  await page.locator('.unit-list .row-link').filter({ hasText: UNIT }).click();
  await expect(page.getByRole('article', { name: '课文' })).toBeVisible();
  return page.getByRole('region', { name: TASK });
}

test('an assignment is handed in, returned, handed in again and marked', async ({ page, world, alarms, anotherPerson }) => {
  test.setTimeout(120_000);
  // A file that is of no kind that is taken.
  alarms.expectRefusal(422);
  await world.logIn(page, { ...(await world.account('learner')), login_name: LEARNER });
  const card = await openAssignment(page, world);
  await expect(card.getByText('还没有交')).toBeVisible();
  await card.getByRole('button', { name: '交作业' }).click();
  await expect(card.getByText('请填写这一项。')).toBeVisible();
  await expectAccessible(page);

  // The draft outlives the page.
  const text = card.getByLabel('您的作业');
  await text.fill('请假条\n王主任：\n下周三下午我要去学校开家长会。\n罗建华');
  await card.getByLabel('拍照上传 作业照片').setInputFiles(PHOTO);
  await expect(card.getByText('照片：已有 1 张，最多 3 张')).toBeVisible();
  await page.reload();
  await expect(text).toHaveValue(/家长会/);
  await expect(card.getByText('照片：已有 1 张，最多 3 张')).toBeVisible();
  await card.getByLabel('选文件上传').setInputFiles({ name: '请假条.doc', mimeType: 'application/msword', buffer: Buffer.from('MZ') });
  await expect(card.getByText(/只收 PDF、Word/)).toBeVisible();
  await card.getByLabel('选文件上传').setInputFiles(DOCUMENT);
  await expect(card.getByText('文件：已有 1 个，最多 1 个')).toBeVisible();
  await card.getByRole('button', { name: '看照片 第 1 张照片' }).click();
  await expect(card.getByRole('img', { name: '第 1 张照片' })).toBeVisible();
  await card.scrollIntoViewIfNeeded();
  await photograph(page, 'written');
  await card.getByRole('button', { name: '交作业' }).click();
  await expect(page.getByText('作业已交，等老师批改。')).toBeVisible();
  await expect(card.getByText('待批改')).toBeVisible();
  await expect(text).toHaveCount(0);
  await expectAccessible(page);

  // The tutor finds it on the desk, looks at the photo, and returns it with a reason.
  const { page: tutor } = await anotherPerson();
  await world.logIn(tutor, await world.account('class_tutor'));
  await tutor.getByRole('link', { name: /^有 \d+ 份作业等您批改$/ }).click();
  await expect(tutor.getByRole('heading', { level: 1, name: '批改作业' })).toBeVisible();
  const row = tutor.getByRole('listitem').filter({ hasText: TASK });
  await expect(row.getByText('1 张照片')).toBeVisible();
  await expect(row.getByText('1 个文件')).toBeVisible();
  await expectWhole(tutor);
  await photograph(tutor, 'to-mark');
  await row.getByRole('link', { name: /^批改/ }).click();
  await expect(tutor.getByText('下周三下午我要去学校开家长会。')).toBeVisible();
  const download = tutor.waitForEvent('download');
  await tutor.getByRole('button', { name: '下载 第 1 个文件（docx）' }).click();
  expect((await download).suggestedFilename()).toBe('hand-in-1.docx');
  await tutor.getByRole('button', { name: '查看 第 1 张照片' }).click();
  await expect(tutor.getByRole('img', { name: '第 1 张照片' })).toBeVisible();
  await tutor.getByRole('button', { name: '放大 第 1 张照片' }).click();
  await expect(tutor.getByRole('button', { name: '缩小 第 1 张照片' })).toBeVisible();
  await expectWhole(tutor);
  await photograph(tutor, 'marking');
  await tutor.getByRole('button', { name: '退回订正' }).click();
  await expect(tutor.getByText('请填写这一项。')).toBeVisible();
  await tutor.getByLabel('评语').fill('请写上日期，写清从几点到几点。');
  await tutor.getByRole('button', { name: '退回订正' }).click();
  await expect(tutor.getByText('已退回，学员改好会再交。')).toBeVisible();
  await expect(tutor.getByText('没有等着您批改的作业了。')).toBeVisible();

  // What was returned stands in the form, to be corrected.
  await page.goto(world.at('/learn'));
  await page.getByRole('link', { name: `老师退回了“${UNIT}”的作业，请改好再交` }).click();
  await expect(card.getByText('请写上日期，写清从几点到几点。')).toBeVisible();
  await expect(card.getByText('请按老师的意见改好，再交一次。')).toBeVisible();
  await expect(text).toHaveValue(/家长会/);
  await expectAccessible(page);
  await photograph(page, 'returned');
  await text.fill('请假条\n王主任：\n11月25日13点到17点，我要去学校开家长会。\n罗建华 11月20日');
  await card.getByRole('button', { name: '交作业' }).click();
  await expect(card.getByText('待批改')).toBeVisible();

  // Each criterion gives its points, and no more.
  await tutor.goto(world.at('/hand_ins'));
  await row.getByRole('link', { name: /^批改/ }).click();
  await tutor.getByLabel('格式完整（0 到 4 分）').fill('5');
  await tutor.getByLabel('事情清楚（0 到 4 分）').fill('4');
  await tutor.getByLabel('语句通顺（0 到 2 分）').fill('1.5');
  await tutor.getByRole('button', { name: '给分' }).click();
  await expect(tutor.getByText('请填 0 到 4 之间的分数，最多两位小数。')).toBeVisible();
  await expectAccessible(tutor);
  await tutor.getByLabel('格式完整（0 到 4 分）').fill('4');
  await expect(tutor.getByText('合计 9.5 / 10 分')).toBeVisible();
  await tutor.getByLabel('评语').fill('改得好，事情都说清楚了。');
  await tutor.getByRole('button', { name: '给分' }).click();
  await expect(tutor.getByText('已批改。')).toBeVisible();
  await expect(tutor.getByText('得分 9.5 / 10')).toBeVisible();
  await expectWhole(tutor);
  await tutor.getByRole('main').getByRole('link', { name: '2026年春 织里童装厂班' }).click();
  await expect(tutor.getByRole('link', { name: '批改作业' })).toHaveAttribute('aria-current', 'page');
  await tutor.getByRole('radio', { name: '已批改' }).check();
  await expect(row.getByRole('link', { name: /^查看/ })).toBeVisible();
  await expectWhole(tutor);

  // The gradebook of the class says the same.
  await tutor.getByRole('link', { name: '成绩册' }).click();
  const grades = tutor.getByRole('row').filter({ hasText: '罗建华' });
  await grades.getByText(/^作业交 1\/1/).click();
  await expect(grades.getByRole('listitem').filter({ hasText: TASK }).getByText('得分 9.5 / 10')).toBeVisible();
  await expectAccessible(tutor);
  await expectWhole(tutor);
  await photograph(tutor, 'gradebook');

  await page.reload();
  await expect(card.getByText('得分 9.5 / 10')).toBeVisible();
  await expect(card.getByText('改得好，事情都说清楚了。')).toBeVisible();
  await card.getByText('以前交的').click();
  await expect(card.getByText('请写上日期，写清从几点到几点。')).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'marked');
});

/** Begins a course with one unit, and opens it. */
async function begin(page: Page, world: World, code: string): Promise<void> {
  await page.goto(world.at('/courses/new'));
  await page.getByLabel('课程代码').fill(code);
  await page.getByLabel('课程名称').fill('写信');
  await page.getByLabel('总课时（每课时 45 分钟）').fill('40');
  await page.getByLabel('简介').fill('写一封信。');
  await page.getByRole('button', { name: '建立课程' }).click();
  await expect(page).toHaveURL(/\/courses\/[0-9a-f-]{36}$/);
  await page.getByRole('button', { name: '添加模块' }).click();
  await page.getByRole('button', { name: '新单元', exact: true }).click();
  await page.getByLabel('课文（Markdown，公式写在 $…$ 之间）').fill('信有称呼、正文和落款。');
}

async function saved(page: Page): Promise<void> {
  await expect(page.getByText('有改动，即将保存')).toHaveCount(0);
  await expect(page.getByText('已保存', { exact: true })).toBeVisible();
}

test('a teacher writes assignments, and puts them in order', async ({ page, world }, testInfo) => {
  await world.logIn(page, await world.account('teacher'));
  await begin(page, world, `ZY${testInfo.project.name === 'phone' ? 1 : 2}1`);
  // Exercises change their places by keyboard, and keep the focus.
  await page.getByLabel('添加练习').fill('1. 一加一等于几？\nA. 二\nB. 三\n答案：A\n\n2. 二加二等于几？\nA. 四\nB. 五\n答案：A');
  await page.getByRole('button', { name: '加入单元' }).click();
  await page.getByRole('button', { name: '下移 1', exact: true }).press('Enter');
  await expect(page.locator('.understood > li').first()).toContainText('二加二等于几？');
  await expect(page.getByRole('button', { name: '上移 2', exact: true })).toBeFocused();
  await expect(page.getByText('这个单元还没有作业。')).toBeVisible();
  await page.getByRole('button', { name: '加一份作业' }).click();
  await page.getByLabel('作业标题').fill('写信封');
  await page.getByRole('button', { name: '加一份作业' }).click();
  await page.getByLabel('作业标题').fill('给家里写信');
  await page.getByLabel('必做：交了才算完成本单元').check();
  await saved(page);
  await confirm(page, '提交审核');
  await expect(page.getByText('请先补全')).toBeVisible();
  await page.getByLabel('作业要求').fill('写一封**家信**，报个平安。');
  await page.getByLabel('照片最多几张（0 到 9）').fill('0');
  await page.getByLabel('可以写文字').uncheck();
  await expect(page.getByText('文字、照片和文件至少要收一样。')).toBeVisible();
  await page.getByLabel('可以写文字').check();
  await page.getByRole('button', { name: '加一项评分标准' }).click();
  await page.getByLabel('第 1 项看什么').fill('称呼和落款');
  await page.getByLabel('第 1 项满分').fill('2.5');
  await page.getByRole('button', { name: '加一道讨论题' }).click();
  await page.getByLabel('讨论题标题').fill('家里的信');
  await page.getByLabel('想让大家讨论什么').fill('您最近一次写信是什么时候？');
  await page.getByRole('button', { name: '加一次线下课' }).click();
  await page.getByLabel('线下课标题').fill('一起写信封');
  await page.getByLabel('线下课做什么、带什么').fill('带一个信封和一支笔。');
  await page.getByLabel('几个课时（1 到 20）').fill('2');
  await page.getByRole('button', { name: '加一项外部课程' }).click();
  await page.getByLabel('外部课程标题').fill('在线练字');
  await expect(page.getByLabel('用哪个工具')).toHaveValue('');
  await page.getByLabel('打开哪个网址').fill('https://tool.example/7');
  await page.getByLabel('成绩达到百分之几算完成（0 到 100）').fill('60');
  await expectAccessible(page);
  await photograph(page, 'author');
  await page.getByRole('button', { name: '上移 给家里写信' }).click();
  await page.getByRole('button', { name: '删除 写信封' }).click();
  // It has no tool, and so could not be submitted.
  await page.getByRole('button', { name: '删除 在线练字' }).click();
  await saved(page);

  await page.reload();
  await page.getByRole('button', { name: '新单元', exact: true }).click();
  await expect(page.getByRole('button', { name: '写信封', exact: true })).toHaveCount(0);
  await page.getByRole('button', { name: '给家里写信', exact: true }).click();
  await expect(page.getByLabel('第 1 项满分')).toHaveValue('2.5');
  await expect(page.getByLabel('必做：交了才算完成本单元')).toBeChecked();
  await page.getByRole('button', { name: '家里的信', exact: true }).click();
  await expect(page.getByLabel('想让大家讨论什么')).toHaveValue('您最近一次写信是什么时候？');
  await confirm(page, '提交审核');
  await expect(page.getByText('已提交审核。')).toBeVisible();
  await confirm(page, '撤回');
});
