// The pages of each role, and what holds for every page.
import { expect, type Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { routeOf } from './routes';

/** Who opens which. */
export const PAGES: Record<string, string[]> = {
  learner: ['/learn', '/learn/mistakes', '/learn/notes', '/learn/inquiries', '/learn/announcements', '/learn/quizzes', '/learn/discussions', '/timetable', '/exams', '/progress', '/results', '/me', '/me/privacy'],
  class_tutor: ['/desk', '/classes', '/inquiries', '/hand_ins', '/discussion_reports', '/timetable'],
  teacher: ['/desk', '/classes', '/timetable', '/courses', '/courses/new'],
  item_author: ['/desk', '/items/mine', '/items', '/items/import', '/items/new'],
  item_reviewer: ['/desk', '/item_reviews', '/items', '/organisation'],
  paper_head: ['/desk', '/papers', '/papers?waits=sealing', '/papers/new', '/blueprints', '/blueprints/new', '/items'],
  surveyor: ['/desk', '/visits'],
  site_head: ['/desk', '/watch', '/incidents', '/organisation'],
  invigilator: ['/desk', '/watch', '/incidents', '/organisation'],
  inspector: ['/desk', '/watch', '/incidents', '/organisation'],
  service_point_clerk: ['/desk', '/skills', '/skills?part=certificates', '/organisation'],
  exam_administrator: ['/desk', '/exam_sessions', '/exam_sessions?waits=advance', '/exam_sessions?waits=overdue', '/exam_sessions/new', '/incidents', '/rechecks', '/rechecks?waits=true', '/papers', '/papers/new', '/items'],
  marker: ['/desk', '/marking'],
  marking_head: ['/desk', '/marking_progress'],
  credit_bank_officer: ['/desk', '/certificates'],
  security_administrator: ['/desk', '/accounts', '/rights', '/me'],
  audit_administrator: ['/desk', '/audit', '/me'],
  system_administrator: ['/desk', '/system', '/organisation'],
  city_auditor: ['/desk', '/accommodations', '/qualification_reviews', '/key_shares', '/certificates', '/graduations', '/graduations?waits=city', '/diplomas', '/enrolments', '/enrolment_rules', '/roster', '/classes', '/organisation'],
  school_office: [
    '/desk',
    '/roster',
    '/visits',
    '/people',
    '/people/new',
    '/enrolments',
    '/enrolments/new',
    '/classes',
    '/classes/new',
    '/skills',
    '/skills?part=certificates',
    '/holidays',
    '/roll_calls',
    '/transfers',
    '/school_changes',
    '/qualification_reviews',
    '/roster/lists?waits=correct',
    '/roster/checks',
    '/graduations?waits=returned',
    '/diplomas',
    '/enrolments?waits=papers',
    '/organisation',
  ],
  county_bureau: [
    '/desk',
    '/accommodations',
    '/qualification_reviews',
    '/key_shares',
    '/roster',
    '/roster/checks',
    '/people',
    '/people/new',
    '/enrolments',
    '/enrolment_rules',
    '/classes',
    '/skills',
    '/organisation',
    '/providers/new?division=330502',
    '/exam_sites/new?division=330502',
  ],
  province_office: ['/desk', '/incidents', '/key_shares', '/roster', '/enrolments', '/classes', '/rights', '/holidays', '/attendance_rules', '/course_rules', '/external_tools', '/graduation_rules', '/enrolment_rules', '/organisation', '/organisation/3305', '/organisation/330502100'],
};

/** What anybody opens without a log-in. */
export const OPEN_PAGES = ['/login', '/activate', '/sit', '/try', '/catalogue', '/catalogue/GYW01', '/draws', '/verify', '/privacy'];

/** A page is there: it has its heading and is called by it, nothing of it failed, anybody can use it, and it fits the screen. */
export async function expectWhole(page: Page): Promise<void> {
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toBeVisible();
  await expect(page.locator('.loading')).toHaveCount(0);
  // A place where a failure would be told says nothing.
  await expect(page.getByRole('alert').filter({ hasText: /\S/ })).toHaveCount(0);
  const app = (await page.locator('html[lang=en]').count()) > 0 ? 'Chengxi' : '成蹊';
  await expect(page).toHaveTitle(`${(await heading.textContent()) ?? ''} · ${app}`);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
}

/**
 * Goes to another page of the app as a link in it leads there, without loading the app anew. Who hears the page is at
 * its heading then. An address of the page that is open already is loaded.
 */
export async function follow(page: Page, address: string): Promise<void> {
  if (routeOf(new URL(page.url()).pathname) === routeOf(new URL(address).pathname)) {
    await page.goto(address);
    return;
  }
  const left = (await page.locator('h1').elementHandle())!;
  const words = await left.textContent();
  await page.evaluate((href) => {
    const link = document.createElement('a');
    link.href = href;
    document.body.append(link);
    link.click();
    link.remove();
  }, address);
  await expect(page).toHaveURL(address);
  await expect.poll(() => left.evaluate((one, words) => !one.isConnected || one.textContent !== words, words)).toBe(true);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
}

/** A page is as wide as the screen; what is wider scrolls in a box of its own. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const content = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(content, `${page.url()} is wider than the screen`).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
}
