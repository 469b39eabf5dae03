// What 长辈版 asks of a page: large letters, large things to press, and nothing that moves or is cut off.
import { expect, type Page } from '@playwright/test';
import { expectAccessible } from './axe';

/** Pixels of a letter, and of what is pressed. */
const LEAST = { text: 20, target: 60 };

/** What is too small on the page, or moves, or leaves the screen, a line each. */
async function faults(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    const found: string[] = [];
    const isSeen = (element: Element) => {
      const box = element.getBoundingClientRect();
      const isShown = element.checkVisibility({ visibilityProperty: true }) && !element.closest('.visually-hidden, .skip');
      return isShown && box.width > 0 && box.height > 0;
    };
    const judgeText = (element: Element, words: string) => {
      const size = Number.parseFloat(getComputedStyle(element).fontSize);
      if (size < least.text - 0.01) {
        found.push(`${size} px: “${words.slice(0, 20)}”`);
      }
    };
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const [words, element] = [texts.currentNode.textContent?.trim(), texts.currentNode.parentElement];
      // What stands above or below a line is smaller by nature.
      if (words && element && isSeen(element) && !element.closest('math, sub, sup, svg')) {
        judgeText(element, words);
      }
    }
    // A link among words is pressed where the words are.
    const isInSentence = (element: Element) =>
      getComputedStyle(element).display === 'inline' &&
      Array.from(element.parentElement?.childNodes ?? []).some((node) => node.nodeType === 3 && node.textContent?.trim());
    // The whole of a row may lead where its link does; a label is pressed for what it names.
    const target = (element: HTMLElement): Element => {
      const cover = getComputedStyle(element, '::after');
      const covers = cover.position === 'absolute' && cover.content !== 'none';
      return element.closest('label') ?? (covers ? (element.offsetParent ?? element) : element);
    };
    const pressed = 'a[href], button, summary, select, textarea, input:not([type=hidden])';
    for (const element of Array.from(document.querySelectorAll<HTMLElement>(pressed))) {
      const isText = element.matches('select, textarea, input:not([type=radio], [type=checkbox], [type=file])');
      if (isText && isSeen(element)) {
        judgeText(element, element.id || element.tagName);
      }
      const name = `${element.tagName} “${(element.textContent || element.id).trim().slice(0, 20)}”`;
      if (isSeen(element) && !isInSentence(element)) {
        const height = target(element).getBoundingClientRect().height;
        if (height < least.target - 0.5) {
          found.push(`${Math.round(height)} px high: ${name}`);
        }
        if (element.tabIndex < 0) {
          found.push(`not reached by keyboard: ${name}`);
        }
      }
    }
    const moving = document.getAnimations().length;
    if (moving > 0) {
      found.push(`${moving} things move`);
    }
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) {
      found.push(`${scrollWidth} px wide on a screen of ${clientWidth}`);
    }
    return found;
  }, LEAST);
}

/** Looks at all of a page that is open in elder mode. */
export async function expectLarge(page: Page): Promise<void> {
  await expect(page.locator('html[data-elder=on]')).toBeAttached();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('.loading')).toHaveCount(0);
  expect(await faults(page), page.url()).toEqual([]);
  await expectAccessible(page);
}
