// A learner moves to another county: her school proposes one there, which refuses at first and then takes her in with
// the record that she has. Both schools and the learner see what becomes of it.
import { type Page } from '@playwright/test';
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { expect, test } from '../world';

/** Of the demo: registered at the school of the township. */
const LEARNER = { login_name: 'guchunmei', name: '顾春梅', masked: '顾*梅' };
const SCHOOL = '善琏镇成人文化技术学校';

/** Proposes the school of the other county, on the page of the record. */
async function propose(page: Page, reason: string): Promise<void> {
  await page.getByRole('button', { name: '提出转学' }).click();
  const dialog = page.getByRole('dialog');
  const to = dialog.getByLabel('转往');
  await to.selectOption({ label: '湖州市' });
  await to.selectOption({ label: '南浔区' });
  await to.selectOption({ label: '善琏镇' });
  const school = dialog.getByLabel('接收学校');
  await expect(school).toBeVisible();
  const send = dialog.getByRole('button', { name: '提出转学' });
  await send.click();
  await expect(dialog.getByText('请填写这一项。').first()).toBeVisible();
  await expectAccessible(page);
  await school.selectOption({ label: SCHOOL });
  await dialog.getByLabel('原因').fill(reason);
  await send.click();
  await expect(page.getByText('已提出，等待转入学校答复。')).toBeVisible();
}

test('a learner goes on at a school of another county with her record', async ({
  page,
  world,
  anotherPerson,
}) => {
  const office = await world.account('school_office');
  await world.logIn(page, office, '/enrolments');
  await page.getByLabel('姓名开头').fill(LEARNER.name);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('rowheader')).toHaveText([LEARNER.name]);
  await page.getByRole('link', { name: LEARNER.name }).click();
  await expect(page.getByRole('heading', { level: 1, name: LEARNER.name })).toBeVisible();
  const facts = page.locator('dl.facts > div');
  const number = (await facts.filter({ hasText: '学籍号' }).locator('dd').innerText()).trim();
  expect(number).toMatch(/^\d{15}[\dX]$/);

  await propose(page, '搬到善琏镇住');
  const card = page.getByRole('region', { name: '转学', exact: true });
  await expect(card.getByText('等待答复', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: '提出转学' })).toHaveCount(0);
  await expectAccessible(page);
  await photograph(page, 'proposed');

  const { page: receiver } = await anotherPerson();
  await world.logIn(receiver, { ...office, login_name: 'shanlianoffice' });
  await receiver.getByRole('link', { name: '有 1 份转学等待本校答复' }).click();
  await expect(receiver.getByRole('heading', { level: 1, name: '转学' })).toBeVisible();
  const rows = receiver.getByRole('row').filter({ hasText: LEARNER.masked });
  await expect(rows.getByText('搬到善琏镇住')).toBeVisible();
  await expectAccessible(receiver);
  await photograph(receiver, 'to-answer');
  await rows.getByRole('button', { name: '不接收', exact: true }).click();
  const refusing = receiver.getByRole('dialog', { name: '不接收' });
  await refusing.getByLabel('原因').fill('夜校班已满，请下月再提');
  await expectAccessible(receiver);
  await refusing.getByRole('button', { name: '不接收', exact: true }).click();
  await expect(rows).toHaveCount(0);

  await page.reload();
  await expect(card.getByText('已拒收', { exact: true })).toBeVisible();
  await expect(card.getByText('夜校班已满，请下月再提')).toBeVisible();
  await propose(page, '下月班里有空位');
  await expect(card.getByText('等待答复', { exact: true })).toBeVisible();

  const { page: learner } = await anotherPerson();
  await world.logIn(learner, { ...(await world.account('learner')), login_name: LEARNER.login_name }, '/progress');
  const own = learner.getByRole('region', { name: '我的学籍', exact: true });
  await expect(own.getByText('等待答复', { exact: true })).toBeVisible();
  await expectAccessible(learner);
  await photograph(learner, 'own-record');

  await receiver.goto(world.at('/school_changes?waits=true'));
  await rows.getByRole('button', { name: '接收', exact: true }).click();
  const question = receiver.getByRole('dialog', { name: '接收这位学员？' });
  await question.getByRole('button', { name: '接收', exact: true }).click();
  await expect(rows).toHaveCount(0);
  await receiver.getByRole('link', { name: '查看全部' }).click();
  const accepted = rows.filter({ hasText: '已接收' });
  await expect(rows).toHaveCount(2);
  await accepted.getByRole('link', { name: LEARNER.masked }).click();
  await expect(receiver.getByRole('heading', { level: 1, name: LEARNER.name })).toBeVisible();
  await expect(receiver.getByText(number, { exact: true })).toBeVisible();
  await expect(receiver.locator('dl.facts > div').filter({ hasText: SCHOOL })).toBeVisible();
  await expectAccessible(receiver);
  await photograph(receiver, 'accepted');

  await page.goto(world.at('/school_changes'));
  const sent = page.getByRole('row').filter({ hasText: LEARNER.masked }).filter({ hasText: '已接收' });
  await expect(sent).toBeVisible();
  await expect(sent.getByRole('link')).toHaveCount(0);
  await expectAccessible(page);

  await learner.reload();
  await expect(own.locator('dl.facts > div').filter({ hasText: SCHOOL })).toBeVisible();
  await expect(own.getByText(number, { exact: true })).toBeVisible();
  await expect(own.getByText('已接收', { exact: true })).toBeVisible();
  await expectAccessible(learner);
});
