// An assignment is written and photographed without a network, and handed in once there is one: over a page that was
// killed, and never twice.
import { type Page } from '@playwright/test';
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { expect, test, type World } from '../world';

test.use({ serviceWorkers: 'allow' });

/** Of the demo. No other story hands in theirs. */
const LEARNER = 'yaoguozhong';
const OTHER = 'hufengying';
const COURSE = '成人高中语文';
const UNIT = '写好通知、请假条和申请书';
const TASK = '写一张请假条';

/** A picture that stands for a photo. */
const PHOTO = '../backend/demo/courses/GSX01/wage.png';

async function openCourse(page: Page, world: World, name: string): Promise<void> {
  await world.logIn(page, { ...(await world.account('learner')), login_name: name });
  await page.goto(world.at('/learn'));
  await page.locator('.course-list .row-link').filter({ hasText: COURSE }).click();
}

/** The card of the assignment in the opened unit. */
async function cardOf(page: Page) {
  await expect(page.getByRole('article', { name: '课文' })).toBeVisible();
  return page.getByRole('region', { name: TASK });
}

/** Opens the unit from the phone, without a network. */
async function openFromPhone(page: Page, world: World) {
  await page.goto(world.at('/'));
  await page.getByRole('link', { name: '已下载的模块' }).click();
  await page.locator('.unit-list .row-link').filter({ hasText: UNIT }).click();
  return cardOf(page);
}

test('an assignment that is handed in without a network waits on the phone, and goes once', async ({
  page,
  context,
  world,
  alarms,
}) => {
  test.slow();
  await openCourse(page, world, LEARNER);
  const module = page.locator('section[aria-labelledby="module-2"]');
  await module.getByRole('button', { name: /^下载（/ }).click();
  await expect(page.getByText('已下载，没有网络也能学。')).toBeVisible({ timeout: 60_000 });

  alarms.expectNetworkFailures();
  // A page that is opened without a network has no token yet.
  alarms.expectRefusal(401);
  await context.setOffline(true);
  await page.close();
  const offline = await context.newPage();
  const card = await openFromPhone(offline, world);
  await expect(card.getByText('还没有交')).toBeVisible();
  await card.getByLabel('您的作业').fill('请假条\n王主任：\n下周三下午我要去学校开家长会。');
  await card.getByLabel('拍照上传 作业照片').setInputFiles(PHOTO);
  await expect(card.getByText('照片：已有 1 张，最多 3 张')).toBeVisible();
  await expect(card.getByRole('img', { name: '第 1 张照片' })).toBeVisible();
  await expectAccessible(offline);
  await card.getByRole('button', { name: '交作业' }).click();
  await expect(offline.getByText('作业已存在手机上，连上网后自动交。')).toBeVisible();
  await expect(card.getByText('等网络，还没有交上')).toBeVisible();
  await expect(offline.getByText(/^待上传 \d+$/)).toBeVisible();
  await expectAccessible(offline);
  await card.scrollIntoViewIfNeeded();
  await photograph(offline, 'waits');

  // The phone throws the page away. What was handed in is still there, and can be written on.
  await offline.close();
  const again = await context.newPage();
  const kept = await openFromPhone(again, world);
  await expect(kept.getByText('等网络，还没有交上')).toBeVisible();
  await expect(kept.getByText('附 1 张照片')).toBeVisible();
  await kept.getByRole('button', { name: '再改一改' }).click();
  const text = kept.getByLabel('您的作业');
  await expect(text).toHaveValue(/家长会/);
  await expect(kept.getByText('照片：已有 1 张，最多 3 张')).toBeVisible();
  await text.fill('请假条\n王主任：\n下周三13点到17点，我要去学校开家长会。\n姚国忠');
  await kept.getByRole('button', { name: '交作业' }).click();
  await expect(kept.getByText('等网络，还没有交上')).toBeVisible();

  await context.setOffline(false);
  await expect(kept.getByText('待批改')).toBeVisible({ timeout: 60_000 });
  await expect(again.getByText(/^待上传/)).toHaveCount(0);
  await again.reload();
  await expect(kept.getByText('13点到17点')).toBeVisible();
  await expect(kept.getByText('待批改')).toBeVisible();
  await expect(kept.getByRole('button', { name: /^看照片/ })).toHaveCount(1);
  await expect(kept.getByText('以前交的')).toHaveCount(0);
  await expectAccessible(again);
});

test.describe('between phone and server', () => {
  // A worker between page and network is not heard by what stands between them here.
  test.use({ serviceWorkers: 'block' });

  test('work that the server does not take is not given up by one press', async ({ page, world, alarms }) => {
    alarms.expectNetworkFailures();
    alarms.expectRefusal(409);
    await openCourse(page, world, OTHER);
    await page.locator('.unit-list .row-link').filter({ hasText: UNIT }).click();
    const card = await cardOf(page);
    const refusal = { type: '/problems/wrong-state', title: '不能交', status: 409, detail: '这份作业现在不能交。', instance: '', code: 'wrong-state' };
    let asked = 0;
    await page.route('**/hand_ins', async (route) => {
      asked += 1;
      await (asked === 1 ? route.abort() : route.fulfill({ status: 409, contentType: 'application/problem+json', json: refusal }));
    });
    await card.getByLabel('您的作业').fill('请假条\n王主任：\n下周三下午我要去学校开家长会。');
    await card.getByRole('button', { name: '交作业' }).click();
    await expect(card.getByText(refusal.detail)).toBeVisible({ timeout: 60_000 });
    await expectAccessible(page);

    // While the phone looks for what it keeps, no form stands over it, not even for a moment.
    await page.addInitScript(() => {
      const seen = window as unknown as { hasShownForm?: boolean };
      const look = (): void => {
        seen.hasShownForm ||= document.querySelector('section[aria-labelledby^="assignment-"] textarea') !== null;
      };
      new MutationObserver(look).observe(document, { childList: true, subtree: true });
    });
    await page.reload();
    await expect(card.getByText(refusal.detail)).toBeVisible();
    expect(await page.evaluate(() => (window as unknown as { hasShownForm?: boolean }).hasShownForm)).toBe(false);

    await card.getByRole('button', { name: '这份不交了' }).click();
    const dialog = page.getByRole('dialog', { name: '这份作业不交了？' });
    await expectAccessible(page);
    await dialog.getByRole('button', { name: '取消' }).click();
    await expect(card.getByText('我要去学校开家长会。')).toBeVisible();
    await card.getByRole('button', { name: '这份不交了' }).click();
    await dialog.getByRole('button', { name: '这份不交了' }).click();
    await expect(card.getByLabel('您的作业')).toHaveValue('');
    expect(asked).toBe(2);
  });

  test('an assignment whose receipt was lost is not handed in twice', async ({ page, world, alarms }) => {
    alarms.expectNetworkFailures();
    await openCourse(page, world, OTHER);
    await page.locator('.unit-list .row-link').filter({ hasText: UNIT }).click();
    const card = await cardOf(page);
    const keys: (string | undefined)[] = [];
    await page.route('**/hand_ins', async (route) => {
      keys.push(route.request().headers()['idempotency-key']);
      if (keys.length > 1) {
        await route.continue();
        return;
      }
      // The server has it, and the phone does not know.
      await route.fetch();
      await route.abort();
    });
    await card.getByLabel('您的作业').fill('请假条\n王主任：\n下周三下午我要去学校开家长会。');
    await card.getByRole('button', { name: '交作业' }).click();
    await expect(card.getByText('待批改')).toBeVisible({ timeout: 60_000 });
    expect(keys.length).toBe(2);
    expect(keys[1]).toBe(keys[0]);
    await page.reload();
    await expect(card.getByText('待批改')).toBeVisible();
    await expect(card.getByText('以前交的')).toHaveCount(0);
  });
});
