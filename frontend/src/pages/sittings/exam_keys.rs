//! The Browser Exam Keys of a test that is sat in Safe Exam Browser: typed a line each.

use crate::{
    i18n::{t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::deed::Deed,
    ui::{Field, TextArea},
};
use leptos::prelude::*;
use shared::delivery::check_browser_keys;

/// What is typed of known keys.
pub(super) fn typed(keys: &[String]) -> String {
    keys.join("\n")
}

/// Keys as a person types them, a line each. None at all is right, too; `None` if one of them cannot be one.
pub(super) fn read(text: &str) -> Option<Vec<String>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let keys: Vec<String> = lines.map(str::to_ascii_lowercase).collect();
    check_browser_keys(&keys).is_empty().then_some(keys)
}

/// The field.
#[component]
pub(super) fn ExamKeysField(
    /// What is typed.
    value: RwSignal<String>,
    /// Whether the form was sent.
    was_sent: RwSignal<bool>,
    /// Sending it.
    deed: Deed,
) -> impl IntoView {
    let i18n = use_i18n();
    let error = move || {
        if was_sent.get() && value.with(|typed| read(typed).is_none()) {
            return t_string!(i18n, sittings.bad_exam_keys).to_owned();
        }
        let told = deed.failure().and_then(|failure| failure.field_below("/browser_exam_keys"));
        told.unwrap_or_default()
    };
    view! {
        <Field
            id="browser_exam_keys"
            label=words(|locale| td_string!(locale, sittings.rule_exam_keys))
            hint=words(|locale| td_string!(locale, sittings.rule_exam_keys_hint))
            error=Signal::derive(error)
        >
            <TextArea value rows=3 />
        </Field>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_typed_a_line_each_and_read_again() {
        let keys = ["0123456789abcdef".repeat(4), "fedcba9876543210".repeat(4)];
        assert_eq!(read(&typed(&keys)), Some(keys.to_vec()));
        assert_eq!(read(&format!("  {}\n\n", keys[0].to_uppercase())), Some(vec![keys[0].clone()]));
        assert_eq!(read(" \n"), Some(Vec::new()));
        assert_eq!(read(&keys[0][1..]), None);
    }
}
