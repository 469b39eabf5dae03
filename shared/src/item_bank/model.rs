//! The content of an item with its key, what a candidate may see of it, and responses.

use crate::rights::text_enum;
use serde::{Deserialize, Serialize};

/// The content of one version of an item, **with its key**. Stored as a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// The form of this document; 1 today.
    pub schema_version: u16,
    /// The stem in Markdown; formulas between `$…$` or `$$…$$`. Blanks are `____`.
    pub stem: String,
    /// What is asked for, and the key.
    pub body: ItemBody,
    /// Why the key is right, in Markdown; may be empty.
    pub explanation: String,
}

/// The kinds of item with their keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum ItemBody {
    /// 单选: exactly one option is right.
    SingleChoice {
        /// Options in Markdown, in the author's order.
        options: Vec<String>,
        /// Index of the right option.
        key: u16,
    },
    /// 多选: one or more options are right.
    MultipleChoice {
        /// Options in Markdown, in the author's order.
        options: Vec<String>,
        /// Indices of the right options, ascending.
        key: Vec<u16>,
    },
    /// 判断.
    TrueFalse {
        /// Whether the statement is right.
        key: bool,
    },
    /// 填空: one or more blanks.
    FillIn {
        /// For each blank, everything that is accepted.
        blanks: Vec<Vec<String>>,
    },
    /// 简答: marked by a person.
    ShortAnswer {
        /// What a marker looks for, in Markdown.
        rubric: String,
    },
}

text_enum! {
    /// The kind of an item without its key.
    ItemKind {
        /// 单选.
        SingleChoice = "single_choice",
        /// 多选.
        MultipleChoice = "multiple_choice",
        /// 判断.
        TrueFalse = "true_false",
        /// 填空.
        FillIn = "fill_in",
        /// 简答.
        ShortAnswer = "short_answer",
    }
}

/// What a candidate or learner may see of an item: **no key, no explanation**.
///
/// [`Item::for_candidate`] is the only bridge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ItemView {
    /// The kind.
    pub kind: ItemKind,
    /// The stem as HTML that the server sanitised, formulas as MathML.
    pub stem_html: String,
    /// Options as HTML, in the author's order; empty unless a choice.
    pub options_html: Vec<String>,
    /// How many blanks there are; 0 unless a fill-in.
    pub blanks: u16,
}

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
    /// Free text.
    Text(String),
    /// The answer was taken back.
    Cleared,
}

impl ItemBody {
    /// The kind without the key.
    #[must_use]
    pub const fn kind(&self) -> ItemKind {
        match self {
            Self::SingleChoice { .. } => ItemKind::SingleChoice,
            Self::MultipleChoice { .. } => ItemKind::MultipleChoice,
            Self::TrueFalse { .. } => ItemKind::TrueFalse,
            Self::FillIn { .. } => ItemKind::FillIn,
            Self::ShortAnswer { .. } => ItemKind::ShortAnswer,
        }
    }
}

impl Item {
    /// What a candidate may see. `render` turns Markdown into sanitised HTML.
    #[must_use]
    pub fn for_candidate(&self, render: impl Fn(&str) -> String) -> ItemView {
        let (options, blanks): (&[String], usize) = match &self.body {
            ItemBody::SingleChoice { options, .. } | ItemBody::MultipleChoice { options, .. } => (options, 0),
            ItemBody::FillIn { blanks } => (&[], blanks.len()),
            ItemBody::TrueFalse { .. } | ItemBody::ShortAnswer { .. } => (&[], 0),
        };
        ItemView {
            kind: self.body.kind(),
            stem_html: render(&self.stem),
            options_html: options.iter().map(|option| render(option)).collect(),
            blanks: u16::try_from(blanks).unwrap_or(u16::MAX),
        }
    }
}
