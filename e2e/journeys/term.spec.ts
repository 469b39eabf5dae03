// The whole way of a school: a survey list from an old spreadsheet program, a visit without a network, an
// enrolment that two offices approve, a class and its roll. The bureau of the county sees the sums of it,
// and nobody of the county beside.
import type { Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { expectAccessible } from '../axe';
import { gb18030, importAndExpect, numbered, take, upload } from '../lists';
import { photograph } from '../looks';
import { aroundNow, confirm } from '../steps';
import { type DemoAccount, expect, test, type World } from '../world';

test.use({ serviceWorkers: 'allow' });

const NAME = '罗小芬';
const CLASS = '2026年秋 河西夜校班';
const LIST = [
  '姓名,身份证号,性别,手机,所在村,详细地址,文化程度',
  `${NAME},${numbered('19880417608')},女,19900000131,河西村,示范路9号,初中毕业`,
  '贺大勇,3.30199E+17,男,19900000132,河西村,示范路10号,小学毕业',
  '',
].join('\r\n');
/** A picture that stands for a photo. */
const PHOTO = '../backend/demo/courses/GSX01/wage.png';

/** The list comes in, the row that the spreadsheet destroyed after its correction. */
async function importList(page: Page, world: World): Promise<void> {
  await page.goto(world.at('/roster/lists/new'));
  await upload(page, '河西村.csv', gb18030(LIST));
  await importAndExpect(page, ['1', '0', '0', '1']);
  await page.getByRole('button', { name: '下载更正表' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('dialog').getByRole('button', { name: '下载更正表' }).click();
  const wrong = await readFile(await (await download).path(), 'utf8');
  await page.getByRole('link', { name: '上传改好的表' }).click();
  await upload(page, '更正.csv', Buffer.from(wrong.replace('3.30199E+17', numbered('19790602611'))));
  await importAndExpect(page, ['1', '0', '0', '0']);
  await page.getByRole('link', { name: '查看花名册' }).click();
}

/** A surveyor is sent, who meets the person where there is no network. */
async function visit(page: Page, world: World, surveyor: string): Promise<void> {
  await page.getByRole('checkbox', { name: `选中${NAME}` }).check();
  await page.getByLabel('分派给').selectOption({ label: surveyor });
  await page.getByRole('button', { name: '分派', exact: true }).click();
  await expect(page.getByText('已分派 1 人。')).toBeVisible();
  await page.goto(world.at('/visits'));
  await expect(page.getByText('没有网络也能打开和记录。')).toBeVisible();
  const door = page.getByRole('article', { name: NAME });
  await page.context().setOffline(true);
  await door.getByRole('button', { name: '记录走访' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('说了意愿').click();
  await dialog.getByRole('group', { name: '意愿' }).getByText('高中', { exact: true }).click();
  await dialog.getByLabel(/^学习途径/).selectOption({ label: '双证制' });
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(door.getByText('待上传 1')).toBeVisible();
  await page.context().setOffline(false);
  await expect(page.getByText('已同步')).toBeVisible();
}

/** The person enrols by nine gestures; the school's head, the county and, for senior high, the city approve. */
async function enrol(page: Page, world: World, reviewers: Page[]): Promise<void> {
  await page.goto(world.at('/roster'));
  await page.getByRole('row').filter({ hasText: NAME }).getByRole('link', { name: /^报名/ }).click();
  await page.getByText('成人高中', { exact: true }).click();
  await expect(page.getByText(/周岁，可以报名。/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: '报名', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: NAME })).toBeVisible();
  for (const paper of ['身份证件', '毕业证书']) {
    await page.getByLabel(`拍照上传 ${paper}`).setInputFiles(PHOTO);
    await expect(page.getByRole('button', { name: `查看 ${paper}` })).toBeVisible();
  }
  await confirm(page, '提交审核');
  await expect(page.getByRole('button', { name: '提交审核' })).toHaveCount(0);
  for (const officer of reviewers) {
    await officer.goto(world.at('/'));
    await officer.getByRole('link', { name: /有 \d+ 份学籍等待/ }).click();
    await officer.getByRole('link', { name: NAME }).click();
    await confirm(officer, '审核通过');
    await expect(officer.getByText('审核通过').first()).toBeVisible();
  }
  await expect(reviewers.at(-1)!.getByText('已注册，编入班级后即为在学。')).toBeVisible();
}

/** How many persons the roster has in all, as its page says. */
async function sum(page: Page): Promise<number> {
  return Number(/全部 (\d+)/.exec(await page.getByText(/^全部 \d+$/).innerText())![1]);
}

/** Where the rows of a list lead, once they are there. */
async function rowsOf(page: Page, address: string): Promise<(string | null)[]> {
  await page.goto(address);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('.loading')).toHaveCount(0);
  const links = page.getByRole('rowheader').getByRole('link');
  return links.evaluateAll((links) => links.map((link) => link.getAttribute('href')));
}

/** A class is planned, approved, filled and opened. */
async function openClass(page: Page, world: World, county: Page): Promise<void> {
  await page.goto(world.at('/classes'));
  await page.getByRole('link', { name: '新开班级' }).click();
  await page.getByText('夜校班', { exact: true }).click();
  await page.getByLabel('班级名称').fill(CLASS);
  await page.getByLabel('教学点').selectOption({ label: '织里镇成校本部' });
  await page.getByText('成人高中语文', { exact: true }).click();
  await page.getByRole('button', { name: '提交计划' }).click();
  await expect(page.getByText('等待县（市、区）教育局批准。', { exact: true })).toBeVisible();
  await county.goto(world.at('/'));
  await county.getByRole('link', { name: /有 \d+ 个班级等待批准/ }).click();
  await county.getByRole('link', { name: CLASS }).click();
  await confirm(county, '批准开班');
  await expect(county.getByText('已批准', { exact: true })).toBeVisible();
  await page.reload();
  await confirm(page, '开始招生');
  await page.getByRole('button', { name: '添加学员' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(NAME).click();
  await dialog.getByRole('button', { name: '编入所选 1 人' }).click();
  await expect(page.getByRole('row').filter({ hasText: NAME }).getByText('在班')).toBeVisible();
  await confirm(page, '开班上课');
  await expect(page.getByText('已开班', { exact: true })).toBeVisible();
}

/** Codes for all who have not activated their accounts, by text, and on one print; the class is on the page again. */
async function handSlips(page: Page): Promise<void> {
  await page.getByRole('link', { name: '全班的激活单' }).click();
  await expect(page.getByText(`1 名学员还没有激活账号： ${NAME}`)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: '短信发给有手机的 1 人' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '短信发激活码' }).click();
  await expect(page.getByText('已交给系统发送 1 条。')).toBeVisible();
  await page.getByRole('button', { name: '给他们发激活码' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '发激活码', exact: true }).click();
  const slip = page.getByRole('region', { name: `学员账号激活单 ${NAME}` });
  await expect(slip).toHaveText(/\d{4} \d{4} \d{4}/);
  await expect(page.getByRole('button', { name: '打印全部纸条' })).toBeVisible();
  await expect(page.getByRole('button', { name: '给他们发激活码' })).toHaveCount(0);
  await expectAccessible(page);
  await photograph(page, 'class-slips');
  await page.emulateMedia({ media: 'print' });
  await expect(slip).toBeVisible();
  await expect(page.getByRole('button').or(page.getByRole('heading')).or(page.getByRole('navigation'))).toHaveCount(0);
  await page.emulateMedia({ media: 'screen' });
  await page.getByRole('main').getByRole('link', { name: '班级', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: CLASS })).toBeVisible();
}

/** The class meets, and the roll is called. */
async function meet(page: Page): Promise<void> {
  const { from, to } = aroundNow();
  const dialog = page.getByRole('dialog');
  await page.getByRole('link', { name: '课程表', exact: true }).click();
  await page.getByRole('button', { name: '排课' }).click();
  await dialog.getByLabel('上课').fill(from);
  await dialog.getByLabel('下课').fill(to);
  await dialog.getByRole('button', { name: '排入课程表' }).click();
  await expect(page.getByText('已排入 1 次课。')).toBeVisible();
  await page.getByRole('link', { name: /成人高中语文/ }).first().click();
  const present = page.getByRole('group', { name: NAME }).getByRole('radio', { name: '到', exact: true });
  // Nothing waits before the mark either: that all is synchronised tells only afterwards that the mark has arrived.
  const called = page.waitForResponse((reply) => reply.url().endsWith('/roll_calls') && reply.ok());
  await present.click();
  await called;
  await expect(page.getByText('已同步')).toBeVisible();
  await page.reload();
  await expect(present).toBeChecked();
}

test('from the survey list to a running class', async ({ page, world, alarms, anotherPerson }) => {
  test.setTimeout(300_000);
  alarms.expectNetworkFailures();
  alarms.expectRefusal(401);
  const office = await world.account('school_office');
  const person = async (account: DemoAccount): Promise<Page> => {
    const { page } = await anotherPerson();
    await world.logIn(page, account);
    return page;
  };
  const head = await person({ ...office, login_name: 'zhilihead' });
  const county = await person(await world.account('county_bureau'));
  const city = await person(await world.account('city_auditor'));
  await county.goto(world.at('/roster'));
  const before = await sum(county);

  await world.logIn(page, office);
  await importList(page, world);
  await visit(page, world, office.display_name);
  await enrol(page, world, [head, county, city]);
  await openClass(page, world, county);
  await handSlips(page);
  await meet(page);
  await photograph(page, 'roll');

  await county.goto(world.at('/roster'));
  await expect.poll(() => sum(county)).toBe(before + 2);
  await expect(county.getByRole('row').filter({ hasText: NAME })).toBeVisible();
  await expectAccessible(county);
  await photograph(county, 'county');

  // The same, township by township, on one sheet.
  await county.getByRole('link', { name: '排摸进度' }).click();
  await expect(county.getByRole('heading', { level: 1, name: '排摸进度' })).toBeVisible();
  await expect(county.getByRole('row').filter({ hasText: '织里镇' })).toBeVisible();
  const together = county.getByRole('row').filter({ hasText: '合计' });
  await expect(together.getByRole('cell').first()).toHaveText(String(before + 2));
  await expectAccessible(county);
  await photograph(county, 'sums');
  const [file] = await Promise.all([county.waitForEvent('download'), county.getByRole('button', { name: '导出 Excel' }).click()]);
  expect(file.suggestedFilename()).toContain('排摸进度');
});

test('an officer of a county sees nobody of the county beside', async ({ page, world, alarms, anotherPerson }) => {
  const officer = await world.account('county_bureau');
  const { page: neighbour } = await anotherPerson();
  await world.logIn(neighbour, { ...officer, login_name: 'nanxunbureau' }, '/people');
  await neighbour.getByRole('link', { name: '宋月华' }).click();
  await expect(neighbour.getByRole('heading', { level: 1, name: '宋月华' })).toBeVisible();

  await world.logIn(page, officer, '/people');
  await expect(page.getByRole('link', { name: '冯大海' })).toBeVisible();
  await expect(page.getByText('宋月华')).toHaveCount(0);
  await expect(page.getByText('善琏镇')).toHaveCount(0);
  alarms.expectRefusal(404);
  await page.goto(neighbour.url());
  await expect(page.getByText(/不在您的管理范围内/)).toBeVisible();
  await expect(page.getByText('宋月华')).toHaveCount(0);
  await expectAccessible(page);
  await page.goto(world.at('/people'));
  await page.getByLabel('证件号码', { exact: true }).fill(numbered('19860911042'));
  await page.getByRole('button', { name: '查找' }).click();
  await expect(page.getByText('宋月华')).toHaveCount(0);

  // No list of theirs, and no file of one, has a row of the other.
  for (const path of ['/roster', '/people', '/enrolments', '/classes']) {
    const [own, theirs] = [await rowsOf(page, world.at(path)), await rowsOf(neighbour, world.at(path))];
    expect(own.length, path).toBeGreaterThan(0);
    expect(own.filter((row) => theirs.includes(row)), path).toEqual([]);
    expect((await take(neighbour)).rows, path).toBe(await neighbour.getByRole('rowheader').count());
  }
  // The city has both, and nobody twice.
  const { page: city } = await anotherPerson();
  await world.logIn(city, await world.account('city_auditor'));
  for (const one of [page, neighbour, city]) {
    await one.goto(world.at('/roster'));
  }
  expect(await sum(city)).toBe((await sum(page)) + (await sum(neighbour)));
});
