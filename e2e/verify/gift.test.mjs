// What a parser of others reads in the GIFT that this system writes: `shared` holds the sample against its writer.
import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {test} from 'node:test';
import {parse} from 'gift-pegjs';

const items = parse(await readFile(new URL('samples/items.gift', import.meta.url), 'utf8'));
const words = text => text.text;
const choices = item => item.choices.map(choice => [words(choice.text), choice.isCorrect, choice.weight]);

test('each kind is the one that it was, and its stem is Markdown', () => {
  assert.deepEqual(items.map(item => item.type), ['MC', 'MC', 'TF', 'Short', 'Essay', 'Numerical', 'Matching']);
  assert.ok(items.every(item => item.stem.format === 'markdown' && !item.hasEmbeddedAnswers));
});

test('signs that mean something to GIFT are letters again', () => {
  const [single] = items;
  assert.equal(words(single.stem), '集合 {1, 2} 有几个子集：');
  assert.deepEqual(choices(single), [['2 = 少了', false, null], ['4', true, null], ['$2^{3}$', false, null]]);
  assert.equal(words(single.globalFeedback), '因为 $2^2 = 4$。');
});

test('several right options share the points, and a wrong one takes them', () => {
  const weights = items[1].choices.map(choice => choice.weight);
  assert.deepEqual(weights, [33.33333, -100, 33.33333, 33.33333]);
});

test('statements, words, numbers and pairs keep their keys', () => {
  const [, , statement, blank, essay, number, pairs] = items;
  assert.equal(statement.isTrue, false);
  assert.equal(words(blank.stem), '我国的首都是 ____ 。');
  assert.deepEqual(choices(blank), [['北京', true, null], ['Peking', true, null]]);
  assert.equal(words(essay.stem), '写一封短信。');
  assert.deepEqual([number.choices.number, number.choices.range], [9.8, 0.1]);
  const told = pairs.matchPairs.map(pair => [words(pair.subquestion), pair.subanswer]);
  assert.deepEqual(told, [['浙江', '杭州'], ['江苏', '南京'], ['', '合肥']]);
});
