//! The kinds of item in words.

use crate::i18n::{Locale, td_string};
use shared::item_bank::{ItemKind, MultipleRule};

/// A kind in a word.
pub(crate) fn kind_name(locale: Locale, kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::SingleChoice => td_string!(locale, item_bank.single_choice),
        ItemKind::MultipleChoice => td_string!(locale, item_bank.multiple_choice),
        ItemKind::TrueFalse => td_string!(locale, item_bank.true_false),
        ItemKind::Correction => td_string!(locale, item_bank.correction),
        ItemKind::FillIn => td_string!(locale, item_bank.fill_in),
        ItemKind::ShortAnswer => td_string!(locale, item_bank.short_answer),
        ItemKind::Essay => td_string!(locale, item_bank.essay),
        ItemKind::Numeric => td_string!(locale, item_bank.numeric),
        ItemKind::Calculation => td_string!(locale, item_bank.calculation),
        ItemKind::Matching => td_string!(locale, item_bank.matching),
        ItemKind::Ordering => td_string!(locale, item_bank.ordering),
        ItemKind::InlineChoice => td_string!(locale, item_bank.inline_choice),
        ItemKind::Composite => td_string!(locale, item_bank.composite),
        ItemKind::Matrix => td_string!(locale, item_bank.matrix),
        ItemKind::HotText => td_string!(locale, item_bank.hot_text),
    }
}

/// What a multiple choice is worth that is not wholly right.
pub(super) fn rule_name(locale: Locale, rule: MultipleRule) -> &'static str {
    match rule {
        MultipleRule::AllOrNothing => td_string!(locale, item_bank.rule_all_or_nothing),
        MultipleRule::PartialNoWrong => td_string!(locale, item_bank.rule_partial_no_wrong),
    }
}
