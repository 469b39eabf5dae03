//! Options that stay where their author put them: those that speak of the others, and lose their sense elsewhere.

use super::{
    ItemBody,
    chinese_text::words::{ALL_OR_NONE, BETWEEN_LETTERS, OF_THOSE_ABOVE, WHOLLY},
    normalise::half_width,
};

/// The options of an item that stay at their places when it is shuffled, by their indices in the author's order.
///
/// The columns of a table all do: they are a scale, and stand above every row. Of a choice, what speaks of all others
/// stays last. Where such an option is not last, or one names others by their letters, nothing of the item moves: it
/// would speak of other options then.
#[must_use]
pub fn pinned_options(body: &ItemBody) -> Vec<u16> {
    let options = match body {
        ItemBody::SingleChoice { options, .. } | ItemBody::MultipleChoice { options, .. } => options,
        ItemBody::Matrix { columns, .. } => return (0..).take(columns.len()).collect(),
        _ => return Vec::new(),
    };
    let told: Vec<_> = options.iter().map(|option| bare(option)).collect();
    let last_ones = told.iter().rev().take_while(|told| speaks_of_all(told)).count();
    let (others, _) = told.split_at(told.len() - last_ones);
    let all_stay =
        others.iter().any(|told| speaks_of_all(told)) || told.iter().any(|each| names_letters(each, told.len()));
    let first = if all_stay { 0 } else { others.len() };
    (first..told.len()).filter_map(|option| u16::try_from(option).ok()).collect()
}

/// The same of each question on a material; none of any other item.
#[must_use]
pub fn pinned_of_parts(body: &ItemBody) -> Vec<Vec<u16>> {
    match body {
        ItemBody::Composite { children } => children.iter().map(|child| pinned_options(&child.body)).collect(),
        _ => Vec::new(),
    }
}

/// A text without what makes no difference: width, case, spaces and the last mark.
fn bare(text: &str) -> String {
    let letters = text.chars().map(half_width).flat_map(char::to_lowercase).filter(|letter| !letter.is_whitespace());
    let text: String = letters.collect();
    text.trim_end_matches(['.', ';', '!']).to_owned()
}

fn speaks_of_all(told: &str) -> bool {
    let is_of_those_above = OF_THOSE_ABOVE.iter().any(|begin| told.starts_with(begin));
    WHOLLY.contains(&told) || (is_of_those_above && ALL_OR_NONE.iter().any(|word| told.contains(word)))
}

/// Whether there is nothing but letters of the options and what stands between them; letters alone may be the answer.
fn names_letters(told: &str, options: usize) -> bool {
    let is_letter = |letter: char| ('a'..='z').take(options).any(|name| name == letter);
    told.contains(is_letter)
        && told.contains(|letter: char| BETWEEN_LETTERS.contains(letter))
        && told.chars().all(|letter| is_letter(letter) || BETWEEN_LETTERS.contains(letter))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::item_bank::Child;

    #[track_caller]
    fn check(options: &[&str], expected: &[u16]) {
        let options: Vec<_> = options.iter().map(|option| (*option).to_owned()).collect();
        let single = ItemBody::SingleChoice { options: options.clone(), key: 0 };
        let multiple = ItemBody::MultipleChoice { options, key: vec![0], rule: Default::default() };
        for body in [single, multiple] {
            assert_eq!(pinned_options(&body), expected, "{body:?}");
        }
    }

    #[test]
    fn what_speaks_of_all_others_stays_last() {
        for last in [
            "以上都对",
            "以上都不对。",
            "上述选项均正确",
            "以 上 皆 是",
            "都不是",
            "All of the above",
            "None of the above.",
        ] {
            check(&["甲", "乙", "丙", last], &[3]);
        }
        check(&["甲", "乙", "以上都对", "以上都不对"], &[2, 3]);
    }

    #[test]
    fn where_it_is_not_last_or_names_letters_nothing_moves() {
        check(&["甲", "以上都对", "丙"], &[0, 1, 2]);
        for naming in ["A和B", "ＡＢ都对", "A、B、C", "B 或 C"] {
            check(&["甲", "乙", "丙", naming], &[0, 1, 2, 3]);
        }
    }

    #[test]
    fn everything_else_moves() {
        check(&["甲", "乙", "丙", "丁"], &[]);
        check(&["A", "B", "AB", "O"], &[]);
        check(&["in, on", "a, an", "at, on", "an, a"], &[]);
        check(&["A型", "B型", "AB型", "O型"], &[]);
        check(&["上海", "以上海为中心", "北京", "天津"], &[]);
        check(&["$a$", "$b$", "$ab$", "12 以上"], &[]);
        assert!(pinned_options(&ItemBody::TrueFalse { key: true }).is_empty());
    }

    #[test]
    fn each_question_on_a_material_has_its_own() {
        let child = |options: &[&str]| Child {
            stem: "a".to_owned(),
            percent: 50,
            body: ItemBody::SingleChoice { options: options.iter().map(|&one| one.to_owned()).collect(), key: 0 },
        };
        let children = vec![child(&["甲", "乙", "以上都对"]), child(&["甲", "乙"])];
        assert_eq!(pinned_of_parts(&ItemBody::Composite { children }), [vec![2], vec![]]);
        assert!(pinned_of_parts(&ItemBody::TrueFalse { key: true }).is_empty());
    }

    #[test]
    fn the_columns_of_a_table_stay() {
        let texts = |list: &[&str]| list.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
        let (rows, columns) = (texts(&["甲", "乙"]), texts(&["对", "错", "说不准"]));
        assert_eq!(pinned_options(&ItemBody::Matrix { rows, columns, key: vec![0, 0] }), [0, 1, 2]);
    }
}
