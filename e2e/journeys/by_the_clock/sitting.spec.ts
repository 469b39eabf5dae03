// What may happen to a sitting beside answers: another window, another device, a reply that is lost, a server that is
// busy, and time that is up while the network is away. No answer is lost, and one device at a time writes.
import type { BrowserContext, Page } from '@playwright/test';
import { expectAccessible } from '../../axe';
import { photograph } from '../../looks';
import { choices, expectMark, expectPaper, expectReceipt, goTo, handIn, threeChoices } from '../../sitting';
import { confirm, hold } from '../../steps';
import { expect, test, type World } from '../../world';

test.use({ serviceWorkers: 'allow' });

/** Of the demo: have a ticket for the test of today, which no other story sits. */
const MOVING = 'chenmeifang';
const CUT_OFF = 'luojianhua';
const COURSE = '成人高中数学';
/** The test of the demo begins two minutes after its world was made; a device then comes within half a minute. */
const UNTIL_START_MS = 240_000;

/** A sitting's own address at the server; what it ends with. */
const SITTING = /\/api\/v1\/sittings\/[^/]+(\/(?!heartbeat)\w+)?$/;
/** Working time that is left when the end is made to be near. */
const LEFT_MS = 4_000;
/** What a server says that cannot take more for a moment. */
const BUSY = {
  type: '/problems/unavailable',
  title: '系统繁忙',
  status: 503,
  detail: '系统暂时繁忙，请稍后自动重试。',
  instance: 'none',
  code: 'unavailable',
};

/** A candidate comes to the test of today, and waits for the paper. */
async function arrive(page: Page, world: World, name: string): Promise<void> {
  await world.logIn(page, { ...(await world.account('learner')), login_name: name });
  await page.goto(world.at('/exams'));
  await page.getByRole('region').filter({ hasText: COURSE }).getByRole('link', { name: '进入考试' }).click();
  await expectPaper(page, UNTIL_START_MS);
}

/** The browser throws away what its database holds, as it may when the disk is full; what is small it keeps. */
async function forget(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('chengxi');
        opening.onerror = () => reject(new Error('there is no database'));
        opening.onsuccess = () => {
          const database = opening.result;
          const names = Array.from(database.objectStoreNames);
          const writing = database.transaction(names, 'readwrite');
          names.forEach((name) => writing.objectStore(name).clear());
          writing.onabort = () => reject(new Error('nothing was thrown away'));
          writing.oncomplete = () => {
            database.close();
            resolve();
          };
        };
      }),
  );
}

/** A window that opens the device's store as pages of another version do, and lets nobody else change it. */
async function holdStore(context: BrowserContext, world: World, version: number): Promise<Page> {
  const page = await context.newPage();
  await page.goto(world.at('/another-version'));
  await page.evaluate(
    (wanted) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('chengxi', wanted);
        opening.onerror = () => reject(new Error('there is no database'));
        opening.onsuccess = () => {
          Object.assign(window, { held: opening.result });
          resolve();
        };
      }),
    version,
  );
  return page;
}

test('a candidate changes the window and the device, and no answer is lost', async ({ page, world, alarms, anotherPerson }) => {
  test.setTimeout(420_000);
  // A window that has just opened has no token yet, and who is overtaken is refused.
  alarms.expectRefusal(401);
  alarms.expectRefusal(409);
  alarms.expectNetworkFailures();
  await arrive(page, world, MOVING);
  const [first, second, third] = await threeChoices(page);
  await goTo(page, first);
  await choices(page).first().check();
  await expectMark(page, '已保存');

  // Another window of the same browser goes on when this one is closed.
  const twin = await page.context().newPage();
  await twin.goto(page.url());
  await expect(twin.getByRole('heading', { level: 1, name: '考试已在另一个窗口打开' })).toBeVisible();
  await expectAccessible(twin);
  await photograph(twin, 'other-window');
  await page.close();
  await expectPaper(twin, UNTIL_START_MS);
  await expect(twin.getByText(/^已答 1 \//).first()).toBeVisible();

  // It loses the network; what is answered then is on this device alone.
  await twin.context().setOffline(true);
  for (const place of [second, third]) {
    await goTo(twin, place);
    await choices(twin).first().check();
    await expectMark(twin, '仅存本机');
  }

  // Another device takes over, in the dark and in large letters.
  const { page: device, alarms: heard } = await anotherPerson();
  heard.expectRefusal(401);
  heard.expectRefusal(409);
  await world.logIn(device, { ...(await world.account('learner')), login_name: MOVING });
  await device.evaluate(() => {
    localStorage.setItem('data-theme', 'dark');
    localStorage.setItem('data-elder', 'on');
  });
  await device.goto(twin.url());
  await expect(device.getByRole('heading', { level: 1, name: '考试正在另一台设备上进行' })).toBeVisible({ timeout: 30_000 });
  await expectAccessible(device);
  await photograph(device, 'elsewhere');
  await confirm(device, '改在本机答题');
  await expectPaper(device, UNTIL_START_MS);
  await goTo(device, first);
  await expect(choices(device).first()).toBeChecked();
  await goTo(device, second);
  await choices(device).last().check();
  await expectMark(device, '已保存');
  await expectAccessible(device);
  await photograph(device, 'taken-over');

  // The first one has its network again: it is told, writes no more, and sends what it could not send before.
  await twin.context().setOffline(false);
  const told = '考试已经改在另一台设备上进行，本机不能再答题。';
  await expect(twin.getByText(told)).toBeVisible({ timeout: 30_000 });
  await expect(twin.getByText(/没有来得及上传/)).toHaveCount(0, { timeout: 30_000 });
  await expect(choices(twin).first()).toBeDisabled();
  await expectAccessible(twin);
  await photograph(twin, 'overtaken');

  // Back on the first one, the server's answers are there, and what was answered on it alone, where the other one has
  // answered nothing since; the other one hears of it with its next answer.
  await confirm(twin, '改在本机答题');
  await expectPaper(twin, UNTIL_START_MS);
  await expect(twin.getByText(/^已答 3 \//).first()).toBeVisible();
  await goTo(twin, second);
  await expect(choices(twin).last()).toBeChecked();
  await goTo(twin, third);
  await expect(choices(twin).first()).toBeChecked();
  await expectMark(twin, '已保存');
  await goTo(device, third);
  await choices(device).first().check();
  await expect(device.getByText(told)).toBeVisible();

  await handIn(twin);
  await expectReceipt(twin, '交卷成功，您的答案已经全部保存。', 3);
});

test.describe('between device and server', () => {
  // A worker between page and network is not heard by what stands between them here.
  test.use({ serviceWorkers: 'block' });

  test('a window of another version stops nobody for good', async ({ page, world, alarms }) => {
    // There is no such sitting: who asks for it has the device's store.
    const sitting = '/sittings/01900000-0000-7000-8000-000000000001';
    const isAsked = () => page.waitForResponse((reply) => reply.url().endsWith(`/api/v1${sitting}`));
    alarms.expectRefusal(401);
    alarms.expectRefusal(404);
    await page.context().route('**/another-version', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<title>another version</title>' }),
    );

    // An older one has the store open, and the new one cannot make its tables.
    const older = await holdStore(page.context(), world, 1);
    await world.logIn(page, await world.account('learner'));
    // A page that has its own from the server waits for the store only a while.
    await page.goto(world.at('/learn'));
    await page.locator('.course-list .row-link').first().click();
    await page.locator('.unit-list .row-link').first().click();
    await expect(page.getByRole('article', { name: '课文' })).toBeVisible({ timeout: 30_000 });
    await page.goto(world.at(sitting));
    await expect(page.getByText('请关闭本网站的其他窗口')).toBeVisible({ timeout: 30_000 });
    await expectAccessible(page);
    await older.close();
    const isThere = isAsked();
    await page.getByRole('button', { name: '再试一次' }).click();
    await isThere;

    // A newer one was here, and this is the page that was kept from before.
    await page.goto('about:blank');
    const newer = await holdStore(page.context(), world, 99);
    await newer.close();
    const isThereAgain = isAsked();
    await page.goto(world.at(sitting));
    await isThereAgain;
  });

  test('a browser that keeps nothing is told so before the test', async ({ page, world, alarms }) => {
    alarms.expectRefusal(401);
    await page.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('nothing is kept here', 'SecurityError');
      };
    });
    await world.logIn(page, await world.account('learner'));
    await page.goto(world.at('/sittings/01900000-0000-7000-8000-000000000001'));
    await expect(page.getByText('这台设备的浏览器存不下答案，不能在这里考试。')).toBeVisible({ timeout: 30_000 });
    await expectAccessible(page);
  });

  test('a reply is lost, the server is busy, and time is up without a network', async ({ page, world, alarms }) => {
    test.setTimeout(420_000);
    alarms.expectNetworkFailures();
    alarms.expectRefusal(401);
    alarms.expectRefusal(503);
    await arrive(page, world, CUT_OFF);
    const [first, second, third] = await threeChoices(page);
    const entries = '**/api/v1/sittings/*/entries';

    // The server has the answer, and its reply is lost: the device sends it again, and it counts once.
    const { isLetGo, letGo } = hold();
    let tries = 0;
    await page.route(entries, async (route) => {
      tries += 1;
      if (tries === 1) {
        await route.fetch();
        await route.abort('connectionreset');
      } else {
        await isLetGo;
        await route.continue();
      }
    });
    await goTo(page, first);
    await choices(page).first().check();
    await expectMark(page, '仅存本机');
    await expect(page.getByText('没有连上服务器，答案会先记在本机（1 题待上传）。')).toBeVisible();
    await expectAccessible(page);
    letGo();
    await expectMark(page, '已保存');
    await page.unroute(entries);

    // The server cannot take more for a moment.
    let isBusy = true;
    await page.route(entries, async (route) => {
      const busy = { status: 503, contentType: 'application/problem+json', body: JSON.stringify(BUSY) };
      await (isBusy ? route.fulfill(busy) : route.continue());
    });
    await goTo(page, second);
    await choices(page).first().check();
    await expect(page.getByText(BUSY.detail)).toBeVisible();
    await expect(page.getByText('答案仍记在本机，会自动再传。')).toBeVisible();
    await expectMark(page, '仅存本机');
    await expectAccessible(page);
    await photograph(page, 'busy');
    isBusy = false;
    await expectMark(page, '已保存');
    await expect(page.getByText(BUSY.detail)).toHaveCount(0);
    await page.unroute(entries);

    // The browser loses what it kept, and not its name: it goes on in an epoch of its own, with the server's answers.
    await forget(page);
    const isOpenedAnew = page.waitForResponse(
      async (reply) => reply.url().endsWith('/open') && ((await reply.json()) as { epoch?: number }).epoch === 2,
    );
    await page.reload();
    await isOpenedAnew;
    await expectPaper(page, UNTIL_START_MS);
    await goTo(page, first);
    await expect(choices(page).first()).toBeChecked();
    await expectMark(page, '已保存');

    // Time is up while no answer comes through. The shortest test lasts ten minutes: what the server says of the end
    // is put into its replies, and that it closed the sitting by itself.
    let isCut = true;
    let end: string | undefined;
    await page.route(SITTING, async (route) => {
      const what = SITTING.exec(route.request().url())?.[1];
      if (isCut && what === '/entries') {
        await route.abort('internetdisconnected');
        return;
      }
      const reply = await route.fetch();
      const status = reply.status();
      if (!reply.ok()) {
        await route.fulfill({ status, contentType: 'application/problem+json', body: await reply.text() });
        return;
      }
      const json = (await reply.json()) as Record<string, unknown>;
      if (what === '/open') {
        end ??= new Date(Date.parse(String(json.server_time)) + LEFT_MS).toISOString();
      }
      if (end !== undefined && 'deadline' in json) {
        json.deadline = end;
      }
      if (what === '/submit') {
        json.by_candidate = false;
      }
      await route.fulfill({ status, json });
    });
    await goTo(page, third);
    await choices(page).first().check();
    await expectMark(page, '仅存本机');
    await page.reload();
    await expectPaper(page, UNTIL_START_MS);
    await expect(page.getByText('没有连上服务器，交卷还没有完成（1 题待上传，都记在本机）。')).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('timer')).toContainText('00:00');
    // The last minute had begun before the page was there: nothing is said of it that is not so.
    await expect(page.getByText(/^还剩/)).toHaveCount(0);
    await expect(choices(page).first()).toBeDisabled();
    await expectAccessible(page);
    await photograph(page, 'time-up');

    // The last resort: what only this device has becomes a file, which can be handed in wherever there is a network.
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: '保存答题文件' }).click();
    const saved = await saving;
    expect(saved.suggestedFilename()).toMatch(/^answers-\d+-[0-9A-F]{4}(-[0-9A-F]{4}){2}\.txt$/);
    await expect(page.getByText(/答题文件已保存，核对码/)).toBeVisible();
    await expectAccessible(page);
    isCut = false;
    await expectReceipt(page, '考试时间到，系统已经收卷。', 3);
    await page.getByLabel('答题文件', { exact: true }).setInputFiles(await saved.path());
    await page.getByRole('button', { name: '上传', exact: true }).click();
    await expect(page.getByText(/收下 0 条，服务器已有 1 条/)).toBeVisible();
    await expectAccessible(page);
    await photograph(page, 'closed');
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByText('回执码', { exact: true })).toBeVisible();
    await expect(page.getByRole('button')).toHaveCount(0);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  });
});
