// Every page once more as some people have it: dark, in large letters and in English.
import { expectWhole, PAGES } from '../pages';
import { expect, test } from '../world';

for (const [role, paths] of Object.entries(PAGES)) {
  test(`the pages of a ${role} hold in the dark, in large letters and in English`, async ({ page, world }, testInfo) => {
    await world.logIn(page, await world.account(role));
    await page.evaluate(() => {
      localStorage.setItem('data-theme', 'dark');
      localStorage.setItem('data-elder', 'on');
      localStorage.setItem('locale', 'en');
    });
    for (const path of paths) {
      await page.goto(world.at(path));
      await expect(page.locator('html[lang=en][data-theme=dark][data-elder=on]')).toBeAttached();
      await expectWhole(page);
      await page.screenshot({ path: testInfo.outputPath(`${path.slice(1).replaceAll('/', '-')}.png`), fullPage: true });
    }
  });
}
