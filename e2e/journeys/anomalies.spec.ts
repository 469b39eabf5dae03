// What is unusual in the study of a class: a tutor sees it with its facts, and notes what came of looking into it.
import { api, token } from '../api';
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { expect, test, type World } from '../world';

/** Of the demo: in the class that studies online, whose course he has not begun. */
const LEARNER = { login_name: 'luojianhua', name: '罗建华' };
const CLASS = '2026年秋 织里网络班';

/** An item with its key, as who writes courses sees it. */
interface Item {
  body: { kind: string; key?: unknown; blanks?: string[][]; rubric?: string };
}

/** What somebody answers who knows the key. */
function rightResponse({ body }: Item): unknown {
  switch (body.kind) {
    case 'single_choice':
      return { kind: 'single', value: body.key };
    case 'multiple_choice':
      return { kind: 'multiple', value: body.key };
    case 'true_false':
      return { kind: 'true_false', value: body.key };
    case 'fill_in':
      return { kind: 'blanks', value: body.blanks!.map((accepted) => accepted[0]) };
    default:
      return { kind: 'text', value: body.rubric!.slice(0, 40) };
  }
}

/** A program answers every exercise of a unit at once. */
async function answerLikeAProgram(world: World): Promise<void> {
  const courses = await api<{ items: { id: string; code: string }[] }>(world, '/courses?text=GXX01');
  const course = courses.items.find((one) => one.code === 'GXX01')!;
  const draft = await api<{ content: { modules: { units: { id: string; exercises: Item[] }[] }[] } }>(
    world,
    `/courses/${course.id}/draft`,
    await token(world, 'wangteacher'),
  );
  const unit = draft.content.modules[0]!.units[0]!;
  const learner = await token(world, LEARNER.login_name);
  for (const [index, exercise] of unit.exercises.entries()) {
    await api(world, `/me/units/${unit.id}/exercises/${index}/answers`, learner, { response: rightResponse(exercise) });
  }
}

test('a tutor sees what is unusual, and notes what came of looking into it', async ({ page, world, anotherPerson }) => {
  await answerLikeAProgram(world);
  await world.logIn(page, { ...(await world.account('class_tutor')), login_name: 'classtutor' }, '/classes');
  await page.getByRole('link', { name: CLASS }).click();
  await page.getByRole('link', { name: '值得留意' }).click();
  const row = page.getByRole('listitem').filter({ hasText: LEARNER.name });
  await expect(row.getByText(/的 \d+ 道练习，几秒一题，都一次做对。/)).toBeVisible();
  await expect(row.getByText('待了解')).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'anomalies');

  const dialog = page.getByRole('dialog');
  await row.getByRole('button', { name: /^记下了解的情况/ }).click();
  await dialog.getByRole('button', { name: '记下', exact: true }).click();
  await expect(dialog.getByText('请填写这一项。')).toBeVisible();
  await dialog.getByLabel('了解到什么').fill('问过本人，开网店多年，内容都熟。');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '记下', exact: true }).click();
  await expect(row.getByText('已了解')).toBeVisible();
  await expect(row.getByText('开网店多年')).toBeVisible();
  await expectAccessible(page);

  const { page: learner } = await anotherPerson();
  await world.logIn(learner, { ...(await world.account('learner')), login_name: LEARNER.login_name }, '/learn');
  await expect(learner.locator('.course-list .row-link').first()).toBeVisible();
  await expect(learner.getByText('开网店多年')).toHaveCount(0);
  await expectAccessible(learner);
});
