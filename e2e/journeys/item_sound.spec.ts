// Something to be heard in an item: its author adds it where the cursor stands, and hears it as a candidate will.
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { expect, test } from '../world';

const STEM = '听对话，他们在哪里？';
const TEXT = `1. ${STEM}\nA. 医院\nB. 学校\n答案：A\n`;
/** The head of a recording: who adds one is told by it what it is. */
const SOUND = Buffer.concat([Buffer.from('OggS'), Buffer.alloc(22), Buffer.from([1, 19]), Buffer.from('OpusHead'), Buffer.alloc(500)]);

test('an author adds sound to an item and finds it in the preview', async ({ page, world }) => {
  await world.logIn(page, await world.account('item_author'), '/items/import');
  await page.getByLabel('课程', { exact: true }).selectOption({ label: '成人高中数学' });
  const text = page.getByLabel('题目文本');
  await text.fill(TEXT);
  await text.evaluate((area, at) => (area as HTMLTextAreaElement).setSelectionRange(at, at), TEXT.indexOf('\n'));
  const sound = page.locator('details').filter({ hasText: '录音文件' });
  await sound.locator('summary').click();
  await sound.getByRole('button', { name: '加一段录音' }).click();
  await expect(sound.getByLabel('录音文件')).toBeFocused();
  await sound.getByLabel('录音文件').setInputFiles({ name: 'talk.ogg', mimeType: 'audio/ogg', buffer: SOUND });
  await sound.getByLabel('录音的说明').fill('两个人的对话');
  await sound.getByRole('button', { name: '加一段录音' }).click();
  await expect(text).toHaveValue(new RegExp(`${STEM}\\s+!\\[两个人的对话\\]\\(/api/v1/recordings/`));

  await page.getByRole('button', { name: '检查' }).click();
  await page.getByRole('button', { name: '导入 1 题' }).click();
  await page.getByRole('main').getByRole('link', { name: '我的题目' }).click();
  await page.getByRole('row').filter({ hasText: STEM }).getByRole('button').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '在手机上看' }).click();
  const player = dialog.getByRole('region', { name: '在手机上看' }).locator('audio');
  await expect(player).toHaveAttribute('src', /^\/api\/v1\/recordings\/[0-9a-f]{64}-536\.ogg$/);
  await expect(player).toHaveAttribute('aria-label', '两个人的对话');
  await expectAccessible(page);
  await photograph(page, 'heard');
});
