// How the benchmarks in the browser run: like the journeys, on a phone, with its fine pixels. What a service worker
// fetches belongs to no page and would not be counted, so there is none.
import config from './playwright.config';

export default {
  ...config,
  testDir: 'bench',
  use: { ...config.use, serviceWorkers: 'block' as const },
  projects: config.projects
    ?.filter(({ name }) => name === 'phone')
    .map((phone) => ({ ...phone, use: { ...phone.use, deviceScaleFactor: 3 } })),
};
