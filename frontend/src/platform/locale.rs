//! The language: the one chosen on this device, else Chinese.

use super::keep;
use crate::i18n::Locale;
use leptos_i18n::{I18nContext, Locale as _};

/// Where the choice is kept.
const KEPT: &str = "locale";

/// Every language, in its own words.
pub const LANGUAGES: &[(Locale, &str)] = &[(Locale::zh_CN, "\u{4e2d}\u{6587}"), (Locale::en, "English")];

/// Speaks the language that was chosen on this device.
pub fn apply_kept(i18n: I18nContext<Locale>) {
    let kept = keep::get(KEPT).and_then(|kept| kept.parse().ok());
    i18n.set_locale(kept.unwrap_or_default());
}

/// Speaks another language from now on.
pub fn choose(i18n: I18nContext<Locale>, locale: Locale) {
    i18n.set_locale(locale);
    keep::set(KEPT, Some(locale.as_str()));
}
