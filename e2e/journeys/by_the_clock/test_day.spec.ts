// The whole day of a test. The site head says who watches the room; the invigilator, on a phone, lets three candidates in.
// One loses the network and goes on, one goes on at another device, and of one the computer fails: that one ends on paper,
// by two persons. The exam office sees all of it and gives time to everybody. At the end the receipts, the room and the
// office say of every answer what the devices were told when it was saved.
import { type Locator, type Page } from '@playwright/test';
import { Acknowledged } from '../../acknowledged';
import { api, token } from '../../api';
import { expectAccessible } from '../../axe';
import { photograph } from '../../looks';
import { choices, choose, expectMark, expectPaper, expectReceipt, goTo, handIn, threeChoices } from '../../sitting';
import { confirm, seeTodaysTestBegin } from '../../steps';
import { prepareTest } from '../../test_day';
import { type DemoAccount, expect, test, type World } from '../../world';

test.use({ serviceWorkers: 'allow' });

const INVIGILATOR = '毛立新';
/** None of them sits or needs anything else by now. */
const CUT_OFF = { login: 'zhangxiuying', name: '张秀英' };
const MOVING = { login: 'chenmeifang', name: '陈美芳' };
const FAILING = { login: 'luojianhua', name: '罗建华' };
const EVERYBODY = [CUT_OFF, MOVING, FAILING];
/** So long that the timer speaks in the story, and that what is given then takes it back. */
const WORKING_MIN = 17;
const GIVEN_MIN = '10';
/** The test begins within four minutes after it was planned; a device then comes within half a minute. */
const UNTIL_START_MS = 300_000;
/** What is done in a room reaches devices and consoles that are online within this time. */
const NEWS_MS = 5_000;
/** After so long at most the console tells that a device is not heard from any more. */
const UNHEARD_MS = 90_000;
/** After so long at most a device has asked how its sitting stands. */
const ASKS_MS = 75_000;
/** After so long at most the office's page knows what nodes know. */
const OFFICE_MS = 60_000;

/** What the learner's page is told of a test. */
type Exam = { title: string; sitting: { ticket_code: string; ticket_number: string } };
type Receipt = { closed_at: string; by_candidate: boolean; answered: number; digest: string };
type Seat = { ticket_number: string; state: string; epoch: number; unsent: number; closed_at: string | null };
type Room = { counts: Record<string, number>; seats: Seat[] };
type Progress = { candidates: number; ready: number; offline: number; curve: { started: number; closed: number }[] };

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

/** Somebody of the demo, also one of those whose accounts are not offered. */
async function accountOf(world: World, login: string): Promise<DemoAccount> {
  return { ...(await world.account('learner')), login_name: login };
}

/** What the candidate's ticket for this test says. */
async function ticketOf(world: World, login: string, title: string): Promise<Exam['sitting']> {
  const exams = await api<Exam[]>(world, '/me/exams', await token(world, login));
  return exams.find((exam) => exam.title === title)!.sitting;
}

/** A candidate who has logged in comes with a ticket, and waits with the sealed paper on the device. */
async function comeIn(page: Page, title: string, ticket: string): Promise<void> {
  const exam = page.getByRole('region', { name: title });
  await expect(exam.getByRole('img', { name: '准考证二维码' })).toBeVisible();
  await expect(exam.getByText(ticket)).toBeVisible();
  await exam.getByRole('link', { name: '进入考试' }).click();
  await expect(page.getByText('准备就绪。')).toBeVisible({ timeout: 30_000 });
}

/** Does something by one of the forms of a room. */
async function act(form: Locator, name: string, text?: string): Promise<void> {
  await form.getByLabel('操作', { exact: true }).selectOption({ label: name });
  if (text) {
    await form.getByLabel('原因或内容').fill(text);
  }
  await form.getByRole('button', { name, exact: true }).click();
  await expect(form.page().getByText('已办理').first()).toBeAttached();
}

/** The seat of a candidate in a console. */
function seatOf(page: Page, { name }: { name: string }): Locator {
  return page.getByRole('list', { name: '座位' }).getByRole('button', { name: new RegExp(name) });
}

/** Does something at the seat of a candidate in a console. */
async function actAtSeat(page: Page, who: { name: string }, deed: string, text?: string): Promise<void> {
  await seatOf(page, who).click();
  const form = page.getByRole('region', { name: '座位操作' });
  await expect(form.getByLabel('操作', { exact: true })).toBeFocused();
  await act(form, deed, text);
  // It is done when the form has gone.
  await expect(form).toHaveCount(0);
  await expect(seatOf(page, who)).toBeFocused();
}

/** Enters an empty paper. */
async function enterPaper(page: Page, ticket: string): Promise<void> {
  await page.getByRole('button', { name: `录入 ${ticket}` }).click();
  await page.getByRole('button', { name: '保存录入' }).click();
}

/** When the page says that working time ends; who hears the page is told when that is another time. */
function end(page: Page): Locator {
  return page.locator('.exam-time').getByRole('status');
}

/** Notes from now on what the timer says aloud. */
async function listenToTimer(page: Page): Promise<void> {
  const timer = page.getByRole('timer', { name: '剩余时间' });
  await expect(timer).toHaveAttribute('aria-live', 'off');
  await page.locator('.exam-time [aria-live=polite]').evaluate((region) => {
    const said: string[] = [];
    Object.assign(window, { said });
    const note = () => said.push(region.textContent ?? '');
    new MutationObserver(note).observe(region, { childList: true, characterData: true, subtree: true });
  });
  // It runs in sight alone.
  await expect(timer).not.toHaveText((await timer.textContent())!);
  expect(await saidByTimer(page)).toEqual([]);
}

/** What the timer has said aloud since. */
async function saidByTimer(page: Page): Promise<string[]> {
  const said = await page.evaluate(() => (window as unknown as { said: string[] }).said);
  return said.filter((words, at) => words !== '' && words !== said[at - 1]);
}

/** The receipt at the server, which says of every answer what the devices were told. */
async function expectProven(
  page: Page,
  world: World,
  { login }: { login: string },
  acknowledged: Acknowledged,
): Promise<Receipt> {
  const path = new URL(page.url()).pathname;
  const { receipt } = await api<{ receipt: Receipt }>(world, path, await token(world, login));
  expect(receipt.answered).toBe(await acknowledged.answered());
  expect(receipt.digest).toBe(await acknowledged.digest());
  await expect(page.getByText(receipt.digest)).toBeVisible();
  return receipt;
}

/** A candidate hands in what the page says is saved, and nothing else. */
async function handInSaved(page: Page, acknowledged: Acknowledged): Promise<void> {
  const saved = page.getByRole('button', { name: /^第 \d+ 题，已保存/ });
  await expect(saved).toHaveCount(3);
  await expect(page.getByRole('button', { name: /^第 \d+ 题，(仅存本机|正在保存)/ })).toHaveCount(0);
  expect(await acknowledged.answered()).toBe(3);
  await handIn(page);
  await expectReceipt(page, '交卷成功，您的答案已经全部保存。', 3);
}

/** How many began and ended, over all minutes, as the office reads it. */
async function sums(office: Page): Promise<[number, number]> {
  const rows = office.getByRole('region', { name: '开考和交卷' }).locator('tbody tr');
  const counts = await rows.evaluateAll((all) =>
    all.map((row) => Array.from(row.querySelectorAll('td'), (cell) => Number(cell.textContent))),
  );
  const sum = (at: number) => counts.reduce((before, row) => before + row[at]!, 0);
  return [sum(0), sum(1)];
}

test('a test is held, and nothing that was acknowledged is lost', async ({ page, world, alarms, anotherPerson }, testInfo) => {
  test.setTimeout(900_000);
  const title = `考试日的统一测试 ${testInfo.project.name}`;
  const person = async (login: string, path: string, ...refusals: number[]): Promise<Page> => {
    const { page, alarms } = await anotherPerson();
    // The day is longer than a token lasts: whoever stays on a page is refused once, and renews it.
    [401, ...refusals].forEach((status) => alarms.expectRefusal(status));
    await world.logIn(page, await accountOf(world, login), path);
    return page;
  };

  const office = await person('exam1', '/exam_sessions');
  await seeTodaysTestBegin(office, world);
  const { id, roomId } = await prepareTest(world, {
    title,
    minutes: WORKING_MIN,
    room: 90 + testInfo.workerIndex,
    candidates: EVERYBODY.map(({ login }) => login),
  });
  const session = `/exam_sessions/${id}`;

  // The candidates come, each with a ticket that was signed for this test.
  alarms.expectNetworkFailures();
  alarms.expectRefusal(401);
  await world.logIn(page, await accountOf(world, CUT_OFF.login), '/exams');
  const moving = await person(MOVING.login, '/exams');
  const failing = await person(FAILING.login, '/exams');
  const acknowledged = { cutOff: new Acknowledged(), moving: new Acknowledged(), failing: new Acknowledged() };
  acknowledged.cutOff.listen(page);
  acknowledged.moving.listen(moving);
  acknowledged.failing.listen(failing);
  const tickets: Exam['sitting'][] = [];
  // The sealed paper is fetched ahead, before anybody enters.
  const own = page.getByRole('region', { name: title });
  await expect(own.getByText('试卷已预先下载到本机')).toBeVisible({ timeout: 30_000 });
  for (const [at, candidate] of [page, moving, failing].entries()) {
    const ticket = await ticketOf(world, EVERYBODY[at]!.login, title);
    await comeIn(candidate, title, ticket.ticket_number);
    tickets.push(ticket);
  }
  const [ofCutOff, ofMoving, ofFailing] = tickets as [Exam['sitting'], Exam['sitting'], Exam['sitting']];

  // The head of the site says who watches the room.
  const head = await person('sitehead', '/watch');
  await head.getByRole('region', { name: title }).getByRole('link', { name: '考场', exact: true }).click();
  const room = head.getByRole('region', { name: /第 \d+ 考场/ });
  await room.getByText('安排监考', { exact: true }).click();
  await room.getByRole('checkbox', { name: INVIGILATOR }).check();
  await expectAccessible(head);
  await room.getByRole('button', { name: '保存监考安排' }).click();
  await expect(room.getByText(INVIGILATOR).first()).toBeVisible();
  await photograph(head, 'room-wall');
  // Whoever stands on something of the wall is left there while its numbers change.
  const enter = room.getByRole('link', { name: '进入考场' });
  await enter.focus();

  // The invigilator lets them in.
  const invigilator = await person('invigilator', '/watch');
  await invigilator.getByRole('region', { name: title }).getByRole('link', { name: '考场', exact: true }).click();
  await invigilator.getByRole('link', { name: '进入考场' }).click();
  await expect(invigilator.getByText('实时更新中')).toBeVisible();
  const seats = invigilator.getByRole('list', { name: '座位' });
  await expect(seats.getByText('未到')).toHaveCount(3);
  // A hand scanner types what the code says. A forged one is told, and so is the right one; then the number stands there.
  const field = invigilator.getByLabel('准考证号');
  const admit = invigilator.getByRole('button', { name: '放行', exact: true });
  await field.fill(forged(ofCutOff.ticket_code));
  await expect(invigilator.getByText('不是本系统签发的')).toBeVisible();
  await field.fill(ofCutOff.ticket_code);
  await expect(invigilator.getByText('准考证有效')).toBeVisible();
  await expect(field).toHaveValue(ofCutOff.ticket_number);
  await expect(invigilator.getByRole('status').filter({ hasText: CUT_OFF.name })).toBeVisible();
  await invigilator.getByRole('checkbox', { name: '照片与本人一致' }).uncheck();
  await admit.click();
  await expect(invigilator.getByLabel('不一致时的说明')).toHaveAttribute('aria-invalid', 'true');
  await invigilator.getByRole('checkbox', { name: '照片与本人一致' }).check();
  await admit.click();
  await expect(seats.getByText('已入场')).toHaveCount(1);
  // The room may be told sooner than the form, which is empty once it is done.
  await expect(field).toHaveValue('');
  for (const [at, ticket] of [ofMoving, ofFailing].entries()) {
    await field.fill(ticket.ticket_code);
    await expect(field).toHaveValue(ticket.ticket_number);
    await admit.click();
    await expect(seats.getByText('已入场')).toHaveCount(2 + at);
    await expect(field).toHaveValue('');
  }
  await expect(room.locator('dl > div').filter({ hasText: '已入场' }).getByText('3', { exact: true })).toBeVisible({
    timeout: OFFICE_MS,
  });
  await expect(enter).toBeFocused();
  await expectAccessible(invigilator);

  // The code of the room is read out, and the candidates type it before the start.
  const spoken = (await invigilator.locator('.entry-code').textContent())!;
  for (const candidate of [page, moving, failing]) {
    await candidate.getByLabel('考场口令').fill(spoken);
    await expect(candidate.getByText('口令已填好')).toBeVisible();
  }
  await expectAccessible(page);

  // The office sees that every device has the paper.
  await open(office, world, `${session}/day`);
  await expect(office.getByText('设备就绪 3 / 3', { exact: true })).toBeVisible({ timeout: OFFICE_MS });
  await expectAccessible(office);

  // One loses the network before the test begins. The office tells the key of the paper, and it opens with that; what is
  // answered goes to the server once the network is back.
  await page.context().setOffline(true);
  await expect(page.getByLabel('断网开考口令')).toBeVisible({ timeout: UNTIL_START_MS });
  await expectAccessible(page);
  await open(office, world, `/watch/${id}/rooms/${roomId}`);
  const keys = office.getByRole('region', { name: '断网开考口令' });
  await keys.getByRole('button', { name: '查看口令并记录' }).click();
  const key = (await keys.locator('.entry-code').textContent())!;
  await expect(page.getByText((await keys.getByText(/试卷标记/).textContent())!.slice(-4))).toBeVisible();
  await expectAccessible(office);
  await page.getByLabel('断网开考口令').fill(key.replace(/^\d/, (digit) => String((Number(digit) + 1) % 10)));
  await expect(page.getByText('第 1 组数字不对')).toBeVisible();
  await page.getByLabel('断网开考口令').fill(key);
  await expectPaper(page, 30_000);
  const [alone] = await threeChoices(page);
  await choose(page, alone, '仅存本机');
  await page.context().setOffline(false);
  await expectMark(page, '已保存');
  await open(office, world, `${session}/day`);

  // The test begins; the seats are seen as they are.
  for (const candidate of [page, moving, failing]) {
    await expectPaper(candidate, UNTIL_START_MS);
  }
  await listenToTimer(page);
  await expect(seats.getByText('答题中')).toHaveCount(3, { timeout: 30_000 });
  await photograph(invigilator, 'room-console');

  // Who leaves the page and comes back is told that it was recorded, and that people judge it.
  await page.evaluate(() => {
    window.dispatchEvent(new Event('blur'));
    window.dispatchEvent(new Event('focus'));
  });
  await expect(page.getByText(/您离开过答题页 \d+ 次/)).toBeVisible();

  const mine = await threeChoices(page);
  const [first, second, third] = await threeChoices(moving);
  const [only] = await threeChoices(failing);
  await choose(page, mine[0]);
  await choose(moving, first);
  await choose(moving, second);
  await choose(failing, only);
  await act(invigilator.getByRole('region', { name: '全考场操作' }), '通知', '请保持安静');
  for (const candidate of [page, moving, failing]) {
    await expect(candidate.getByText('监考通知：请保持安静')).toBeVisible({ timeout: NEWS_MS });
  }

  // One loses the network, and goes on.
  await page.context().setOffline(true);
  await choose(page, mine[1], '仅存本机');
  await choose(page, mine[2], '仅存本机');
  await expect(page.getByText('没有连上服务器，答案会先记在本机（2 题待上传）。')).toBeVisible();
  await expectAccessible(page);

  // The keyboard of another does not work for a while, which is nobody else's time.
  await actAtSeat(invigilator, FAILING, '暂停', '键盘失灵');
  await expect(failing.getByText('监考员暂停了考试')).toBeVisible({ timeout: NEWS_MS });
  await expect(seats.getByText('暂停中')).toHaveCount(1);
  await expect(moving.getByText('监考员暂停了考试')).toHaveCount(0);
  await expectAccessible(failing);
  await expectAccessible(invigilator);
  await actAtSeat(invigilator, FAILING, '继续');
  await expect(failing.getByText('监考员暂停了考试')).toHaveCount(0, { timeout: NEWS_MS });
  await expect(seatOf(invigilator, FAILING).getByText('已补 1 分钟')).toBeVisible();

  // The third goes on at another device, once the invigilator consents.
  const device = await person(MOVING.login, new URL(moving.url()).pathname, 409);
  acknowledged.moving.listen(device);
  await expect(device.getByRole('heading', { level: 1, name: '考试正在另一台设备上进行' })).toBeVisible({ timeout: 30_000 });
  await confirm(device, '改在本机答题');
  await expect(device.getByText('请举手告诉监考员，同意后再试。已保存的答案都在。')).toBeVisible();
  await expectAccessible(device);
  await actAtSeat(invigilator, MOVING, '同意换设备', '主机死机');
  await expect(seatOf(invigilator, MOVING).getByText('已同意换设备')).toBeVisible();
  await device.getByRole('button', { name: '再试一次' }).click();
  await expectPaper(device, 30_000);
  for (const place of [first, second]) {
    await goTo(device, place);
    await expect(choices(device).first()).toBeChecked();
    await expectMark(device, '已保存');
  }
  await choose(device, third);
  await expect(seatOf(invigilator, MOVING).getByText('第 2 台设备')).toBeVisible();

  // Who has no network is missed in the room, and told of the time all the same, once and aloud.
  await expect(seatOf(invigilator, CUT_OFF).getByText('离线', { exact: true })).toBeVisible({ timeout: UNHEARD_MS });
  await expect.poll(() => saidByTimer(page), { timeout: 150_000 }).toEqual(['还剩 15 分钟']);

  // The office gives everybody time. It reaches who is there at once.
  await expect(office.getByRole('link', { name: /第 \d+ 考场/ })).toBeVisible();
  const [before, ...others] = await Promise.all([page, device, failing].map(async (one) => (await end(one).textContent())!));
  const extend = office.getByRole('region', { name: '补时', exact: true });
  await extend.getByRole('button', { name: '补时', exact: true }).click();
  await expect(extend.getByLabel('补给谁')).toHaveAttribute('aria-invalid', 'true');
  await extend.getByLabel('补给谁').selectOption('all');
  await extend.getByLabel('补时分钟数').fill(GIVEN_MIN);
  await extend.getByLabel('原因').fill('开考时停电');
  await expectAccessible(office);
  await extend.getByRole('button', { name: '补时', exact: true }).click();
  await expect(office.getByText('已补时 3 人').first()).toBeAttached();
  for (const [at, one] of [device, failing].entries()) {
    await expect(end(one)).not.toHaveText(others[at]!, { timeout: NEWS_MS });
  }
  await expect(end(page)).toHaveText(before!);
  await expect(office.getByRole('row').filter({ hasText: '开考时停电' })).toBeVisible({ timeout: 15_000 });
  // More than half an hour waits for a second person; who proposed it takes it back.
  await extend.getByLabel('补时分钟数').fill('40');
  await extend.getByLabel('原因').fill('全场网络中断');
  await extend.getByRole('button', { name: '补时', exact: true }).click();
  const waiting = office.getByRole('region', { name: '待确认的补时' });
  await expect(waiting.getByText('全场网络中断')).toBeVisible({ timeout: 15_000 });
  await expect(waiting.getByRole('button', { name: '确认补时' })).toHaveCount(0);
  await expectAccessible(office);
  await waiting.getByRole('button', { name: '撤回' }).click();
  await expect(waiting).toHaveCount(0, { timeout: 15_000 });
  await photograph(office, 'exam-day');

  // The device that was left says so; nothing lies there that did not arrive.
  await expect(moving.getByText('考试已经改在另一台设备上进行，本机不能再答题。')).toBeVisible({ timeout: ASKS_MS });
  await expect(moving.getByText(/没有来得及上传/)).toHaveCount(0);
  await expect(choices(moving).first()).toBeDisabled();
  await expectAccessible(moving);

  // Who was cut off is back: all is sent, the time has come here, too, and what the timer said of it is taken back.
  await page.context().setOffline(false);
  await expect(page.getByRole('status').filter({ hasText: '已重新连上服务器' })).toBeAttached();
  for (const place of mine) {
    await goTo(page, place);
    await expectMark(page, '已保存');
  }
  await expect(page.getByText(/没有连上服务器/)).toHaveCount(0);
  await expect(end(page)).not.toHaveText(before!, { timeout: 30_000 });
  await expect(page.locator('.exam-time [aria-live=polite]')).toHaveText('');
  expect(await saidByTimer(page)).toEqual(['还剩 15 分钟']);
  await expect(seatOf(invigilator, CUT_OFF).getByText('答题中')).toBeVisible({ timeout: 30_000 });
  await expect(seats.getByText(/题未上传/)).toHaveCount(0, { timeout: 30_000 });

  // The computer of one gives up: the candidate goes on on paper, and the paper is taken in.
  await actAtSeat(invigilator, FAILING, '发纸质试卷', '主机故障');
  await expect(failing.getByText('您已改用纸质试卷作答')).toBeVisible({ timeout: NEWS_MS });
  await expect(seats.getByText('纸笔作答')).toBeVisible();
  await actAtSeat(invigilator, FAILING, '收回纸质答卷', '4 页');

  // Two persons end that sitting.
  await actAtSeat(invigilator, FAILING, '提出强制交卷', '扰乱考场秩序');
  await expect(seats.getByText('等待第二人确认强制交卷')).toBeVisible();
  await open(head, world, new URL(invigilator.url()).pathname);
  await actAtSeat(head, FAILING, '确认强制交卷');
  await expect(seats.getByText('已结束')).toBeVisible({ timeout: NEWS_MS });
  await expect(failing.getByText('系统已经收卷')).toBeVisible({ timeout: 15_000 });

  // The others hand in. Each receipt is of the very answers that were acknowledged.
  await handInSaved(page, acknowledged.cutOff);
  await handInSaved(device, acknowledged.moving);
  await expect(seats.getByText('已交卷')).toHaveCount(2, { timeout: NEWS_MS });
  const receipts = [
    await expectProven(page, world, CUT_OFF, acknowledged.cutOff),
    await expectProven(device, world, MOVING, acknowledged.moving),
    await expectProven(failing, world, FAILING, acknowledged.failing),
  ];
  expect(receipts.map(({ answered, by_candidate }) => [answered, by_candidate])).toEqual([
    [3, true],
    [3, true],
    [1, false],
  ]);

  // The room says the same, and so does its report, which is made of it.
  const download = invigilator.waitForEvent('download');
  await invigilator.getByRole('button', { name: '下载考场情况记录' }).click();
  expect((await download).suggestedFilename()).toBe('考场情况记录.pdf');
  const kept = await api<Room>(world, `${session}/rooms/${roomId}`, await token(world, 'invigilator'));
  expect(kept.counts).toMatchObject({ expected: 3, admitted: 3, working: 0, offline: 0, over: 3, unsent: 0 });
  const found = tickets.map((ticket) => kept.seats.find((seat) => seat.ticket_number === ticket.ticket_number)!);
  const [states, epochs] = [
    ['submitted', 'submitted', 'closed'],
    [1, 2, 1],
  ];
  found.forEach((seat, at) => {
    const { closed_at } = receipts[at]!;
    expect(seat).toMatchObject({ state: states[at], epoch: epochs[at], unsent: 0, closed_at });
  });

  // And the office reads the same numbers.
  await expect.poll(() => sums(office), { timeout: OFFICE_MS }).toEqual([3, 3]);
  const over = office.locator('.room-wall dl > div').filter({ hasText: '已结束' });
  await expect(over.getByText('3', { exact: true })).toBeVisible();
  const progress = await api<Progress>(world, `${session}/progress`, await token(world, 'exam1'));
  expect(progress).toMatchObject({ candidates: 3, ready: 3, offline: 0 });

  // Two of the office enter the paper, each without the other's help: nothing stands on it.
  const colleague = await person('exam2', `${session}/paper_answers`);
  await open(office, world, `${session}/paper_answers`);
  await expect(office.getByText('待录入')).toBeVisible();
  await enterPaper(office, ofFailing.ticket_number);
  await expect(office.getByText('待第二人录入')).toBeVisible();
  await expectAccessible(office);
  await open(colleague, world, `${session}/paper_answers`);
  await enterPaper(colleague, ofFailing.ticket_number);
  await expect(colleague.getByText('已录入一致')).toBeVisible();

  // The candidate finds the receipt again.
  await page.getByRole('link', { name: '回到我的考试' }).click();
  const exam = page.getByRole('region', { name: title });
  await expect(exam.getByText('已交卷', { exact: true })).toBeVisible();
  await expect(exam.getByRole('link', { name: '查看回执' })).toBeVisible();
  await expectAccessible(page);
});
