// The province proposes what a course is from a day on, and which tools of others courses may use; a second person
// approves it.
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { expect, test } from '../world';

test('what a course is from a day on is approved by a second person', async ({ page, world, anotherPerson }, testInfo) => {
  // One story a screen: a rule of a course and a day is there once.
  const isPhone = testInfo.project.name === 'phone';
  const [day, shown] = isPhone ? ['2091-03-01', '2091年03月01日'] : ['2091-09-01', '2091年09月01日'];
  await world.logIn(page, await world.account('province_office'));
  await page.goto(world.at('/course_rules'));
  await expect(page.getByRole('heading', { level: 1, name: '课程规定' })).toBeVisible();
  const rules = page.getByRole('table', { name: '各版规定' });
  await expect(rules.getByRole('row').filter({ hasText: '现行' }).first()).toBeVisible();

  await page.getByRole('button', { name: '提出新规定' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('合格线')).toHaveValue('60');
  await dialog.getByLabel('施行日期').fill(day);
  await dialog.getByLabel('合格线').fill('0');
  await dialog.getByLabel('原因').fill('省教育厅通知');
  await dialog.getByRole('button', { name: '提交审批' }).click();
  await expect(dialog.getByText('请填1至100之间的整数')).toBeVisible();
  await dialog.getByLabel('合格线').fill('55');
  await expectAccessible(page);
  await photograph(page, 'propose');
  await dialog.getByRole('button', { name: '提交审批' }).click();
  const proposals = page.getByRole('table', { name: '提出和审批' });
  await expect(proposals.getByRole('row').filter({ hasText: shown }).getByText('待审批')).toBeVisible();

  const { page: second } = await anotherPerson();
  await world.logIn(second, await world.accountOf('provincehead'));
  await second.goto(world.at('/desk'));
  await second.getByRole('link', { name: /^有 \d+ 条课程规定等待审批$/ }).click();
  const theirs = second.getByRole('table', { name: '提出和审批' }).getByRole('row').filter({ hasText: shown });
  await theirs.getByRole('button', { name: '批准施行' }).click();
  await second.getByRole('dialog').getByRole('button', { name: '批准施行' }).click();
  await expect(theirs.getByText('已批准')).toBeVisible();
  const coming = second.getByRole('table', { name: '各版规定' }).getByRole('row').filter({ hasText: shown });
  await expect(coming.getByText('55%')).toBeVisible();
  await expectAccessible(second);

  // A tool of others: of its keys the public ones alone are taken.
  const title = isPhone ? '仿真工具一' : '仿真工具二';
  const key = { kty: 'RSA', kid: '1', n: Buffer.alloc(256, 0xc5).toString('base64url'), e: 'AQAB' };
  await page.goto(world.at('/external_tools'));
  await page.getByRole('button', { name: '登记工具' }).click();
  await dialog.getByLabel('工具名称').fill(title);
  await dialog.getByLabel('发起登录的网址').fill('https://tool.example/login');
  await dialog.getByLabel('返回地址').fill('https://tool.example/launch');
  await dialog.getByLabel('公钥').fill(JSON.stringify({ keys: [{ ...key, d: 'x' }] }));
  await dialog.getByLabel('原因').fill('省教育厅采购');
  await dialog.getByRole('button', { name: '提交审批' }).click();
  await expect(dialog.getByText('这里面有私钥')).toBeVisible();
  await dialog.getByLabel('公钥').fill(JSON.stringify({ keys: [key] }));
  await dialog.getByRole('button', { name: '提交审批' }).click();
  const tools = page.getByRole('table', { name: '外部课程工具' });
  await expect(tools.getByRole('row').filter({ hasText: title }).getByText('待审批')).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'tools');
  await second.goto(world.at('/external_tools'));
  const tool = second.getByRole('table', { name: '外部课程工具' }).getByRole('row').filter({ hasText: title });
  await tool.getByRole('button', { name: '批准施行' }).click();
  await second.getByRole('dialog').getByRole('button', { name: '批准施行' }).click();
  await expect(tool.getByText('使用中')).toBeVisible();
});
