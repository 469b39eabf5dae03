//! What a person answers to an item.

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
    /// The answer was taken back.
    Cleared,
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
