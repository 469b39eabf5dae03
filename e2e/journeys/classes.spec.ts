// A school plans a class, the county approves it, learners join; a lesson is entered, a clash refused,
// the roll called without a network, and the learner finds her hours.
import type { Page } from '@playwright/test';
import type { Alarms } from '../alarms';
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { expectWhole } from '../pages';
import { aroundNow, confirm } from '../steps';
import { expect, fillLogIn, test } from '../world';

test.use({ serviceWorkers: 'allow' });

/** Of the demo: registered at the school of the township, and in no class yet. */
const LEARNER = { login_name: 'guchunmei', name: '顾春梅' };

/** A picture that stands for a photo. */
const PHOTO = '../backend/demo/courses/GSX01/wage.png';
/** A PNG with its frame and its end, and nothing in it. */
const HOLLOW = Buffer.from(
  '\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x28\0\0\0\x1e\x08\x02\0\0\0????\0\0\0\0IEND????',
  'latin1',
);

/** A lesson on a day off can be planned, and is warned of before; a series says which days it leaves out. */
async function warnOfHolidays(page: Page): Promise<void> {
  await page.getByRole('button', { name: '排课' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('日期').fill('2026-10-01');
  await expect(dialog.getByText(/^10月1日 国庆节.*是放假的日子。仍可排课/)).toBeVisible();
  await expectAccessible(page);
  await dialog.getByText('每周一次', { exact: true }).click();
  await dialog.getByLabel('排到').fill('2026-10-15');
  await expect(dialog.getByText('下面的日子放假或调休上班，不排课：')).toBeVisible();
  await expect(dialog.getByRole('listitem').filter({ hasText: '10月1日' })).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '关闭' }).click();
}

/** In a hall without a network the sheet is photographed all the same, and the tab may be gone before it is sent. */
async function photographWithoutNetwork(page: Page, alarms: Alarms): Promise<void> {
  // The page that was opened without a network has no token yet; what is no photo is refused.
  alarms.expectRefusal(401);
  alarms.expectRefusal(422);
  const camera = page.getByLabel('拍照上传 纸质签到表');
  const waiting = page.getByText('本机 1 张照片待上传');
  await page.context().setOffline(true);
  // What was asked for when the network went is given up, and the card drawn anew.
  await expect(page.getByText('没有网络。点名存在本机，有网络时自动上传。')).toBeVisible();
  await camera.setInputFiles(PHOTO);
  await expect(waiting).toBeVisible();
  await expect(page.getByText('没有网络。照片存在本机，有网络时自动上传。')).toBeVisible();
  await expect(page.getByRole('img', { name: '待上传的照片' })).toBeVisible();
  await expect(page.getByRole('radio', { name: '纸质签到表' })).toBeChecked();
  await expectAccessible(page);
  await photograph(page, 'paper-offline');
  await page.reload();
  await expect(waiting).toBeVisible();
  await expect(page.getByText(/^没有网络，已上传的照片暂时看不到。/)).toBeVisible();
  await page.context().setOffline(false);
  // It asks again by itself, half a minute later at the latest.
  await expect(page.getByRole('img', { name: '第 1 张' })).toBeVisible({ timeout: 40_000 });
  await expect(waiting).toHaveCount(0);

  // What is no photo is not kept; what only looks like one from outside is found out when it is opened.
  await camera.setInputFiles({ name: 'IMG_0002.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no photo') });
  await expect(page.getByText('只能上传照片（JPEG、PNG 或 WebP）。')).toBeVisible();
  await expect(waiting).toHaveCount(0);
  await camera.setInputFiles({ name: 'IMG_0003.png', mimeType: 'image/png', buffer: HOLLOW });
  await expect(page.getByText('服务器没有收这张照片')).toBeVisible();
  await expect(page.getByText('图片不完整或者已经损坏，打不开。请重新拍一张，或者重新选择')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: '从本机删去' }).click();
  await expect(page.getByText('服务器没有收这张照片')).toHaveCount(0);
}

test('a class is planned, approved and met, and the roll is called without a network', async ({
  page,
  world,
  alarms,
  anotherPerson,
}) => {
  await world.logIn(page, await world.account('school_office'), '/classes');
  await expect(page.getByRole('heading', { level: 1, name: '班级' })).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'classes');
  await page.getByRole('link', { name: '新开班级' }).click();
  const plan = page.getByRole('button', { name: '提交计划' });
  await plan.click();
  await expect(page.getByText('请填写这一项。').first()).toBeVisible();
  await page.getByText('夜校班', { exact: true }).click();
  await page.getByLabel('班级名称').fill('2026年秋 织里夜校班');
  await page.getByLabel('教学点').selectOption({ label: '织里镇成校本部' });
  await page.getByText('成人高中数学', { exact: true }).click();
  await expectAccessible(page);
  await photograph(page, 'new-class');
  await plan.click();
  await expect(page.getByRole('heading', { level: 1, name: '2026年秋 织里夜校班' })).toBeVisible();
  await expect(page.getByText('等待县（市、区）教育局批准。', { exact: true })).toBeVisible();
  await expect(page.getByText('45 分钟', { exact: true })).toBeVisible();
  await expect(page.getByText('15 分钟', { exact: true })).toBeVisible();
  await page.getByRole('link', { name: '修改班级' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '修改班级' })).toBeVisible();
  await expect(page.getByLabel('班级名称')).toHaveValue('2026年秋 织里夜校班');
  await expectWhole(page);
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: '2026年秋 织里夜校班' })).toBeVisible();

  const { page: county } = await anotherPerson();
  await world.logIn(county, await world.account('county_bureau'));
  await county.getByRole('link', { name: /有 \d+ 个班级等待批准/ }).click();
  await county.getByRole('link', { name: '2026年秋 织里夜校班' }).click();
  await confirm(county, '批准开班');
  await expect(county.getByText('已批准', { exact: true })).toBeVisible();

  await page.reload();
  await confirm(page, '开始招生');
  await page.getByRole('button', { name: '添加学员' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(LEARNER.name).click();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '编入所选 1 人' }).click();
  await expect(page.getByRole('row').filter({ hasText: LEARNER.name }).getByText('在班')).toBeVisible();
  await confirm(page, '开班上课');
  await expect(page.getByText('已开班', { exact: true })).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'class');

  await page.getByRole('link', { name: '课程表', exact: true }).click();
  const enter = async () => {
    const { from, to } = aroundNow();
    await page.getByRole('button', { name: '排课' }).click();
    await dialog.getByLabel('上课').fill(from);
    await dialog.getByLabel('下课').fill(to);
    await dialog.getByRole('button', { name: '排入课程表' }).click();
  };
  await warnOfHolidays(page);
  // Without a room it is a lesson online. Near midnight it is shorter than a class hour.
  const isWholeHour = aroundNow().to !== '23:59';
  await enter();
  await expect(page.getByText('已排入 1 次课。')).toBeVisible();
  alarms.expectRefusal(409);
  await enter();
  await expect(dialog.getByText('这个班同时有别的课')).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'clash');

  // A room is entered, gets its right name, and is closed.
  const entering = dialog.locator('details').filter({ hasText: '添加教室' });
  await entering.locator('summary').click();
  await entering.getByLabel('教室名称').fill('101');
  await entering.getByRole('button', { name: '添加教室' }).click();
  const room = dialog.getByLabel('教室', { exact: true });
  const right = dialog.locator('details').filter({ hasText: '更正所选教室' });
  await right.locator('summary').click();
  await right.getByLabel('教室名称').fill('201');
  await right.getByRole('button', { name: '保存教室' }).click();
  await expect(room.getByRole('option', { name: '201', exact: true })).toBeAttached();
  await expectAccessible(page);
  await photograph(page, 'room');
  await right.getByRole('button', { name: '停用这间教室' }).click();
  await expect(room.getByRole('option', { name: '201（已停用）' })).toBeAttached();
  await dialog.getByRole('button', { name: '关闭' }).click();
  await expectAccessible(page);
  await photograph(page, 'timetable');

  await page.getByRole('link', { name: /成人高中数学/ }).first().click();
  await page.reload();
  await expect(page.getByRole('group', { name: LEARNER.name })).toBeVisible();
  await expect(page.getByText('已同步')).toBeVisible();
  alarms.expectNetworkFailures();
  await page.context().setOffline(true);
  await page.getByRole('group', { name: LEARNER.name }).getByRole('radio', { name: '到', exact: true }).click();
  await expect(page.getByText('本机 1 条待上传')).toBeVisible();
  await expect(page.getByText('没有网络。点名存在本机，有网络时自动上传。')).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'roll-offline');
  await page.context().setOffline(false);
  await expect(page.getByText('已同步')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('group', { name: LEARNER.name }).getByRole('radio', { name: '到', exact: true })).toBeChecked();

  // The sheet is printed, signed, and photographed.
  await page.getByRole('link', { name: '打印签到表' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '签到表' })).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: LEARNER.name })).toHaveCount(1);
  await expectAccessible(page);
  await photograph(page, 'sheet');
  await page.getByRole('link', { name: '一次课', exact: true }).click();
  await page.getByLabel('拍照上传 纸质签到表').setInputFiles(PHOTO);
  await expect(page.getByRole('img', { name: '第 1 张' })).toBeVisible();
  await expect(page.getByRole('radio', { name: '纸质签到表' })).toBeChecked();
  await expectAccessible(page);
  await photograph(page, 'paper-roll');
  // On a phone whose clock is six minutes fast the server's counts.
  const { page: fast } = await anotherPerson();
  await fast.clock.install({ time: Date.now() + 6 * 60_000 });
  await world.logIn(fast, await world.account('school_office'), new URL(page.url()).pathname);
  await fast.getByRole('group', { name: LEARNER.name }).getByRole('radio', { name: '迟到', exact: true }).click();
  await expect(fast.getByText('已同步')).toBeVisible();
  await expect(fast.getByRole('button', { name: '删去这一条' })).toHaveCount(0);
  await county.goto(page.url());
  await county.getByRole('button', { name: '查看 第 1 张' }).click();
  await expect(county.getByRole('img', { name: '第 1 张' })).toBeVisible();
  await expectAccessible(county);
  await page.getByRole('button', { name: '删除 第 1 张' }).click();
  await dialog.getByRole('button', { name: '删除照片' }).click();
  await expect(dialog.getByText('请填写这一项。')).toBeVisible();
  await dialog.getByLabel('原因').fill('拍成了别的班');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '删除照片' }).click();
  await expect(page.getByRole('button', { name: '删除 第 1 张' })).toHaveCount(0);
  await photographWithoutNetwork(page, alarms);

  await page.getByRole('link', { name: '签到码（学员扫码签到）' }).click();
  await expect(page.getByRole('img', { name: '签到二维码' })).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'screen');

  const { page: learner } = await anotherPerson();
  await world.logIn(learner, { ...(await world.account('learner')), login_name: LEARNER.login_name });
  await expect(learner.getByRole('heading', { name: '下一次课' })).toBeVisible();
  await expectAccessible(learner);
  await photograph(learner, 'learner');
  const code = (await page.locator('.check-in-code').innerText()).replace(/\D/g, '');
  await learner.getByRole('link', { name: '签到' }).click();
  await learner.getByLabel('签到码').fill(code);
  await learner.getByRole('button', { name: '签到' }).click();
  await expect(learner.getByRole('heading', { name: /已签到：(到|迟到)/ })).toBeVisible();
  await expectAccessible(learner);

  // Who scans the code logs in first, and still is checked in by it; no server is told of it by an address.
  const { page: camera } = await anotherPerson();
  const addresses: string[] = [];
  camera.on('request', (request) => {
    const { pathname, search } = new URL(request.url());
    addresses.push(pathname + search);
  });
  const meeting = new URL(page.url()).pathname.replace('/code', '').replace('/meetings/', '');
  const scanned = (await page.locator('.check-in-code').innerText()).replace(/\D/g, '');
  await camera.goto(world.at(`/check_in/${meeting}#${scanned}`));
  await fillLogIn(camera, LEARNER.login_name, (await world.account('learner')).password);
  await expect(camera.getByRole('heading', { name: /已签到：(到|迟到)/ })).toBeVisible();
  expect(addresses.filter((address) => address.includes(meeting))).not.toEqual([]);
  expect(addresses.filter((address) => address.includes(scanned))).toEqual([]);
  // Who missed a lesson of last week makes it up; the tutor sees who that is.
  const { page: tutor } = await anotherPerson();
  await world.logIn(tutor, { ...(await world.account('teacher')), login_name: 'zhilitutor' }, '/timetable');
  const lesson = tutor.getByRole('link', { name: /成人高中语文/ }).first();
  const ofThisWeek = await lesson.getAttribute('href');
  await tutor.getByRole('button', { name: '上一周' }).click();
  await expect(lesson).not.toHaveAttribute('href', ofThisWeek ?? '');
  await lesson.click();
  const made = tutor.getByRole('region', { name: '补课' });
  await expect(made.getByText(/登记补课|没有人缺课/).first()).toBeVisible();
  await expectAccessible(tutor);
  await learner.goto(world.at('/progress'));
  await expect(learner.getByRole('heading', { name: '我的学时' })).toBeVisible();
  await expect(learner.getByText(/^总学时 \d+ \/ \d+$/).first()).toBeVisible();
  const online = /^另有线上 1 学时$/;
  if (isWholeHour) {
    await expect(learner.getByText(online)).toBeVisible();
  }
  await expectAccessible(learner);
  await photograph(learner, 'own-hours');
  await learner.goto(world.at('/learn'));
  await learner.getByRole('link', { name: '成人高中数学', exact: true }).click();
  await expect(learner.getByText(/^面授 \d+ \/ \d+ 学时$/)).toBeVisible();
  await expect(learner.getByText(/^总学时 \d+ \/ \d+$/)).toBeVisible();
  await expect(learner.getByText(/^还差 \d+ 学时/)).toBeVisible();
  if (isWholeHour) {
    await expect(learner.getByText(online)).toBeVisible();
  }
  await expectAccessible(learner);
  await learner.goto(world.at('/timetable'));
  await expect(learner.getByRole('heading', { level: 1, name: '我的课程表' })).toBeVisible();
  await expectAccessible(learner);
  await photograph(learner, 'own-timetable');

  await page.goto(world.at('/classes'));
  await page.getByRole('link', { name: '2026年秋 织里夜校班' }).click();
  await page.getByRole('link', { name: '学习进度' }).click();
  const progress = page.getByRole('listitem').filter({ hasText: LEARNER.name });
  await expect(progress.getByText(/^任务点 \d+\/\d+/)).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'progress');
  await page.getByRole('link', { name: '成绩册' }).click();
  const grades = page.getByRole('row').filter({ hasText: LEARNER.name });
  await expect(grades.getByText(/^练习 /).first()).toBeVisible();
  if (isWholeHour) {
    await expect(grades.getByText(online)).toBeVisible();
  }
  await expectAccessible(page);
  await page.getByRole('link', { name: '课程表', exact: true }).click();
  await page.getByRole('link', { name: /成人高中数学/ }).first().click();
  await page.getByRole('button', { name: '取消这次课' }).click();
  await dialog.getByLabel('原因').fill('老师出差');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '取消这次课' }).click();
  await expect(page.getByText('已取消', { exact: true }).first()).toBeVisible();
  await learner.goto(world.at('/learn'));
  // Beside the meeting, and in the notice that is kept.
  await expect(learner.getByText('老师出差')).toHaveCount(2);
  await expectAccessible(learner);
});
