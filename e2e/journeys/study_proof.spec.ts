// 学习记录证明: a learner prints it, the office of the school prints it, and a stranger checks the file by its number.
import { readFile } from 'node:fs/promises';
import { type Page } from '@playwright/test';
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { expect, test } from '../world';

/** Presses the button; the number of the print, and where the file lies. */
async function print(page: Page): Promise<{ number: string; path: string }> {
  const answered = page.waitForResponse((response) => response.url().endsWith('/study_proofs'));
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载学习记录证明' }).click();
  const name = (await answered).headers()['content-disposition'] ?? '';
  const file = await saved;
  expect(file.suggestedFilename()).toBe('学习记录证明.pdf');
  return { number: /filename="(\d{18})\.pdf"/.exec(name)![1]!, path: await file.path() };
}

test('a learner prints what they studied, and a stranger checks the file', async ({ page, world, anotherPerson }) => {
  await world.logIn(page, await world.account('learner'), '/progress');
  await expect(page.getByRole('heading', { level: 2, name: '学习记录证明' })).toBeVisible();
  const { number, path } = await print(page);
  await expectAccessible(page);
  const pdf = await readFile(path);
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');

  const { page: stranger } = await anotherPerson();
  await stranger.goto(world.at(`/verify/${number}`));
  await expect(stranger.getByRole('heading', { level: 2, name: '有这份学习记录证明' })).toBeFocused();
  await expect(stranger.getByText('张秀英')).toHaveCount(0);
  await expectAccessible(stranger);
  const file = stranger.getByLabel('选择收到的 PDF 文件');
  await file.setInputFiles(path);
  await expect(stranger.getByText('文件与编号一致，没有改动过。')).toBeVisible();
  await photograph(stranger, 'checked');
  const changed = Buffer.concat([pdf, Buffer.from('\n')]);
  await file.setInputFiles({ name: 'changed.pdf', mimeType: 'application/pdf', buffer: changed });
  await expect(stranger.getByText('文件与编号不一致')).toBeVisible();
  await expectAccessible(stranger);
});

test('the office of the school prints the study record of a learner', async ({ page, world }) => {
  const learner = await world.account('learner');
  await world.logIn(page, await world.account('school_office'), '/enrolments');
  await page.getByLabel('姓名开头').fill(learner.display_name);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('rowheader')).toHaveText([learner.display_name]);
  await page.getByRole('link', { name: learner.display_name }).click();
  await expect(page.getByRole('heading', { level: 1, name: learner.display_name })).toBeVisible();
  const { number } = await print(page);
  await page.goto(world.at(`/verify/${number}`));
  await expect(page.getByRole('heading', { level: 2, name: '有这份学习记录证明' })).toBeVisible();
  await expectAccessible(page);
});
