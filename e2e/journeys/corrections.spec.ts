// A learner takes her data home on paper, says that her name and phone are wrong, and the school answers.
import { readFile } from 'node:fs/promises';
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { expect, test } from '../world';

/** Of the demo: registered at the school of the township. No other story needs her by her name. */
const LEARNER = { login_name: 'xieyueqin', right: '谢月芹' };

test('a learner has her data corrected, and reads why something is not', async ({
  page,
  world,
  anotherPerson,
}, testInfo) => {
  await world.logIn(page, { ...(await world.account('learner')), login_name: LEARNER.login_name }, '/me/privacy');
  await expect(page.getByRole('heading', { level: 1, name: '隐私和我的数据' })).toBeVisible();
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载（PDF）' }).click();
  const sheet = await saved;
  expect(sheet.suggestedFilename()).toBe('我的数据.pdf');
  expect((await readFile(await sheet.path())).subarray(0, 4).toString()).toBe('%PDF');
  await sheet.saveAs(testInfo.outputPath('own-data.pdf'));
  const statements = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载学习行为记录（xAPI）' }).click();
  const file = await statements;
  expect(file.suggestedFilename()).toBe('chengxi-own-statements.json');
  expect(Array.isArray(JSON.parse(await readFile(await file.path(), 'utf8')))).toBe(true);

  const ask = page.getByRole('button', { name: '申请更正' });
  const dialog = page.getByRole('dialog');
  const send = dialog.getByRole('button', { name: '提交申请' });
  await ask.click();
  await send.click();
  await expect(dialog.getByText('请填写这一项。')).toBeVisible();
  await dialog.getByLabel('正确的姓名').fill(LEARNER.right);
  await dialog.getByLabel('原因').fill('身份证上是芹菜的芹');
  await expectAccessible(page);
  await photograph(page, 'ask');
  await send.click();
  const name = page.getByRole('listitem').filter({ hasText: LEARNER.right });
  await expect(name.getByText('待处理')).toBeVisible();
  await ask.click();
  await dialog.getByLabel('哪一项有错').selectOption({ label: '手机号码' });
  await dialog.getByLabel('正确的手机号码').fill('19900000055');
  await send.click();
  const phone = page.getByRole('listitem').filter({ hasText: '199****0055' });
  await expect(phone.getByText('待处理')).toBeVisible();
  await ask.click();
  await dialog.getByLabel('哪一项有错').selectOption({ label: '户籍所在地' });
  await dialog.getByLabel('户籍所在地区划代码').fill('341882');
  await send.click();
  const household = page.getByRole('listitem').filter({ hasText: '341882' });
  await expect(household.getByText('待处理')).toBeVisible();
  await household.getByRole('button', { name: '撤回申请' }).click();
  await expect(household.getByText('已撤回')).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'asked');

  const { page: office } = await anotherPerson();
  await world.logIn(office, await world.account('school_office'), '/corrections');
  await expect(office.getByRole('heading', { level: 1, name: '更正申请' })).toBeVisible();
  const question = office.getByRole('dialog');
  const ofPhone = office.getByRole('row').filter({ hasText: '199****0055' });
  await expect(ofPhone).toBeVisible();
  await expectAccessible(office);
  await photograph(office, 'requests');
  await ofPhone.getByRole('button', { name: '查看申请的号码' }).click();
  await question.getByRole('button', { name: '显示', exact: true }).click();
  await expect(question.getByText('19900000055')).toBeVisible();
  await expectAccessible(office);
  await question.getByRole('button', { name: '关闭' }).click();
  await ofPhone.getByRole('button', { name: '不予更正' }).click();
  await question.getByLabel('原因').fill('请用本人实名的手机号码');
  await expectAccessible(office);
  await question.getByRole('button', { name: '不予更正' }).click();
  await expect(ofPhone).toHaveCount(0);
  const ofName = office.getByRole('row').filter({ hasText: LEARNER.right });
  await ofName.getByRole('button', { name: '核对无误，更正' }).click();
  await question.getByRole('button', { name: '核对无误，更正' }).click();
  await expect(office.getByText('这里没有更正申请。')).toBeVisible();

  await page.reload();
  await expect(name.getByText('已更正')).toBeVisible();
  await expect(phone.getByText('未更正')).toBeVisible();
  await expect(phone.getByText('请用本人实名的手机号码')).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'answered');
});
