// A learner logs in on her phone; somebody who only guesses does not.
import { expectAccessible } from '../axe';
import { expect, fillLogIn, test } from '../world';

test('a learner logs in and lands on her home', async ({ page, world }) => {
  const learner = await world.account('learner');

  await page.goto(world.at('/'));
  await expect(page).toHaveURL(/\/login$/);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expectAccessible(page);

  await fillLogIn(page, learner.login_name, learner.password);

  await expect(page).toHaveURL(world.at('/learn'));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByText(learner.display_name).first()).toBeVisible();
  await expectAccessible(page);
});

test('a wrong password says so and lets nobody in', async ({ page, world, alarms }) => {
  const learner = await world.account('learner');
  alarms.expectRefusal(401);

  await page.goto(world.at('/login'));
  await fillLogIn(page, learner.login_name, 'not the password');

  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page).toHaveURL(/\/login$/);
  await expectAccessible(page);
});
