// Checks a page against WCAG 2.2 A and AA, and keeps count of the pages.
import { expect, type Page } from '@playwright/test';
import axe from 'axe-core';
import { isJudged, noteChecked, noteJudged } from './routes';
import { buildOf } from './skeleton';

const OPTIONS: axe.RunOptions = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
  resultTypes: ['violations'],
};

/**
 * Fails with one line for each violation: the rule, what it asks, and where. A page that is built as one that this run
 * has found clean, on this size of screen, is not judged again.
 */
export async function expectAccessible(page: Page): Promise<void> {
  // A colour that is just changing is no colour of ours.
  await page.evaluate(async () => {
    const ends = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ends.map((one) => one.finished));
  });
  const build = await buildOf(page);
  if (!isJudged(build)) {
    expect(await violations(page), `accessibility of ${page.url()}`).toEqual([]);
    // What came in the middle was seen in part only.
    if ((await buildOf(page)) === build) {
      noteJudged(build);
    }
  }
  noteChecked(page.url());
}

/** What is wrong with the page, a line each. Its judge is brought once, and stays as long as the document does. */
async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) {
    await page.evaluate(axe.source);
  }
  return page.evaluate(async (options) => {
    const judge = (window as unknown as { axe: typeof axe }).axe;
    const { violations } = await judge.run(document, options);
    return violations.map(
      ({ id, help, nodes }) => `${id}: ${help} – ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
    );
  }, OPTIONS);
}
