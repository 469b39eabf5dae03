//! What an author says of an item beside what it asks: a line each, behind its stem and options or behind everything
//! else of it. Such a line in the middle of an answer or an explanation is a part of that.

use super::{
    build::Draft,
    children::begins_child,
    marks::{find_label, label, option_at_line_start},
    words,
};
use crate::item_bank::{DescriptorField, normalise::half_width};

/// What each remark begins with, and what it says; what an item is worth is said by papers alone.
const TOPICS: [(&[&str], Option<DescriptorField>); 5] = [
    (words::DIFFICULTY, Some(DescriptorField::Difficulty)),
    (words::KNOWLEDGE_POINT, Some(DescriptorField::KnowledgePoint)),
    (words::MODULE, Some(DescriptorField::Module)),
    (words::ABILITY, Some(DescriptorField::Ability)),
    (words::WORTH, None),
];

/// A line that says something of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Remark<'a> {
    pub(super) field: Option<DescriptorField>,
    /// The word with which it begins.
    pub(super) name: &'static str,
    pub(super) value: &'a str,
}

/// The remark of a line. What an item is worth is a number of points: `2 points each` is a line of a rubric.
pub(super) fn remark(line: &str) -> Option<Remark<'_>> {
    let names = TOPICS.iter().flat_map(|&(names, field)| names.iter().map(move |&name| (name, field)));
    let mut found = names.filter_map(|(name, field)| {
        let value = label(line, &[name])?.trim();
        Some(Remark { field, name, value })
    });
    found.next().filter(|remark| remark.field.is_some() || is_number(remark.value))
}

fn is_number(value: &str) -> bool {
    let value = value.strip_suffix(words::POINTS).unwrap_or(value).trim();
    !value.is_empty() && value.chars().map(half_width).all(|c| c.is_ascii_digit() || c == '.')
}

/// Whether what stands before a line is over with it: an answer, an explanation, options or a question on a material begin.
pub(super) fn begins_part(draft: &Draft, line: &str) -> bool {
    let begins = |labels| find_label(line, labels).is_some_and(|found| found.start == 0);
    let (is_stem, is_explained) = (draft.answer.is_none(), !draft.explanation.is_empty());
    (is_stem && (begins(words::ANSWER) || option_at_line_start(line).is_some()))
        || (!is_explained && begins(words::EXPLANATION))
        || (begins_child(line) && draft.is_composite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_has_its_word_and_its_value() {
        let read = |line| remark(line).map(|remark| (remark.field, remark.name, remark.value));
        assert_eq!(read("难度：0.6"), Some((Some(DescriptorField::Difficulty), "难度", "0.6")));
        assert_eq!(read("【考点】集合"), Some((Some(DescriptorField::KnowledgePoint), "考点", "集合")));
        assert_eq!(read("（分值：５ 分）"), Some((None, "分值", "５ 分")));
        for other in ["分值：每点 2 分", "分值：", "难度不大", "答案：难度：0.6", ""] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
