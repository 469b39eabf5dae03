// The whole road in one story: a course is written, a learner studies it, sits its unified test –
// without a network for a while –, passes, and a stranger verifies her certificate.
import { type Locator, type Page } from '@playwright/test';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { api, token } from '../../api';
import { expectAccessible } from '../../axe';
import { approveItem } from '../../items';
import { photograph } from '../../looks';
import { proposeSeal, sealPaper } from '../../papers';
import { confirm, openRegistration, readToTheEnd, seeTodaysTestBegin, submitAndPublish } from '../../steps';
import { type DemoAccount, expect, test, type World } from '../../world';

test.use({ serviceWorkers: 'allow' });

const ITEMS = `1. 下列词语中没有错别字的一项是（　　）
A. 再接再励
B. 一如既往
C. 走头无路
D. 谈笑风声
答案：B

2. （判断）“模范”的“模”读 mó。
答案：正确

3. （作文）请用一句话说明为什么要写请假条。
答案：
10-60 字
内容 60%：说明事由和时间，便于安排工作
语言 40%
`;

/** What each of them begins with, more or less. */
const STEMS = ['没有错别字的一项', '“模范”的“模”读', '请用一句话说明为什么要写请假条'];

/** The course of the story. */
type Course = { code: string; title: string };

/** Somebody at a device of their own, logged in. */
type Person = (name: string) => Promise<Page>;

/** Stands on the page with this address and waits until it is drawn. */
async function open(page: Page, world: World, path: string): Promise<void> {
  await page.goto(world.at(path));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByText('正在打开…')).toHaveCount(0);
}

/** A teacher writes a course of one unit; a colleague publishes it. */
async function writeCourse(page: Page, colleague: Page, world: World, { code, title }: Course): Promise<void> {
  await open(page, world, '/courses/new');
  await page.getByLabel('课程代码').fill(code);
  await page.getByLabel('课程名称').fill(title);
  await page.getByLabel('总课时（每课时 45 分钟）').fill('60');
  await page.getByLabel('简介').fill('读得准，写得通。');
  await page.getByRole('button', { name: '建立课程' }).click();
  await expect(page).toHaveURL(/\/courses\/[0-9a-f-]{36}$/);

  await page.getByRole('button', { name: '添加模块' }).click();
  await page.getByRole('button', { name: '新单元', exact: true }).click();
  await page.getByLabel('单元标题').fill('一张请假条');
  await page.getByLabel('课文（Markdown，公式写在 $…$ 之间）').fill('### 请假条\n\n请假三天，是 $3 \\times 8 = 24$ 个工时。');
  await expect(page.getByRole('region', { name: '学员看到的样子' }).locator('math')).toBeVisible();
  await page.getByLabel('添加练习').fill('1. 请假条要写清什么？\nA. 事由和时间\nB. 天气\n答案：A');
  await page.getByRole('button', { name: '加入单元' }).click();
  await expect(page.getByText('已保存', { exact: true })).toBeVisible();
  await expectAccessible(page);
  await submitAndPublish(page, colleague, world, title);
}

/** The school of the learner opens a class that studies the course, the county approves it, and she is in it. */
async function openClass(world: World, { code }: Course, learner: DemoAccount): Promise<void> {
  type Found<T> = { items: T[] };
  const [office, county] = [await token(world, 'zhilioffice'), await token(world, 'countybureau')];
  const { items: courses } = await api<Found<{ id: string }>>(world, `/courses?text=${code}`);
  const hers = `/classes?name=${encodeURIComponent('织里童装厂班')}`;
  const { items: classes } = await api<Found<{ provider_id: string }>>(world, hers, office);
  const planned = await api<{ class: { id: string } }>(world, '/classes', office, {
    provider_id: classes[0]!.provider_id,
    name: `网络班 ${code}`,
    form: 'online',
    capacity: 40,
    courses: [{ course_id: courses[0]!.id }],
  });
  const path = `/classes/${planned.class.id}`;
  const { account_id } = await api<{ account_id: string }>(world, '/me', await token(world, learner.login_name));
  await api(world, `${path}/steps`, county, { wanted: 'approved' });
  await api(world, `${path}/steps`, office, { wanted: 'enrolling' });
  await api(world, `${path}/members`, office, { learners: [account_id] });
  await api(world, `${path}/steps`, office, { wanted: 'running' });
}

/** Answers the exercise wrongly, and then rightly, as the feedback teaches. */
async function exercise(page: Page): Promise<void> {
  const region = page.getByRole('region', { name: '第 1 题' });
  await region.getByRole('radio', { name: /^B/ }).check();
  await region.getByRole('button', { name: '看看对不对' }).click();
  await expect(region.locator('p').filter({ hasText: '正确答案：' })).toContainText('A');
  await region.getByRole('radio', { name: /^A/ }).check();
  await region.getByRole('button', { name: '看看对不对' }).click();
  await expect(region.getByText('答对了！')).toBeVisible();
}

/** The learner studies the course that was written. */
async function study(page: Page, world: World, course: string): Promise<void> {
  await open(page, world, '/learn');
  await expectAccessible(page);
  await page.getByRole('link', { name: course }).click();
  await expect(page.getByRole('heading', { level: 1, name: course })).toBeVisible();
  await page.locator('li[aria-current=step]').getByRole('link').click();
  await expect(page.getByRole('article', { name: '课文' }).locator('math')).toBeVisible();
  await expectAccessible(page);
  await exercise(page);
  await readToTheEnd(page);
}

/** The author brings items in, all or none. */
async function importItems(page: Page, world: World, course: string): Promise<void> {
  await open(page, world, '/items/import');
  await page.getByLabel('课程', { exact: true }).selectOption({ label: course });
  // A file of an older program: GBK.
  const old = { name: 'old.txt', mimeType: 'text/plain', buffer: Buffer.from('ced2b9fab5c4cad7b6bc', 'hex') };
  await page.getByLabel('或者选择文件').setInputFiles(old);
  await expect(page.getByLabel('题目文本')).toHaveValue('我国的首都');
  await page.getByLabel('题目文本').fill(`${ITEMS}\n4. 没有答案的题（　　）\nA. 一\nB. 二\n`);
  await page.getByRole('button', { name: '检查' }).click();
  await expect(page.getByText('第 17 行：没有找到答案')).toBeVisible();
  await expect(page.getByRole('button', { name: /^导入/ })).toHaveCount(0);
  await page.getByLabel('题目文本').fill(ITEMS);
  await page.getByRole('button', { name: '检查' }).click();
  await expectAccessible(page);
  await page.getByRole('button', { name: '导入 3 题' }).click();
  await expect(page.getByRole('main').getByText('已导入 3 题。')).toBeVisible();
}

/** Somebody else reads each of them. */
async function reviewItems(page: Page, world: World): Promise<void> {
  await open(page, world, '/item_reviews');
  await expectAccessible(page);
  for (const stem of STEMS) {
    await approveItem(page, stem);
  }
}

/** An administrator composes the paper, has it sealed by the other one, plans the test and opens registration. */
async function plan([page, other]: [Page, Page], world: World, course: string, title: string): Promise<void> {
  await open(page, world, '/papers/new');
  await page.getByLabel('试卷名称').fill(title);
  await page.getByLabel('课程', { exact: true }).selectOption({ label: course });
  for (const stem of STEMS) {
    await page.getByRole('checkbox', { name: new RegExp(stem) }).last().check();
  }
  await expect(page.getByText('已选 3 题')).toBeVisible();
  await page.getByLabel('按题型分成几个部分').check();
  const told = page.getByLabel('单选题：答题说明');
  await told.fill('只有一个选项正确。');
  // No other part of the page has the name of a kind for its id.
  await expect(told).toHaveAttribute('id', 'part-single_choice');
  await expectAccessible(page);
  await page.getByRole('button', { name: '保存试卷' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '试卷', exact: true })).toBeVisible();
  await page.getByLabel('课程', { exact: true }).selectOption({ label: course });
  await giveTools(page, title);
  await proposeSeal(page, title);
  await open(other, world, '/papers?waits=sealing');
  await expectAccessible(other);
  await other.getByRole('link', { name: '查看全部' }).click();
  await other.getByLabel('课程', { exact: true }).selectOption({ label: course });
  await sealPaper(other, title);

  await open(page, world, '/exam_sessions/new');
  await page.getByLabel('名称').fill(title);
  await page.getByLabel('课程').selectOption({ label: course });
  await page.getByLabel('试卷').selectOption({ label: title });
  await page.getByLabel('开考').fill(minutesFromNow(3));
  await page.getByLabel('作答时间（分钟）').fill('30');
  await page.getByLabel('提前交卷（分钟）').fill('');
  await page.getByRole('button', { name: '建立考次' }).click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await openRegistration(page, other);
  await expectAccessible(page);
}

/** Candidates may reckon, and look up a formula. */
async function giveTools(page: Page, title: string): Promise<void> {
  const paper = page.getByRole('region', { name: title });
  await paper.getByText('考场工具', { exact: true }).click();
  await paper.getByLabel('计算器').selectOption('scientific');
  await paper.getByLabel('公式表').fill('圆的面积 $S=\\pi r^2$');
  await expectAccessible(page);
  await paper.getByRole('button', { name: '保存考场工具' }).click();
  await expect(page.getByText('考场工具已保存。')).toBeVisible();
  await expect(paper.getByText('有公式表')).toBeVisible();
}

/** The tools beside the paper need no network, and the item stays in sight. */
async function useTools(page: Page): Promise<void> {
  await page.getByRole('button', { name: '计算器' }).click();
  const calculator = page.getByRole('dialog', { name: '计算器' });
  await expect(calculator.getByLabel('算式')).toBeFocused();
  await calculator.getByLabel('算式').fill('0.1+0.2');
  await page.keyboard.press('Enter');
  await expect(calculator.getByText('= 0.3', { exact: true })).toBeVisible();
  await calculator.getByRole('button', { name: '清空' }).click();
  for (const key of ['8', '÷', '0']) {
    await calculator.getByRole('button', { name: key, exact: true }).click();
  }
  await calculator.getByRole('button', { name: '等于' }).click();
  await expect(calculator.getByText('不能除以 0')).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(calculator).toHaveCount(0);
  await expect(page.getByRole('button', { name: '计算器' })).toBeFocused();
  await page.getByRole('button', { name: '公式表' }).click();
  await expect(page.getByRole('dialog', { name: '公式表' }).locator('math')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '放大文字' }).click();
  await expect(page.getByText('125%')).toBeVisible();
}

/** A full minute in China's time, for a `datetime-local` input. */
function minutesFromNow(minutes: number): string {
  const china = new Date(Date.now() + minutes * 60_000 + 8 * 3_600_000);
  return china.toISOString().slice(0, 16);
}

/** The learner sits the test; in the middle the network goes away, and she reloads. */
async function sit(page: Page, world: World, title: string): Promise<void> {
  // A browser that promises nothing is told of in the waiting room, and keeps nobody out.
  await page.addInitScript(() => {
    navigator.storage.persist = () => Promise.resolve(false);
  });
  await open(page, world, '/exams');
  await page.getByRole('region', { name: title }).getByRole('link', { name: '进入考试' }).click();
  await expect(page.getByText('离开考还有')).toBeVisible();
  await expect(page.getByText('浏览器没有保证不清理本机的答案')).toBeVisible();
  await expectAccessible(page);
  await expect(page.getByText(/^第 1 题/)).toBeVisible({ timeout: 240_000 });
  await expect(page.getByText(/^第 1 部分/)).toBeVisible();
  await expect(page.getByText('只有一个选项正确。')).toBeVisible();
  await expectAccessible(page);

  await answerItem(page);
  await expect(page.locator('main').getByText('已保存', { exact: true })).toBeVisible();
  await page.context().setOffline(true);
  await page.getByRole('button', { name: '下一题' }).click();
  await answerItem(page);
  await expect(page.locator('main').getByText('仅存本机', { exact: true })).toBeVisible();
  await useTools(page);
  await page.reload();
  await expect(page.getByText(/已答 2 \/ 3/).first()).toBeVisible();
  await page.context().setOffline(false);
  await page.getByRole('button', { name: /第 3 题/ }).first().click();
  await answerItem(page);
  await expect(page.locator('main').getByText('已保存', { exact: true })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: '检查并交卷' }).click();
  await expect(page.getByRole('dialog').getByText('每一题都答了。')).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: '确认交卷' }).click();
  await expect(page.getByRole('heading', { name: '考试回执' })).toBeVisible({ timeout: 60_000 });
  await expectAccessible(page);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载回执（PDF）' }).click();
  expect((await saved).suggestedFilename()).toBe('考试回执.pdf');
}

/** Answers the item in sight rightly, whichever of the three it is. */
async function answerItem(page: Page): Promise<void> {
  const item = page.locator('main');
  const text = item.getByRole('textbox');
  const right = item.getByRole('radio', { name: /一如既往|^正确/ });
  await expect(text.or(right)).toBeVisible();
  if (await text.count()) {
    await text.fill('说明事由和时间，让单位好安排工作。');
    await text.blur();
  } else {
    await right.check();
  }
}

/** What anybody is told at an address. */
async function get(world: World, path: string): Promise<unknown> {
  return (await fetch(world.at(path))).json();
}

/** What libraries that are not ours say of a credential. */
async function foreignVerdict(file: string, ...options: string[]): Promise<string> {
  const run = promisify(execFile)('node', ['verify/verify.mjs', file, ...options]);
  return (await run.catch((refused: { stdout: string }) => refused)).stdout.trim();
}

/** The marker gives each dimension of the essay its points, without knowing whose it is. */
async function mark(page: Page, world: World, title: string, learner: DemoAccount): Promise<void> {
  await expect(async () => {
    await open(page, world, '/marking');
    await page.getByLabel('考次').selectOption({ label: title });
  }).toPass({ timeout: 60_000 });
  await expect(page.getByText('让单位好安排工作')).toBeVisible();
  await expect(page.getByText(learner.display_name)).toHaveCount(0);
  await expectAccessible(page);
  await expect(page.getByText(/^17 字/)).toBeVisible();
  await page.getByRole('textbox', { name: '内容', exact: true }).fill('16');
  await page.getByRole('textbox', { name: '语言', exact: true }).fill('11.5');
  await expect(page.getByText('合计 27.5 分，满分 30 分')).toBeVisible();
  await page.getByRole('button', { name: '给分并看下一份' }).click();
  await expect(page.getByText('让单位好安排工作')).toHaveCount(0);
}

/** Who reviews items sees that one was used, and how it did, once the server has measured. */
async function seeFigures(page: Page, world: World, course: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await expect(async () => {
    await open(page, world, '/items');
    await page.getByLabel('课程', { exact: true }).selectOption({ label: course });
    const used = page.getByRole('row').filter({ hasText: STEMS[0] }).filter({ hasText: /\d+ 次，最近/ });
    await used.first().getByRole('button', { name: '查看' }).click();
    await expect(dialog.getByText(/^第 \d+ 版，.+，\d+ 人：难度 [01]\.\d+，区分度 /).first()).toBeVisible();
  }).toPass({ timeout: 60_000 });
  await expectAccessible(page);
  await photograph(page, 'figures');
}

/** Opens the recheck that stands there. */
async function openRecheck(page: Page, world: World, standing: string): Promise<void> {
  await open(page, world, '/rechecks');
  await page.getByRole('row').filter({ hasText: standing }).first().getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1, name: /^成绩复核 \d/ })).toBeVisible();
}

/** The learner doubts the score; what one administrator finds, another has looked at again, and the result stays. */
async function recheck(page: Page, world: World, course: string, [first, second]: [Page, Page]): Promise<void> {
  const own = page.getByRole('region', { name: course });
  await own.getByRole('button', { name: '申请复核' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '申请复核' }).click();
  await expect(own.getByText(/您已于 .+ 申请复核，.+以前答复/)).toBeVisible();
  await expectAccessible(page);

  await openRecheck(first, world, '等检查');
  await first.getByRole('button', { name: '保存检查结果' }).click();
  await expect(first.getByLabel('原因')).toHaveAttribute('aria-invalid', 'true');
  await first.getByLabel('第 1 题更正为').fill('0.5');
  await first.getByLabel('原因').fill('第一题登记错了');
  await expectAccessible(first);
  await first.getByRole('button', { name: '保存检查结果' }).click();
  await expect(first.getByText('等另一个人确认。')).toBeVisible();

  await open(second, world, '/rechecks?waits=true');
  await expectAccessible(second);
  await openRecheck(second, world, '等第二人确认');
  await expect(second.getByText(/第 1 题：.+更正为 0.5 分/)).toBeVisible();
  await expect(second.getByRole('button', { name: '确认更正' })).toBeVisible();
  await expectAccessible(second);
  await photograph(second, 'recheck');
  await second.getByRole('button', { name: '退回再检查' }).click();
  await expect(second.getByText('等检查')).toBeVisible();
  await second.getByLabel('原因').fill('各题得分和合计都没有错误');
  await second.getByRole('button', { name: '保存检查结果' }).click();
  await expect(second.getByText('没有变化', { exact: true })).toBeVisible();

  await page.reload();
  await expect(own.getByText(/成绩没有变化。各题得分和合计都没有错误/)).toBeVisible();
}

test('from the first lesson to the verified certificate', async ({ page, world, alarms, anotherPerson }, testInfo) => {
  test.setTimeout(600_000);
  const accounts = (await (await fetch(world.at('/api/v1/demo_accounts'))).json()) as DemoAccount[];
  const account = (name: string): DemoAccount => accounts.find((one) => one.login_name === name)!;
  const person: Person = async (name) => {
    const { page } = await anotherPerson();
    await world.logIn(page, account(name));
    return page;
  };
  const learner = account('zhangxiuying');
  const title = `全省统一测试 ${testInfo.project.name}`;
  const code = testInfo.project.name === 'phone' ? 'GSH01' : 'GSH02';
  const course = { code, title: `生活语文 ${code}` };
  alarms.expectNetworkFailures();
  // After the reload without a network the device has no access token until its log-in is renewed.
  alarms.expectRefusal(401);

  const [teacher, colleague] = [await person('wangteacher'), await person('luoteacher')];
  await writeCourse(teacher, colleague, world, course);
  await openClass(world, course, learner);
  await world.logIn(page, learner);
  await study(page, world, course.title);
  await importItems(await person('itemauthor'), world, course.title);
  const reviewer = await person('itemreviewer');
  await reviewItems(reviewer, world);
  const [first, second] = [await person('exam1'), await person('exam2')];
  await seeTodaysTestBegin(first, world);
  await plan([first, second], world, course.title, title);

  await open(page, world, '/exams');
  await page.getByRole('region', { name: title }).getByRole('button', { name: '报名' }).click();
  await expect(page.getByText('报名成功。')).toBeVisible();
  await confirm(first, '截止报名并编排');
  await confirm(first, '启用试卷密钥');
  await expect(first.getByText('第一位已经确认')).toBeVisible();
  const session = new URL(first.url()).pathname;
  await open(second, world, session);
  await confirm(second, '启用试卷密钥');
  await expect(second.getByText('到开考时间自动开考')).toBeVisible();

  await sit(page, world, title);
  await mark(await person('marker'), world, title, learner);
  for (const administrator of [first, second]) {
    await open(administrator, world, session);
    await confirm(administrator, '发布成绩');
  }
  await expect(second.getByText('成绩已经发布。')).toBeVisible();
  await seeFigures(reviewer, world, course.title);

  await open(page, world, '/results');
  await expect(page.getByRole('region', { name: course.title }).getByText('已通过')).toBeVisible();
  await expectAccessible(page);
  await recheck(page, world, course.title, [first, second]);

  const officer = await person('creditbank');
  await open(officer, world, '/certificates');
  await officer.getByLabel('已发布成绩的考次').selectOption({ label: title });
  await confirm(officer, '出具证明');
  await expect(officer.getByText('新出具 1 份')).toBeVisible();
  const row = (page: Page): Locator =>
    page.getByRole('row').filter({ hasText: learner.display_name }).filter({ hasText: course.title });
  await row(officer).getByRole('button', { name: '提交市审核' }).click();
  await expect(row(officer).getByText('待市审核')).toBeVisible();
  await expectAccessible(officer);

  const auditor = await person('auditor');
  await open(auditor, world, '/certificates');
  await auditor.getByLabel('课程', { exact: true }).selectOption({ label: course.title });
  await row(auditor).getByRole('checkbox').check();
  await expectAccessible(auditor);
  await confirm(auditor, '通过所选的 1 份');
  await expect(auditor.getByText('通过 1 份，未通过 0 份。')).toBeVisible();
  await expect(row(auditor).getByText('审核通过')).toBeVisible();

  await open(page, world, '/progress');
  const progress = page.getByRole('region', { name: course.title });
  await expect(progress.getByText('已计入毕业成绩。')).toBeVisible();
  await expectAccessible(page);
  await progress.getByRole('link', { name: '看证明' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '课程成绩合格证明' })).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'certificate');
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载电子凭证' }).click();
  const file = testInfo.outputPath('credential.json');
  await (await saved).saveAs(file);
  const number = (await saved).suggestedFilename().replace('.json', '');
  const printed = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载 PDF' }).click();
  expect((await printed).suggestedFilename()).toBe(`${number}.pdf`);
  const pdf = testInfo.outputPath('certificate.pdf');
  await (await printed).saveAs(pdf);
  expect((await readFile(pdf)).subarray(0, 5).toString()).toBe('%PDF-');

  const { page: stranger } = await anotherPerson();
  await open(stranger, world, '/verify');
  await stranger.getByLabel('证书编号（18 位数字）').fill(number);
  await stranger.getByRole('button', { name: '核验' }).click();
  await expect(stranger.getByText('真实有效')).toBeVisible();
  await expect(stranger.getByText(learner.display_name)).toHaveCount(0);
  const content = stranger.locator('.finding-content');
  await expect(content.getByText(title)).toBeVisible();
  await expect(content.getByText(/满分/)).toBeVisible();
  await expect(content.getByText('成人高中', { exact: true })).toBeVisible();
  await expect(content.getByText(`证明持有人已学完《${course.title}》（成人高中）课程`)).toBeVisible();
  await expectAccessible(stranger);
  await open(stranger, world, '/verify');
  await stranger.getByLabel('学员下载的 .json 文件').setInputFiles(file);
  await expect(stranger.getByText('真实有效')).toBeVisible();
  const changed = testInfo.outputPath('changed.json');
  await writeFile(changed, (await readFile(file, 'utf8')).replace(course.title, `${course.title}！`));
  const did = await get(world, '/.well-known/did.json');
  const didFile = testInfo.outputPath('did.json');
  await writeFile(didFile, JSON.stringify(did));
  const lists: string[] = [];
  for (const entry of JSON.parse(await readFile(file, 'utf8')).credentialStatus as { statusListCredential: string }[]) {
    const list = testInfo.outputPath(`list-${lists.length}.json`);
    await writeFile(list, JSON.stringify(await get(world, new URL(entry.statusListCredential).pathname)));
    lists.push('--status-list', list);
  }
  expect(await foreignVerdict(file, '--did', didFile, ...lists)).toBe('verified');
  expect(await foreignVerdict(changed, '--did', didFile)).toMatch(/^refused/);
  // Who has no network takes the key that is printed on the certificate.
  expect(await foreignVerdict(file, '--key', (did as { alsoKnownAs: string[] }).alsoKnownAs[0]!)).toBe('verified');
  await stranger.getByLabel('学员下载的 .json 文件').setInputFiles(changed);
  await expect(stranger.getByText('内容被改动过，不可采信')).toBeVisible();
});
