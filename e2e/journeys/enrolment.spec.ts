// A township enrols somebody who comes in from the street; a colleague and the county approve; the
// learner opens her account with the code on the slip, reads the privacy notice, and agrees to what she wants. When
// she has forgotten her password, the school sends her another code by text.
import { readFile } from 'node:fs/promises';
import { expectAccessible } from '../axe';
import { numbered } from '../lists';
import { photograph } from '../looks';
import { agreeToNotice, confirm } from '../steps';
import { expect, fillLogIn, test } from '../world';

/** The year in which somebody was born who is fifteen. */
const YEAR = new Date().getFullYear() - 15;
/** Nobody has these numbers: none begins with 330199. */
const YOUTH = numbered(`${YEAR}0104201`);
const NUMBER = '330199198506073021';
const PASSWORD = 'taohua-mantian-27';
const NEW_PASSWORD = 'lihua-mantian-28';
/** Her phone, as the school records it. */
const PHONE = '19900000066';

/** A picture that stands for a photo. */
const PHOTO = '../backend/demo/courses/GSX01/wage.png';

test('somebody from the street is enrolled, approved, and opens her account', async ({
  page,
  world,
  anotherPerson,
}, testInfo) => {
  const office = await world.account('school_office');
  await world.logIn(page, office, '/enrolments');
  await expect(page.getByRole('heading', { level: 1, name: '入学注册' })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('link', { name: '新生报名' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '新生报名' })).toBeVisible();
  await page.getByLabel('姓名').fill('罗春燕');
  await page.getByLabel('证件号码', { exact: true }).fill(YOUTH);
  await page.getByLabel('手机号码').fill(PHONE);
  await page.getByText('成人初中', { exact: true }).click();
  await page.getByText('小学毕业', { exact: true }).click();
  await expect(page.getByText(`报名时要年满 16 周岁，${YEAR + 16}年01月04日起就可以报名`)).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'too-young');

  await page.getByLabel('证件号码', { exact: true }).fill(NUMBER);
  await expect(page.getByText(/周岁，可以报名。/)).toBeVisible();
  await photograph(page, 'new-enrolment');
  await page.getByRole('button', { name: '报名', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: '罗春燕' })).toBeVisible();
  await expect(page.getByText('3301**********3021')).toBeVisible();
  const address = page.url();

  await expect(page.getByText('还缺身份证件和毕业证书的照片，上传后才能提交审核。')).toBeVisible();
  const camera = page.getByLabel('拍照上传 身份证件');
  await camera.setInputFiles({ name: 'IMG_0001.HEIC', mimeType: 'image/heic', buffer: Buffer.from('heic') });
  await expect(page.getByText(/这是苹果手机的 HEIC 照片/)).toBeVisible();
  // Named like a photo of another kind, or only half there: nothing is sent, and the page says why.
  await camera.setInputFiles({ name: 'IMG_0002.jpg', mimeType: 'image/jpeg', buffer: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]) });
  await expect(page.getByText(/照片不完整或者已经损坏/)).toBeVisible();
  await camera.setInputFiles({ name: 'IMG_0003.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1') });
  await expect(page.getByText(/这是苹果手机的 HEIC 照片/)).toBeVisible();
  await expectAccessible(page);
  await camera.setInputFiles(PHOTO);
  await expect(page.getByText('照片已上传。')).toBeVisible();
  await page.getByRole('button', { name: '查看 身份证件' }).click();
  await expect(page.getByRole('img', { name: '身份证件' })).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: '关闭' }).click();

  await expect(page.getByText('还缺毕业证书的照片，上传后才能提交审核。')).toBeVisible();
  await expect(page.getByRole('button', { name: '提交审核' })).toHaveCount(0);
  await page.getByRole('button', { name: '修改', exact: true }).click();
  const amending = page.getByRole('dialog');
  await expect(amending.getByRole('radio', { name: '小学毕业', exact: true })).toBeChecked();
  await amending.getByText('没有毕业证，能读会写', { exact: true }).click();
  // A photo that was on its way arrives while the dialog stands open, and leaves it as it is.
  await page.getByLabel('拍照上传 其他材料').setInputFiles(PHOTO);
  await expect(page.locator('li.paper').filter({ hasText: '其他材料' }).locator('button').first()).toBeAttached();
  await expect(amending.getByRole('radio', { name: '没有毕业证，能读会写', exact: true })).toBeChecked();
  await expectAccessible(page);
  await amending.getByRole('button', { name: '保存修改' }).click();
  await expect(page.getByText('修改登记')).toBeVisible();
  await expect(page.getByText('没有毕业证，能读会写')).toBeVisible();

  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载报名表' }).click();
  const form = await saved;
  expect((await readFile(await form.path())).subarray(0, 4).toString()).toBe('%PDF');
  await form.saveAs(testInfo.outputPath('application-form.pdf'));

  await confirm(page, '提交审核');
  await expect(page.getByText('等待学校另一位老师审核，登记人不能审核自己的登记。')).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'record');

  const { page: colleague } = await anotherPerson();
  await world.logIn(colleague, { ...office, login_name: 'zhilihead' });
  await colleague.getByRole('link', { name: /有 \d+ 份学籍等待学校审核/ }).click();
  await colleague.getByRole('link', { name: '罗春燕' }).click();
  await confirm(colleague, '审核通过');
  await expect(colleague.getByText('等待县（市、区）教育局审核。')).toBeVisible();

  const { page: county } = await anotherPerson();
  await world.logIn(county, await world.account('county_bureau'));
  await county.getByRole('link', { name: /有 \d+ 份学籍等待县级审核/ }).click();
  await county.getByRole('link', { name: '罗春燕' }).click();
  await county.getByRole('button', { name: '退回', exact: true }).click();
  const dialog = county.getByRole('dialog');
  await dialog.getByRole('button', { name: '退回', exact: true }).click();
  await expect(dialog.getByText('请填写这一项。')).toBeVisible();
  await dialog.getByLabel('原因').fill('照片反光，请重拍');
  await expectAccessible(county);
  await dialog.getByRole('button', { name: '退回', exact: true }).click();
  await expect(county.getByText('照片反光，请重拍').first()).toBeVisible();

  await colleague.reload();
  await expect(colleague.getByText('照片反光，请重拍').first()).toBeVisible();
  await confirm(colleague, '审核通过');
  await expect(colleague.getByText('等待县（市、区）教育局审核。')).toBeVisible();
  await county.reload();
  await confirm(county, '审核通过');
  await expect(county.getByText('已注册，编入班级后即为在学。')).toBeVisible();
  await expectAccessible(county);

  await page.goto(address);
  await page.getByRole('button', { name: '发激活码', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: '发激活码', exact: true }).click();
  const slip = page.getByRole('region', { name: '学员账号激活单' });
  await expect(slip).toBeVisible();
  const code = /\d{4} \d{4} \d{4}/.exec(await slip.innerText())?.[0] ?? '';
  await expectAccessible(page);
  await photograph(page, 'slip');
  await page.emulateMedia({ media: 'print' });
  await expect(slip).toBeVisible();
  await expect(page.getByRole('button').or(page.getByRole('navigation')).or(page.getByRole('heading'))).toHaveCount(0);
  await photograph(page, 'slip-on-paper');

  const { page: learner, alarms } = await anotherPerson();
  alarms.expectRefusal(422);
  await learner.goto(world.at('/login'));
  await learner.getByRole('link', { name: '第一次使用？用激活码设密码' }).click();
  const open = learner.getByRole('button', { name: '激活并登录' });
  await open.click();
  await expect(learner.getByText('激活码是12位数字，请对照纸条再输一遍')).toBeVisible();
  await expectAccessible(learner);
  await learner.getByLabel('激活码').fill(code);
  await learner.getByLabel('证件号码后四位').fill('3021');
  await learner.getByLabel('登录名').fill(NUMBER);
  await learner.getByLabel('新密码').fill(PASSWORD);
  await learner.getByLabel('再输一遍密码').fill(PASSWORD);
  await open.click();
  await expect(learner.getByText('登录名里不能有证件号码、手机号等长数字').first()).toBeVisible();
  await learner.getByLabel('登录名').fill('19900000067');
  await open.click();
  await expect(learner.getByText('请填学校登记的您本人的手机号，或者另起一个登录名').first()).toBeVisible();
  await expectAccessible(learner);
  await learner.getByLabel('登录名').fill(PHONE);
  await photograph(learner, 'activate');
  await open.click();
  await expect(learner.getByRole('heading', { level: 1, name: '请先看隐私说明' })).toBeVisible();
  await expect(learner.getByText(/^谁在用：/)).toBeVisible();
  await expect(learner.getByRole('checkbox', { checked: true })).toHaveCount(0);
  await expectAccessible(learner);
  await photograph(learner, 'notice');
  await agreeToNotice(learner, '使用敏感信息');
  await expect(learner).toHaveURL(/\/learn$/);
  await learner.goto(world.at('/me/privacy'));
  const consent = (name: string) => learner.getByRole('listitem').filter({ hasText: name });
  await expect(consent('我已阅读隐私说明').getByText('已同意')).toBeVisible();
  await expect(consent('使用敏感信息').getByText('已同意')).toBeVisible();
  await expect(consent('与学分银行共享').getByText('未同意')).toBeVisible();
  await learner.goto(world.at('/progress'));
  await expect(learner.getByRole('heading', { name: '我的学籍' })).toBeVisible();
  await expect(learner.getByText('已经注册，学校编班后就可以上课。')).toBeVisible();
  await expectAccessible(learner);
  await photograph(learner, 'own-record');

  const { page: elsewhere } = await anotherPerson();
  await elsewhere.goto(world.at('/login'));
  await fillLogIn(elsewhere, '199 0000 0066', PASSWORD);
  await expect(elsewhere).toHaveURL(/\/learn$/);

  await page.emulateMedia({ media: 'screen' });
  await page.goto(address);
  await confirm(page, '短信发激活码');
  await expect(page.getByText('已交给系统发送。')).toBeVisible();
  const toHer = async () => (await world.server.texts()).find((text) => text.phone === PHONE);
  await expect.poll(toHer, { timeout: 15_000 }).toBeDefined();
  const texts = page.getByRole('list', { name: '发给学员的短信' });
  await expect(async () => {
    await page.reload();
    await expect(texts.getByText('已发出')).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 15_000 });
  await expect(texts.getByText('199****0066')).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'text-sent');

  const sent = (await toHer())?.parameters.code ?? '';
  const { page: forgetful } = await anotherPerson();
  await forgetful.goto(world.at('/activate'));
  await forgetful.getByLabel('激活码').fill(sent);
  await forgetful.getByLabel('证件号码后四位').fill('3021');
  await forgetful.getByLabel('登录名').fill(PHONE);
  await forgetful.getByLabel('新密码').fill(NEW_PASSWORD);
  await forgetful.getByLabel('再输一遍密码').fill(NEW_PASSWORD);
  await forgetful.getByRole('button', { name: '激活并登录' }).click();
  await expect(forgetful).toHaveURL(/\/learn$/);
});

test('several records are led on at once, and what does not go on says why', async ({
  page,
  world,
  alarms,
  anotherPerson,
}) => {
  alarms.expectRefusal(409);
  const office = await world.account('school_office');
  await world.logIn(page, { ...office, login_name: 'zhilioffice' }, '/enrolments');
  const bar = page.getByRole('region', { name: '一起办理' });
  await expect(bar.getByText('勾选轮到您办的学籍，可以一起提交或审核通过。')).toBeVisible();
  // What waits for others cannot be chosen.
  await expect(page.getByRole('checkbox', { name: '选中冯大海' })).toHaveCount(0);
  await page.getByRole('checkbox', { name: '选中潘小燕' }).check();
  await expect(bar.getByText('已选 1 份')).toBeVisible();
  await bar.getByRole('button', { name: '全选' }).click();
  await expect(page.getByRole('checkbox', { name: '选中阿依古丽' })).toBeChecked();
  await expectAccessible(page);
  await bar.getByRole('button', { name: '提交或审核通过' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('请确认每一份的材料都已经看过')).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '提交或审核通过' }).click();

  await expect(page.getByText('有 1 项没有办成：')).toBeVisible();
  const stayed = page.getByRole('listitem').filter({ hasText: '阿依古丽' });
  await expect(stayed).toContainText('录入或审核过这份学籍的人不能再审核它，请换一位老师。');
  await expect(page.getByRole('row').filter({ hasText: '潘小燕' })).toContainText('学校审核');
  await expectAccessible(page);
  await photograph(page, 'led-on');

  const { page: head } = await anotherPerson();
  await world.logIn(head, { ...office, login_name: 'zhilihead' }, '/enrolments?state=school_review');
  await head.getByRole('button', { name: '全选' }).click();
  await head.getByRole('button', { name: '提交或审核通过' }).click();
  await head.getByRole('dialog').getByRole('button', { name: '提交或审核通过' }).click();
  await expect(head.getByText('已办理 2 份。')).toBeVisible();
  await expect(head.getByRole('row').filter({ hasText: '潘小燕' })).toHaveCount(0);
  await expectAccessible(head);
});

test.describe('where no text messages are set up', () => {
  // A worker between page and network is not heard by what changes the reply.
  test.use({ serviceWorkers: 'block' });

  test('a record says that codes go out on paper', async ({ page, world }) => {
    await page.route('**/api/v1/enrolments/*-*', async (route) => {
      const reply = await route.fetch();
      const record = (await reply.json()) as { person: object };
      const person = { ...record.person, phone_masked: '199****0000' };
      await route.fulfill({ response: reply, json: { ...record, person, may_text: false } });
    });
    await world.logIn(page, await world.account('school_office'), '/enrolments');
    await page.getByLabel('姓名开头').fill('顾春梅');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('rowheader')).toHaveText(['顾春梅']);
    await page.getByRole('link', { name: '顾春梅' }).click();
    await expect(page.getByText('系统没有开通短信，激活码请打印后交给本人。')).toBeVisible();
    await expect(page.getByRole('button', { name: '短信发激活码' })).toHaveCount(0);
    await expectAccessible(page);
  });
});
