// What is printed is paper, whatever the screen looks like: the certificate on one sheet, the ticket without what
// stands around it, nothing to press.
import type { Page } from '@playwright/test';
import { photograph } from '../looks';
import { expect, test, type World } from '../world';

/** Width and height of A4 in points. */
const A4 = [595, 842];

/** The sheets that the page fills: width and height of each in points. */
async function sheets(page: Page): Promise<number[][]> {
  const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
  return [...pdf.matchAll(/\/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, width, height]) => [Number(width), Number(height)]);
}

/** Opens the page in the dark, and lays it on paper. */
async function onPaper(page: Page, world: World, open: () => Promise<void>): Promise<void> {
  await world.logIn(page, await world.account('learner'));
  await page.evaluate(() => localStorage.setItem('data-theme', 'dark'));
  await open();
  await expect(page.locator('html[data-theme=dark]')).toBeAttached();
  await expect(page.locator('body')).not.toHaveCSS('background-color', 'rgb(255, 255, 255)');
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(255, 255, 255)');
  await expect(page.getByRole('button').or(page.getByRole('navigation'))).toHaveCount(0);
}

test('a certificate is one sheet of paper', async ({ page, world }) => {
  await onPaper(page, world, async () => {
    await page.goto(world.at('/progress'));
    await page.locator('a[href^="/me/certificates/"]').first().click();
    await expect(page.getByRole('heading', { level: 1, name: '课程成绩合格证明' })).toBeVisible();
  });
  await expect(page.getByRole('img', { name: '核验二维码' })).toBeVisible();
  await expect(page.getByRole('link')).toHaveCount(0);
  await photograph(page, 'certificate-on-paper');
  const all = await sheets(page);
  expect(all).toHaveLength(1);
  all[0]?.forEach((length, at) => expect(Math.abs(length - A4[at]!)).toBeLessThan(2));
});

test('a ticket is printed without what stands around it', async ({ page, world }) => {
  const ticket = page.locator('section.card').filter({ has: page.locator('.ticket') });
  await onPaper(page, world, async () => {
    await page.goto(world.at('/exams'));
    await expect(ticket.first()).toBeVisible();
  });
  await expect(ticket.first().getByText('准考证号')).toBeVisible();
  await expect(ticket.first().getByText('张秀英')).toBeVisible();
  const others = page.locator('section.card').filter({ hasNot: page.locator('.ticket') });
  await expect(others.filter({ visible: true })).toHaveCount(0);
  expect(await others.count()).toBeGreaterThan(0);
  await photograph(page, 'ticket-on-paper');
});
