// Items on their way into the bank.
import { expect, type Locator, type Page } from '@playwright/test';

/** The rows of the items that wait for a review and begin with these words. */
export function waitingItem(page: Page, stem: string): Locator {
  return page.getByRole('row').filter({ hasText: stem });
}

/** The reviewer reads an item that waits and finds it right. */
export async function approveItem(page: Page, stem: string): Promise<void> {
  await waitingItem(page, stem).first().getByRole('button').click();
  await page.getByRole('dialog').getByRole('button', { name: '通过', exact: true }).click();
  await expect(waitingItem(page, stem)).toHaveCount(0);
}
