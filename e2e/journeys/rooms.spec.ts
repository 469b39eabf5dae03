// The day of a test in one room: the site head says who watches it; the invigilator, on a phone, lets the candidate in,
// sees the seat live, speaks to the room, lets time stand still and gives it back; the exam office gives time to
// everybody; and two persons end the sitting. The candidate's device learns of each within seconds.
import { type Locator, type Page } from '@playwright/test';
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { confirm, openRegistration, seeTodaysTestBegin } from '../steps';
import { expect, test, type World } from '../world';

const COURSE = '成人高中数学';
const SITE = '织里镇成校考点';
const CANDIDATE = 'zhangxiuying';
const INVIGILATOR = '毛立新';
/** The test begins so many minutes after it was planned; a device then comes within half a minute. */
const STARTS_IN_MIN = 4;
const UNTIL_START_MS = 300_000;
/** What is done in a room reaches devices and consoles that are online within this time. */
const NEWS_MS = 5_000;

/** What the learner's page is told of a test. */
type Exam = { title: string; sitting: { ticket_code: string } };

/** The code of a ticket with a changed signature. */
function forged(code: string): string {
  const at = code.lastIndexOf('.') + 1;
  return code.slice(0, at) + (code[at] === 'A' ? 'B' : 'A') + code.slice(at + 1);
}

async function open(page: Page, world: World, path: string): Promise<void> {
  await page.goto(world.at(path));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByText('正在打开…')).toHaveCount(0);
}

function minutesFromNow(minutes: number): string {
  const china = new Date(Date.now() + minutes * 60_000 + 8 * 3_600_000);
  return china.toISOString().slice(0, 16);
}

/** The exam office enters a room of the site. */
async function enterRoom(page: Page, world: World, number: string): Promise<void> {
  await open(page, world, '/organisation/330502100');
  await page.getByText(/^考点 \d/).click();
  await page.getByRole('link', { name: SITE }).click();
  await page.getByRole('link', { name: '考场', exact: true }).click();
  await page.getByRole('button', { name: '登记考场' }).click();
  await page.getByLabel('考场号', { exact: true }).fill(number);
  await page.getByLabel('考场位置').fill(`实训楼 ${number}`);
  await page.getByLabel('座位排数').fill('5');
  await page.getByLabel('座位列数').fill('6');
  await page.getByLabel('可容纳考生数').fill('30');
  await page.getByRole('radio', { name: '可以安排' }).check();
  await page.getByRole('button', { name: '登记', exact: true }).click();
  await expect(page.getByRole('row').filter({ hasText: `实训楼 ${number}` })).toBeVisible();
}

async function plan(page: Page, other: Page, world: World, title: string): Promise<string> {
  await open(page, world, '/exam_sessions/new');
  await page.getByLabel('名称').fill(title);
  await page.getByLabel('课程').selectOption({ label: COURSE });
  await page.getByLabel('试卷').selectOption({ index: 1 });
  await page.getByLabel('开考').fill(minutesFromNow(STARTS_IN_MIN));
  await page.getByLabel('作答时间（分钟）').fill('60');
  await page.getByRole('checkbox', { name: '凭考场口令答题' }).check();
  await page.getByLabel('离开答题页时').selectOption({ label: '记录，并提醒考生' });
  await page.getByRole('button', { name: '建立考次' }).click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await openRegistration(page, other);
  return new URL(page.url()).pathname;
}

async function seat(page: Page, world: World, session: string): Promise<void> {
  await confirm(page, '截止报名并编排');
  await page.getByRole('link', { name: '考场编排' }).click();
  await page.getByRole('checkbox', { name: new RegExp(SITE) }).check();
  await page.getByRole('button', { name: '编排座位' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '座位编排' })).toBeVisible();
  await confirm(page, '采用这份编排');
  await expect(page.getByText('采用中', { exact: true })).toBeVisible();
  await open(page, world, session);
}

/** Does something by one of the forms of a room. */
async function act(form: Locator, name: string, fill: { text?: string; minutes?: string } = {}): Promise<void> {
  await form.getByLabel('操作', { exact: true }).selectOption({ label: name });
  if (fill.minutes) {
    await form.getByLabel('补时分钟数').fill(fill.minutes);
  }
  if (fill.text) {
    await form.getByLabel('原因或内容').fill(fill.text);
  }
  await form.getByRole('button', { name, exact: true }).click();
  await expect(form.page().getByText('已办理').first()).toBeAttached();
}

/** Enters an empty paper. */
async function enterPaper(page: Page, ticket: string): Promise<void> {
  await page.getByRole('button', { name: `录入 ${ticket}` }).click();
  await page.getByRole('button', { name: '保存录入' }).click();
}

/** Does something at the seat of a candidate in a console. */
async function actAtSeat(page: Page, name: string, deed: string, text?: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(name) }).click();
  const form = page.getByRole('region', { name: '座位操作' });
  await expect(form).toBeVisible();
  await act(form, deed, text === undefined ? {} : { text });
  // It is done when the form has gone.
  await expect(form).toHaveCount(0);
}

test('a room is kept on the day of a test', async ({ page, world, anotherPerson }, testInfo) => {
  test.setTimeout(720_000);
  const title = `考场的统一测试 ${testInfo.project.name}`;
  const number = String(90 + testInfo.workerIndex);
  const person = async (name: string): Promise<Page> => {
    const { page } = await anotherPerson();
    await world.logIn(page, await world.accountOf(name));
    return page;
  };
  const learner = (await world.accountOf(CANDIDATE)).display_name;

  const [office, second] = [await person('exam1'), await person('exam2')];
  await enterRoom(office, world, number);
  await seeTodaysTestBegin(office, world);
  const session = await plan(office, second, world, title);
  await world.logIn(page, await world.accountOf(CANDIDATE));
  await open(page, world, '/exams');
  const exam = page.getByRole('region', { name: title });
  await exam.getByRole('button', { name: '报名', exact: true }).click();
  await expect(page.getByText('报名成功。')).toBeVisible();
  await seat(office, world, session);
  await confirm(office, '启用试卷密钥');
  await expect(office.getByText('第一位已经确认')).toBeVisible();
  await open(second, world, session);
  await confirm(second, '启用试卷密钥');
  await expect(second.getByText('到开考时间自动开考')).toBeVisible();

  // The candidate waits with the sealed paper on the device; the ticket has a code that was signed for this test.
  const exams = page.waitForResponse((reply) => reply.url().endsWith('/api/v1/me/exams') && reply.ok());
  await page.reload();
  const codes = ((await (await exams).json()) as Exam[]).filter((known) => known.title === title);
  const code = codes[0]!.sitting.ticket_code;
  await expect(exam.getByRole('img', { name: '准考证二维码' })).toBeVisible();
  const ticket = (await exam.getByText(/^\d{14}$/).textContent())!;
  await exam.getByRole('link', { name: '进入考试' }).click();
  await expect(page.getByText('准备就绪。')).toBeVisible({ timeout: 30_000 });

  // The head of the site says who watches the room.
  const head = await person('sitehead');
  await open(head, world, '/watch');
  await head.getByRole('region', { name: title }).getByRole('link', { name: '考场', exact: true }).click();
  const room = head.getByRole('region', { name: /第 \d+ 考场/ });
  await room.getByText('安排监考', { exact: true }).click();
  await room.getByRole('checkbox', { name: INVIGILATOR }).check();
  await expectAccessible(head);
  await room.getByRole('button', { name: '保存监考安排' }).click();
  await expect(room.getByText(INVIGILATOR).first()).toBeVisible();
  await photograph(head, 'room-wall');

  // The invigilator lets the candidate in.
  const invigilator = await person('invigilator');
  await open(invigilator, world, '/watch');
  await invigilator.getByRole('region', { name: title }).getByRole('link', { name: '考场', exact: true }).click();
  await invigilator.getByRole('link', { name: '进入考场' }).click();
  await expect(invigilator.getByText('实时更新中')).toBeVisible();
  const console_ = invigilator.getByRole('list', { name: '座位' });
  await expect(console_.getByText('未到')).toBeVisible();
  // A hand scanner types what the code says. A forged one is told, and so is the right one; then the number stands there.
  const field = invigilator.getByLabel('准考证号');
  await field.fill(forged(code));
  await expect(invigilator.getByText('不是本系统签发的')).toBeVisible();
  await field.fill(code);
  await expect(invigilator.getByText('准考证有效')).toBeVisible();
  await expect(field).toHaveValue(ticket);
  await expect(invigilator.getByRole('status').filter({ hasText: learner })).toBeVisible();
  await invigilator.getByRole('checkbox', { name: '照片与本人一致' }).uncheck();
  await invigilator.getByRole('button', { name: '放行', exact: true }).click();
  await expect(invigilator.getByLabel('不一致时的说明')).toHaveAttribute('aria-invalid', 'true');
  await invigilator.getByRole('checkbox', { name: '照片与本人一致' }).check();
  await invigilator.getByRole('button', { name: '放行', exact: true }).click();
  await expect(console_.getByText('已入场')).toBeVisible();
  await expectAccessible(invigilator);

  // The code of the room is read out, and the candidate types it before the start.
  const spoken = (await invigilator.locator('.entry-code').textContent())!;
  await page.getByLabel('考场口令').fill(spoken);
  await expect(page.getByText('口令已填好')).toBeVisible();
  await expectAccessible(page);

  // The test begins; the seat is seen as it is.
  await expect(page.getByRole('heading', { level: 2, name: /^第 1 题/ })).toBeVisible({ timeout: UNTIL_START_MS });
  await expect(console_.getByText('答题中')).toBeVisible({ timeout: 20_000 });
  await photograph(invigilator, 'room-console');

  // Who leaves the page and comes back is told that it was recorded, and that people judge it.
  await page.evaluate(() => {
    window.dispatchEvent(new Event('blur'));
    window.dispatchEvent(new Event('focus'));
  });
  await expect(page.getByText(/您离开过答题页 \d+ 次/)).toBeVisible();

  const forAll = invigilator.getByRole('region', { name: '全考场操作' });
  await act(forAll, '通知', { text: '请保持安静' });
  await expect(page.getByText('监考通知：请保持安静')).toBeVisible({ timeout: NEWS_MS });

  await actAtSeat(invigilator, learner, '暂停', '键盘失灵');
  await expect(page.getByText('监考员暂停了考试')).toBeVisible({ timeout: NEWS_MS });
  await expect(console_.getByText('暂停中')).toBeVisible();
  await expectAccessible(page);
  await expectAccessible(invigilator);
  await actAtSeat(invigilator, learner, '继续');
  await expect(page.getByText('监考员暂停了考试')).toHaveCount(0, { timeout: NEWS_MS });
  await expect(console_.getByText('已补 1 分钟')).toBeVisible();

  // The office sees the whole day, and gives everybody time.
  await open(office, world, `${session}/day`);
  await expect(office.getByRole('link', { name: /第 \d+ 考场/ })).toBeVisible();
  const ends = page.locator('.exam-time');
  const before = await ends.getByText(/\d\d:\d\d/).last().textContent();
  const extend = office.getByRole('region', { name: '补时' });
  await extend.getByRole('button', { name: '补时', exact: true }).click();
  await expect(extend.getByLabel('补给谁')).toHaveAttribute('aria-invalid', 'true');
  await extend.getByLabel('补给谁').selectOption('all');
  await extend.getByLabel('补时分钟数').fill('5');
  await extend.getByLabel('原因').fill('开考时停电');
  await expectAccessible(office);
  await extend.getByRole('button', { name: '补时', exact: true }).click();
  await expect(office.getByText('已补时 1 人').first()).toBeAttached();
  await expect(ends.getByText(/\d\d:\d\d/).last()).not.toHaveText(before!, { timeout: NEWS_MS });
  await expect(office.getByRole('row').filter({ hasText: '开考时停电' })).toBeVisible({ timeout: 15_000 });
  await photograph(office, 'exam-day');

  // The device gives up: the candidate goes on on paper, and the paper is taken in.
  await actAtSeat(invigilator, learner, '发纸质试卷', '主机故障');
  await expect(page.getByText('您已改用纸质试卷作答')).toBeVisible({ timeout: NEWS_MS });
  await expect(console_.getByText('纸笔作答')).toBeVisible();
  await actAtSeat(invigilator, learner, '收回纸质答卷', '4 页');

  // Two persons end the sitting.
  await actAtSeat(invigilator, learner, '提出强制交卷', '扰乱考场秩序');
  await expect(console_.getByText('等待第二人确认强制交卷')).toBeVisible();
  await open(head, world, new URL(invigilator.url()).pathname);
  await actAtSeat(head, learner, '确认强制交卷');
  await expect(console_.getByText('已结束')).toBeVisible({ timeout: NEWS_MS });
  await expect(page.getByText('系统已经收卷')).toBeVisible({ timeout: 15_000 });

  const download = invigilator.waitForEvent('download');
  await invigilator.getByRole('button', { name: '下载考场情况记录' }).click();
  expect((await download).suggestedFilename()).toBe('考场情况记录.pdf');

  // Two of the office enter the paper, each without the other's help: nothing stands on it.
  await open(office, world, `${session}/paper_answers`);
  await expect(office.getByText('待录入')).toBeVisible();
  await enterPaper(office, ticket);
  await expect(office.getByText('待第二人录入')).toBeVisible();
  await expectAccessible(office);
  await open(second, world, `${session}/paper_answers`);
  await enterPaper(second, ticket);
  await expect(second.getByText('已录入一致')).toBeVisible();
});
