// A test that opens in Safe Exam Browser alone: who comes with another browser is told the way in and gets the settings;
// who comes with it enters.
import { createHash } from 'node:crypto';
import { type Page } from '@playwright/test';
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { confirm } from '../steps';
import { expect, test, type World } from '../world';

// A test of it was sat a month ago: with the paper of a test to come nobody practises.
const COURSE = '成人高中公民道德与法律基础';

/** A full minute in China's time, for a `datetime-local` input. */
function minutesFromNow(minutes: number): string {
  const china = new Date(Date.now() + minutes * 60_000 + 8 * 3_600_000);
  return china.toISOString().slice(0, 16);
}

/** Stands on the page with this address and waits until it is drawn. */
async function open(page: Page, world: World, path: string): Promise<void> {
  await page.goto(world.at(path));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByText('正在打开…')).toHaveCount(0);
}

/** Plans the test, and opens its registration. */
async function plan(page: Page, world: World, title: string): Promise<void> {
  await open(page, world, '/exam_sessions/new');
  await page.getByRole('radio', { name: '模拟测试' }).check();
  await page.getByLabel('名称').fill(title);
  await page.getByLabel('课程').selectOption({ label: COURSE });
  await page.getByLabel('试卷').selectOption({ index: 1 });
  await page.getByLabel('开考时间').fill(minutesFromNow(30));
  await page.getByLabel('作答时间（分钟）').fill('20');
  await page.getByLabel('关闭时间').fill(minutesFromNow(180));
  await page.getByRole('checkbox', { name: '只能用防作弊浏览器' }).check();
  const keys = page.getByLabel('浏览器考试密钥');
  await keys.fill('12');
  await page.getByRole('button', { name: '建立考次' }).click();
  await expect(keys).toHaveAttribute('aria-invalid', 'true');
  await expectAccessible(page);
  await keys.fill('');
  await page.getByRole('button', { name: '建立考次' }).click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await expect(page.getByText('请先装好')).toBeVisible();
  await confirm(page, '开放报名');
  await expect(page.getByRole('button', { name: '截止报名并编排' })).toBeVisible();
}

/** Settings in the form of which Safe Exam Browser makes its key. */
function sebJson(file: string): string {
  const write = (node: Element): string => {
    const children = Array.from(node.children);
    switch (node.tagName) {
      case 'dict': {
        const names = children.filter((child) => child.tagName === 'key');
        const named = names.map((name) => [name.textContent ?? '', write(name.nextElementSibling!)] as const);
        named.sort(([one], [other]) => (one.toLowerCase() < other.toLowerCase() ? -1 : 1));
        return `{${named.map(([name, value]) => `"${name}":${value}`).join(',')}}`;
      }
      case 'array':
        return `[${children.map(write).join(',')}]`;
      case 'true':
      case 'false':
        return node.tagName;
      case 'integer':
        return node.textContent ?? '';
      default:
        return `"${node.textContent ?? ''}"`;
    }
  };
  return write(new DOMParser().parseFromString(file, 'text/xml').documentElement.firstElementChild!);
}

/** From now on the pages of a browser are told what Safe Exam Browser tells them. */
async function standInSafeBrowser(page: Page, configKey: string): Promise<void> {
  await page.addInitScript((key) => {
    const security = {
      configKey: '',
      browserExamKey: '',
      async updateKeys(updated: () => void): Promise<void> {
        const told = new TextEncoder().encode(location.href.replace(/#.*$/, '') + key);
        const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', told));
        security.configKey = Array.from(hash).map((byte) => byte.toString(16).padStart(2, '0')).join('');
        updated();
      },
    };
    Object.assign(window, { SafeExamBrowser: { version: 'SEB_Windows_3.7.0', security } });
  }, configKey);
}

test('a test is entered in Safe Exam Browser alone', async ({ page, world, anotherPerson }, testInfo) => {
  const title = `防作弊模拟 ${testInfo.project.name}`;
  const { page: planner } = await anotherPerson();
  await world.logIn(planner, await world.accountOf('exam1'));
  await plan(planner, world, title);

  await world.logIn(page, await world.accountOf('zhangxiuying'));
  await open(page, world, '/exams');
  const exam = page.getByRole('region', { name: title });
  await exam.getByRole('button', { name: '报名', exact: true }).click();
  await expect(page.getByText('报名成功。')).toBeVisible();
  await confirm(planner, '截止报名并编排');
  await confirm(planner, '启用试卷密钥');
  await expect(planner.getByText('到开考时间自动开考')).toBeVisible();

  await open(page, world, '/exams');
  await exam.getByRole('link', { name: '进入考试' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '请用防作弊浏览器进入' })).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'safe-browser');
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: '下载配置文件' }).click();
  expect((await download).suggestedFilename()).toBe('chengxi.seb');

  // The settings lead to the learner's tests, and their key opens the waiting room.
  const file = await (await fetch(world.at('/api/v1/safe_browser_config'))).text();
  expect(file).toContain(`<string>${world.at('/exams')}</string>`);
  const settings = await page.evaluate(sebJson, file);
  await standInSafeBrowser(page, createHash('sha256').update(settings).digest('hex'));
  await page.reload();
  await expect(page.getByText('准备就绪。')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('heading', { level: 1, name: '请用防作弊浏览器进入' })).toHaveCount(0);
});
