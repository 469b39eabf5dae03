// The key of a sealed paper goes into three hands: each custodian sees their share once, notes it and types it back, and
// then the system has the key no more.
import { type Page } from '@playwright/test';
import { expectAccessible } from '../axe';
import { proposeSeal, sealPaper } from '../papers';
import { expectNoSidewaysScroll } from '../pages';
import { expect, test, type World } from '../world';

/** No test of another journey takes a paper of it: one whose key lies in three hands does not open by itself. */
const COURSE = '成人高中语文';
/** Of the demo: bureaux at three places. */
const CUSTODIANS = [
  { account: 'auditor', name: '钱志远' },
  { account: 'countybureau', name: '李建平' },
  { account: 'provinceoffice', name: '何文静' },
];

async function open(page: Page, world: World, path: string): Promise<void> {
  await page.goto(world.at(path));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('.loading')).toHaveCount(0);
}

/** Two persons compose, propose and seal a paper of one item. */
async function seal(page: Page, other: Page, world: World, title: string): Promise<void> {
  await open(page, world, '/papers/new');
  await page.getByLabel('试卷名称').fill(title);
  await page.getByLabel('课程', { exact: true }).selectOption({ label: COURSE });
  await page.getByRole('main').getByRole('listitem').getByRole('checkbox').first().check();
  await expect(page.getByText('已选 1 题')).toBeVisible();
  await page.getByRole('button', { name: '保存试卷' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '试卷', exact: true })).toBeVisible();
  for (const reader of [page, other]) {
    await open(reader, world, '/papers');
    await reader.getByLabel('课程', { exact: true }).selectOption({ label: COURSE });
    await (reader === page ? proposeSeal : sealPaper)(reader, title);
  }
}

/** Splits the key; two custodians of one place are refused. */
async function split(page: Page, title: string): Promise<void> {
  const paper = page.getByRole('region', { name: title });
  await paper.getByRole('button', { name: '分发密钥' }).click();
  const dialog = page.getByRole('dialog');
  const box = (name: string) => dialog.getByRole('checkbox', { name: new RegExp(name) });
  for (const name of ['李建平', '施敏芳', '何文静']) {
    await box(name).check();
  }
  await dialog.getByRole('button', { name: '分发密钥' }).click();
  await expect(dialog.getByText('每个地方只能有一位保管人')).toBeVisible();
  await expectAccessible(page);
  await box('施敏芳').uncheck();
  await box('钱志远').check();
  await dialog.getByRole('button', { name: '分发密钥' }).click();
  await expect(paper.getByText(/系统仍保留密钥/)).toBeVisible();
}

/** A custodian notes their share, misreads it once, and types it back. */
async function keep(page: Page, title: string): Promise<void> {
  const share = page.getByRole('region', { name: title });
  await share.getByRole('button', { name: '查看份额' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '现在显示' }).click();
  await expect(dialog.getByRole('listitem')).toHaveCount(10);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  const groups = await dialog.getByRole('listitem').allTextContents();
  expect(groups.every((group) => /^\d{6}$/.test(group))).toBe(true);
  await dialog.getByRole('button', { name: '已记下' }).click();
  await expect(share.getByRole('button', { name: '查看份额' })).toHaveCount(0);

  await share.getByRole('button', { name: /^核对份额/ }).click();
  const field = dialog.getByLabel('份额（60位数字）');
  const misread = [...groups];
  misread[3] = String((Number(groups[3]) + 1) % 1_000_000).padStart(6, '0');
  await field.fill(misread.join(' '));
  await field.blur();
  await expect(dialog.getByText('第 4 组有误，请核对')).toBeVisible();
  await expectAccessible(page);
  await field.fill(groups.join(''));
  await dialog.getByRole('button', { name: '核对份额' }).click();
  await expect(page.getByText('份额核对无误，请妥善保管。')).toBeVisible();
}

test('a key goes into three hands', async ({ page, world, anotherPerson }, testInfo) => {
  const title = `${testInfo.project.name}密钥卷`;
  await world.logIn(page, await world.accountOf('exam1'));
  const { page: other, alarms } = await anotherPerson();
  alarms.expectRefusal(422);
  await world.logIn(other, await world.accountOf('exam2'));
  await seal(page, other, world, title);
  await split(other, title);
  for (const { account, name } of CUSTODIANS) {
    const { page: custodian } = await anotherPerson();
    await world.logIn(custodian, await world.accountOf(account));
    await open(custodian, world, '/key_shares');
    await keep(custodian, title);
    await other.reload();
    await other.getByLabel('课程', { exact: true }).selectOption({ label: COURSE });
    const kept = other.getByRole('region', { name: title }).getByRole('listitem').filter({ hasText: name });
    await expect(kept.getByText('已核对')).toBeVisible();
  }
  const paper = other.getByRole('region', { name: title });
  await expect(paper.getByText(/系统不再保留密钥/)).toBeVisible();
  await expect(paper.getByRole('button', { name: '分发密钥' })).toHaveCount(0);
  await expectAccessible(other);
});
