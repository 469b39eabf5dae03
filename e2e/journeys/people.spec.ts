// A township enters a person whose number was misread, looks at the whole number for a reason, and
// lets the person go to the township next door, which accepts; another goes to a school of another county.
import { expectAccessible } from '../axe';
import { numbered } from '../lists';
import { photograph } from '../looks';
import { expect, test } from '../world';

/** Nobody has these numbers: none begins with 330199. */
const MISREAD = '330199198906170305';
const NUMBER = '330199198906170306';
const MASKED = '3301**********0306';
const CORRECTED = '330199197609300333';

test('a township enters a person, and the one next door takes them', async ({
  page,
  world,
  anotherPerson,
}) => {
  const office = await world.account('school_office');
  await world.logIn(page, office, '/people');
  await expect(page.getByRole('heading', { level: 1, name: '人员名单' })).toBeVisible();
  await expect(page.getByRole('link', { name: '冯大海' })).toBeVisible();
  await expect(page.getByText('吴兴区 织里镇').first()).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'people');

  await page.getByRole('link', { name: '登记人员' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '登记人员' })).toBeVisible();
  const enter = page.getByRole('button', { name: '登记', exact: true });
  const number = page.getByLabel('证件号码', { exact: true });
  await page.getByLabel('姓名').fill('柳小芹');
  await number.fill(MISREAD);
  await page.getByLabel('手机号码').fill('19900000088');
  await enter.click();
  await expect(page.getByText('证件号码有一位填错了，请对照证件逐位核对')).toBeVisible();
  await expect(number).toBeFocused();
  await expectAccessible(page);
  await number.fill(NUMBER);
  await expect(page.getByText('按号码：1989年06月17日出生，女')).toBeVisible();
  await photograph(page, 'new-person');
  await enter.click();
  await expect(page.getByRole('heading', { level: 1, name: '柳小芹' })).toBeVisible();
  await expect(page.getByText(MASKED).first()).toBeVisible();
  await expect(page.getByText('199****0088')).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'person');

  await page.getByRole('button', { name: '查看完整号码' }).click();
  const dialog = page.getByRole('dialog');
  const show = dialog.getByRole('button', { name: '显示号码' });
  await show.click();
  await expect(dialog.getByText('请填写这一项。').first()).toBeVisible();
  await dialog.getByLabel('用途').selectOption({ label: '核对证件原件' });
  await dialog.getByLabel('说明').fill('核对报名表');
  await expectAccessible(page);
  await show.click();
  await expect(dialog.getByText(NUMBER)).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '关闭' }).click();
  await expect(page.getByText(NUMBER)).toHaveCount(0);

  await page.getByRole('button', { name: '转到别处' }).click();
  await dialog.getByLabel('转往').selectOption({ label: '八里店镇' });
  await dialog.getByLabel('原因').fill('搬到八里店镇住');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '提出转移' }).click();
  await expect(page.getByText('已提出，等待对方答复。')).toBeVisible();

  const { page: neighbour } = await anotherPerson();
  await world.logIn(neighbour, { ...office, login_name: 'balidianoffice' }, '/transfers');
  await expect(neighbour.getByRole('heading', { level: 1, name: '转入转出' })).toBeVisible();
  const row = neighbour.getByRole('row').filter({ hasText: '柳*芹' });
  await expect(row.getByText('转入', { exact: true })).toBeVisible();
  await expect(row.getByText('吴兴区 织里镇')).toBeVisible();
  await expectAccessible(neighbour);
  await photograph(neighbour, 'transfers');
  await row.getByRole('button', { name: '接收', exact: true }).click();
  const question = neighbour.getByRole('dialog', { name: '接收这个人？' });
  await question.getByRole('button', { name: '接收', exact: true }).click();
  await expect(row.getByText('已接收')).toBeVisible();
  await row.getByRole('link', { name: '柳*芹' }).click();
  await expect(neighbour.getByRole('heading', { level: 1, name: '柳小芹' })).toBeVisible();
  await expect(neighbour.getByText('吴兴区 八里店镇').first()).toBeVisible();
  await expectAccessible(neighbour);
});

test('a person is found by name and goes to a school of another county', async ({
  page,
  world,
  anotherPerson,
}) => {
  const office = await world.account('school_office');
  await world.logIn(page, office, '/people/new');
  await page.getByLabel('姓名').fill('柳小芸');
  await page.getByLabel('证件号码', { exact: true }).fill(numbered('19890617052'));
  await page.getByLabel('手机号码').fill('19900000089');
  await page.getByRole('button', { name: '登记', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: '柳小芸' })).toBeVisible();

  await page.goto(world.at('/people'));
  await expect(page.getByRole('link', { name: '冯大海' })).toBeVisible();
  await page.getByLabel('姓名').fill('柳小');
  await page.getByLabel('姓名').press('Enter');
  await expect(page.getByRole('link', { name: '冯大海' })).toHaveCount(0);
  await expectAccessible(page);
  await photograph(page, 'found-by-name');
  await page.getByRole('link', { name: '柳小芸' }).click();

  await page.getByRole('button', { name: '转到别处' }).click();
  const dialog = page.getByRole('dialog');
  const to = dialog.getByLabel('转往');
  const propose = dialog.getByRole('button', { name: '提出转移' });
  await to.selectOption({ label: '湖州市' });
  await to.selectOption({ label: '南浔区' });
  await expect(to.getByRole('option', { name: '善琏镇' })).toBeAttached();
  await dialog.getByLabel('原因').fill('搬到善琏镇住');
  await propose.click();
  await expect(dialog.getByText('请继续往下选，选到乡镇、街道')).toBeVisible();
  await expectAccessible(page);
  await to.selectOption({ label: '善琏镇' });
  await dialog.getByLabel('接收学校').selectOption({ label: '善琏镇成人文化技术学校' });
  await expectAccessible(page);
  await photograph(page, 'transfer-to-a-school');
  await propose.click();
  await expect(page.getByText('已提出，等待对方答复。')).toBeVisible();

  const { page: receiver } = await anotherPerson();
  await world.logIn(receiver, { ...office, login_name: 'shanlianoffice' }, '/transfers');
  const row = receiver.getByRole('row').filter({ hasText: '柳*芸' });
  await expect(row.getByText('湖州市 吴兴区 织里镇')).toBeVisible();
  await row.getByRole('button', { name: '接收', exact: true }).click();
  const question = receiver.getByRole('dialog', { name: '接收这个人？' });
  await question.getByRole('button', { name: '接收', exact: true }).click();
  await expect(row.getByText('已接收')).toBeVisible();
  await expectAccessible(receiver);
});

test('the right document and another phone take the place of what was there', async ({ page, world }) => {
  await world.logIn(page, await world.account('school_office'), '/people');
  await page.getByRole('link', { name: '蒋家明' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '蒋家明' })).toBeVisible();

  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: '更正证件' }).click();
  await dialog.getByLabel('证件号码', { exact: true }).fill(CORRECTED);
  await dialog.getByLabel('原因').fill('录入时看错一位');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '保存新证件' }).click();
  const documents = page.getByRole('region', { name: '证件记录', exact: true });
  await expect(documents.getByText('现用')).toBeVisible();
  await expect(documents.getByText('录入时看错一位')).toBeVisible();

  await page.getByRole('button', { name: '更改手机号码' }).click();
  await dialog.getByLabel('手机号码').fill('1990000');
  await dialog.getByRole('button', { name: '保存手机号码' }).click();
  await expect(dialog.getByText('手机号码应是11位，以1开头')).toBeVisible();
  await dialog.getByLabel('手机号码').fill('19900000077');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '保存手机号码' }).click();
  await expect(page.getByText('199****0077')).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'documents');

  await page.getByRole('button', { name: '更正姓名等资料' }).click();
  await dialog.getByLabel('正确的姓名').fill('蒋嘉明');
  await dialog.getByRole('button', { name: '保存更正' }).click();
  await expect(dialog.getByText('请填写这一项。')).toBeVisible();
  await dialog.getByLabel('原因').fill('身份证上是嘉字');
  await expectAccessible(page);
  await photograph(page, 'put-right');
  await dialog.getByRole('button', { name: '保存更正' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '蒋嘉明' })).toBeVisible();

  await page.getByRole('link', { name: '人员名单' }).first().click();
  await page.getByLabel('证件号码', { exact: true }).fill(CORRECTED);
  await page.getByRole('button', { name: '查找' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '蒋嘉明' })).toBeVisible();

  await page.goto(world.at('/corrections'));
  await page.getByRole('radio', { name: '已更正', exact: true }).check();
  const done = page.getByRole('row').filter({ hasText: '蒋嘉明' });
  await expect(done.getByText('由办公室核对原件后更正')).toBeVisible();
  await expect(done.getByText('身份证上是嘉字')).toBeVisible();
  await expectAccessible(page);
});

test('a township refuses a person and says why, and asks for her when she comes', async ({ page, world }) => {
  await world.logIn(page, await world.account('school_office'));
  await page.getByRole('link', { name: '有 1 人的转移等您答复' }).click();
  const row = page.getByRole('row').filter({ hasText: '邵*玲' });
  await expect(row.getByText('等待答复')).toBeVisible();
  await row.getByRole('button', { name: '拒收', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: '拒收这个人？' });
  await dialog.getByRole('button', { name: '拒收', exact: true }).click();
  await expect(dialog.getByText('请填写这一项。')).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel('原因').fill('还住在八里店镇');
  await dialog.getByRole('button', { name: '拒收', exact: true }).click();
  await expect(row).toHaveCount(0);
  await page.getByRole('link', { name: '查看全部' }).click();
  await expect(row.getByText('已拒收')).toBeVisible();
  await expect(row.getByText('还住在八里店镇')).toBeVisible();
  await expectAccessible(page);

  // She comes to the desk all the same: the other township is asked, and nothing of her is shown before it agrees.
  await page.goto(world.at('/enrolments/new'));
  await page.getByLabel('姓名').fill('邵玲玲');
  await page.getByLabel('证件号码', { exact: true }).fill('330199199703280622');
  await page.getByLabel('手机号码').fill('19900000012');
  await page.getByText('成人初中', { exact: true }).click();
  await page.getByText('小学毕业', { exact: true }).click();
  await page.getByRole('button', { name: '申请转入' }).click();
  const request = page.getByRole('dialog', { name: '申请转入' });
  await request.getByLabel('原因').fill('本人来校报名');
  await expectAccessible(page);
  await request.getByRole('button', { name: '提出申请' }).click();
  await expect(page.getByText('已提出申请，等待对方答复。')).toBeVisible();
  await page.goto(world.at('/transfers'));
  const asked = page.getByRole('row').filter({ hasText: '本地申请转入' });
  await expect(asked.getByText('对方同意后显示').first()).toBeVisible();
  await expect(asked.getByRole('button', { name: '撤回' })).toBeVisible();
  await expectAccessible(page);
});

test('the office finds the learners whose accounts are offered, and their records', async ({ page, world }) => {
  const learner = await world.account('learner');
  await world.logIn(page, await world.account('school_office'), '/people');
  await page.getByRole('link', { name: learner.display_name }).click();
  await expect(page.getByRole('heading', { level: 1, name: learner.display_name })).toBeVisible();
  await page.goto(world.at('/enrolments'));
  await page.getByLabel('姓名开头').fill(learner.display_name);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('rowheader')).toHaveText([learner.display_name]);
  await expect(page.getByRole('row').filter({ hasText: learner.display_name })).toContainText('在学');
  await expectAccessible(page);
});

test('a bureau sees the people of each of its townships', async ({ page, world }) => {
  await world.logIn(page, await world.account('county_bureau'), '/people');
  await expect(page.getByRole('link', { name: '冯大海' })).toBeVisible();
  await page.getByLabel('只看').selectOption({ label: '八里店镇' });
  await expect(page.getByRole('link', { name: '范秋云' })).toBeVisible();
  await expect(page.getByRole('link', { name: '冯大海' })).toHaveCount(0);
  await expectAccessible(page);
});

test('the province goes down to a township and back up to the city', async ({ page, world }) => {
  await world.logIn(page, await world.account('province_office'), '/people');
  const within = page.getByLabel('只看');
  const [near, far] = ['冯大海', '范秋云'].map((name) => page.getByRole('link', { name }));
  for (const name of ['湖州市', '吴兴区', '八里店镇']) {
    await within.selectOption({ label: name });
    await expect(within.getByRole('option', { name, selected: true })).toBeAttached();
  }
  await expect(far!).toBeVisible();
  await expect(near!).toHaveCount(0);
  await expectAccessible(page);
  await photograph(page, 'within');
  await within.selectOption({ label: '湖州市' });
  await expect(near!).toBeVisible();

  await page.goto(world.at('/classes'));
  for (const name of ['湖州市', '吴兴区', '吴兴区社区学院']) {
    await within.selectOption({ label: name });
  }
  await expect(page.getByRole('link', { name: '2026年春 夜校班' })).toBeVisible();
  await expect(page.getByRole('link', { name: '2026年春 织里童装厂班' })).toHaveCount(0);
  await expectAccessible(page);
});
