// A picture says it: a learner sees one in her lesson, and a teacher adds one to his.
import type { Locator } from '@playwright/test';
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { expect, test } from '../world';

const PICTURE = '../backend/demo/courses/GSX01/wage.png';
const WORDS = '一条上升的直线';

/** Waits until the browser has drawn a picture. */
async function expectDrawn(picture: Locator): Promise<void> {
  await picture.scrollIntoViewIfNeeded();
  await expect.poll(() => picture.evaluate((shown: HTMLImageElement) => shown.complete && shown.naturalWidth)).toBeGreaterThan(0);
}

test('a learner sees the pictures of her lesson', async ({ page, world }) => {
  await world.logIn(page, await world.account('learner'), '/learn');
  await page.getByRole('link', { name: '成人高中数学' }).click();
  await page.getByRole('link', { name: /集合：把东西分清楚/ }).click();
  const picture = page.getByRole('img', { name: /两个交叉的圆/ });
  await expectDrawn(picture);
  await expectAccessible(page);
  await photograph(page, 'lesson');
});

test('a teacher adds a picture to a lesson', async ({ page, world }, testInfo) => {
  await world.logIn(page, await world.account('teacher'), '/courses/new');
  await page.getByLabel('课程代码').fill(`TU${testInfo.project.name === 'phone' ? 1 : 2}`);
  await page.getByLabel('课程名称').fill('看图说话');
  await page.getByLabel('总课时（每课时 45 分钟）').fill('60');
  await page.getByLabel('简介').fill('图上看得见的道理。');
  await page.getByRole('button', { name: '建立课程' }).click();
  await page.getByRole('button', { name: '添加模块' }).click();
  await page.getByRole('button', { name: '新单元', exact: true }).click();
  await page.getByLabel('单元标题').fill('工资的图象');
  await page.getByLabel('课文（Markdown，公式写在 $…$ 之间）').fill('做得越多，工资越高。');
  await page.getByText('添加图片', { exact: true }).first().click();
  await page.getByLabel('图片文件').setInputFiles(PICTURE);
  await page.getByRole('button', { name: '添加图片', exact: true }).click();
  await expect(page.getByText('请填写这一项。')).toBeVisible();
  await page.getByLabel('图片说明').fill(WORDS);
  await page.getByRole('button', { name: '添加图片', exact: true }).click();
  await expect(page.getByText(/图片已添加，学员下载约 \d+ KB。/)).toBeVisible();
  const preview = page.getByRole('region', { name: '学员看到的样子' });
  await expectDrawn(preview.getByRole('img', { name: WORDS }));
  await expectAccessible(page);
  await photograph(page, 'editor');
  await expect(page.getByText('已保存', { exact: true })).toBeVisible();
});
