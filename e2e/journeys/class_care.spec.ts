// A tutor looks who is away, reminds and calls her, tells the class something and reads its gradebook; the learner
// reads what she is told.
import { readFile } from 'node:fs/promises';
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { expectWhole } from '../pages';
import { expect, test } from '../world';

/** Of the demo: its learners have studied nothing for weeks. */
const CLASS = '2026年春 织里童装厂班';
const TITLE = '周四晚上的课改到周五';

test('who is away is found, reminded once, called for a reason, and reads it', async ({ page, world, anotherPerson }) => {
  const learner = await world.account('learner');
  const name = learner.display_name;
  await world.logIn(page, await world.account('class_tutor'), '/classes');
  await page.getByRole('table').getByRole('link', { name: CLASS }).click();
  await page.getByRole('link', { name: '学习进度' }).click();
  const row = page.getByRole('listitem').filter({ hasText: name });
  await expect(row.getByText('久未学习').first()).toBeVisible();
  await expect(row.getByText(/^已有 \d+ 天没有学习本班课程。$/).first()).toBeVisible();
  await expectWhole(page);
  await photograph(page, 'who-is-where');
  await page.getByRole('radio', { name: /^已学完/ }).check();
  await expect(row.getByText('久未学习')).toHaveCount(0);
  await page.getByRole('radio', { name: /^久未学习/ }).check();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: '导出 Excel' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^班级学情_/);
  expect((await readFile(await file.path())).subarray(0, 2).toString()).toBe('PK');
  const handedOver = page.waitForEvent('download');
  await page.getByRole('button', { name: '导出学习行为记录（xAPI）' }).click();
  const statements = await handedOver;
  expect(statements.suggestedFilename()).toMatch(/^班级学习行为记录_\d{4}-\d{2}-\d{2}\.json$/);
  const text = await readFile(await statements.path(), 'utf8');
  expect((JSON.parse(text) as { verb: { id: string } }[])[0]?.verb.id).toContain('/verbs/');
  expect(text).not.toContain(name);
  await page.getByLabel('谁的记录').selectOption({ label: name });
  const ofOne = page.waitForEvent('download');
  await page.getByRole('button', { name: '导出学习行为记录（xAPI）' }).click();
  const own = JSON.parse(await readFile(await (await ofOne).path(), 'utf8')) as { actor: { account: { name: string } } }[];
  expect(new Set(own.map((statement) => statement.actor.account.name)).size).toBeLessThanOrEqual(1);

  // Unit by unit, those are named who have not completed it.
  const units = page.getByRole('region', { name: '任务点完成情况' });
  await units.locator('summary').first().click();
  await expect(units.getByText(/^(正在学|还没有学)：/).first()).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'units');

  const remind = row.getByRole('button', { name: /^提醒学习/ });
  await remind.click();
  await expect(page.getByText(/^已提醒 1 人/)).toBeVisible();
  await expect(row.getByText(/^最近提醒：.*未读$/)).toBeVisible();
  await expect(remind).toHaveCount(0);
  await expectAccessible(page);

  await page.getByRole('link', { name: '电话联系名单' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '电话联系名单' })).toBeVisible();
  const called = page.getByRole('row').filter({ hasText: name });
  await expect(called.getByText('199****0015')).toBeVisible();
  await expectWhole(page);
  await photograph(page, 'calls');
  await called.getByRole('button', { name: /^打电话/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '显示号码' }).click();
  await expect(dialog.getByText('请填写这一项。')).toBeVisible();
  await dialog.getByLabel('说明').fill('问问最近学习有没有困难');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '显示号码' }).click();
  await expect(dialog.getByRole('link', { name: '19900000015' })).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '关闭' }).click();
  await expect(page.getByText('19900000015')).toHaveCount(0);

  const { page: hers } = await anotherPerson();
  await world.logIn(hers, learner);
  const told = hers.getByText(/老师提醒您：已经有 \d+ 天没有学习了/);
  await expect(told).toBeVisible();
  await expectAccessible(hers);
  await photograph(hers, 'reminded');
  await hers.getByRole('button', { name: '知道了', exact: true }).click();
  await expect(told).toHaveCount(0);
  await hers.reload();
  await expect(hers.getByRole('heading', { level: 2 }).first()).toBeVisible();
  await expect(told).toHaveCount(0);

  await page.goto(world.at('/classes'));
  await page.getByRole('table').getByRole('link', { name: CLASS }).click();
  await page.getByRole('link', { name: '学习进度' }).click();
  await expect(row.getByText(/^最近提醒：.*已读$/)).toBeVisible();

  // The office lets another system read what the class does, which it does by what it was handed until the office ends it.
  const { page: office } = await anotherPerson();
  await world.logIn(office, await world.accountOf('zhilioffice'), new URL(page.url()).pathname + '?part=progress');
  const systems = office.getByRole('region', { name: '对接系统' });
  await expect(systems.getByText('没有系统在读取本班的记录。')).toBeVisible();
  await systems.getByRole('button', { name: '允许系统读取' }).click();
  const letting = office.getByRole('dialog');
  await letting.getByRole('button', { name: '允许读取' }).click();
  await expect(letting.getByText('请填写这一项。')).toBeVisible();
  await letting.getByLabel('系统名称').fill('市学情分析平台');
  await letting.getByRole('button', { name: '允许读取' }).click();
  await expect(letting.getByText(/密钥只显示这一次/)).toBeVisible();
  await expectAccessible(office);
  const [, reader = '', secret = ''] = await letting.locator('code').allTextContents();
  const read = () =>
    fetch(world.at('/xapi/statements?limit=1'), {
      headers: {
        authorization: `Basic ${Buffer.from(`${reader}:${secret}`).toString('base64')}`,
        'x-experience-api-version': '1.0.3',
      },
    });
  const answered = await read();
  expect(answered.status).toBe(200);
  expect(await answered.text()).toContain('/verbs/');
  await letting.getByRole('button', { name: '关闭' }).click();
  const system = systems.getByRole('listitem').filter({ hasText: '市学情分析平台' });
  await system.getByRole('button', { name: /^停止读取/ }).click();
  await letting.getByRole('button', { name: '停止读取' }).click();
  await expect(system.getByText('已停止')).toBeVisible();
  expect((await read()).status).toBe(401);
  await expectWhole(office);
});

test('a class is told something, reads it, is told anew, and its gradebook is read', async ({ page, world, anotherPerson }) => {
  const learner = await world.account('learner');
  await world.logIn(page, await world.account('class_tutor'), '/classes');
  await page.getByRole('table').getByRole('link', { name: CLASS }).click();
  await page.getByRole('link', { name: '班级通知' }).click();
  await expect(page.getByText('还没有发过通知。')).toBeVisible();
  await page.getByRole('button', { name: '发通知' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '发出通知' }).click();
  await expect(dialog.getByText('请填写这一项。').first()).toBeVisible();
  await dialog.getByLabel('标题').fill(TITLE);
  await dialog.getByLabel('内容').fill('老师去开会，课改到周五晚上七点，教室不变。');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '发出通知' }).click();
  const sent = page.getByRole('listitem').filter({ hasText: TITLE });
  await expect(sent.getByText(/^已读 0 \/ \d+ 人$/)).toBeVisible();
  await expectWhole(page);
  await photograph(page, 'announced');

  const { page: hers } = await anotherPerson();
  await world.logIn(hers, learner);
  const news = hers.getByRole('listitem').filter({ hasText: TITLE });
  await expect(news).toBeVisible();
  await expectAccessible(hers);
  await photograph(hers, 'news');
  await news.getByRole('button', { name: /^知道了/ }).click();
  await expect(news).toHaveCount(0);
  await hers.getByRole('link', { name: '全部班级通知' }).click();
  await expect(hers.getByRole('heading', { level: 1, name: '班级通知' })).toBeVisible();
  await expect(news.getByText('已读', { exact: true })).toBeVisible();
  await expectWhole(hers);

  await page.reload();
  await expect(sent.getByText(/^已读 1 \/ \d+ 人$/)).toBeVisible();
  await sent.getByRole('button', { name: /^修改/ }).click();
  await dialog.getByLabel('内容').fill('课改到周五晚上七点半，教室不变。');
  await dialog.getByRole('button', { name: '保存修改' }).click();
  await expect(sent.getByText('七点半')).toBeVisible();
  await expect(sent.getByText(/^已读 0 \/ \d+ 人$/)).toBeVisible();
  await hers.goto(world.at('/learn'));
  await expect(news.getByText('七点半')).toBeVisible();
  await sent.getByRole('button', { name: /^撤回/ }).click();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '撤回' }).click();
  await expect(sent.getByText('已撤回')).toBeVisible();
  await hers.reload();
  await expect(hers.getByRole('heading', { level: 2 }).first()).toBeVisible();
  await expect(news).toHaveCount(0);

  await page.getByRole('link', { name: '成绩册' }).click();
  const grades = page.getByRole('row').filter({ hasText: learner.display_name });
  await expect(grades.getByText(/^练习 \d+\/\d+，一次做对 \d+$/).first()).toBeVisible();
  await expectWhole(page);
  await photograph(page, 'gradebook');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: '导出 Excel' }).click();
  expect((await download).suggestedFilename()).toMatch(/^班级成绩册_/);
});
