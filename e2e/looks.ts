// Pages as some people have them, and pictures of them for whoever looks through those.
import { type Page, test } from '@playwright/test';

/**
 * Keeps a picture of the page in `test-results`, under `name`, when somebody asks for pictures by LOOKS=1: they take a
 * tenth of the time. Where a dialog is open it is the screen, since a page in its whole length hides the dialog.
 */
export async function photograph(page: Page, name: string): Promise<void> {
  if (!process.env.LOOKS) {
    return;
  }
  const fullPage = (await page.locator('dialog[open]').count()) === 0;
  await page.screenshot({ path: test.info().outputPath(`${name}.png`), fullPage });
}

/** From the next page that is loaded on: dark, in large letters and in English. */
export async function dress(page: Page): Promise<void> {
  await page.evaluate(() => {
    localStorage.setItem('data-theme', 'dark');
    localStorage.setItem('data-elder', 'on');
    localStorage.setItem('locale', 'en');
  });
}
