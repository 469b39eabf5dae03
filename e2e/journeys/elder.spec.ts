// 长辈版: on the narrowest phone and on a laptop nothing that a learner meets is small, moves or is cut off.
import { expectLarge } from '../elder';
import { photograph } from '../looks';
import { follow, OPEN_PAGES, PAGES } from '../pages';
import { giveVoice } from '../voice';
import { expect, test } from '../world';

test.beforeEach(async ({ page }, testInfo) => {
  await page.addInitScript(() => localStorage.setItem('data-elder', 'on'));
  await page.setViewportSize({ width: testInfo.project.name === 'phone' ? 320 : 1366, height: 720 });
});

test('what anybody opens is large in elder mode', async ({ page, world }) => {
  for (const path of OPEN_PAGES) {
    await page.goto(world.at(path));
    await expectLarge(page);
  }
});

for (const theme of ['light', 'dark']) {
  test(`every page of a learner is large in elder mode, fits the narrowest phone, and nothing moves: ${theme}`, async ({ page, world }) => {
    await page.addInitScript((kept) => localStorage.setItem('data-theme', kept), theme);
    await world.logIn(page, await world.account('learner'), '/learn');
    for (const path of PAGES.learner ?? []) {
      await follow(page, world.at(path));
      await expect(page.locator(`html[data-theme=${theme}]`)).toBeAttached();
      await expectLarge(page);
      await photograph(page, `${theme}-${path.slice(1).replaceAll('/', '-')}`);
    }
    await page.goto(world.at('/learn'));
    await page.locator('.course-list .row-link').first().click();
    await expect(page.locator('.unit-list')).not.toHaveCount(0);
    await expectLarge(page);
    await page.locator('.unit-list .row-link').first().click();
    await expect(page.getByRole('article', { name: '课文' })).toBeVisible();
    await expectLarge(page);
    await photograph(page, `${theme}-unit`);
  });
}

test('every page of a learner is read aloud in elder mode, and nobody hears on of a page that they left', async ({ page, world }) => {
  await giveVoice(page, 'zh-CN');
  await world.logIn(page, await world.account('learner'));
  const said = () => page.evaluate(() => (window as unknown as { said: string[] }).said);
  for (const path of PAGES.learner ?? []) {
    await page.goto(world.at(path));
    const heading = page.getByRole('heading', { level: 1 });
    await expect(heading).toBeVisible();
    await expect(page.locator('.loading')).toHaveCount(0);
    await page.getByRole('button', { name: '朗读这一页' }).click();
    await expect(page.getByRole('button', { name: '停止朗读' })).toBeVisible();
    expect((await said()).join(''), path).toContain((await heading.innerText()).slice(0, 2));
  }
  await page.goto(world.at('/learn'));
  await page.getByRole('button', { name: '朗读这一页' }).click();
  await expectLarge(page);
  await page.locator('.bottom-bar').getByRole('link').nth(3).click();
  await expect(page.getByRole('button', { name: '朗读这一页' })).toBeVisible();

  // Whoever does not use elder mode is not offered it.
  await page.evaluate(() => document.documentElement.removeAttribute('data-elder'));
  await expect(page.getByRole('button', { name: '朗读这一页' })).toHaveCount(0);
});
