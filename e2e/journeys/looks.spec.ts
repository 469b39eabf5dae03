// Every page once more as some people have it: dark, in large letters and in English. They go from page to page as
// links lead, and hear where they are.
import type { Page } from '@playwright/test';
import { photograph } from '../looks';
import { expectWhole, follow, PAGES } from '../pages';
import { expect, test } from '../world';

/** From the next page on, dark, large and in English. */
async function dress(page: Page): Promise<void> {
  await page.evaluate(() => {
    localStorage.setItem('data-theme', 'dark');
    localStorage.setItem('data-elder', 'on');
    localStorage.setItem('locale', 'en');
  });
}

for (const [role, paths] of Object.entries(PAGES)) {
  test(`the pages of a ${role} hold in the dark, in large letters and in English`, async ({ page, world }) => {
    await world.logIn(page, await world.account(role));
    await dress(page);
    for (const path of paths) {
      await (path === paths[0] ? page.goto(world.at(path)) : follow(page, world.at(path)));
      await expect(page.locator('html[lang=en][data-theme=dark][data-elder=on]')).toBeAttached();
      await expectWhole(page);
      await photograph(page, `${path.slice(1).replaceAll('/', '-')}`);
    }
  });
}

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
