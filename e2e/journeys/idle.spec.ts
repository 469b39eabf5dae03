// Somebody leaves the desk: before the log-in ends they are asked whether they are still there. On a phone of her
// own a learner is not.
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { expect, fillLogIn, test } from '../world';

test('nobody is logged out without a word before', async ({ page, world }) => {
  await page.clock.install();
  await world.logIn(page, await world.account('teacher'));
  await expect(page).toHaveURL(world.at('/desk'));
  // The page is there, and looks at its log-in from now on.
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^您好/);
  const asked = page.getByRole('dialog', { name: '您还在吗？' });

  await page.clock.fastForward('00:07:00');
  await expect(asked).toHaveCount(0);
  await page.clock.fastForward('00:04:00');
  await expect(asked.getByText(/再过 \d 分钟没有操作/)).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'asked');
  const renewed = page.waitForResponse((reply) => reply.url().endsWith('/logins/refresh') && reply.ok());
  await asked.getByRole('button', { name: '我还在，继续使用' }).click();
  await renewed;
  await expect(asked).toHaveCount(0);
  await expect(page).toHaveURL(world.at('/desk'));

  await page.clock.fastForward('00:11:00');
  await expect(asked).toBeVisible();
  await page.clock.fastForward('00:06:00');
  await expect(page).toHaveURL(/\/login\?next=/);
});

test('who is writing is not asked', async ({ page, world }) => {
  await page.clock.install();
  await world.logIn(page, await world.account('teacher'));
  await page.goto(world.at('/courses/new'));
  const title = page.getByLabel('课程名称');
  await title.fill('一');
  await page.clock.fastForward('00:09:00');
  const renewed = page.waitForResponse((reply) => reply.url().endsWith('/logins/refresh') && reply.ok());
  await title.press('End');
  await page.clock.fastForward('00:01:30');
  await renewed;
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(title).toHaveValue('一');
});

test('a learner on a device that others use is asked after half an hour', async ({ page, world }) => {
  await page.clock.install();
  await world.logIn(page, await world.account('learner'));
  await expect(page).toHaveURL(world.at('/learn'));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.clock.fastForward('00:20:00');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.clock.fastForward('00:06:00');
  await expect(page.getByRole('dialog', { name: '您还在吗？' })).toBeVisible();
});

test('a learner stays logged in on a phone of her own', async ({ page, world }) => {
  const learner = await world.account('learner');
  await page.clock.install();
  await page.goto(world.at('/login'));
  await page.getByLabel(/这是我自己的手机或电脑/).check();
  await expectAccessible(page);
  await fillLogIn(page, learner.login_name, learner.password);
  await expect(page).toHaveURL(world.at('/learn'));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.clock.fastForward('26:00:00');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page).toHaveURL(world.at('/learn'));
});
