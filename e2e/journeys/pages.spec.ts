// Everybody can open every page of theirs: it has its heading, nothing fails, and it is accessible. By turns that is on a
// phone, or on the device that they hold, from page to page, dark, in large letters and in English, as some people have
// it; in a whole run it is both.
import { expectAccessible } from '../axe';
import { dress, photograph } from '../looks';
import { expectWhole, follow, PAGES } from '../pages';
import { hold } from '../steps';
import { expect, test } from '../world';

const named = (path: string): string => path.slice(1).replaceAll('/', '-');

/** Who holds a phone and sits at no desk. */
const ON_A_PHONE = ['learner', 'surveyor', 'invigilator', 'inspector', 'site_head'];

/** The pages whose turn it is: the first, the third and so on (0), or those between (1). */
const byTurns = (paths: string[], turn: 0 | 1): string[] =>
  process.env.CHENGXI_TEST_WHOLE ? paths : paths.filter((_, nth) => nth % 2 === turn);

for (const [role, all] of Object.entries(PAGES)) {
  const [plain, dressed] = [byTurns(all, 0), byTurns(all, 1)];
  const tag = ON_A_PHONE.includes(role) ? ['@phone'] : [];
  test(`the pages of a ${role} open, and hold in the dark, in large letters and in English`, { tag }, async ({ page, world }, testInfo) => {
    test.setTimeout(300_000);
    const isPhone = testInfo.project.name === 'phone';
    await world.logIn(page, await world.account(role), isPhone ? plain[0] : dressed[0]);
    for (const path of isPhone ? plain : []) {
      if (path !== plain[0]) {
        await page.goto(world.at(path));
      }
      await expectWhole(page);
      await photograph(page, named(path));
    }
    if (isPhone !== ON_A_PHONE.includes(role)) {
      return;
    }
    // From page to page as links lead, and who hears them is told where they are.
    await dress(page);
    for (const path of dressed) {
      await (path === dressed[0] ? page.goto(world.at(path)) : follow(page, world.at(path)));
      await expect(page.locator('html[lang=en][data-theme=dark][data-elder=on]')).toBeAttached();
      await expectWhole(page);
      await photograph(page, `dark-${named(path)}`);
    }
  });
}

test('a stranger can open what is public', async ({ page, world, alarms }) => {
  alarms.expectRefusal(404);
  for (const path of ['/verify', '/draws', '/login', '/catalogue', '/catalogue/GYW01', '/catalogue/NONE', '/privacy', '/privacy/1', '/no-such-page']) {
    await page.goto(world.at(path));
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectAccessible(page);
  }
});

/** What may go wrong with a page, by the rule of axe that says so. */
const FAULTS: Record<string, () => void> = {
  'html-has-lang': () => document.documentElement.removeAttribute('lang'),
  // An attribute would not pass the policy of the page.
  'color-contrast': () => void Object.assign(document.querySelector('h1')!.style, { color: '#ddd', background: '#fff' }),
  'button-name': () => document.querySelector('button[type=submit]')!.replaceChildren(),
};

test('a page that was judged is judged again as soon as anything is amiss', async ({ page, world }) => {
  await page.goto(world.at('/login'));
  await expectWhole(page);
  for (const [rule, spoil] of Object.entries(FAULTS)) {
    await page.evaluate(spoil);
    await expect(expectAccessible(page), rule).rejects.toThrow(`${rule}: `);
  }
});

test.describe('while a reply is on its way', () => {
  // A worker between page and network is not heard by what holds the reply.
  test.use({ serviceWorkers: 'block' });

  test('a page has its heading and says that it is opening', async ({ page, world }) => {
    await world.logIn(page, await world.account('learner'));
    const { isLetGo, letGo } = hold();
    await page.route('**/api/v1/me/exams', async (route) => {
      await isLetGo;
      await route.continue();
    });
    await page.goto(world.at('/exams'));
    await expect(page.getByRole('heading', { level: 1, name: '考试' })).toBeFocused();
    await expect(page.getByRole('status').filter({ hasText: '正在打开…' })).toBeVisible();
    await expectAccessible(page);
    letGo();
    await expectWhole(page);
  });
});
