// Somebody who has heard of the evening classes looks, without a log-in, what there is to learn and where to enrol;
// a teacher says what a course is for, and lets anybody read its first lesson.
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { expectWhole } from '../pages';
import { submitAndPublish } from '../steps';
import { expect, test } from '../world';

test('a stranger finds a course, reads a sample, and learns where to enrol', async ({ page, world }) => {
  await page.goto(world.at('/login'));
  await page.getByRole('link', { name: '先看看有什么课程' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '课程目录' })).toBeVisible();
  const chinese = page.getByRole('link', { name: '成人高中语文' });
  await expect(chinese).toBeVisible();
  await expectWhole(page);
  await photograph(page, 'catalogue');

  await page.getByRole('radio', { name: '职业技能' }).check();
  await expect(chinese).toHaveCount(0);
  await expect(page.getByRole('link', { name: '信息技术与农产品电子商务' })).toBeVisible();
  await page.getByRole('radio', { name: '全部' }).check();
  await page.getByLabel('课程名称或代码').fill('语文');
  await page.getByRole('button', { name: '查找课程' }).click();
  await expect(page.getByText('共 1 门课程')).toBeVisible();
  await expect(page.getByText(/^GYW01 · 300 课时 · 10 学分 · \d+ 个单元 · 第 \d+ 版$/)).toBeVisible();

  await chinese.click();
  await expect(page.getByRole('heading', { level: 1, name: '成人高中语文' })).toBeVisible();
  await expect(page.getByRole('definition').filter({ hasText: '300 课时' })).toBeVisible();
  await expect(page.getByRole('definition').filter({ hasText: '10 学分' })).toBeVisible();
  await expect(page.getByText('课时学分按 2022年01月01日起执行的规则折算')).toBeVisible();
  await expect(page.getByRole('heading', { level: 2, name: '试读：读准字音，写对字形' })).toBeVisible();
  await expect(page.getByText(/约 \d+ 分钟 · \d+ 道练习/).first()).toBeVisible();
  await expect(page.getByText('看看对不对')).toHaveCount(0);
  await expectWhole(page);
  await photograph(page, 'course');

  const place = page.getByLabel('您在哪里');
  await place.selectOption({ label: '湖州市' });
  await expect(page.getByText('已选：湖州市')).toBeVisible();
  await place.selectOption({ label: '吴兴区' });
  await expect(page.getByText('已选：湖州市 › 吴兴区')).toBeVisible();
  await place.selectOption({ label: '织里镇' });
  const school = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: '织里镇成人文化技术学校' }) });
  await expect(school.getByText('织里镇示范路1号', { exact: true }).first()).toBeVisible();
  await expectWhole(page);
  await photograph(page, 'schools');
  await page.getByRole('button', { name: '重新选择地方' }).click();
  await expect(school).toHaveCount(0);
});

test('a teacher says what a course is for, and strangers read it', async ({ page, world, anotherPerson }, testInfo) => {
  const code = `ML${testInfo.project.name === 'phone' ? 1 : 2}`;
  await world.logIn(page, await world.account('teacher'), '/courses/new');
  await page.getByLabel('课程代码').fill(code);
  await page.getByLabel('课程名称').fill('家政护理入门');
  await page.getByLabel('教什么').selectOption({ label: '技能课' });
  await page.getByLabel('总课时（每课时 45 分钟）').fill('60');
  await page.getByLabel('简介').fill('照顾好老人和孩子。');
  await page.getByRole('button', { name: '建立课程' }).click();
  await page.getByLabel('学完以后能做到什么').fill('会**量血压**、会翻身拍背。');
  await page.getByRole('checkbox', { name: '让没有登录的人试读第一个单元的课文' }).check();
  await page.getByLabel('教材（可不填）').fill('《家政护理》第二版');
  await page.getByLabel('课程标准年份（可不填）').fill('20');
  await expect(page.getByText('请填四位数的年份，如 2020。')).toBeVisible();
  await page.getByLabel('课程标准年份（可不填）').fill('2020');
  await expectAccessible(page);
  await photograph(page, 'about');
  await page.getByRole('button', { name: '添加模块' }).click();
  await page.getByRole('button', { name: '新单元', exact: true }).click();
  await page.getByLabel('单元标题').fill('量血压');
  await page.getByLabel('课文（Markdown，公式写在 $…$ 之间）').fill('先坐五分钟，再量。');
  await expect(page.getByText('已保存', { exact: true })).toBeVisible();

  const { page: stranger, alarms } = await anotherPerson();
  alarms.expectRefusal(404);
  await stranger.goto(world.at(`/catalogue/${code}`));
  await expect(stranger.getByText('没有这门课程，或者还没有发布。')).toBeVisible();

  const colleague = await anotherPerson();
  await world.logIn(colleague.page, await world.accountOf('luoteacher'));
  await submitAndPublish(page, colleague.page, world, '家政护理入门');

  await stranger.reload();
  await expect(stranger.getByRole('heading', { level: 1, name: '家政护理入门' })).toBeVisible();
  await expect(stranger.getByText('量血压', { exact: true }).first()).toBeVisible();
  await expect(stranger.getByText('先坐五分钟，再量。')).toBeVisible();
  await expect(stranger.getByRole('definition').filter({ hasText: '《家政护理》第二版' })).toBeVisible();
  await expect(stranger.getByRole('definition').filter({ hasText: '2020 年' })).toBeVisible();
  await expectAccessible(stranger);
});
