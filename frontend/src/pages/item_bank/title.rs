//! What an item is called in lists.

use crate::i18n::{Locale, td_string};

/// The first words of an item; where none are told, that a sealed paper holds it.
pub(in crate::pages) fn shown_title(locale: Locale, title: &str) -> String {
    if title.is_empty() { td_string!(locale, item_bank.frozen).to_owned() } else { title.to_owned() }
}
