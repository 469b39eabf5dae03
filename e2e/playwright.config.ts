// How the journeys run: one Chromium, a phone and a laptop, one second try, in a new world.
// A story is told on the device that its people hold: who learns, practises or calls at a door has a phone, who writes,
// plans and decides sits at a desk, and so does who sits a test in a room. What is not named below is told on both: the
// log-in, the looks and the pages. A usual run tells the roads
// that everybody goes; a whole one (CHENGXI_TEST_WHOLE=1) tells every story, on both.
// What needed it is named at the end as flaky, and is to be mended: hundreds of journeys side by side on two cores are
// not to be lost to one late frame.
import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

/** The same browser without the layer that draws windows, where it is to be had: what nobody sees need not be drawn. */
const HEADLESS = '/usr/bin/chromium-headless-shell';

const launchOptions = {
  executablePath: process.env.CHROMIUM ?? (existsSync(HEADLESS) ? HEADLESS : '/usr/bin/chromium'),
  args: [
    '--no-sandbox',
    // There is none, and to act one is dearer than to paint without.
    '--disable-gpu',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ],
};

/** Stories of people with a phone. */
const ON_A_PHONE = [
  'by_the_clock/mock_exam',
  'by_the_clock/road',
  'by_the_clock/sitting',
  'accommodations',
  'assignments',
  'catalogue',
  'classes',
  'corrections',
  'discussion',
  'elder',
  'idle',
  'install',
  'narrow',
  'offline_assignment',
  'offline_study',
  'pictures',
  'quizzes',
  'reading_check',
  'seats',
  'study',
  'study_proof',
  'ticket_login',
  'video',
  'weak_network',
  'weak_phone',
];

/** Stories of people at a desk. */
const AT_A_DESK = [
  'by_the_clock/test_day',
  'anomalies',
  'attendance_rules',
  'audit',
  'authoring',
  'blueprint',
  'class_care',
  'class_exams',
  'compose',
  'course_rules',
  'docx',
  'duties',
  'enrolment',
  'enrolment_rules',
  'exam_calendar',
  'exports',
  'forty_items',
  'gift',
  'graduation',
  'incidents',
  'item-*',
  'item_*',
  'key_ceremony',
  'leak_trace',
  'merge',
  'organisation',
  'people',
  'print',
  'put-right',
  'qualification_reviews',
  'reissue',
  'revocation',
  'rights',
  'roster',
  'roster_check',
  'safe_browser',
  'school_change',
  'skills',
  'system',
  'term',
];

/** Stories of a whole run: what they ask of the server, the tests of the API ask in every run. */
const IN_A_WHOLE_RUN = [
  'accommodations',
  'anomalies',
  'assignments',
  'attendance_rules',
  'audit',
  'blueprint',
  'by_the_clock/mock_exam',
  'catalogue',
  'class_care',
  'class_exams',
  'compose',
  'corrections',
  'course_rules',
  'discussion',
  'docx',
  'duties',
  'enrolment_rules',
  'exam_calendar',
  'exports',
  'forty_items',
  'gift',
  'incidents',
  'item-*',
  'item_*',
  'leak_trace',
  'merge',
  'offline_assignment',
  'organisation',
  'people',
  'pictures',
  'print',
  'put-right',
  'qualification_reviews',
  'quizzes',
  'reading_check',
  'reissue',
  'rights',
  'roster_check',
  'safe_browser',
  'school_change',
  'seats',
  'skills',
  'study_proof',
  'system',
  'term',
  'ticket_login',
  'video',
  'weak_network',
  'zz-every-page',
];

/** Asks what all the others have looked at. */
const LAST = '**/zz-every-page.spec.ts';

/** The files of stories that are left to the other device or to a whole run, unless this is one. */
const leftTo = (...lists: string[][]): string[] =>
  process.env.CHENGXI_TEST_WHOLE ? [] : lists.flat().map((story) => `**/journeys/${story}.spec.ts`);

export default defineConfig({
  testDir: 'journeys',
  globalSetup: './stories.ts',
  outputDir: 'test-results',
  forbidOnly: true,
  retries: 1,
  // Some wait for the clock of a test or for a network that is slow on purpose; others make use of that.
  workers: 3,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    screenshot: 'only-on-failure',
    // A trace of every step costs a third of the time: TRACE=1 keeps those of what fails.
    trace: process.env.TRACE ? 'retain-on-failure' : 'off',
    // Half-way colours of a button that changes are not looked at.
    contextOptions: { reducedMotion: 'reduce' },
    // Each new profile would fetch the whole app for later: stories of weak networks and installed apps alone need that.
    serviceWorkers: 'block',
    launchOptions,
  },
  projects: [
    {
      name: 'phone',
      testIgnore: [LAST, ...leftTo(AT_A_DESK, IN_A_WHOLE_RUN)],
      // Finer pixels are nine times as many to paint, and seen in pictures alone.
      use: { viewport: { width: 390, height: 844 }, deviceScaleFactor: process.env.LOOKS ? 3 : 1, isMobile: true, hasTouch: true },
    },
    {
      name: 'laptop',
      testIgnore: [LAST, ...leftTo(ON_A_PHONE, IN_A_WHOLE_RUN)],
      grepInvert: /@phone/,
      use: { viewport: { width: 1366, height: 768 } },
    },
    { name: 'every page', testMatch: LAST, testIgnore: leftTo(IN_A_WHOLE_RUN), dependencies: ['phone', 'laptop'] },
  ],
});
