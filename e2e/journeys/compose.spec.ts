// Chinese is composed before it is written: letters first, then words. Nothing of it is lost, also while the page
// saves by itself and draws itself anew.
import type { CDPSession, Locator, Page } from '@playwright/test';
import { PAGES } from '../pages';
import { expect, test } from '../world';

/** Of the demo: in several classes of the township's school. */
const LEARNER = 'luojianhua';
/** Where a learner writes words. Nobody composes a password. */
const FIELDS = 'main :is(input[type=text], input[type=search], textarea):visible';

/** Shows letters that are not chosen yet, as an input method does. */
async function letters(keyboard: CDPSession, text: string): Promise<void> {
  await keyboard.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
}

/** Composes two characters letter by letter, and looks after each that the page has taken nothing away. */
async function compose(page: Page, field: Locator): Promise<void> {
  const keyboard = await page.context().newCDPSession(page);
  await field.fill('');
  await field.focus();
  for (const typed of ['n', 'ni', "ni'h", "ni'hao"]) {
    await letters(keyboard, typed);
    await expect(field).toHaveValue(typed);
  }
  await keyboard.send('Input.insertText', { text: '你好' });
  await expect(field).toHaveValue('你好');
  await keyboard.detach();
}

/** Composes into every field of the page; how many it has. */
async function composeEverywhere(page: Page): Promise<number> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('.loading')).toHaveCount(0);
  const fields = page.locator(FIELDS);
  const count = await fields.count();
  for (let at = 0; at < count; at += 1) {
    await compose(page, fields.nth(at));
  }
  return count;
}

async function openUnit(page: Page): Promise<void> {
  await page.locator('.course-list .row-link').first().click();
  await page.locator('.unit-list .row-link').first().click();
  await expect(page.getByRole('article', { name: '课文' })).toBeVisible();
}

test('a stranger composes into every field of the public pages', async ({ page, world }) => {
  for (const path of ['/login', '/catalogue']) {
    await page.goto(world.at(path));
    expect(await composeEverywhere(page), path).toBeGreaterThan(0);
  }
});

test('a learner composes into every field of her pages', async ({ page, world }) => {
  await world.logIn(page, { ...(await world.account('learner')), login_name: LEARNER });
  for (const path of PAGES.learner ?? []) {
    await page.goto(world.at(path));
    await composeEverywhere(page);
  }
  await page.goto(world.at('/learn'));
  await openUnit(page);
  expect(await composeEverywhere(page)).toBeGreaterThan(1);
  // It is saved before anybody leaves it.
  await expect(page.getByText('笔记已保存')).toBeVisible();
});

test('a note that is being composed is not saved half, and not written over by what is saved', async ({ page, world }) => {
  await world.logIn(page, { ...(await world.account('learner')), login_name: LEARNER });
  await openUnit(page);
  const note = page.getByLabel('记下这一单元的要点');
  const keyboard = await page.context().newCDPSession(page);
  await note.fill('今天');
  await note.press('Control+End');
  // The rest after which the note saves itself ends in the middle of a word.
  await letters(keyboard, "xue'x");
  await expect(page.getByText('笔记已保存')).toBeVisible();
  await expect(note).toHaveValue("今天xue'x");
  await letters(keyboard, "xue'xi");
  await expect(note).toHaveValue("今天xue'xi");
  await expect(page.getByText('笔记已保存')).toBeVisible();
  await keyboard.send('Input.insertText', { text: '学习' });
  await expect(note).toHaveValue('今天学习');
  await expect(page.getByText('笔记已保存')).toBeVisible();
  await page.reload();
  await expect(note).toHaveValue('今天学习');
});
