// A learner on the narrowest phone (320 px), in the dark: the whole way from home to an answered exercise scrolls in one
// direction alone. With large letters `elder.spec.ts` goes the same way.
import type { Page } from '@playwright/test';
import { photograph } from '../looks';
import { expectWhole } from '../pages';
import { expect, test } from '../world';

/** Of the demo: no other story looks into her wrong-answer book. */
const LEARNER = 'chenmeifang';

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('data-theme', 'dark'));
  await page.setViewportSize({ width: 320, height: 640 });
});

/** The page is whole, with nothing beside the screen. */
async function see(page: Page, name: string): Promise<void> {
  await expect(page.locator('html[data-theme=dark]')).toBeAttached();
  await expectWhole(page);
  await photograph(page, name);
}

test('a learner studies at 320 px without scrolling sideways', async ({ page, world }) => {
  await world.logIn(page, { ...(await world.account('learner')), login_name: LEARNER });
  await page.goto(world.at('/learn'));
  await see(page, 'home');
  await page.locator('.course-list .row-link').first().click();
  await expect(page.locator('.unit-list')).not.toHaveCount(0);
  await see(page, 'map');
  await page.locator('.unit-list .row-link').first().click();
  await expect(page.getByRole('article', { name: '课文' })).toBeVisible();
  await see(page, 'unit');

  const choice = page.getByRole('region', { name: /^第 \d+ 题$/ }).filter({ has: page.getByRole('radio', { name: /^C/ }) }).first();
  await choice.getByRole('radio', { name: /^A/ }).check();
  await choice.getByRole('button', { name: '看看对不对' }).click();
  await expect(choice.locator('.verdict')).toBeVisible();
  await see(page, 'answered');
  for (const [path, name] of [['/learn/mistakes', 'mistakes'], ['/timetable', 'timetable'], ['/progress', 'progress'], ['/me', 'me']] as const) {
    await page.goto(world.at(path));
    await see(page, name);
  }
});
