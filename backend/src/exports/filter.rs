//! What a list was narrowed down by.

use crate::{
    access::ClassRoll,
    organisation,
    platform::{Services, error::AppResult, words::word},
};
use serde_json::{Map, Value};
use shared::{ids::ProviderId, person::mask_numbers};

/// One part of a filter.
#[derive(Clone, Debug)]
pub struct Part {
    /// As it was asked for.
    pub asked: String,
    /// The same in words.
    pub shown: String,
}

/// The parts of a list's filter that somebody has set: as they were asked for, which the audit log keeps,
/// and in words, which stand in the file.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    asked: Map<String, Value>,
    shown: Vec<(String, String)>,
}

impl Filter {
    /// Adds a part, named as the parameter, if it is set.
    #[must_use]
    pub fn and(mut self, name: &str, part: Option<Part>) -> Self {
        if let Some(Part { asked, shown }) = part {
            self.asked.insert(name.to_owned(), asked.into());
            self.shown.push((word(&format!("exports.by_{name}")).to_owned(), shown));
        }
        self
    }

    /// Adds a text that somebody has typed, if it is no blank. A whole number in it is masked.
    #[must_use]
    pub fn and_text(self, name: &str, text: Option<&str>) -> Self {
        let text = text.map(str::trim).filter(|text| !text.is_empty());
        self.and(name, text.map(mask_numbers).map(|text| Part { asked: text.clone(), shown: text }))
    }

    /// Adds what the audit log alone keeps.
    #[must_use]
    pub fn noting(mut self, name: &str, asked: impl Into<Value>) -> Self {
        self.asked.insert(name.to_owned(), asked.into());
        self
    }

    pub(super) fn asked(&self) -> Value {
        Value::Object(self.asked.clone())
    }

    pub(super) fn shown(&self) -> &[(String, String)] {
        &self.shown
    }
}

/// A value that has a word: of `roster.state` and `visited` the word `roster.state_visited`.
#[must_use]
pub fn worded(kind: &str, value: Option<&str>) -> Option<Part> {
    value.map(|value| Part { asked: value.to_owned(), shown: word(&format!("{kind}_{value}")).to_owned() })
}

/// A division.
///
/// # Errors
/// If the store fails.
pub async fn division(cx: &Services, code: Option<&str>) -> AppResult<Option<Part>> {
    let Some(asked) = code else { return Ok(None) };
    let shown = organisation::division_names(cx, [asked].into_iter()).await?.remove(asked).unwrap_or_default();
    Ok(Some(Part { asked: asked.to_owned(), shown }))
}

/// A class.
#[must_use]
pub fn class(class: &ClassRoll) -> Part {
    Part { asked: class.id.to_string(), shown: class.name.clone() }
}

/// A school.
///
/// # Errors
/// If the store fails.
pub async fn school(cx: &Services, id: Option<ProviderId>) -> AppResult<Option<Part>> {
    let Some(id) = id else { return Ok(None) };
    let shown = organisation::provider_names(cx, [id]).await?.remove(&id).unwrap_or_default();
    Ok(Some(Part { asked: id.to_string(), shown }))
}
