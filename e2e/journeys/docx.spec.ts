// A teacher has the lecture notes in a word processor: he looks at what they become and takes them; a colleague
// publishes them.
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { submitAndPublish } from '../steps';
import { expect, test } from '../world';

const NOTES = 'fixtures/lesson.docx';
const TITLE = '函数入门';
const OLD = { name: '讲义.doc', mimeType: 'application/msword', buffer: Buffer.from('d0cf11e0a1b11ae1', 'hex') };

test('lecture notes become a module and are published', async ({ page, world, alarms, anotherPerson }, testInfo) => {
  const shot = (name: string) => photograph(page, name);
  await world.logIn(page, await world.account('teacher'), '/courses/new');
  await page.getByLabel('课程代码').fill(`WD${testInfo.project.name === 'phone' ? 1 : 2}`);
  await page.getByLabel('课程名称').fill(TITLE);
  await page.getByLabel('总课时（每课时 45 分钟）').fill('60');
  await page.getByLabel('简介').fill('从工资看函数。');
  await page.getByRole('button', { name: '建立课程' }).click();
  await expect(page).toHaveURL(/\/courses\/[0-9a-f-]{36}$/);

  await page.getByRole('button', { name: '导入 Word 文档' }).click();
  const dialog = page.getByRole('dialog', { name: '导入 Word 文档' });
  const look = dialog.getByRole('button', { name: '看预览' });
  await look.click();
  await expect(dialog.getByText('请填写这一项。')).toBeVisible();
  await expectAccessible(page);

  // What he has from long ago has another format; the page says what to do.
  alarms.expectRefusal(422);
  await dialog.getByLabel('文档', { exact: true }).setInputFiles(OLD);
  await look.click();
  await expect(dialog.getByText(/这是老格式的文档/)).toBeVisible();

  // The notes are looked at in both ways; nothing has changed yet.
  await dialog.getByLabel('文档', { exact: true }).setInputFiles(NOTES);
  await dialog.getByText('单元，合成一个模块').click();
  await look.click();
  const preview = dialog.getByRole('region', { name: '导入后的样子' });
  await expect(preview.getByText('函数讲义')).toBeVisible();
  await dialog.getByText('模块，下一级标题变成单元').click();
  await expect(preview).toHaveCount(0);
  await look.click();
  await expect(preview.getByText(/^2 个单元，1 张图片/)).toBeVisible();
  await expect(preview.getByText('工资与天数', { exact: true })).toBeVisible();
  await expect(preview.getByText('文本框，没有导入')).toBeVisible();
  await expect(preview.getByText(/课后再想一想/)).toContainText('“反过来想”一节');
  await expectAccessible(page);
  await shot('preview');

  await dialog.getByRole('button', { name: '加入草稿' }).click();
  await expect(page.getByText('文档已加入草稿，请在目录里逐个核对。')).toBeVisible();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByLabel('模块标题')).toHaveValue('第一章 正比例');
  await page.getByRole('button', { name: '工资与天数', exact: true }).click();
  const lesson = page.getByRole('region', { name: '学员看到的样子' });
  await expect(lesson.getByText('正比例', { exact: true })).toBeVisible();
  await expect(lesson.getByRole('cell', { name: '400' })).toBeVisible();
  const picture = lesson.getByRole('img', { name: '一条上升的直线' });
  await picture.scrollIntoViewIfNeeded();
  await expect(picture).toBeVisible();
  await page.getByRole('button', { name: '反过来想', exact: true }).click();
  await expect(lesson.locator('math')).toBeVisible();
  await expectAccessible(page);
  await shot('editor');

  // The text box is written by hand, over the version that the import made.
  const body = page.getByLabel('课文（Markdown，公式写在 $…$ 之间）');
  await body.fill(`${await body.inputValue()}\n\n课后再想一想。`);
  await expect(page.getByText('有改动，即将保存')).toBeVisible();
  await expect(page.getByText('已保存', { exact: true })).toBeVisible();
  const colleague = await anotherPerson();
  await world.logIn(colleague.page, await world.accountOf('luoteacher'));
  await submitAndPublish(page, colleague.page, world, TITLE);
});
