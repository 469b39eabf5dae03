//! The Chinese words that item texts use: data for the parser and for comparing answers.

use crate::item_bank::Ability;

/// Digits with their values; some have two forms.
pub(in crate::item_bank) const DIGITS: &[(char, u64)] = &[
    ('零', 0),
    ('〇', 0),
    ('一', 1),
    ('二', 2),
    ('两', 2),
    ('三', 3),
    ('四', 4),
    ('五', 5),
    ('六', 6),
    ('七', 7),
    ('八', 8),
    ('九', 9),
];

/// Units within ten thousand, the largest first.
pub(in crate::item_bank) const SMALL_UNITS: &[(char, u64)] = &[('千', 1_000), ('百', 100), ('十', 10)];

/// Units that multiply what stands before them, the largest first.
pub(in crate::item_bank) const LARGE_UNITS: &[(char, u64)] = &[('亿', 100_000_000), ('万', 10_000)];

/// What may stand before an answer, the longest first.
pub(super) const ANSWER: &[&str] = &["参考答案", "正确答案", "标准答案", "答案"];

/// What stands above answers that are gathered behind all items.
pub(super) const GATHERED: &[&str] = &[
    "参考答案",
    "正确答案",
    "标准答案",
    "试题答案",
    "答案",
    "参考答案与解析",
    "参考答案及解析",
    "参考答案及评分标准",
    "答案与解析",
    "答案及解析",
];

/// What stands between the numbers of the first and the last of several answers.
pub(super) const UP_TO: &[char] = &['-', '~', '—', '至', '到'];

/// What may stand before an explanation, the longest first.
pub(super) const EXPLANATION: &[&str] = &["答案解析", "试题解析", "解析"];

/// What may stand before how hard an item is.
pub(super) const DIFFICULTY: &[&str] = &["难度系数", "难度"];

/// What may stand before what it is about.
pub(super) const KNOWLEDGE_POINT: &[&str] = &["知识点", "考点"];

/// What may stand before the module of the course that it belongs to.
pub(super) const MODULE: &[&str] = &["所属模块", "模块"];

/// What may stand before what it asks for.
pub(super) const ABILITY: &[&str] = &["能力层次", "能力要求"];

/// What items ask for, in words.
pub(in crate::item_bank) const ABILITIES: &[(&[&str], Ability)] = &[
    (&["识记", "记忆", "了解"], Ability::Recall),
    (&["领会", "理解"], Ability::Comprehend),
    (&["应用", "运用", "简单应用", "综合应用"], Ability::Apply),
];

/// How hard items are, in words: how many of a thousand candidates are expected to answer them right. Each word stands for
/// the middle of its band.
pub(in crate::item_bank) const DIFFICULTIES: &[(&[&str], u16)] = &[
    (&["易", "容易", "简单", "较易", "较容易"], 850),
    (&["中", "中等", "适中", "一般", "中档"], 550),
    (&["难", "困难", "较难", "偏难"], 200),
];

/// What may stand before what it is worth.
pub(super) const WORTH: &[&str] = &["分值"];

/// Words for a statement that is right.
pub(in crate::item_bank) const RIGHT: &[&str] = &["正确", "对", "√", "✓", "✔", "t", "true"];

/// Words for a statement that is wrong.
pub(in crate::item_bank) const WRONG: &[&str] = &["错误", "错", "×", "✗", "✘", "f", "false"];

/// What may stand before that which puts a wrong statement right, the longest first.
pub(in crate::item_bank) const CORRECTED: &[&str] = &["应改为", "改正为", "正确的是", "改正", "改为", "应为"];

/// Hints of a single choice.
pub(super) const SINGLE: &[&str] = &["单项选择", "单选"];

/// Hints of a multiple choice.
pub(super) const MULTIPLE: &[&str] = &["多项选择", "不定项选择", "不定项", "多选"];

/// Hints of a statement to judge.
pub(super) const TRUE_FALSE: &[&str] = &["判断"];

/// Hints of a statement to judge, and to put right where it is wrong.
pub(super) const CORRECTION: &[&str] = &["判断改错", "改错"];

/// Hints of blanks.
pub(super) const FILL_IN: &[&str] = &["填空"];

/// What may follow the answers of several blanks whose order is free.
pub(super) const ANY_ORDER: &[&str] = &["次序不限", "顺序不限", "次序可换", "顺序可换", "可以互换", "可互换"];

/// Hints of an answer that a person marks.
pub(super) const SHORT_ANSWER: &[&str] = &["简答", "问答", "论述"];

/// Hints of an answer that a person marks by its dimensions. They count in brackets alone: many a heading speaks of essays.
pub(super) const ESSAY: &[&str] = &["作文", "写作"];

/// What stands before the fewest characters that an essay may have.
pub(in crate::item_bank) const AT_LEAST: &[&str] = &["不少于", "至少"];

/// What stands before the most.
pub(in crate::item_bank) const AT_MOST: &[&str] = &["不超过", "不多于", "最多"];

/// What is counted of an essay.
pub(in crate::item_bank) const CHARACTERS: char = '字';

/// Hints of several questions on one material; they count in brackets alone.
pub(super) const COMPOSITE: &[&str] = &["材料", "阅读材料"];

/// How the answer of a question on a material is announced.
pub(super) const OWN_ANSWER: &str = "答案";

/// Hints of a calculation whose steps are worth points.
pub(super) const CALCULATION: &[&str] = &["分步计算"];

/// Hints of a number.
pub(super) const NUMERIC: &[&str] = &["数值"];

/// Hints of pairs.
pub(super) const MATCHING: &[&str] = &["匹配", "连线", "配对"];

/// Hints of lines to be put in order.
pub(super) const ORDERING: &[&str] = &["排序"];

/// Hints of menus within the text.
pub(super) const INLINE_CHOICE: &[&str] = &["下拉选择", "下拉"];

/// Hints of tables.
pub(super) const MATRIX: &[&str] = &["表格选择", "矩阵"];

/// Hints of words to be chosen in the text.
pub(super) const HOT_TEXT: &[&str] = &["点选", "划词"];

/// What sections are called beside the kinds of their items.
pub(super) const SECTIONS: &[&str] = &[
    "选择",
    "客观",
    "主观",
    "解答",
    "计算",
    "应用",
    "综合",
    "分析",
    "实验",
    "探究",
    "证明",
    "作图",
    "阅读",
    "阅读理解",
    "默写",
    "翻译",
    "名词解释",
];

/// What may follow a hint: "question".
pub(super) const QUESTION: char = '题';

/// What stands before the number in a long numbering.
pub(super) const ORDINAL: char = '第';

/// The unit of points.
pub(super) const POINTS: char = '分';

/// How an empty place for a letter is written.
pub(super) const EMPTY_PARENTHESES: &str = "（　　）";

/// How an option begins that speaks of those above it, without spaces.
pub(in crate::item_bank) const OF_THOSE_ABOVE: &[&str] =
    &["以上", "上述", "上面", "前面", "alloftheabove", "noneoftheabove"];

/// What such an option says of them.
pub(in crate::item_bank) const ALL_OR_NONE: &[&str] = &["都", "均", "皆", "全", "没有", "无", "不", "above"];

/// Options that mean all others, or none.
pub(in crate::item_bank) const WHOLLY: &[&str] = &[
    "都对",
    "都不对",
    "都错",
    "都正确",
    "都不正确",
    "都错误",
    "都是",
    "都不是",
    "全对",
    "全错",
    "全不对",
    "全都对",
    "全部正确",
    "全部错误",
    "均正确",
    "均不正确",
];

/// What stands between the letters of other options, in an option that names them.
pub(in crate::item_bank) const BETWEEN_LETTERS: &str = "和与及或跟同都均皆全是不对错正确误项选,";
