// The world of a journey: a server with a demo province of its own, and people who use it.
import { type Browser, type BrowserContextOptions, expect, type Page, test as base } from '@playwright/test';
import { Alarms } from './alarms';
import { type Server, startServer } from './server';

/** One account to try, as `GET /api/v1/demo_accounts` gives it. */
export interface DemoAccount {
  login_name: string;
  password: string;
  display_name: string;
  role: string;
}

/** What every journey of one worker shares. */
export class World {
  constructor(readonly server: Server) {}

  /** The address of a page, from its path. */
  at(path: string): string {
    return new URL(path, this.server.url).href;
  }

  /** Every demo account. */
  async accounts(): Promise<DemoAccount[]> {
    const reply = await fetch(this.at('/api/v1/demo_accounts'));
    expect(reply.status, 'GET /api/v1/demo_accounts').toBe(200);
    return (await reply.json()) as DemoAccount[];
  }

  /** The demo account with this name. */
  async accountOf(name: string): Promise<DemoAccount> {
    const account = (await this.accounts()).find((candidate) => candidate.login_name === name);
    if (!account) {
      throw new Error(`no demo account ${name}`);
    }
    return account;
  }

  /** The demo account that shows `role`, e.g. `learner`. */
  async account(role: string): Promise<DemoAccount> {
    const accounts = await this.accounts();
    const account = accounts.find((candidate) => candidate.role === role);
    if (!account) {
      throw new Error(`no demo account with the role ${role} among ${accounts.map((one) => one.role).join(', ')}`);
    }
    return account;
  }

  /** Logs `account` in by the log-in page, which leads on to `path` as for whoever wanted that page first, else home. */
  async logIn(page: Page, account: DemoAccount, path?: string): Promise<void> {
    await page.goto(this.at(path === undefined ? '/login' : `/login?next=${encodeURIComponent(path)}`));
    await fillLogIn(page, account.login_name, account.password);
    await expect(page).not.toHaveURL(/\/login(\?|$)/);
    await expect(page.getByLabel('手机号或账号')).toHaveCount(0);
  }
}

/** Fills in the log-in page and sends it. */
export async function fillLogIn(page: Page, name: string, password: string): Promise<void> {
  await page.getByLabel('手机号或账号').fill(name);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
}

/** A second person at another device, with alarms of their own. */
export type Stranger = { page: Page; alarms: Alarms };

interface TestFixtures {
  alarms: Alarms;
  /** Opens a browser profile for another person of the story. */
  anotherPerson: () => Promise<Stranger>;
}

interface WorkerFixtures {
  world: World;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  world: [
    async ({}, use, { parallelIndex }) => {
      const server = await startServer(parallelIndex);
      try {
        await use(new World(server));
      } finally {
        await server.end();
      }
    },
    { scope: 'worker', timeout: 300_000 },
  ],

  alarms: async ({ context }, use) => {
    const alarms = await Alarms.listen(context);
    await use(alarms);
    alarms.expectNone();
  },

  // Every page is listened to, whether its journey asks for `alarms` or not.
  page: async ({ page, alarms, world }, use, testInfo) => {
    void alarms;
    await use(page);
    if (testInfo.status !== testInfo.expectedStatus) {
      await testInfo.attach('server.log', { body: world.server.log(), contentType: 'text/plain' });
    }
  },

  anotherPerson: async ({ browser, contextOptions }, use) => {
    const people: Stranger[] = [];
    await use(async () => {
      const person = await openProfile(browser, contextOptions);
      people.push(person);
      return person;
    });
    for (const { page } of people) {
      await page.context().close();
    }
    for (const { alarms } of people) {
      alarms.expectNone();
    }
  },
});

async function openProfile(browser: Browser, options: BrowserContextOptions): Promise<Stranger> {
  const context = await browser.newContext(options);
  const alarms = await Alarms.listen(context);
  return { page: await context.newPage(), alarms };
}

export { expect };
