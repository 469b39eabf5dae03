// A township uploads the survey list that it has: from an old spreadsheet program, with numbers that are
// misread, destroyed and doubled. It corrects it, sends a surveyor, and what is said at a door without a
// network stands on the roster in the evening. One person's page has the log, and closes who wants no more calls.
import type { Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { expectAccessible } from '../axe';
import { dragIn, gb18030, importAndExpect, numbered, upload } from '../lists';
import { photograph } from '../looks';
import { expect, test } from '../world';

test.use({ serviceWorkers: 'allow' });

const HEADERS = '序号,姓名,身份证号,性别,手机,所在乡镇,所在村,详细地址,文化程度,想读什么,备注';

const LIN = numbered('19900314602');
const TAO = numbered('19850722631');
const XUE = numbered('19780109604');
const MISREAD = XUE.slice(0, -1) + (XUE.endsWith('7') ? '3' : '7');
const DESTROYED = numbered('19810306633');
const UNBORN = numbered('20390211606');
const NAMELESS = numbered('19920518608');

const LIST = [
  '织里镇排摸表,,,,,,,,,,',
  HEADERS,
  `1,林小燕,${LIN},女,19900000101,,河西村,示范路1号,初中毕业,待定,晚上有空`,
  `2,陶志强,${TAO},男,19900000102,,河西村,示范路2号,小学毕业,,`,
  `3,薛红梅,${MISREAD},女,,,河西村,示范路3号,,,`,
  '4,陈大勇,3.30199E+17,男,,,河西村,示范路4号,,,',
  `5,杨晓东,${UNBORN},女,,,河西村,示范路5号,,,`,
  `6,林小燕,${LIN},女,,,河西村,示范路1号,,,`,
  `7,许春兰,${NAMELESS},女,,八里店镇,,,,,`,
  '',
].join('\r\n');

test('a messy list comes in, is shared out, and is visited without a network', async ({
  page,
  context,
  world,
  alarms,
}, testInfo) => {
  const shot = (name: string) => photograph(page, name);
  const office = await world.account('school_office');
  await world.logIn(page, office, '/roster');
  await expect(page.getByRole('heading', { level: 1, name: '花名册' })).toBeVisible();
  const all = page.getByText(/^全部 \d+$/);
  const before = Number(/\d+/.exec(await all.innerText())![0]);
  await expectAccessible(page);
  await page.getByRole('link', { name: '上传记录' }).click();
  // The township has one of another village already.
  await expect(page.getByText('晟舍村排摸表.csv')).toBeVisible();
  await page.getByRole('link', { name: '上传花名册' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '上传花名册' })).toBeVisible();

  // The empty list is there for who has none.
  const template = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载模板' }).click();
  expect((await template).suggestedFilename()).toBe('花名册模板.xlsx');
  await page.getByRole('button', { name: '上传并核对列名' }).click();
  await expect(page.getByText('请选择一个文件。')).toBeVisible();
  await expectAccessible(page);
  await shot('upload');

  // A header that nobody could foresee is told what it means.
  await upload(page, '排摸表.csv', gb18030(LIST));
  await expect(page.getByLabel(/^C\s*身份证号/)).toHaveValue('document_number');
  await page.getByText(/^另有 \d+ 列不导入/).click();
  await page.getByLabel(/^J\s*想读什么/).selectOption({ label: '姓名' });
  await page.getByRole('button', { name: '开始导入' }).click();
  await expect(page.getByRole('alert').getByText('选了两列，请只留一列。')).toBeVisible();
  await page.getByLabel(/^J\s*想读什么/).selectOption({ label: '学历提升意愿' });
  await expectAccessible(page);
  await shot('columns');
  await importAndExpect(page, ['2', '0', '0', '5']);
  const wrong = (row: number) => page.getByRole('row').filter({ hasText: `第 ${row} 行` });
  await expect(wrong(5)).toContainText('证件号码有一位填错了');
  await expect(wrong(5)).toContainText('C 列 证件号码');
  await expect(wrong(6)).toContainText('被表格软件改成了');
  await expect(wrong(7)).toContainText('出生日期');
  await expect(wrong(8)).toContainText('在第 3 行里已经有了');
  await expect(wrong(9)).toContainText('八里店镇');
  await expect(page.getByText(MISREAD)).toHaveCount(0);
  await expectAccessible(page);
  await shot('faults');

  // The rows go home, are corrected, and come back; what was taken is not doubled.
  await page.getByRole('button', { name: '下载更正表' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('dialog').getByRole('button', { name: '下载更正表' }).click();
  const rows = (await readFile(await (await download).path(), 'utf8')).trimEnd().split('\n');
  expect(rows.length).toBe(1 + 5);
  const corrected = rows
    .filter((row) => !row.startsWith('6,'))
    .map((row) => row.replace(MISREAD, XUE).replace('3.30199E+17', DESTROYED).replace('八里店镇', ''))
    .map((row) => row.replace(UNBORN, numbered('19830211606')));
  await page.getByRole('link', { name: '上传改好的表' }).click();
  await upload(page, '更正表.csv', Buffer.from(`${corrected.join('\n')}\n`));
  await expect(page.getByText('上次上传过同样的表，已按上次确认的列名填好。')).toBeVisible();
  await importAndExpect(page, ['4', '0', '0', '0']);
  await expect(page.getByText('全部导入，没有错误。')).toBeVisible();
  await shot('imported');
  // The same list once more changes nothing; whoever has a mouse drags it in.
  await page.goto(world.at('/roster/lists/new'));
  if (testInfo.project.name === 'laptop') {
    await expect(page.getByText('也可以把文件拖到这里。')).toBeVisible();
    await dragIn(page, '排摸表.csv', gb18030(LIST));
    await page.getByRole('button', { name: '上传并核对列名' }).click();
    await expect(page.getByRole('heading', { level: 2, name: '核对列名' })).toBeVisible();
  } else {
    await upload(page, '排摸表.csv', gb18030(LIST));
  }
  await importAndExpect(page, ['0', '2', '0', '5']);
  await page.getByRole('link', { name: '查看花名册' }).click();

  // Two persons are assigned.
  await expect(all).toHaveText(`全部 ${before + 6}`);
  const row = page.getByRole('row').filter({ hasText: '林小燕' });
  await expect(row).toHaveCount(1);
  await expect(row).toContainText('初中毕业');
  await page.getByRole('checkbox', { name: '选中林小燕' }).check();
  await page.getByRole('checkbox', { name: '选中陶志强' }).check();
  await expect(page.getByText('已选 2 人')).toBeVisible();
  await page.getByLabel('分派给').selectOption({ label: office.display_name });
  await expectAccessible(page);
  await shot('roster');
  await page.getByRole('button', { name: '分派', exact: true }).click();
  await expect(page.getByText('已分派 2 人。')).toBeVisible();
  await expect(row).toContainText(office.display_name);

  // At the door there is no network.
  await page.goto(world.at('/visits'));
  await expect(page.getByText('没有网络也能打开和记录。')).toBeVisible();
  const door = page.getByRole('article', { name: '林小燕' });
  await expect(door).toContainText('河西村 示范路1号');
  await expectAccessible(page);
  await shot('visits');
  alarms.expectNetworkFailures();
  // The page that was opened without a network has no token yet.
  alarms.expectRefusal(401);
  await context.setOffline(true);
  await door.getByRole('button', { name: '记录走访' }).click();
  const dialog = page.getByRole('dialog', { name: '走访：林小燕' });
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(dialog.getByText('请填写这一项。')).toBeVisible();
  await dialog.getByText('说了意愿').click();
  await dialog.getByRole('group', { name: '意愿' }).getByText('高中', { exact: true }).click();
  await dialog.getByLabel(/^学习途径/).selectOption({ label: '双证制' });
  await dialog.getByLabel('原因').fill('孩子上学了，有空了');
  await expectAccessible(page);
  await shot('visit');
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(door.getByText('待上传 1')).toBeVisible();
  await expect(door).toContainText('高中 · 双证制');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: '我的走访' })).toBeVisible();
  await expect(door.getByText('待上传 1')).toBeVisible();
  await expect(door).toContainText('有意愿');
  await expectAccessible(page);
  await shot('offline');

  // The network is back, and what was said is on the roster.
  await context.setOffline(false);
  // It asks again by itself, half a minute later at the latest.
  await expect(page.getByText('已同步')).toBeVisible({ timeout: 40_000 });
  await page.goto(world.at('/roster'));
  await expect(row).toContainText('高中 · 双证制');
  await expect(row).toContainText('有意愿');
  await page.getByText(/^有意愿 \d+$/).click();
  await expect(page.getByRole('link', { name: '陶志强' })).toHaveCount(0);
  await expect(row).toHaveCount(1);
  await expectAccessible(page);

  // Her page tells everything, and what she says at a call is written down at the desk.
  await row.getByRole('link', { name: '林小燕', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: '林小燕' })).toBeVisible();
  const log = page.getByRole('region', { name: '走访和联系记录' });
  await expect(log).toContainText('孩子上学了，有空了');
  await expect(log).toContainText(office.display_name);
  await expect(page.getByText('晚上有空')).toBeVisible();
  await expect(page.getByText(LIN)).toHaveCount(0);
  await expectAccessible(page);
  await shot('person');
  await page.getByRole('button', { name: '记录走访' }).click();
  await dialog.getByText('电话', { exact: true }).click();
  await dialog.getByText('说了意愿').click();
  await dialog.getByRole('group', { name: '意愿' }).getByText('高中', { exact: true }).click();
  await dialog.getByLabel('方便时间').fill('周末白天');
  await dialog.getByLabel('方便地点').fill('村文化礼堂');
  await dialog.getByLabel('学习方式').selectOption({ label: '线上线下结合' });
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText('走访记录已保存。')).toBeVisible();
  await expect(log.getByRole('listitem').first()).toContainText('周末白天 · 村文化礼堂');
  await expect(page.getByRole('definition').filter({ hasText: '周末白天' })).toBeVisible();

  // She wants no more calls, and then changes her mind.
  const close = { name: '关闭这条记录' };
  await page.getByRole('button', close).click();
  const closing = page.getByRole('dialog', close);
  await closing.getByRole('button', close).click();
  await expect(closing.getByText('请填写这一项。')).toBeVisible();
  await closing.getByLabel('原因').fill('本人要求不再联系');
  await expectAccessible(page);
  await closing.getByRole('button', close).click();
  await expect(page.getByText('已关闭，不再派人走访')).toBeVisible();
  await expect(page.getByRole('button', { name: '记录走访' })).toHaveCount(0);
  await expectAccessible(page);
  await shot('closed');
  await page.getByRole('button', { name: '重新打开' }).click();
  const opening = page.getByRole('dialog', { name: '重新打开' });
  await opening.getByLabel('原因').fill('本人又愿意了');
  await opening.getByRole('button', { name: '重新打开' }).click();
  await expect(page.getByRole('button', { name: '记录走访' })).toBeVisible();
  await expect(log.getByRole('listitem')).toHaveCount(4);
  await expectAccessible(page);
});

test('somebody met at a door comes onto the roster, is put right, and is no longer visited', async ({
  page,
  world,
}) => {
  const office = await world.account('school_office');
  await world.logIn(page, office, '/roster');

  // A number where a name belongs is sent nowhere.
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const name = page.getByLabel('姓名', { exact: true });
  await name.fill(numbered('19870315664'));
  await name.press('Enter');
  await expect(page.getByText('这里只按姓名查找，请不要填写证件号码或手机号码')).toBeVisible();
  await expectAccessible(page);
  expect(asked.filter((url) => url.includes('330199'))).toEqual([]);

  await page.getByRole('link', { name: '登记名单外的人' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '登记人员' })).toBeVisible();
  await page.getByLabel('姓名').fill('钱月娥');
  await page.getByLabel('证件号码', { exact: true }).fill(numbered('19870315664'));
  await page.getByRole('button', { name: '登记', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: '登记到花名册：钱月娥' })).toBeVisible();
  await page.getByLabel('文化程度').selectOption({ label: '初中毕业' });
  await page.getByLabel('已看过学历证明').check();
  await page.getByLabel('毕业年份').fill('去年');
  await page.getByLabel('工作单位').fill('织里童装厂');
  const put = page.getByRole('button', { name: '登记到花名册' });
  await put.click();
  await expect(page.getByText('看不懂这个年份，请写四位数字，如 2001')).toBeVisible();
  await expect(page.getByLabel('毕业年份')).toBeFocused();
  await expectAccessible(page);
  await photograph(page, 'add');
  await page.getByLabel('毕业年份').fill('2003');
  await put.click();
  await expect(page.getByRole('heading', { level: 1, name: '钱月娥', exact: true })).toBeVisible();
  await expect(page.getByText('初中毕业 · 已看过学历证明')).toBeVisible();
  await expect(page.getByText('织里童装厂')).toBeVisible();

  await page.getByRole('button', { name: '更正信息' }).click();
  const dialog = page.getByRole('dialog', { name: '更正信息' });
  await dialog.getByLabel('工作单位').fill('织里绣花厂');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '保存更正' }).click();
  await expect(page.getByText('织里绣花厂')).toBeVisible();
  const log = page.getByRole('region', { name: '走访和联系记录' });
  await expect(log.getByRole('listitem')).toContainText(['更正了信息']);
  await expect(log).toContainText(office.display_name);
  await expectAccessible(page);

  // Somebody is sent to her, and then nobody is.
  await page.goto(world.at('/roster'));
  const row = page.getByRole('row').filter({ hasText: '钱月娥' });
  const chosen = page.getByRole('checkbox', { name: '选中钱月娥' });
  await chosen.check();
  await page.getByLabel('分派给').selectOption({ label: office.display_name });
  await page.getByRole('button', { name: '分派', exact: true }).click();
  await expect(page.getByText('已分派 1 人。')).toBeVisible();
  await expect(row).toContainText(office.display_name);
  await chosen.check();
  await page.getByLabel('分派给').selectOption({ label: '收回分派' });
  await page.getByRole('button', { name: '分派', exact: true }).click();
  await expect(page.getByText('已收回 1 人的分派。')).toBeVisible();
  await expect(row).not.toContainText(office.display_name);
  await expectAccessible(page);
});

test('who logs out leaves no names behind', async ({ page, world }) => {
  const office = await world.account('school_office');
  await world.logIn(page, office, '/roster/lists/new');
  const list = `姓名,身份证号\n陆大海,${numbered('19770405655')}\n`;
  await upload(page, '名单.csv', Buffer.from(list));
  await importAndExpect(page, ['1', '0', '0', '0']);
  await page.getByRole('link', { name: '查看花名册' }).click();
  await page.getByRole('checkbox', { name: '选中陆大海' }).check();
  await page.getByLabel('分派给').selectOption({ label: office.display_name });
  await page.getByRole('button', { name: '分派', exact: true }).click();
  await expect(page.getByText('已分派 1 人。')).toBeVisible();
  await page.goto(world.at('/visits'));
  await expect(page.getByRole('article', { name: '陆大海' })).toBeVisible();
  await expect.poll(() => namesKept(page)).toContain('陆大海');

  await page.goto(world.at('/me'));
  await page.getByRole('button', { name: '退出登录' }).click();
  await expect(page).toHaveURL(/\/login/);
  await expect.poll(() => namesKept(page)).toBe('');
  await world.logIn(page, { ...office, login_name: 'balidianoffice' }, '/visits');
  await expect(page.getByText('还没有分派给您的人。')).toBeVisible();
  await expect(page.getByText('陆大海')).toHaveCount(0);
  await expectAccessible(page);
});

/** What this browser keeps of persons to visit. */
function namesKept(page: Page): Promise<string> {
  return page.evaluate(
    () =>
      new Promise<string>((done, fail) => {
        const opening = indexedDB.open('chengxi');
        opening.onerror = () => fail(opening.error);
        opening.onsuccess = () => {
          const reading = opening.result.transaction('assigned').objectStore('assigned').getAll();
          reading.onerror = () => fail(reading.error);
          reading.onsuccess = () => {
            opening.result.close();
            done(reading.result.join());
          };
        };
      }),
  );
}

test('a whole workshop is enrolled at once, and who may not is named with the reason', async ({ page, world, alarms }) => {
  alarms.expectRefusal(409);
  await world.logIn(page, await world.account('school_office'), '/roster/lists/new');
  const list = [
    '姓名,身份证号,性别,文化程度,学历提升意愿',
    `葛一起,${numbered('19870412702')},女,初中毕业,高中`,
    `葛同去,${numbered('19870412719')},男,小学毕业,高中`,
    '',
  ];
  await upload(page, '车间名单.csv', Buffer.from(list.join('\n')));
  await importAndExpect(page, ['2', '0', '0', '0']);
  await page.getByRole('link', { name: '查看花名册' }).click();
  await page.getByRole('checkbox', { name: '选中葛一起' }).check();
  await page.getByRole('checkbox', { name: '选中葛同去' }).check();
  const bar = page.getByRole('region', { name: '一起报名' });
  await expect(bar.getByText('选中的人里有 2 人可以报名。')).toBeVisible();
  const enrol = bar.getByRole('button', { name: '给选中的人报名' });
  await enrol.click();
  await expect(bar.getByText('请填写这一项。')).toBeVisible();
  await bar.getByText('成人高中', { exact: true }).click();
  await expectAccessible(page);
  await photograph(page, 'enrol-many');
  await enrol.click();
  const dialog = page.getByRole('dialog', { name: '一起报名' });
  await expect(dialog.getByText('请确认他们都愿意入学')).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '给选中的人报名' }).click();
  await expect(page.getByText('已报名 1 人。')).toBeVisible();
  await expect(page.getByText('有 1 项没有办成：')).toBeVisible();
  const stayed = page.getByRole('listitem').filter({ hasText: '葛同去' });
  await expect(stayed).toContainText('读高中要先有初中毕业（肄业不算），请先报初中。');
  await expectAccessible(page);

  await page.goto(world.at('/enrolments'));
  await page.getByLabel('姓名开头').fill('葛一起');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('rowheader')).toHaveText(['葛一起']);
});

test('a surveyor sees whom she is sent to, calls for a reason, and opens no roster', async ({ page, world, alarms }) => {
  await world.logIn(page, await world.account('surveyor'));
  await page.goto(world.at('/visits'));
  const door = page.getByRole('article', { name: '温国强' });
  await expect(door).toBeVisible();
  await expect(page.getByRole('article')).toHaveCount(1);
  await door.getByRole('button', { name: /^打电话/ }).click();
  const dialog = page.getByRole('dialog', { name: '打电话：温国强' });
  await dialog.getByRole('button', { name: '显示号码' }).click();
  await expect(dialog.getByText('请填写这一项。')).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel('说明').fill('约上门时间');
  await dialog.getByRole('button', { name: '显示号码' }).click();
  await expect(dialog.getByRole('link', { name: '19900000026' })).toHaveAttribute('href', 'tel:19900000026');
  await expect(dialog.getByText('已经记下')).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'call');

  alarms.expectRefusal(403);
  await page.goto(world.at('/roster'));
  await expect(page.getByRole('alert').first()).toBeVisible();
});
