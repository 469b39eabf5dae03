//! What a person answers to an item.

use super::PartAnswers;
use serde::{Deserialize, Serialize};

/// What a person answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", content = "value", rename_all = "snake_case", deny_unknown_fields)]
pub enum Response {
    /// Index of the chosen option, in the author's order.
    Single(u16),
    /// Indices of the chosen options, ascending, in the author's order.
    Multiple(Vec<u16>),
    /// 正确 or 错误.
    TrueFalse(bool),
    /// One text a blank.
    Blanks(Vec<String>),
    /// Free text; a number with its unit as it was written.
    Text(String),
    /// For each place the index of what was chosen for it, if anything was.
    Choices(Vec<Option<u16>>),
    /// The indices of all lines in the order that was given to them.
    Ordered(Vec<u16>),
    /// 正确 or 错误, and then what is right.
    Judged(Judgement),
    /// What was answered to the questions on a material.
    Parts(PartAnswers),
    /// The answer was taken back.
    Cleared,
}

impl Response {
    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Cleared => true,
            Self::Multiple(chosen) => chosen.is_empty(),
            Self::Blanks(texts) => texts.iter().all(|text| text.trim().is_empty()),
            Self::Text(text) => text.trim().is_empty(),
            Self::Choices(chosen) => chosen.iter().all(Option::is_none),
            Self::Parts(given) => given.parts.iter().all(Self::is_empty),
            Self::Single(_) | Self::TrueFalse(_) | Self::Ordered(_) | Self::Judged(_) => false,
        }
    }

    /// Whether somebody writes it letter by letter: then it is complete only after a pause.
    #[must_use]
    pub fn is_written(&self) -> bool {
        match self {
            Self::Text(_) | Self::Blanks(_) => true,
            Self::Judged(given) => !given.correction.is_empty(),
            Self::Parts(given) => given.parts.iter().any(Self::is_written),
            _ => false,
        }
    }
}

/// What somebody says of a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Judgement {
    /// Whether it is right.
    pub is_right: bool,
    /// What it should be; empty where it is right, or nobody said.
    pub correction: String,
}
