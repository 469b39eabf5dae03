// How the journeys run: one Chromium, a phone and a laptop, one second try, in a new world.
// What needed it is named at the end as flaky, and is to be mended: hundreds of journeys side by side on two cores are
// not to be lost to one late frame.
import { defineConfig } from '@playwright/test';

const launchOptions = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
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

export default defineConfig({
  testDir: 'journeys',
  outputDir: 'test-results',
  forbidOnly: true,
  retries: 1,
  workers: 1,
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
    launchOptions,
  },
  projects: [
    {
      name: 'phone',
      // Finer pixels are nine times as many to paint, and seen in pictures alone.
      use: { viewport: { width: 390, height: 844 }, deviceScaleFactor: process.env.LOOKS ? 3 : 1, isMobile: true, hasTouch: true },
    },
    { name: 'laptop', use: { viewport: { width: 1366, height: 768 } } },
  ],
});
