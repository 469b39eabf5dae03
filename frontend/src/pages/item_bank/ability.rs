//! What is said of items in words.

use crate::i18n::{Locale, td_string, use_i18n};
use leptos::prelude::*;
use shared::item_bank::Ability;

/// An ability in a word.
pub(in crate::pages) fn ability_name(locale: Locale, ability: Ability) -> &'static str {
    match ability {
        Ability::Recall => td_string!(locale, item_bank.recall),
        Ability::Comprehend => td_string!(locale, item_bank.comprehend),
        Ability::Apply => td_string!(locale, item_bank.apply),
    }
}

/// Every ability, for a choice.
pub(in crate::pages) fn ability_options() -> Signal<Vec<(String, String)>> {
    let i18n = use_i18n();
    Signal::derive(move || {
        let option =
            |ability: &Ability| (ability.as_str().to_owned(), ability_name(i18n.get_locale(), *ability).to_owned());
        Ability::ALL.iter().map(option).collect::<Vec<_>>()
    })
}
