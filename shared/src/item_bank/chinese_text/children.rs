//! The questions on one material, as their author writes them: each with its number, its share, its options and its
//! own answer, `(1) 30% …`.

use super::{
    marks::{HINTS, Hint, Style, numbering},
    parse_chinese_text, words,
};
use crate::item_bank::{Child, ItemBody, ItemKind, key_letters, key_lines, normalise::half_width, option_letter};

/// Reads the questions; `None` if a share or a question cannot be read.
pub(in crate::item_bank) fn children_of_lines(text: &str) -> Option<Vec<Child>> {
    let mut blocks: Vec<(u16, String)> = Vec::new();
    for line in text.lines() {
        match head(line) {
            Some((percent, rest)) => blocks.push((percent, rest.to_owned())),
            None if blocks.is_empty() && line.trim().is_empty() => {}
            // What a person looks for may have paragraphs.
            None => {
                let (_, block) = blocks.last_mut()?;
                block.push('\n');
                block.push_str(line.trim_end());
            }
        }
    }
    blocks.into_iter().map(|(percent, block)| child(percent, &block)).collect()
}

/// A question is read as an item of its own; it has no explanation.
fn child(percent: u16, block: &str) -> Option<Child> {
    let mut parsed = parse_chinese_text(&format!("1. {block}"));
    let item = parsed.items.pop()?;
    let is_alone = parsed.items.is_empty() && parsed.errors.is_empty() && item.explanation.is_empty();
    is_alone.then_some(Child { stem: item.stem, percent, body: item.body })
}

/// The share of the question that a line begins, and what follows it.
fn head(line: &str) -> Option<(u16, &str)> {
    let rest = numbering(line).filter(|mark| mark.style == Style::Parentheses)?.rest.trim_start();
    let end = rest.find(|letter: char| !half_width(letter).is_ascii_digit())?;
    let percent = rest[..end].chars().map(half_width).collect::<String>().parse().ok()?;
    let rest = rest[end..].trim_start();
    let sign = rest.chars().next().filter(|sign| half_width(*sign) == '%')?;
    Some((percent, rest[sign.len_utf8()..].trim_start()))
}

/// Whether a line begins a question on a material.
pub(super) fn begins_child(line: &str) -> bool {
    head(line).is_some()
}

/// The questions, a line each for their stems, options and answers.
pub(in crate::item_bank) fn children_lines(children: &[Child]) -> Vec<String> {
    (1..).zip(children).flat_map(|(number, child)| lines_of(number, child)).collect()
}

fn lines_of(number: usize, child: &Child) -> Vec<String> {
    let Child { stem, percent, body } = child;
    let head = format!("({number}) {percent}% {}{stem}", hint(body.kind()));
    let mut lines: Vec<String> = head.lines().map(str::to_owned).collect();
    if let ItemBody::SingleChoice { options, .. } | ItemBody::MultipleChoice { options, .. } = body {
        lines.extend((0..).zip(options).map(|(place, option)| format!("{}. {option}", option_letter(place))));
    }
    let answer = match body {
        ItemBody::SingleChoice { .. } | ItemBody::MultipleChoice { .. } => key_letters(&child.as_item()).concat(),
        ItemBody::TrueFalse { key } => (if *key { words::RIGHT } else { words::WRONG })[0].to_owned(),
        ItemBody::ShortAnswer { rubric } => rubric.clone(),
        ItemBody::FillIn { blanks, groups } => {
            let blanks: Vec<String> = blanks.iter().map(|accepted| accepted.join("|")).collect();
            let remark = if groups.is_empty() { String::new() } else { format!("({})", words::ANY_ORDER[0]) };
            blanks.join(";") + &remark
        }
        body => format!("\n{}", key_lines(body).join("\n")),
    };
    let answer = format!("{}: {answer}", words::OWN_ANSWER);
    lines.extend(answer.lines().map(str::to_owned));
    lines
}

/// The name of a kind in brackets.
fn hint(kind: ItemKind) -> String {
    let wanted = match kind {
        ItemKind::SingleChoice => Hint::Single,
        ItemKind::MultipleChoice => Hint::Multiple,
        ItemKind::TrueFalse => Hint::TrueFalse,
        ItemKind::FillIn => Hint::FillIn,
        ItemKind::ShortAnswer => Hint::ShortAnswer,
        kind => Hint::Lines(kind),
    };
    let names = HINTS.iter().find(|(_, hint)| *hint == wanted).map(|(names, _)| *names);
    names.and_then(|names| names.first()).map_or_else(String::new, |name| format!("({name})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPED: &str = "（1）20% 作者的家乡在哪里？\nA. 杭州\nB. 宁波\n答案：A\n\
        (2) 20％（判断）作者喜欢下雨。\n答案：×\n(3) 30% 家乡有__和__。\n答案：山|高山；水（次序不限）\n\
        (4)30%（连线题）谁做什么？\n答案：\n甲 -> 1\n乙 -> 2";

    #[test]
    fn each_question_is_read_with_its_share_and_its_own_answer() {
        let children = children_of_lines(TYPED).unwrap();
        assert_eq!(children.iter().map(|child| child.percent).collect::<Vec<_>>(), [20, 20, 30, 30]);
        assert_eq!(children[0].stem, "作者的家乡在哪里？");
        let kinds = [ItemKind::SingleChoice, ItemKind::TrueFalse, ItemKind::FillIn, ItemKind::Matching];
        assert_eq!(children.iter().map(|child| child.body.kind()).collect::<Vec<_>>(), kinds);
    }

    #[test]
    fn what_is_written_is_read_again() {
        let children = children_of_lines(TYPED).unwrap();
        let written = children_lines(&children);
        assert_eq!(written[..4], ["(1) 20% (单项选择)作者的家乡在哪里？", "A. 杭州", "B. 宁波", "答案: A"]);
        assert_eq!(children_of_lines(&written.join("\n")), Some(children));
    }

    #[test]
    fn every_kind_is_written_and_read_again() {
        use crate::item_bank::{body_of_lines, may_be_child};
        for kind in ItemKind::ALL.iter().copied().filter(|kind| may_be_child(*kind)) {
            let (stem, lines) = match kind {
                ItemKind::Numeric => ("a", "9.8 +- 0.1 m"),
                ItemKind::Ordering => ("a", "x\ny\nz"),
                ItemKind::InlineChoice => ("a ____", "x | y"),
                ItemKind::Matrix => ("a", "x | y\nb -> x\nc -> y"),
                ItemKind::HotText => ("[[a]] [[b]]", "2"),
                ItemKind::Correction => ("a", "× b | c"),
                ItemKind::Calculation => ("a", "b 40%: 1 g\nc 60%: 2"),
                ItemKind::Essay => ("a", "600-800\nb 40%: c\nd 60%"),
                // These are in the other examples.
                _ => continue,
            };
            let child = Child { stem: stem.to_owned(), percent: 100, body: body_of_lines(kind, lines).unwrap() };
            let written = children_lines(std::slice::from_ref(&child)).join("\n");
            assert_eq!(children_of_lines(&written), Some(vec![child]), "{written}");
        }
    }

    #[test]
    fn what_a_person_looks_for_keeps_its_paragraphs_and_may_be_nothing() {
        for rubric in ["甲\n\n乙（2 分）", "1. 甲\n2. 乙", ""] {
            let body = ItemBody::ShortAnswer { rubric: rubric.to_owned() };
            let children = ["为什么？", "怎么办？"]
                .map(|stem| Child { stem: stem.to_owned(), percent: 50, body: body.clone() })
                .to_vec();
            let written = children_lines(&children).join("\n");
            assert_eq!(children_of_lines(&written), Some(children), "{written}");
        }
    }

    #[test]
    fn what_has_no_share_or_no_answer_is_no_question() {
        for other in
            ["", "1. 20% 甲？\n答案：√", "（1）甲？\n答案：√", "（1）20% 甲？", "（1）20% 甲？\n答案：√\n解析：乙"]
        {
            assert!(children_of_lines(other).is_none_or(|children| children.is_empty()), "{other}");
        }
    }
}
