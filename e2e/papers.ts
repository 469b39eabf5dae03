// Two persons seal a paper: one proposes it on their list of papers, the other seals it on theirs.
import { expect, type Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';

/** Presses a step of the paper with this title, and says yes. */
async function step(page: Page, title: string, verb: string): Promise<void> {
  await page.getByRole('region', { name: title }).getByRole('button', { name: verb, exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: verb, exact: true }).click();
}

/** Prints something of it: what comes is a PDF. */
export async function printPaper(page: Page, title: string, what: string): Promise<void> {
  const coming = page.waitForEvent('download');
  await page.getByRole('region', { name: title }).getByRole('button', { name: what }).click();
  const file = await coming;
  expect(file.suggestedFilename()).toBe(`${title} ${what}.pdf`);
  expect((await readFile(await file.path())).subarray(0, 5).toString()).toBe('%PDF-');
}

/** Tries it as a candidate sits it, and goes on to its next item. */
export async function tryPaper(page: Page, title: string): Promise<void> {
  await page.getByRole('region', { name: title }).getByRole('link', { name: '试做' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '试做试卷' })).toBeVisible();
  await page.getByRole('button', { name: '开始试做' }).click();
  const paper = page.getByRole('region', { name: title });
  await expect(paper.getByRole('heading', { name: /^第 1 题/ })).toBeVisible();
  await paper.getByRole('radio').first().check();
  await expect(paper.getByRole('radio').first()).toBeChecked();
  await expect(page.getByRole('button', { name: '换一个考生的顺序' })).toBeVisible();
}

/** Proposes to seal it; who does so cannot seal it. */
export async function proposeSeal(page: Page, title: string): Promise<void> {
  await step(page, title, '提请封存');
  const paper = page.getByRole('region', { name: title });
  await expect(paper.getByText('您已提请封存')).toBeVisible();
  await expect(paper.getByRole('button', { name: '封存', exact: true })).toHaveCount(0);
}

/** Seals what somebody else proposed. */
export async function sealPaper(page: Page, title: string): Promise<void> {
  await step(page, title, '封存');
  await expect(page.getByRole('region', { name: title }).getByText('已封存')).toBeVisible();
}

/** Says why a closed paper has to be seen; who does so cannot open it. */
export async function proposeOpening(page: Page, title: string): Promise<void> {
  const paper = page.getByRole('region', { name: title });
  await paper.getByRole('button', { name: '提请启封' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('原因').fill('核对排版');
  await dialog.getByRole('button', { name: '提请启封' }).click();
  await expect(paper.getByText('您已提请启封')).toBeVisible();
  await expect(paper.getByRole('link', { name: '试做' })).toHaveCount(0);
}

/** Opens a paper, on the list of those that others have to see. */
export async function openPaper(page: Page, title: string): Promise<void> {
  await step(page, title, '同意启封');
  await expect(page.getByText('没有等待您同意启封的试卷。')).toBeVisible();
}
