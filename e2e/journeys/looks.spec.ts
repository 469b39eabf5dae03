// What the pages of roles (pages.spec.ts) lead to, as some people have it: dark, in large letters and in English.
import { dress, photograph } from '../looks';
import { expectWhole } from '../pages';
import { expect, test } from '../world';

test('a lesson, a certificate and its verification hold in the dark, in large letters and in English', async ({ page, world }) => {
  await world.logIn(page, await world.account('learner'));
  await dress(page);
  const shot = (name: string) => photograph(page, name);
  await page.goto(world.at('/learn'));
  await page.locator('.course-list .row-link').first().click();
  await page.locator('.unit-list .row-link').first().click();
  await expect(page.getByRole('article').first()).toBeVisible();
  await expectWhole(page);
  await shot('unit');

  await page.goto(world.at('/progress'));
  await page.locator('a[href^="/me/certificates/"]').first().click();
  await expect(page.getByRole('article')).toBeVisible();
  await expectWhole(page);
  await shot('certificate');
  const number = (await page.locator('.certificate-number .num').innerText()).replace(/\D/g, '');
  await page.goto(world.at(`/verify/${number}`));
  await expectWhole(page);
  await shot('verification');
});
