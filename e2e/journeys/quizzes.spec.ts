// A tutor sets the class a quiz; a learner does it on her phone, which keeps her answers, sees what was right, and does
// it again; the tutor sees how it went, and withdraws it.
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { expectWhole } from '../pages';
import { confirm } from '../steps';
import { expect, test } from '../world';

/** Of the demo; its learner is the one whose account is offered. */
const CLASS = '2026年春 织里童装厂班';
const TITLE = '字音小测';

test('a class is set a quiz, and a learner does it twice', async ({ page, world, anotherPerson }) => {
  test.slow();
  const learner = await world.account('learner');
  const dialog = page.getByRole('dialog');
  await world.logIn(page, await world.account('class_tutor'), '/classes');
  await page.getByRole('table').getByRole('link', { name: CLASS }).click();
  await page.getByRole('link', { name: '课堂小测', exact: true }).click();
  await expect(page.getByText('还没有布置过小测。')).toBeVisible();
  await page.getByRole('button', { name: '布置小测' }).click();
  await dialog.getByRole('button', { name: '布置下去' }).click();
  await expect(dialog.getByText('请填写这一项。').first()).toBeVisible();
  await dialog.getByLabel('课程', { exact: true }).selectOption({ label: '成人高中语文' });
  await dialog.getByLabel('标题', { exact: true }).fill(TITLE);
  await dialog.getByLabel('最多做几次').fill('2');
  const unit = dialog.locator('details').first();
  await unit.locator('summary').click();
  await unit.getByRole('checkbox', { name: /“应”字的读音/ }).check();
  await unit.getByRole('checkbox', { name: /“模具”的“模”读/ }).check();
  await expect(dialog.getByText('已选 2 题，最多 50 题')).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '布置下去' }).click();
  const set = page.getByRole('listitem').filter({ hasText: TITLE });
  await expect(set.getByText(/^已做 0 \/ \d+ 人$/)).toBeVisible();
  await expectWhole(page);
  await photograph(page, 'set');

  const { page: hers } = await anotherPerson();
  await world.logIn(hers, learner);
  const news = hers.getByRole('listitem').filter({ hasText: TITLE });
  await expect(hers.getByRole('heading', { level: 2, name: '要做的小测' })).toBeVisible();
  // What to study next stands before all news.
  await expect(hers.getByRole('heading', { level: 2 }).first()).not.toHaveText('要做的小测');
  await photograph(hers, 'to-do');
  await news.getByRole('link', { name: /^开始做/ }).click();
  await expect(hers.getByRole('heading', { level: 1, name: TITLE })).toBeVisible();
  const first = hers.getByRole('region', { name: '第 1 题' });
  const second = hers.getByRole('region', { name: '第 2 题' });
  await hers.getByRole('button', { name: '交卷' }).click();
  await expect(hers.getByText('请至少答一题再交卷。')).toBeVisible();
  await first.getByRole('radio').first().check();
  await expect(hers.getByText('已答 1 / 2 题')).toBeVisible();
  await expectWhole(hers);
  await photograph(hers, 'paper');

  // The phone is put away, and what was answered is there again.
  await hers.reload();
  await expect(first.getByRole('radio').first()).toBeChecked();
  await hers.getByRole('button', { name: '交卷' }).click();
  await expect(hers.getByRole('dialog').getByText(/^还有 1 题没有答/)).toBeVisible();
  await expectAccessible(hers);
  await hers.getByRole('dialog').getByRole('button', { name: '交卷' }).click();
  await expect(hers.getByText('这一次得 0 分（满分 2 分）')).toBeVisible();
  await expect(first.getByText('这题没答对')).toBeVisible();
  await first.locator('summary').click();
  await expect(first.getByText(/“应届”的“应”读/)).toBeVisible();
  await expectWhole(hers);
  await photograph(hers, 'outcome');

  await hers.getByRole('button', { name: '再做一次' }).click();
  await expect(hers.getByText('已答 0 / 2 题')).toBeVisible();
  await first.getByRole('radio').nth(1).check();
  await second.getByRole('radio').first().check();
  await confirm(hers, '交卷');
  await expect(hers.getByText('这一次得 2 分（满分 2 分）')).toBeVisible();
  await expect(hers.getByRole('button', { name: '再做一次' })).toHaveCount(0);
  await hers.getByRole('link', { name: '返回课堂小测' }).click();
  await expect(news.getByText('最好成绩 2 分（满分 2 分）')).toBeVisible();
  await expectWhole(hers);

  await page.reload();
  await expect(set.getByText(/^已做 1 \/ \d+ 人$/)).toBeVisible();
  await set.getByRole('button', { name: /^看结果/ }).click();
  const row = dialog.getByRole('row').filter({ hasText: learner.display_name });
  await expect(row.getByText('2', { exact: true }).first()).toBeVisible();
  await expect(dialog.getByText(/^第一次就答对：0 \/ 1 人$/).first()).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'results');
  await dialog.getByRole('button', { name: '关闭' }).click();
  await page.getByRole('link', { name: '成绩册', exact: true }).click();
  await expect(page.getByRole('row').filter({ hasText: learner.display_name }).getByText(/^小测做 1\/1/)).toBeVisible();
  await page.getByRole('link', { name: '课堂小测', exact: true }).click();
  await set.getByRole('button', { name: /^撤回/ }).click();
  await dialog.getByRole('button', { name: '撤回' }).click();
  await expect(set.getByText('已撤回')).toBeVisible();
  await hers.reload();
  await expect(hers.getByText('现在没有小测。')).toBeVisible();
});
