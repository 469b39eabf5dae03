// Everybody can open every page of theirs: it has its heading, nothing fails, and it is accessible.
import type { Page } from '@playwright/test';
import { expectAccessible } from '../axe';
import { expect, test } from '../world';

/** A page is as wide as the screen; what is wider scrolls in a box of its own. */
async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const content = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(content, `${page.url()} is wider than the screen`).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
}

const PAGES: Record<string, string[]> = {
  learner: ['/learn', '/timetable', '/exams', '/progress', '/results', '/me'],
  teacher: ['/desk', '/classes', '/timetable', '/courses', '/courses/new'],
  item_author: ['/desk', '/items', '/items/import'],
  exam_administrator: ['/desk', '/exam_sessions', '/exam_sessions/new', '/papers', '/papers/new', '/items'],
  marker: ['/desk', '/marking'],
  credit_bank_officer: ['/desk', '/certificates'],
  security_administrator: ['/desk', '/accounts', '/rights', '/me'],
  city_auditor: ['/desk', '/certificates', '/enrolments'],
  school_office: [
    '/desk',
    '/people',
    '/people/new',
    '/enrolments',
    '/enrolments/new',
    '/classes',
    '/classes/new',
    '/skills',
    '/skills?part=certificates',
    '/holidays',
    '/roll_calls',
    '/transfers',
    '/roster/lists?waits=correct',
    '/enrolments?waits=papers',
    '/organisation',
  ],
  county_bureau: [
    '/desk',
    '/people',
    '/people/new',
    '/enrolments',
    '/classes',
    '/skills',
    '/organisation',
    '/providers/new?division=330502',
    '/exam_sites/new?division=330502',
  ],
  province_office: ['/desk', '/holidays', '/organisation', '/organisation/3305', '/organisation/330502100'],
};

for (const [role, paths] of Object.entries(PAGES)) {
  test(`the pages of a ${role} open`, async ({ page, world }, testInfo) => {
    await world.logIn(page, await world.account(role));
    for (const path of paths) {
      await page.goto(world.at(path));
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.getByText('正在打开…')).toHaveCount(0);
      await expect(page.getByRole('alert')).toHaveCount(0);
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
      await page.screenshot({ path: testInfo.outputPath(`${path.slice(1).replaceAll('/', '-')}.png`), fullPage: true });
    }
  });
}

test('a stranger can open what is public', async ({ page, world }) => {
  for (const path of ['/verify', '/login', '/no-such-page']) {
    await page.goto(world.at(path));
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectAccessible(page);
  }
});
