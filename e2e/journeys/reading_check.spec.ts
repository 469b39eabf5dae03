// Who reads for long is asked an exercise where they read: they answer it and read on, or let it stand.
import type { Page } from '@playwright/test';
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { expect, test } from '../world';

/** Of the demo: in several classes of the township's school. */
const LEARNER = 'luojianhua';
const ASKED = '读了一阵子了，答一道小题，再接着读。';

// A worker between page and network is not heard by what changes a reply.
test.use({ serviceWorkers: 'block' });

/** Lets the server ask an exercise as if ten minutes had passed; none while it is undefined. */
async function asking(page: Page): Promise<(exercise?: number) => void> {
  let check: number | undefined;
  await page.route('**/api/v1/me/units/*/heartbeats', async (route) => {
    const response = await route.fetch();
    const receipt = (await response.json()) as object;
    await route.fulfill({ response, json: { ...receipt, check: check ?? null } });
  });
  return (exercise) => {
    check = exercise;
  };
}

/** Puts the page away, as another app on a phone does, or shows it again. */
async function putAway(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate((isHidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  }, isHidden);
}

test('who reads for long answers an exercise and reads on', async ({ page, world }) => {
  await world.logIn(page, { ...(await world.account('learner')), login_name: LEARNER });
  const ask = await asking(page);
  await page.goto(world.at('/learn'));
  await page.locator('.course-list .row-link').first().click();
  await page.locator('.unit-list .row-link').first().click();
  await expect(page.getByRole('article', { name: '课文' })).toBeVisible();
  await expect(page.getByText(ASKED)).toHaveCount(0);
  const choice = page.getByRole('region', { name: /^第 \d+ 题$/ }).filter({ has: page.getByRole('radio', { name: /^C/ }) }).first();
  const title = await choice.getByRole('heading', { level: 3 }).innerText();
  ask(Number(/\d+/.exec(title)![0]) - 1);

  // The next heartbeat brings it, within twenty seconds.
  await expect(page.getByText(ASKED)).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page);
  await photograph(page, 'asked');
  await page.getByRole('button', { name: '答小题' }).click();
  const dialog = page.getByRole('dialog', { name: '读中小题' });
  await expect(dialog.getByRole('heading', { level: 3, name: title })).toBeVisible();
  await expectAccessible(page);
  ask();
  await dialog.getByRole('radio', { name: /^A/ }).check();
  await dialog.getByRole('button', { name: '看看对不对' }).click();
  await expect(dialog.getByText('正确答案：')).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'answered');
  await dialog.getByRole('button', { name: '接着读' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText(ASKED)).toHaveCount(0);
  await expect(page.getByRole('button', { name: '答小题' })).toHaveCount(0);

  // What lies between is no reading: shown again, the page begins a stretch of its own.
  const streams: string[] = [];
  page.on('request', (request) => {
    if (/\/heartbeats$/.test(request.url())) streams.push((request.postDataJSON() as { stream: string }).stream);
  });
  await putAway(page, true);
  await expect.poll(() => streams.length).toBeGreaterThan(0);
  await putAway(page, false);
  await expect.poll(() => new Set(streams).size).toBe(2);
});
