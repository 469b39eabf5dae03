//! What the pages of dated rules share: where a rule holds and stands, and what is done with a proposal.

pub(super) mod decide;
pub(super) mod standing;

use crate::i18n::{Locale, td_string};
use shared::organisation::DivisionCode;

/// Where a rule holds; `name` is what its region is called.
pub(super) fn region_name(locale: Locale, region: DivisionCode, name: &str) -> String {
    match region == DivisionCode::ZHEJIANG {
        true => td_string!(locale, enrolment.rule_everywhere).to_owned(),
        false => name.to_owned(),
    }
}
