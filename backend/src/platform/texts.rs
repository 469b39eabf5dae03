//! Texts of problems, from the message files; Chinese unless the client asks for English.

use std::{collections::HashMap, sync::LazyLock};

/// The languages of the message files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// zh-CN.
    #[default]
    Chinese,
    /// en.
    English,
}

impl Language {
    /// What an `Accept-Language` header asks for first.
    #[must_use]
    pub fn accepted(header: &str) -> Self {
        if header.trim_start().to_ascii_lowercase().starts_with("en") { Self::English } else { Self::Chinese }
    }
}

type Messages = HashMap<String, String>;

static CHINESE: LazyLock<Messages> =
    LazyLock::new(|| messages(include_str!("../../../shared/locales/zh-CN/problem.json")));
static ENGLISH: LazyLock<Messages> =
    LazyLock::new(|| messages(include_str!("../../../shared/locales/en/problem.json")));

fn messages(text: &str) -> Messages {
    serde_json::from_str(text).unwrap_or_default()
}

/// The message under `key` with `{name}` replaced from `params`; the key itself if there is none.
#[must_use]
pub fn text(language: Language, key: &str, params: &serde_json::Value) -> String {
    let messages = match language {
        Language::Chinese => &CHINESE,
        Language::English => &ENGLISH,
    };
    let mut text = messages.get(key).cloned().unwrap_or_else(|| key.to_owned());
    for (name, value) in params.as_object().into_iter().flatten() {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        text = text.replace(&format!("{{{name}}}"), &value);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{CHINESE, ENGLISH};
    use shared::problem::ProblemCode;

    #[test]
    fn every_problem_has_its_text_in_both_languages() {
        for code in ProblemCode::ALL {
            for part in ["title", "detail"] {
                let key = format!("{}.{part}", code.as_str());
                assert!(CHINESE.contains_key(&key) && ENGLISH.contains_key(&key), "{key}");
            }
        }
    }

    #[test]
    fn both_languages_have_the_same_keys() {
        let mut keys = [CHINESE.keys().collect::<Vec<_>>(), ENGLISH.keys().collect()];
        keys.iter_mut().for_each(|keys| keys.sort());
        assert_eq!(keys[0], keys[1]);
    }
}
