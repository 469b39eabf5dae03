// A candidate has forgotten their password. At a device of the room they show their ticket, answer, hand in, and leave it
// to the next: the ticket opened the test and nothing else.
import { api, token } from '../api';
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { expectWhole } from '../pages';
import { expect, test } from '../world';

/** Of the demo: has a ticket for the test of today, which no other story sits. */
const CANDIDATE = 'yaoguozhong';
const COURSE = '成人高中数学';
/** The test of the demo begins two minutes after its world was made; a device then comes within half a minute. */
const UNTIL_START_MS = 240_000;

interface Exam {
  course_title: string;
  sitting: { id: string; ticket_number: string; login_code: string } | null;
}

test('a candidate comes into the test by their ticket alone', async ({ page, world, alarms }) => {
  test.setTimeout(420_000);
  // A code that was misread is refused; and the device that is left has no log-in any more.
  alarms.expectRefusal(401);
  const exams = await api<Exam[]>(world, '/me/exams', await token(world, CANDIDATE));
  const ticket = exams.find((exam) => exam.course_title === COURSE && exam.sitting)!.sitting!;

  await page.goto(world.at('/login'));
  await page.getByRole('link', { name: '用准考证进入考试' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '用准考证进入考试' })).toBeFocused();
  await expectWhole(page);
  await photograph(page, 'by-ticket');

  // Before the day anybody tries on the same device how a test is answered.
  await page.getByRole('link', { name: '试一试答题页面' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '考前试答' })).toBeFocused();
  await page.getByRole('radio').first().check();
  await page.getByRole('button', { name: '下一题' }).click();
  await expect(page.getByRole('heading', { level: 2, name: /^第 2 题/ })).toBeFocused();
  await expect(page.getByText('这台设备不能用来考试')).toHaveCount(0);
  await expectWhole(page);
  await photograph(page, 'try-out');
  await page.getByRole('link', { name: '考试当天，从这里凭准考证进入' }).click();

  const enter = page.getByRole('button', { name: '进入考试' });
  await page.getByLabel('准考证号').fill(ticket.ticket_number.slice(1));
  await enter.click();
  await expect(page.getByText('准考证号是14位数字，请对照准考证核对')).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('准考证号').fill(ticket.ticket_number);
  await page.getByLabel('登录码').fill('0000 0000 0000');
  await enter.click();
  await expect(page.getByRole('alert')).toContainText('准考证号和登录码对不上');
  await page.getByLabel('登录码').fill(ticket.login_code);
  await enter.click();
  await expect(page).toHaveURL(world.at(`/sittings/${ticket.id}`));

  // Another page leads back to the test.
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.goto(world.at('/exams'));
  await expect(page).toHaveURL(world.at(`/sittings/${ticket.id}`));

  await expect(page.getByRole('heading', { level: 2, name: /^第 1 题/ })).toBeVisible({ timeout: UNTIL_START_MS });
  await expectAccessible(page);
  const choices = page.getByRole('main').getByRole('radio');
  for (let place = 2; (await choices.count()) === 0; place += 1) {
    await page.getByRole('button', { name: new RegExp(`^第 ${place} 题，`) }).click();
    await expect(page.getByRole('heading', { level: 2, name: new RegExp(`^第 ${place} 题`) })).toBeVisible();
  }
  await choices.first().check();
  await expect(page.getByRole('main').getByText('已保存', { exact: true })).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: '检查并交卷' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '确认交卷' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '考试回执' })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('1 题', { exact: true })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('button', { name: '离开这台电脑' }).click();
  await expect(page).toHaveURL(world.at('/sit'));
  await page.goto(world.at(`/sittings/${ticket.id}`));
  await expect(page).toHaveURL(/\/login\?next=/);
});
