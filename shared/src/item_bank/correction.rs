//! Statements that are judged, and put right where they are wrong: what that is worth, and how their author writes it.

use super::{
    ItemBody, Judgement,
    chinese_text::words::{CORRECTED, RIGHT, WRONG},
    normalise::{half_width, normalise_answer},
};

/// Signs of a statement that is right, and of one that is wrong.
const SIGNS: (&str, &str) = ("\u{221a}", "\u{d7}");

/// What stands between the texts that put a statement right.
const BETWEEN: char = '|';

/// What of an answer is right: the verdict, and where the statement is wrong what puts it right. A correction alone is
/// nothing, nor is any where the statement is right.
pub(super) fn right_parts(key: bool, accepted: &[String], given: &Judgement) -> Vec<bool> {
    let is_judged = given.is_right == key;
    let correction = normalise_answer(&given.correction);
    let is_corrected = || !correction.is_empty() && accepted.iter().any(|text| normalise_answer(text) == correction);
    if key { vec![is_judged] } else { vec![is_judged, is_judged && is_corrected()] }
}

/// The sign of the verdict, and behind it what puts the statement right: `× 1949 | nineteen forty-nine`.
pub(super) fn line(key: bool, accepted: &[String]) -> String {
    let sign = if key { SIGNS.0 } else { SIGNS.1 };
    format!("{sign} {}", accepted.join(&format!(" {BETWEEN} "))).trim_end().to_owned()
}

/// Reads such a line, also with words for the signs; `None` if it begins with no verdict, or something is put right that
/// is right.
pub(super) fn of_lines(text: &str) -> Option<ItemBody> {
    let (key, rest) = verdict(text.trim())?;
    let rest = without_label(rest);
    let texts = rest.split(|letter: char| half_width(letter) == BETWEEN);
    let texts = texts.map(|text| text.trim().trim_end_matches('\u{3002}').to_owned());
    let accepted: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
    (!key || accepted.is_empty()).then_some(ItemBody::Correction { key, accepted })
}

/// Whether a text begins with the word for right or for wrong, and what follows.
fn verdict(text: &str) -> Option<(bool, &str)> {
    let lower = text.to_ascii_lowercase();
    let behind = |words: &[&str]| {
        let rests = words.iter().filter(|word| lower.starts_with(**word)).map(|word| &text[word.len()..]);
        rests.filter(|rest| ends_a_word(rest)).min_by_key(|rest| rest.len())
    };
    behind(RIGHT).map(|rest| (true, rest)).or_else(|| Some((false, behind(WRONG)?)))
}

fn ends_a_word(rest: &str) -> bool {
    rest.chars().next().is_none_or(|letter| !letter.is_alphanumeric())
        || CORRECTED.iter().any(|label| rest.starts_with(label))
}

/// What stands behind the verdict, without words that announce it.
fn without_label(rest: &str) -> &str {
    let is_mark = |letter: char| letter.is_whitespace() || ",;:.".contains(half_width(letter));
    let rest = rest.trim_start_matches(is_mark);
    CORRECTED.iter().find_map(|label| rest.strip_prefix(label)).unwrap_or(rest).trim_start_matches(is_mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(list: &[&str]) -> Vec<String> {
        list.iter().map(|&text| text.to_owned()).collect()
    }

    #[track_caller]
    fn check(text: &str, expected: Option<(bool, &[&str])>) {
        let expected = expected.map(|(key, accepted)| ItemBody::Correction { key, accepted: texts(accepted) });
        assert_eq!(of_lines(text), expected, "{text}");
    }

    #[test]
    fn a_verdict_is_read_with_what_puts_the_statement_right() {
        for text in ["√", "正确", "对。", "T", "True"] {
            check(text, Some((true, &[])));
        }
        for text in ["× 钱塘江", "错误，应改为：钱塘江。", "错\n改正：钱塘江", "错误应为钱塘江", "F: 钱塘江"]
        {
            check(text, Some((false, &["钱塘江"])));
        }
        check("× 1949 ｜ 一九四九", Some((false, &["1949", "一九四九"])));
        check("×", Some((false, &[])));
        for text in ["", "钱塘江", "对不起", "√ 钱塘江", "false钱塘江", "Fish"] {
            check(text, None);
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        for (key, accepted) in [(true, texts(&[])), (false, texts(&["a", "b c"]))] {
            assert_eq!(of_lines(&line(key, &accepted)), Some(ItemBody::Correction { key, accepted }));
        }
        assert_eq!((line(true, &[]), line(false, &texts(&["a", "b"]))), ("√".to_owned(), "× a | b".to_owned()));
    }

    #[test]
    fn a_correction_counts_only_behind_the_right_verdict() {
        let given = |is_right, correction: &str| Judgement { is_right, correction: correction.to_owned() };
        let wrong = |given: &Judgement| right_parts(false, &texts(&["30", "三十日"]), given);
        assert_eq!(wrong(&given(false, " 三十 ")), [true, true]);
        assert_eq!(wrong(&given(false, "31")), [true, false]);
        assert_eq!(wrong(&given(false, "")), [true, false]);
        assert_eq!(wrong(&given(true, "30")), [false, false]);
        assert_eq!(right_parts(true, &[], &given(true, "")), [true]);
        assert_eq!(right_parts(true, &[], &given(false, "30")), [false]);
    }
}
