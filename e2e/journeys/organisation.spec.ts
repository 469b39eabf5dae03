// A county's bureau enters a school that has a doubtful code, and where it teaches; it closes them
// again, and sees nothing of the county beside it.
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { expectWhole } from '../pages';
import { expect, test } from '../world';

test('a bureau enters a school and where it teaches, and closes them', async ({ page, world, alarms }) => {
  await world.logIn(page, await world.account('county_bureau'), '/organisation');
  await expect(page.getByRole('heading', { level: 1, name: '吴兴区' })).toBeVisible();
  await expect(page.getByRole('link', { name: '吴兴区社区学院', exact: true })).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'county');

  await page.getByRole('region', { name: '下级区划' }).getByRole('link', { name: /^织里镇/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: '织里镇' })).toBeVisible();
  const trail = page.getByRole('navigation', { name: '上级区划' });
  await expect(trail.getByRole('link', { name: '吴兴区' })).toBeVisible();
  await expect(trail.getByText('湖州市')).toBeVisible();
  await expect(trail.getByRole('link', { name: '湖州市' })).toHaveCount(0);
  await page.getByText('考点 1').click();
  await expect(page.getByRole('link', { name: '织里镇成校考点' })).toBeVisible();
  await page.getByText(/^办学机构 \d/).click();

  await page.getByRole('link', { name: '登记机构' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '登记机构' })).toBeVisible();
  const enter = page.getByRole('button', { name: '登记', exact: true });
  await enter.click();
  await expect(page.getByText('请填写这一项。').first()).toBeVisible();
  await page.getByLabel('名称', { exact: true }).fill('织里镇示范社区学校');
  await page.getByLabel('类别').selectOption({ label: '社区学校' });
  await page.getByLabel('统一社会信用代码').fill('12330199YT0000012A');
  alarms.expectRefusal(422);
  await enter.click();
  await expect(page.getByText(/校验位不对，请对照证照核对/)).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('代码校验不符的理由').fill('登记证上就是这个代码');
  await enter.click();
  await expect(page.getByRole('heading', { level: 1, name: '织里镇示范社区学校' })).toBeVisible();
  await expect(page.getByText('3305022001')).toBeVisible();

  await page.getByRole('region', { name: '教学点' }).first().getByRole('link', { name: '登记' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '登记教学点' })).toBeVisible();
  await page.getByLabel('名称', { exact: true }).fill('示范社区学校本部');
  await page.getByLabel('地址').fill('织里镇示范路9号');
  await page.getByLabel('办公电话').fill('0572-0000009');
  await expectAccessible(page);
  await enter.click();
  const point = page.getByRole('link', { name: '示范社区学校本部' });
  await expect(point).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'provider');

  const close = async () => {
    await page.getByRole('button', { name: '停用' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '停用' }).click();
  };
  await close();
  await expect(page.getByText('还有开放的教学点或受理点，请先把它们关闭')).toBeVisible();
  await point.click();
  await expect(page.getByRole('heading', { level: 1, name: '示范社区学校本部' })).toBeVisible();
  await expectAccessible(page);
  await close();
  await expect(page.getByRole('button', { name: '重新启用' })).toBeVisible();
  await page.getByRole('link', { name: '织里镇示范社区学校' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '织里镇示范社区学校' })).toBeVisible();
  await close();
  await expect(page.getByRole('button', { name: '重新启用' })).toBeVisible();
});

test('who closes a school reads which classes go on, and what begins no more', async ({ page, world }) => {
  await world.logIn(page, await world.account('county_bureau'), '/organisation/330502104');
  await page.getByRole('link', { name: '埭溪镇成人文化技术学校' }).click();
  const school = page.getByRole('heading', { level: 1, name: '埭溪镇成人文化技术学校' });
  const point = page.getByRole('link', { name: '埭溪村文化礼堂教学点' });
  const dialog = page.getByRole('dialog');
  const close = page.getByRole('button', { name: '停用', exact: true });
  const reopen = page.getByRole('button', { name: '重新启用' });
  await point.click();
  await expect(page.getByRole('heading', { level: 1, name: '埭溪村文化礼堂教学点' })).toBeVisible();
  await close.click();
  await dialog.getByRole('button', { name: '停用' }).click();
  await expect(reopen).toBeVisible();
  await page.getByRole('link', { name: '埭溪镇成人文化技术学校' }).click();
  await expect(school).toBeVisible();

  await close.click();
  await expect(dialog.getByText('这所学校还有 1 个班没有结束')).toBeVisible();
  await expect(dialog.getByRole('listitem')).toHaveText('2026年春 埭溪村班 已开班');
  await expect(dialog.getByText('正在招生和已经开班的班由学校继续办完')).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'close-school');
  await dialog.getByRole('button', { name: '取消' }).click();
  await expect(close).toBeVisible();
  await close.click();
  await dialog.getByRole('button', { name: '停用' }).click();
  await expect(reopen).toBeVisible();
  const address = page.url();
  await page.goto(world.at('/classes'));
  await page.getByRole('link', { name: '2026年春 埭溪村班' }).click();
  await expect(page.getByText('学校已经停用，这个班由学校继续办完。')).toBeVisible();
  await expectAccessible(page);

  await page.goto(address);
  await reopen.click();
  await expect(close).toBeVisible();
  await point.click();
  await reopen.click();
  await expect(close).toBeVisible();
});

test('an office that closes a teaching point reads which classes meet there', async ({ page, world }) => {
  await world.logIn(page, await world.account('school_office'), '/classes/new');
  await page.getByText('夜校班', { exact: true }).click();
  await page.getByLabel('班级名称').fill('2026年秋 产业园夜校班');
  await page.getByLabel('教学点').selectOption({ label: '童装产业园教学点' });
  await page.getByText('成人高中数学', { exact: true }).click();
  await page.getByRole('button', { name: '提交计划' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '2026年秋 产业园夜校班' })).toBeVisible();

  await page.goto(world.at('/organisation/330502100'));
  await page.getByRole('link', { name: '织里镇成人文化技术学校', exact: true }).click();
  await page.getByRole('link', { name: '童装产业园教学点' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '童装产业园教学点' })).toBeVisible();
  await page.getByRole('button', { name: '停用', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('还有 1 个没有结束的班在这里上课')).toBeVisible();
  await expect(dialog.getByRole('listitem')).toHaveText('2026年秋 产业园夜校班 计划中');
  await expect(dialog.getByText('这些班照常在这里上课')).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'close-point');
  await dialog.getByRole('button', { name: '取消' }).click();
  await expect(page.getByRole('button', { name: '停用', exact: true })).toBeVisible();
});

test('a service point names who is in charge', async ({ page, world, alarms }) => {
  await world.logIn(page, await world.account('county_bureau'), '/organisation');
  await page.getByRole('link', { name: '吴兴区社区学院', exact: true }).click();
  await page.getByRole('region', { name: '受理点' }).first().getByRole('link', { name: '登记' }).click();
  await page.getByLabel('名称', { exact: true }).fill('学分银行夜间受理点');
  await page.getByLabel('地址').fill('飞英街道示范街8号');
  await page.getByLabel('办公电话').fill('0572-0000010');
  await page.getByLabel('开放时间').fill('周二、周四 18:00—20:00');
  await page.getByLabel('负责人').fill('姜雪梅');
  const enter = page.getByRole('button', { name: '登记', exact: true });
  alarms.expectRefusal(422);
  await enter.click();
  await expect(page.getByText('至少要有两名工作人员，最多二十名')).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('其他工作人员').fill('范志刚\n柳大勇');
  await enter.click();
  await page.getByRole('link', { name: '学分银行夜间受理点' }).click();
  await expect(page.getByText('范志刚 柳大勇')).toBeVisible();
  await expect(page.getByRole('region', { name: '受理点专员账号' }).getByText('还没有人在这里担任受理点专员')).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'service-point');
  await page.getByRole('button', { name: '停用', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('在这里担任受理点专员的人同时失去这个角色')).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '停用' }).click();
  await expect(page.getByRole('button', { name: '重新启用' })).toBeVisible();

  await page.goto(world.at('/organisation/330502100'));
  await page.getByText('考点 1').click();
  await page.getByRole('link', { name: '织里镇成校考点' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '织里镇成校考点' })).toBeVisible();
  await expectWhole(page);
});

test('a bureau sees nothing of the county beside it, and the province sees both', async ({
  page,
  world,
  alarms,
  anotherPerson,
}) => {
  await world.logIn(page, await world.account('county_bureau'));
  alarms.expectRefusal(404);
  await page.goto(world.at('/organisation/330503'));
  await expect(page.getByRole('alert')).toHaveText('您要找的内容不存在，或不在您的管理范围内。');

  const { page: office } = await anotherPerson();
  await world.logIn(office, await world.account('province_office'), '/organisation');
  await expect(office.getByRole('heading', { level: 1, name: '浙江省' })).toBeVisible();
  const parts = office.getByRole('region', { name: '下级区划' });
  await parts.getByRole('link', { name: /^湖州市/ }).click();
  await expect(office.getByRole('heading', { level: 1, name: '湖州市' })).toBeVisible();
  await parts.getByRole('link', { name: /^南浔区/ }).click();
  await expect(office.getByRole('heading', { level: 1, name: '南浔区' })).toBeVisible();
  await expect(office.getByRole('link', { name: '善琏镇成人文化技术学校' })).toBeVisible();
  await office.getByLabel('按名称查找').fill('没有这样的学校');
  await office.getByRole('button', { name: '查找' }).click();
  await expect(office.getByText('这里还没有登记。')).toBeVisible();
  await expectAccessible(office);
});

test('the province founds a township, gives it another name, abolishes it, and merges one', async ({ page, world }) => {
  await world.logIn(page, await world.account('province_office'), '/organisation/330503');
  await expect(page.getByRole('heading', { level: 1, name: '南浔区' })).toBeVisible();
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: '设立下级区划' }).click();
  await dialog.getByLabel('区划代码').fill('330503199');
  await dialog.getByRole('button', { name: '设立下级区划' }).click();
  await expect(dialog.getByText('请填写这一项。').first()).toBeVisible();
  await dialog.getByLabel('区划名称').fill('新设镇');
  await dialog.getByLabel('依据').fill('省民政厅批复');
  await expectAccessible(page);
  await photograph(page, 'found');
  await dialog.getByRole('button', { name: '设立下级区划' }).click();

  await page.getByRole('region', { name: '下级区划' }).getByRole('link', { name: /^新设镇/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: '新设镇' })).toBeVisible();
  await page.getByRole('button', { name: '更名' }).click();
  await dialog.getByLabel('区划名称').fill('更新镇');
  await dialog.getByLabel('依据').fill('省政府批复');
  await dialog.getByRole('button', { name: '更名' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '更新镇' })).toBeVisible();
  await expect(page.getByText('原名 新设镇')).toBeVisible();

  await page.getByRole('button', { name: '撤销' }).click();
  await dialog.getByLabel('依据').fill('并入邻镇');
  await dialog.getByRole('button', { name: '撤销' }).click();
  await expect(page.getByText(/起撤销$/)).toBeVisible();
  await expect(page.getByRole('button', { name: '撤销' })).toHaveCount(0);
  await expectAccessible(page);
  await photograph(page, 'abolished');

  await page.goto(world.at('/organisation/330503'));
  await page.getByRole('button', { name: '设立下级区划' }).click();
  await dialog.getByLabel('区划代码').fill('330503198');
  await dialog.getByLabel('区划名称').fill('并入镇');
  await dialog.getByLabel('依据').fill('省民政厅批复');
  await dialog.getByRole('button', { name: '设立下级区划' }).click();
  await page.getByRole('region', { name: '下级区划' }).getByRole('link', { name: /^并入镇/ }).click();
  await page.getByRole('button', { name: '并入其他乡镇' }).click();
  await dialog.getByLabel('并入哪个乡镇（街道）').selectOption({ label: '善琏镇' });
  await dialog.getByLabel('依据').fill('省政府批复');
  await expectAccessible(page);
  await photograph(page, 'merge');
  await dialog.getByRole('button', { name: '并入其他乡镇' }).click();
  await expect(page.getByText('另一方：湖州市 南浔区 善琏镇')).toBeVisible();
  await expect(page.getByRole('button', { name: '并入其他乡镇' })).toHaveCount(0);
});
