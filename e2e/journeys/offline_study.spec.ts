// A module is taken along on a phone: read and answered without a network, and handed in once there is one.
import { type Page } from '@playwright/test';
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { expect, test, type World } from '../world';

test.use({ serviceWorkers: 'allow' });

/** Of the demo: in the class of the township's school. No other story needs them. */
const LEARNER = 'hufengying';
const OTHER = 'yaoguozhong';

async function logIn(page: Page, world: World, name: string): Promise<void> {
  await world.logIn(page, { ...(await world.account('learner')), login_name: name });
}

/** The first module of the learner's first course. */
async function openFirstModule(page: Page, world: World) {
  await page.goto(world.at('/learn'));
  await page.locator('.course-list .row-link').first().click();
  const module = page.locator('section[aria-labelledby="module-1"]');
  await expect(module).toBeVisible();
  return module;
}

/** Downloads it. */
async function download(page: Page, world: World): Promise<void> {
  const module = await openFirstModule(page, world);
  await module.getByRole('button', { name: /^下载（\d+\.\d MB）/ }).click();
  await expect(module.getByText(/^已下载 \d+\.\d MB$/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('已下载，没有网络也能学。')).toBeVisible({ timeout: 60_000 });
}

/** Answers the first single choice of the opened unit. */
async function answer(page: Page): Promise<void> {
  const choice = page.getByRole('region', { name: /^第 \d+ 题$/ }).filter({ has: page.getByRole('radio', { name: /^C/ }) }).first();
  await choice.getByRole('radio', { name: /^A/ }).check();
  await choice.getByRole('button', { name: '看看对不对' }).click();
}

test('a module is studied without a network, over a page that was killed, and handed in once', async ({
  page,
  context,
  world,
  alarms,
}) => {
  test.slow();
  await logIn(page, world, LEARNER);
  await download(page, world);
  await expectAccessible(page);
  await photograph(page, 'downloaded');

  // The network goes, and the phone throws the page away.
  alarms.expectNetworkFailures();
  // The page that is opened without a network has no token yet.
  alarms.expectRefusal(401);
  await context.setOffline(true);
  await page.close();
  const again = await context.newPage();
  await again.goto(world.at('/'));
  await again.getByRole('link', { name: '已下载的模块' }).click();
  await expect(again.getByRole('heading', { level: 1, name: '已下载的模块' })).toBeVisible();
  await expectAccessible(again);
  await photograph(again, 'downloads');
  await again.locator('.unit-list .row-link').first().click();
  await expect(again.getByRole('article', { name: '课文' })).toBeVisible();
  await expect(again.getByText('没有网络，现在看到的是下载在手机上的内容。')).toBeVisible();
  await expect(again.getByText('网络不通，学习时间先记在手机上')).toBeVisible();
  await answer(again);
  await expect(again.getByText('已存在手机上，连上网后批改。')).toBeVisible();
  await expect(again.getByText('待上传 2')).toBeVisible();

  // What she wants to remember is kept as well.
  await again.getByLabel('记下这一单元的要点').fill('断网时记的要点');
  await expect(again.getByText('笔记存在这台手机上，连上网后自动保存。')).toBeVisible();
  await expect(again.getByText('待上传 3')).toBeVisible();
  await expectAccessible(again);
  await photograph(again, 'unit-offline');

  // The map opens too, and what waits is still there.
  await again.getByRole('link', { name: '回到课程目录' }).click();
  await expect(again.locator('section[aria-labelledby="module-1"]')).toBeVisible();
  await expect(again.getByText('待上传 3')).toBeVisible();
  await expectAccessible(again);
  await photograph(again, 'map-offline');

  // It asks again by itself, half a minute later at the latest.
  await context.setOffline(false);
  await expect(again.getByText('离线学习的 3 条记录已上传。')).toBeVisible({ timeout: 60_000 });
  await expect(again.getByText(/^待上传/)).toHaveCount(0);
  await again.reload();
  await expect(again.locator('section[aria-labelledby="module-1"]')).toBeVisible();
  await expect(again.getByText(/^待上传/)).toHaveCount(0);
  await expect(again.getByText('没有网络，现在看到的是下载在手机上的内容。')).toHaveCount(0);

  // What is not needed any more goes.
  await again.getByRole('button', { name: /^删除下载/ }).click();
  await expect(again.getByText('已删除下载。')).toBeVisible();
  await expect(again.getByRole('button', { name: /^下载（/ }).first()).toBeVisible();
  await expectAccessible(again);
  await again.goto(world.at('/learn/notes'));
  await expect(again.getByText('断网时记的要点')).toBeVisible();
});

/** Where pages find that answers and study without a network do not come through. */
const HELD = 'journey_holds_study';

/** From its next page on, a phone reaches the server, but not with what was studied while [`HELD`] is set. */
async function mayHoldStudy(page: Page): Promise<void> {
  await page.addInitScript((held) => {
    const real = window.fetch.bind(window);
    window.fetch = (input, init) => {
      const url = input instanceof Request ? input.url : String(input);
      const isHeld = localStorage.getItem(held) !== null && /\/(offline_study|answers)$/.test(url);
      return isHeld ? Promise.reject(new TypeError('held back')) : real(input, init);
    };
  }, HELD);
}

/** Throws away what the browser keeps in its database, as it may when the phone is short of room. */
async function throwAway(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((done, fail) => {
        const opening = indexedDB.open('chengxi');
        opening.onerror = () => fail(opening.error);
        opening.onsuccess = () => {
          const tables = Array.from(opening.result.objectStoreNames);
          const clearing = opening.result.transaction(tables, 'readwrite');
          tables.forEach((table) => clearing.objectStore(table).clear());
          clearing.onerror = () => fail(clearing.error);
          clearing.oncomplete = () => {
            opening.result.close();
            done();
          };
        };
      }),
  );
}

test('what is not sent is named at the log-out, seen by nobody else, and sent when its learner is back', async ({
  page,
  world,
}) => {
  test.slow();
  await mayHoldStudy(page);
  await logIn(page, world, LEARNER);
  await download(page, world);
  await page.evaluate((held) => localStorage.setItem(held, 'yes'), HELD);
  await page.locator('section[aria-labelledby="module-1"] .row-link').first().click();
  await expect(page.getByRole('article', { name: '课文' })).toBeVisible();
  await answer(page);
  await expect(page.getByText('待上传 1')).toBeVisible();

  // Every page says it, and leads to where it is sent.
  await page.goto(world.at('/timetable'));
  await expect(page.getByRole('link', { name: '待上传 1' })).toHaveAttribute('href', '/learn');
  await expectAccessible(page);
  await page.goto(world.at('/me'));
  await page.getByRole('button', { name: '退出登录', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: '还有学习记录没有上传' });
  await expect(dialog).toContainText('还有 1 条学习记录没有上传');
  await expectAccessible(page);
  await photograph(page, 'log-out');
  await dialog.getByRole('button', { name: '退出登录' }).click();
  await expect(page).toHaveURL(/\/login$/);

  await page.evaluate((held) => localStorage.removeItem(held), HELD);
  await logIn(page, world, OTHER);
  await page.goto(world.at('/learn/downloads'));
  await expect(page.getByText('还没有下载模块。')).toBeVisible();
  await expect(page.getByText(/^待上传/)).toHaveCount(0);
  await expectAccessible(page);
  await page.goto(world.at('/me'));
  await page.getByRole('button', { name: '退出登录', exact: true }).click();
  await expect(page).toHaveURL(/\/login$/);

  await logIn(page, world, LEARNER);
  await expect(page.getByText('离线学习的 1 条记录已上传。')).toBeVisible({ timeout: 60_000 });
  await page.goto(world.at('/learn/downloads'));
  await expect(page.locator('.unit-list .row-link').first()).toBeVisible();

  // What is checked later is explained as it would have been at once.
  await page.evaluate((held) => localStorage.setItem(held, 'yes'), HELD);
  await page.locator('.unit-list .row-link').first().click();
  await answer(page);
  await expect(page.getByText('已存在手机上，连上网后批改。')).toBeVisible();
  await page.evaluate((held) => localStorage.removeItem(held), HELD);
  await expect(page.getByText('正确答案：')).toBeVisible({ timeout: 60_000 });
  await expectAccessible(page);

  // What the browser throws away before it was sent is told, until its learner has read so.
  await page.evaluate((held) => localStorage.setItem(held, 'yes'), HELD);
  await answer(page);
  await expect(page.getByText('待上传 1')).toBeVisible();
  await throwAway(page);
  await page.reload();
  const lost = page.getByText('浏览器清掉了 1 条还没有上传的学习记录');
  await expect(lost).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: '知道了' }).click();
  await expect(lost).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('article', { name: '课文' })).toBeVisible();
  await expect(lost).toHaveCount(0);
});
