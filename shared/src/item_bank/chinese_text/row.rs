//! An item as a row of the template that teachers fill in spreadsheet programs.

use super::{build::item_body, marks::Hint};
use crate::item_bank::{
    Item, ItemBody, ItemKind, blanks::unify, body_of_lines, import::checked, validate::ITEM_SCHEMA_VERSION,
};

/// The cells of a row that make an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TemplateRow {
    /// What it is; told by the other cells unless said.
    pub kind: Option<ItemKind>,
    /// What is asked.
    pub stem: String,
    /// The options of a choice, in their columns; empty ones behind the last count for nothing.
    pub options: Vec<String>,
    /// Letters of options, a word, or a line for each thing, as the template says.
    pub answer: String,
    /// Why it is so.
    pub explanation: String,
}

/// The item of a row.
///
/// # Errors
/// The code of the import for what is wrong with it.
pub fn item_of_row(row: &TemplateRow) -> Result<Item, &'static str> {
    let (stem, answer) = (row.stem.trim(), row.answer.trim());
    if stem.is_empty() {
        return Err("empty_stem");
    }
    if answer.is_empty() {
        return Err("no_key");
    }
    let mut options: Vec<String> = row.options.iter().map(|option| option.trim().to_owned()).collect();
    let last = options.iter().rposition(|option| !option.is_empty());
    options.truncate(last.map_or(0, |last| last + 1));
    let hint = row.kind.map(hint_of);
    let body = match row.kind {
        // Several blanks have a line each; one line may name them all.
        Some(kind @ ItemKind::FillIn) if answer.contains('\n') => body_of_lines(kind, answer).ok_or("bad_key")?,
        _ => item_body(stem, options, hint, answer)?,
    };
    let has_places = matches!(body, ItemBody::FillIn { .. } | ItemBody::InlineChoice { .. });
    let stem = if has_places { unify(stem) } else { stem.to_owned() };
    let explanation = row.explanation.trim().to_owned();
    checked(Item { schema_version: ITEM_SCHEMA_VERSION, stem, body, explanation })
}

const fn hint_of(kind: ItemKind) -> Hint {
    match kind {
        ItemKind::SingleChoice => Hint::Single,
        ItemKind::MultipleChoice => Hint::Multiple,
        ItemKind::TrueFalse => Hint::TrueFalse,
        ItemKind::FillIn => Hint::FillIn,
        ItemKind::ShortAnswer => Hint::ShortAnswer,
        kind => Hint::Lines(kind),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(kind: Option<ItemKind>, stem: &str, options: &[&str], answer: &str) -> TemplateRow {
        TemplateRow {
            kind,
            stem: stem.to_owned(),
            options: options.iter().map(|&option| option.to_owned()).collect(),
            answer: answer.to_owned(),
            explanation: String::new(),
        }
    }

    #[track_caller]
    fn kind_of(row: &TemplateRow) -> ItemKind {
        item_of_row(row).unwrap_or_else(|code| panic!("{code} {row:?}")).body.kind()
    }

    #[test]
    fn every_kind_is_read_from_its_cells() {
        let of =
            |kind, stem, options: &[&str], answer| assert_eq!(kind_of(&row(Some(kind), stem, options, answer)), kind);
        of(ItemKind::SingleChoice, "S", &["a", "b", "", ""], "B");
        of(ItemKind::MultipleChoice, "S", &["a", "b", "c"], "A、C");
        of(ItemKind::TrueFalse, "S", &[], "正确");
        of(ItemKind::FillIn, "1 + 1 = ____", &[], "2");
        of(ItemKind::FillIn, "____ ____", &[], "一；二");
        of(ItemKind::FillIn, "____ ____", &[], "一\n二");
        of(ItemKind::ShortAnswer, "S", &[], "要点");
        of(ItemKind::Ordering, "S", &[], "一\n二\n三");
        of(ItemKind::Matching, "S", &[], "甲 -> 一\n乙 -> 二");
    }

    #[test]
    fn a_kind_that_is_not_said_is_told_by_the_cells() {
        assert_eq!(kind_of(&row(None, "S", &["a", "b"], "A")), ItemKind::SingleChoice);
        assert_eq!(kind_of(&row(None, "S", &["a", "b", "c"], "AC")), ItemKind::MultipleChoice);
        assert_eq!(kind_of(&row(None, "S", &[], "错")), ItemKind::TrueFalse);
        assert_eq!(kind_of(&row(None, "S ____", &[], "x")), ItemKind::FillIn);
        assert_eq!(kind_of(&row(None, "S", &[], "为什么")), ItemKind::ShortAnswer);
    }

    #[test]
    fn what_is_wrong_with_a_row_is_told() {
        let code = |row: TemplateRow| item_of_row(&row).unwrap_err();
        assert_eq!(code(row(None, " ", &["a", "b"], "A")), "empty_stem");
        assert_eq!(code(row(None, "S", &["a", "b"], "")), "no_key");
        assert_eq!(code(row(None, "S", &["a", "", "c"], "A")), "empty_option");
        assert_eq!(code(row(None, "S", &["a", "b"], "C")), "key_out_of_range");
        assert_eq!(code(row(Some(ItemKind::SingleChoice), "S", &[], "A")), "no_options");
        assert_eq!(code(row(Some(ItemKind::Numeric), "S", &[], "many")), "bad_key");
    }
}
