// A tutor opens a topic; two learners of the class talk about it; one post is reported, hidden and shown again.
import { type Page } from '@playwright/test';
import { expectAccessible } from '../axe';
import { expectLarge } from '../elder';
import { photograph } from '../looks';
import { expectWhole } from '../pages';
import { expect, test, type World } from '../world';

test.use({ serviceWorkers: 'allow' });

/** Of the demo: the class that studies online, with its tutor and two learners. No other story talks in it. */
const CLASS = '2026年秋 织里网络班';
const WRITER = { login_name: 'shenguoqiang', name: '沈国强', seen: '沈*强' };
const READER = { login_name: 'luojianhua', name: '罗建华' };
const TITLE = '第一次签劳动合同';
const POST = '我签过，工资写得清清楚楚。';

async function logIn(page: Page, world: World, name: string): Promise<void> {
  await world.logIn(page, { ...(await world.account('learner')), login_name: name });
}

/** The tutor at the discussions of the class. */
async function openPart(page: Page, world: World): Promise<void> {
  await page.goto(world.at('/classes'));
  await page.getByRole('link', { name: CLASS }).click();
  await page.getByRole('link', { name: '班级讨论', exact: true }).click();
  await expect(page.getByRole('heading', { level: 2, name: '班级讨论' })).toBeVisible();
}

/** A post on the page, by what is said in it. */
const said = (page: Page, text: string) => page.getByRole('listitem').filter({ hasText: text });

test('a class talks about a topic, and its tutor keeps it in order', async ({ page, world, anotherPerson }) => {
  test.slow();
  const dialog = page.getByRole('dialog');
  await world.logIn(page, await world.account('class_tutor'));
  await openPart(page, world);
  await expect(page.getByText('还没有发起过讨论。')).toBeVisible();
  await page.getByRole('button', { name: '发起讨论' }).click();
  await dialog.getByRole('button', { name: '发起讨论' }).click();
  await expect(dialog.getByText('请填写这一项。').first()).toBeVisible();
  await dialog.getByLabel('关于哪门课').selectOption({ index: 1 });
  await dialog.getByLabel('关于哪个单元').selectOption({ index: 1 });
  // What the authors of the unit ask can be taken, and changed.
  await dialog.getByRole('button', { name: '用这道题 您遇到过哪种骗局' }).click();
  await expect(dialog.getByLabel('题目')).toHaveValue('您遇到过哪种骗局');
  await expect(dialog.getByLabel('讨论的问题')).toHaveValue(/别人少上一次当/);
  await dialog.getByLabel('题目').fill(TITLE);
  await dialog.getByLabel('讨论的问题').fill('您第一次签劳动合同时，看了哪几条？');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '发起讨论' }).click();
  await expect(page.getByRole('link', { name: TITLE })).toBeVisible();
  await expectWhole(page);
  await photograph(page, 'opened');

  // A learner writes; a phone is refused on the spot, and without a network the words stay.
  const { page: his, alarms } = await anotherPerson();
  await logIn(his, world, WRITER.login_name);
  await his.getByRole('link', { name: '班级讨论', exact: true }).click();
  await expect(his.getByRole('link', { name: TITLE })).toBeVisible();
  await expectWhole(his);
  await his.getByRole('link', { name: TITLE }).click();
  await expect(his.getByRole('heading', { level: 1, name: TITLE })).toBeVisible();
  await expect(his.getByText('还没有人发言。')).toBeVisible();
  const words = his.getByLabel('说说您的想法');
  await words.fill('打我电话 199 0000 0137');
  await his.getByRole('button', { name: '发出', exact: true }).click();
  await expect(his.getByText('这里会原样保存，请不要填写证件号码或电话号码')).toBeVisible();
  await expectAccessible(his);
  await words.fill(POST);
  alarms.expectNetworkFailures();
  await his.context().setOffline(true);
  await his.getByRole('button', { name: '发出', exact: true }).click();
  await expect(his.getByRole('alert').first()).toBeVisible();
  await expect(words).toHaveValue(POST);
  await his.context().setOffline(false);
  await his.getByRole('button', { name: '发出', exact: true }).click();
  await expect(said(his, POST)).toHaveCount(1);
  await expect(words).toHaveValue('');
  await expectWhole(his);
  await his.setViewportSize({ width: 320, height: 640 });
  await expectWhole(his);
  await his.evaluate(() => localStorage.setItem('data-elder', 'on'));
  await his.reload();
  await expect(said(his, POST)).toBeVisible();
  await expectLarge(his);
  await photograph(his, 'written');
  await his.getByRole('link', { name: '班级讨论', exact: true }).click();
  await expect(said(his, TITLE)).toBeVisible();
  await expectLarge(his);
  await his.getByRole('link', { name: TITLE }).click();
  await expect(said(his, POST)).toBeVisible();

  // A classmate finds what is new, does not see his whole name, replies, and reports him.
  const { page: hers } = await anotherPerson();
  await logIn(hers, world, READER.login_name);
  await hers.getByRole('link', { name: '班级讨论有 1 条新发言' }).click();
  await expect(said(hers, TITLE).getByText('1 条新发言')).toBeVisible();
  await hers.getByRole('link', { name: TITLE }).click();
  await expect(said(hers, POST).getByText(WRITER.seen).first()).toBeVisible();
  await expect(hers.getByText(WRITER.name)).toHaveCount(0);
  await hers.getByRole('button', { name: /^回复/ }).click();
  await hers.getByRole('dialog').getByLabel('您的回复').fill('试用期也要看。');
  await expectAccessible(hers);
  await hers.getByRole('dialog').getByRole('button', { name: '发出回复' }).click();
  await expect(hers.getByText('试用期也要看。')).toBeVisible();
  await hers.getByRole('button', { name: /^举报/ }).click();
  await hers.getByRole('dialog').getByLabel('原因').fill('与题目无关');
  await expectAccessible(hers);
  await hers.getByRole('dialog').getByRole('button', { name: '举报' }).click();
  await expect(hers.getByText('已举报，等老师处理')).toBeVisible();
  await expectWhole(hers);
  await photograph(hers, 'reported');

  // It waits for the tutor, who sees the names and hides it.
  await page.goto(world.at('/desk'));
  await page.getByRole('link', { name: '有 1 条被举报的发言等您处理' }).click();
  const reported = said(page, POST).first();
  await expect(reported.getByText(WRITER.name).first()).toBeVisible();
  await expect(reported.getByText('与题目无关')).toBeVisible();
  await expectWhole(page);
  await photograph(page, 'reports');
  await reported.getByRole('button', { name: /^隐藏/ }).click();
  await dialog.getByRole('button', { name: '隐藏' }).click();
  await expect(dialog.getByText('请填写这一项。')).toBeVisible();
  await dialog.getByLabel('原因').fill('先核实一下');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '隐藏' }).click();
  await expect(page.getByText('没有等待处理的举报。')).toBeVisible();
  await expectWhole(page);
  await hers.reload();
  await expect(hers.getByText('这条发言已被老师隐藏。')).toBeVisible();
  await expect(hers.getByText(POST)).toHaveCount(0);
  await his.reload();
  await expect(his.getByText('隐藏原因：先核实一下')).toBeVisible();

  // It was in order: the tutor shows it again, writes, and closes the topic.
  await openPart(page, world);
  await page.getByRole('link', { name: TITLE }).click();
  await page.getByRole('button', { name: /^恢复显示/ }).click();
  await dialog.getByRole('button', { name: '恢复显示' }).click();
  await expect(page.getByRole('button', { name: /^隐藏/ }).first()).toBeVisible();
  await page.getByLabel('说说您的想法').fill('两位说得都对。');
  await page.getByRole('button', { name: '发出', exact: true }).click();
  await expect(page.getByText('两位说得都对。')).toBeVisible();
  await page.getByRole('button', { name: '结束讨论' }).click();
  await dialog.getByRole('button', { name: '结束讨论' }).click();
  await expect(page.getByText('讨论已结束，只能看，不能再发言。')).toBeVisible();
  await expectWhole(page);
  await photograph(page, 'closed');

  // He takes his post back; his unit leads to the topic.
  await his.reload();
  await expect(his.getByText('讨论已结束，只能看，不能再发言。')).toBeVisible();
  await his.getByRole('button', { name: /^撤回/ }).click();
  await his.getByRole('dialog').getByRole('button', { name: '撤回' }).click();
  await expect(his.getByText('这条发言已由本人撤回。')).toBeVisible();
  await expect(his.getByText(POST)).toHaveCount(0);
  await expectWhole(his);
  await his.locator('section.card').first().getByRole('link').click();
  const ofUnit = his.getByRole('region', { name: '本单元的讨论' });
  await expect(ofUnit.getByRole('link', { name: TITLE })).toBeVisible();
  await expectAccessible(his);
});
