//! Answers that stand together behind all items, below a title: `1. B 2. C`, or `1-5 BCADB`.

use super::{
    build::Draft,
    marks::{Style, find_label, heading, in_words, numbering},
    split_explanation, words,
};
use crate::item_bank::{ImportError, import::left_out, normalise::half_width};

/// Answers that one range has at most.
const RANGE: u32 = 100;

/// An answer that stands with others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// The number in Chinese digits of the section of its item; empty if none is told.
    section: String,
    number: u32,
    line: u32,
    text: String,
}

/// Whether a line is the title of such answers, or at least reads like one.
pub(super) fn is_title(line: &str) -> bool {
    let framing = |c: char| c.is_whitespace() || matches!(half_width(c), '[' | ']' | '(' | ')' | ':');
    words::GATHERED.contains(&line.trim_matches(framing))
}

/// The answers in these lines, of which the first has the number `first`; none if the first line that says something
/// begins none.
pub(super) fn entries(lines: &[&str], first: u32, drafts: &[&Draft]) -> Vec<Entry> {
    let sections = drafts.iter().map(|draft| draft.section.as_str()).collect();
    let mut reader = Reader { sections, section: String::new(), last: None, entries: Vec::new() };
    for (number, line) in (first..).zip(lines) {
        let line = line.trim();
        let is_read = line.is_empty() || reader.read(number, line);
        if !is_read && reader.entries.is_empty() {
            return Vec::new();
        }
    }
    reader.entries
}

/// Whether the first of these answers is a letter or a judgement, which is no line of a list.
pub(super) fn begins_with_key(entries: &[Entry]) -> bool {
    entries.first().is_some_and(|entry| is_key(parts(&entry.text).0))
}

/// An answer without the label that it may have, and the explanation behind it.
fn parts(text: &str) -> (&str, Option<&str>) {
    let label = find_label(text, words::ANSWER).filter(|found| found.start == 0);
    let (answer, explanation) = split_explanation(label.map_or(text, |found| found.content));
    (answer.trim(), explanation)
}

/// Gives each item its answer; what belongs to none is told.
pub(super) fn give(drafts: &mut [Draft], entries: Vec<Entry>) -> Vec<ImportError> {
    let has_sections = entries.iter().any(|entry| !entry.section.is_empty());
    let mut told = Vec::new();
    for Entry { section, number, line, text } in entries {
        let is_meant = |draft: &&mut Draft| {
            !draft.is_given && draft.number == Some(number) && (!has_sections || draft.section == section)
        };
        let Some(draft) = drafts.iter_mut().find(is_meant) else {
            told.push(left_out(line, &format!("{number}. {text}")));
            continue;
        };
        let (answer, explanation) = parts(&text);
        draft.give(line, answer);
        if let Some(explanation) = explanation {
            draft.explain(explanation);
        }
    }
    told
}

struct Reader<'d> {
    /// The sections that items stand in.
    sections: Vec<&'d str>,
    section: String,
    /// The style and the number of the last answer of the section.
    last: Option<(Style, u32)>,
    entries: Vec<Entry>,
}

impl Reader<'_> {
    /// Reads a line; whether it has or goes on with an answer, or names a section.
    fn read(&mut self, line: u32, text: &str) -> bool {
        let Some((mark, rest)) = in_words(text) else { return self.read_entries(line, text) };
        let is_known = self.sections.contains(&mark);
        let begins = |at: &usize| numbering(&rest[*at..]).is_some() || range(&rest[*at..]).is_some();
        let start = rest.char_indices().map(|(at, _)| at).filter(|at| ends_word(&rest[..*at])).find(begins);
        let is_heading = heading(text).is_some_and(|heading| heading.is_plain);
        if !(is_heading || (is_known && start.is_some())) {
            return self.read_entries(line, text);
        }
        if is_known {
            mark.clone_into(&mut self.section);
        }
        self.last = None;
        start.is_none_or(|start| self.read_entries(line, &rest[start..]))
    }

    fn read_entries(&mut self, line: u32, text: &str) -> bool {
        let mut text = text;
        let mut begins_line = true;
        while !text.is_empty() {
            let Some(rest) = self.read_entry(line, text, begins_line) else { return self.go_on(text) };
            (text, begins_line) = (rest, false);
        }
        true
    }

    /// Reads what begins here, if it is an answer or a range of them; what follows it.
    fn read_entry<'t>(&mut self, line: u32, text: &'t str, begins_line: bool) -> Option<&'t str> {
        if let Some((from, to, rest)) = range(text).filter(|(from, ..)| self.follows(Style::Point, *from, begins_line))
        {
            let (content, after) = until(rest, to.saturating_add(1));
            if let Some(keys) = keys_of(content, to - from + 1) {
                for (number, key) in (from..).zip(keys) {
                    self.push(number, line, &key);
                }
                self.last = Some((Style::Point, to));
                return Some(after);
            }
        }
        let mark = numbering(text).filter(|mark| self.follows(mark.style, mark.number, begins_line))?;
        let (content, after) = until(mark.rest, mark.number.saturating_add(1));
        self.push(mark.number, line, content);
        self.last = Some((mark.style, mark.number));
        Some(after)
    }

    /// Whether a number is that of another answer: within a line the next one, at its beginning also a later one.
    fn follows(&self, style: Style, number: u32, begins_line: bool) -> bool {
        let Some((last_style, last)) = self.last else { return true };
        style == last_style && (last.checked_add(1) == Some(number) || (begins_line && number > last))
    }

    fn push(&mut self, number: u32, line: u32, text: &str) {
        self.entries.push(Entry { section: self.section.clone(), number, line, text: text.to_owned() });
    }

    /// A line that begins no answer goes on with the one before.
    fn go_on(&mut self, text: &str) -> bool {
        let Some(entry) = self.entries.last_mut().filter(|_| self.last.is_some()) else { return false };
        entry.text.push('\n');
        entry.text.push_str(text);
        true
    }
}

/// What stands before the answer of this number, and what begins with it.
fn until(text: &str, number: u32) -> (&str, &str) {
    let begins = |at: &usize| {
        let rest = &text[*at..];
        let is_next = numbering(rest).is_some_and(|mark| mark.style == Style::Point && mark.number == number);
        is_next || range(rest).is_some_and(|(from, ..)| from == number)
    };
    let places = text.char_indices().filter(|(_, c)| half_width(*c).is_ascii_digit()).map(|(at, _)| at);
    let end = places.filter(|at| ends_word(&text[..*at])).find(begins).unwrap_or(text.len());
    let separates = |c: char| c.is_whitespace() || matches!(half_width(c), ',' | ';');
    (text[..end].trim_matches(separates), &text[end..])
}

/// Whether an answer may begin behind this text.
fn ends_word(before: &str) -> bool {
    let Some(last) = before.chars().next_back() else { return true };
    let is_mark = matches!(half_width(last), 'A'..='J' | ',' | ';' | ':' | ')' | ']');
    last.is_whitespace() || is_mark || is_judgement(&last.to_string())
}

/// The two numbers of a range, and what follows them.
fn range(text: &str) -> Option<(u32, u32, &str)> {
    let (from, rest) = number_at(text)?;
    let rest = rest.trim_start();
    let dash = rest.chars().next().filter(|c| words::UP_TO.contains(&half_width(*c)))?;
    let (to, rest) = number_at(rest[dash.len_utf8()..].trim_start())?;
    let rest = rest.strip_prefix(words::QUESTION).unwrap_or(rest);
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(half_width(c), '.' | ',' | ':'));
    (from < to && to - from < RANGE).then_some((from, to, rest))
}

fn number_at(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !half_width(c).is_ascii_digit()).unwrap_or(text.len());
    let number: String = text[..end].chars().map(half_width).collect();
    Some((number.parse().ok().filter(|_| number.len() <= 4)?, &text[end..]))
}

/// So many keys: a word each, or a character each.
fn keys_of(content: &str, count: u32) -> Option<Vec<String>> {
    let count = usize::try_from(count).ok()?;
    let separates = |c: char| c.is_whitespace() || matches!(half_width(c), ',' | ';');
    let parts: Vec<String> = content.split(separates).filter(|part| !part.is_empty()).map(str::to_owned).collect();
    let keys = if parts.len() == count { parts } else { parts.concat().chars().map(String::from).collect() };
    (keys.len() == count && keys.iter().all(|key| is_key(key))).then_some(keys)
}

fn is_key(text: &str) -> bool {
    let is_letters = !text.is_empty() && text.chars().all(|c| half_width(c).is_ascii_uppercase());
    is_letters || is_judgement(text)
}

fn is_judgement(text: &str) -> bool {
    words::RIGHT.contains(&text) || words::WRONG.contains(&text)
}

#[cfg(test)]
mod tests {
    use super::super::parse_chinese_text;
    use crate::item_bank::{ItemBody, key_letters};
    use proptest::prelude::*;

    const LETTERS: [&str; 4] = ["A", "B", "C", "D"];

    fn keys(text: &str) -> Vec<String> {
        let parsed = parse_chinese_text(text);
        assert_eq!((&*parsed.errors, &*parsed.losses), (&[][..], &[][..]), "{text}");
        parsed.items.iter().map(|item| key_letters(item).concat()).collect()
    }

    fn choices(count: usize) -> String {
        (1..=count).map(|number| format!("{number}. 第几个（　）\nA. 甲\nB. 乙\nC. 丙\nD. 丁\n")).collect()
    }

    #[test]
    fn answers_below_a_title_are_given_to_their_items() {
        for answers in [
            "1. B 2. C 3. A",
            "1.B2.C3.A",
            "1、B；2、C；3、A",
            "1．B\n2．C\n\n3．A",
            "1-3 BCA",
            "1～3：B C A",
            "1-2 BC 3. A",
            "1.【答案】B\n2.【答案】C\n3.【答案】A",
            "一、选择题\n1. B 2. C 3. A",
        ] {
            for title in ["参考答案", "【参考答案】", "参考答案：", "答案与解析", "答案："] {
                let text = format!("{}\n{title}\n{answers}", choices(3));
                assert_eq!(keys(&text), ["B", "C", "A"], "{text}");
            }
        }
    }

    #[test]
    fn sections_have_their_own_numbers_and_longer_answers_their_lines() {
        let text = format!(
            "一、单项选择题\n{}二、判断题\n1. 水是湿的。\n2. 水是干的。\n三、简答题\n1. 怎样读题？\n参考答案\n一、选择题 1-2 DA\n\
             二、判断题\n1. √ 2. ×\n三、1. 通读。\n（1）先看。\n一、圈词。\n解析：略。",
            choices(2)
        );
        let parsed = parse_chinese_text(&text);
        assert_eq!((&*parsed.errors, &*parsed.losses), (&[][..], &[][..]));
        let judged = [ItemBody::TrueFalse { key: true }, ItemBody::TrueFalse { key: false }];
        assert_eq!([parsed.items[2].body.clone(), parsed.items[3].body.clone()], judged);
        let [first, second, .., last] = &parsed.items[..] else { panic!("{parsed:?}") };
        assert_eq!((key_letters(first).concat(), key_letters(second).concat()), ("D".to_owned(), "A".to_owned()));
        assert_eq!(last.body, ItemBody::ShortAnswer { rubric: "通读。\n（1）先看。\n一、圈词。".to_owned() });
        assert_eq!(last.explanation, "略。");
    }

    #[test]
    fn what_is_missing_twice_or_nobodys_is_told() {
        let parsed = parse_chinese_text(&format!("{}\n参考答案\n1. A\n3. B\n7. C", choices(3)));
        let codes: Vec<_> = parsed.errors.iter().map(|error| (error.line, error.code.as_str())).collect();
        assert_eq!((codes, parsed.items.len()), (vec![(6, "no_key")], 2));
        assert_eq!(parsed.losses.iter().map(|loss| loss.name.as_str()).collect::<Vec<_>>(), ["7. C"]);
        let twice = parse_chinese_text("1. 水是湿的。\n答案：√\n2. 水是干的。\n参考答案\n1. ×\n2. ×");
        let codes: Vec<_> = twice.errors.iter().map(|error| (error.line, error.code.as_str())).collect();
        assert_eq!((codes, twice.items.len()), (vec![(5, "key_conflict")], 1));
    }

    #[test]
    fn a_list_behind_an_answer_stays_the_answer_of_its_item() {
        let text = "1. 没有答案的题\n2.（排序题）从早到晚\n答案：\n1. 辛亥革命\n2. 五四运动\n3. 建国";
        let parsed = parse_chinese_text(text);
        assert_eq!((parsed.items.len(), parsed.errors[0].code.as_str()), (1, "no_key"));
    }

    proptest! {
        #[test]
        fn gathered_answers_are_worth_what_answers_in_place_are(
            chosen in proptest::collection::vec(0_usize..4, 1..30), of_range in 1_usize..9, spaced: bool,
        ) {
            let singles = (1..).zip(&chosen).map(|(number, key): (usize, _)| format!("{number}. {}", LETTERS[*key]));
            let singles = singles.collect::<Vec<_>>().join(if spaced { "  " } else { "\n" });
            let ranges = chosen.chunks(of_range).enumerate().map(|(at, keys)| {
                let from = at * of_range + 1;
                let letters = keys.iter().map(|key| LETTERS[*key]).collect::<Vec<_>>();
                match letters.len() {
                    1 => format!("{from}. {}", letters[0]),
                    count => format!("{from}-{} {}", from + count - 1, letters.join(if spaced { " " } else { "" })),
                }
            });
            let ranges = ranges.collect::<Vec<_>>().join(" ");
            let expected: Vec<_> = chosen.iter().map(|key| LETTERS[*key].to_owned()).collect();
            for answers in [singles, ranges] {
                prop_assert_eq!(keys(&format!("{}参考答案\n{answers}", choices(chosen.len()))), expected.clone());
            }
        }

        #[test]
        fn whatever_stands_below_the_title_is_read_or_told(answers in "([0-9A-E.、~-]| |\n|√|一|二|题|答案|解析|：){0,40}") {
            let parsed = parse_chinese_text(&format!("一、选择题\n{}参考答案\n{answers}", choices(3)));
            prop_assert!(parsed.items.len() + parsed.errors.len() >= 3);
            for item in &parsed.items {
                prop_assert_eq!(crate::item_bank::validate_item(item), []);
            }
        }
    }
}
