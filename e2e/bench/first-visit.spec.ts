// What a first visit weighs: every byte that the server sends to a browser that has nothing yet,
// headers included, up to the page that the person came for. Prints `name value unit`.
import { appendFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, fillLogIn, test, type World } from '../world';
import { countReceived } from './received';

const REPORT = process.env.CHENGXI_BENCH_REPORT ?? '/dev/stdout';

/** A log-in, and the pages that are opened after it. */
interface Visit {
  role: string;
  paths: string[];
}

// What a service worker fetches for the page is not told of: without one every byte is counted.
test.use({ serviceWorkers: 'block' });

const NO_ID = '019ab000-0000-7000-8000-000000000001';
const VISITS: Record<string, Visit[]> = {
  learner: [{ role: 'learner', paths: ['/'] }],
  // A sitting that is not hers: the whole player comes, and says so.
  exam: [{ role: 'learner', paths: ['/exams', `/sittings/${NO_ID}`] }],
  staff: [
    { role: 'teacher', paths: ['/desk', '/courses', '/courses/new'] },
    { role: 'item_author', paths: ['/items', '/items/import'] },
    { role: 'exam_administrator', paths: ['/papers', '/papers/new', '/exam_sessions', '/exam_sessions/new'] },
    { role: 'marker', paths: ['/marking'] },
    { role: 'credit_bank_officer', paths: ['/certificates'] },
  ],
};

for (const [name, visits] of Object.entries(VISITS)) {
  test(`the first visit of ${name}`, async ({ page, world, alarms }) => {
    if (name === 'exam') {
      alarms.expectRefusal(404);
    }
    const received = await countReceived(page);
    for (const visit of visits) {
      await make(page, world, visit);
    }
    appendFileSync(REPORT, `first_visit_${name}_bytes ${received.all()} B\n`);
  });
}

/** Logs in as somebody new, and opens the pages one after the other. */
async function make(page: Page, world: World, { role, paths }: Visit): Promise<void> {
  await page.context().clearCookies();
  const account = await world.account(role);
  await page.goto(world.at('/login'));
  await fillLogIn(page, account.login_name, account.password);
  await expect(page).not.toHaveURL(/\/login$/);
  for (const path of paths) {
    await page.goto(world.at(path));
    await expect(page.getByRole('main')).toBeVisible();
    await page.waitForLoadState('networkidle');
  }
}
