//! The content of an item with its key, what a candidate may see of it, and responses.

use super::{
    calculation::CalculationStep,
    composite::Child,
    essay::{Dimension, EssayLength},
};
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
        /// What it is worth that is not wholly right.
        #[serde(default, skip_serializing_if = "MultipleRule::is_usual")]
        rule: MultipleRule,
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
        /// Groups of blanks whose texts may stand in any order, by their indices.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        groups: Vec<Vec<u16>>,
    },
    /// 简答: marked by a person.
    ShortAnswer {
        /// What a marker looks for, in Markdown.
        rubric: String,
    },
    /// 数值: a number, with its unit where there are units.
    Numeric {
        /// The number as a decimal text, `-9.81`.
        key: String,
        /// How far an answer may be off.
        tolerance: Tolerance,
        /// The units of which an answer needs one; empty if it is a number alone.
        #[serde(default)]
        units: Vec<NumericUnit>,
    },
    /// 匹配: each text on the left belongs to one on the right.
    Matching {
        /// The texts on the left in Markdown, in the author's order.
        lefts: Vec<String>,
        /// The texts on the right in Markdown, mixed so that their order tells nothing. Some may belong to none.
        rights: Vec<String>,
        /// For each text on the left the index of the one on the right.
        key: Vec<u16>,
    },
    /// 排序: lines to be put in order.
    Ordering {
        /// The lines in Markdown, mixed so that their order tells nothing.
        lines: Vec<String>,
        /// The indices of the lines in the right order.
        key: Vec<u16>,
    },
    /// 下拉选择: a menu at each blank of the stem.
    InlineChoice {
        /// The words of each menu, mixed so that their order tells nothing.
        menus: Vec<Vec<String>>,
        /// For each menu the index of the right words.
        key: Vec<u16>,
    },
    /// 表格选择: each row of a table belongs to one of its columns.
    Matrix {
        /// The rows in Markdown, in the author's order.
        rows: Vec<String>,
        /// The columns in Markdown, in the author's order; several rows may belong to one, or none.
        columns: Vec<String>,
        /// For each row the index of its column.
        key: Vec<u16>,
    },
    /// 点选: words of the stem, marked `[[so]]`, of which the right ones are chosen.
    HotText {
        /// Indices of the right words, ascending.
        key: Vec<u16>,
        /// What it is worth that is not wholly right.
        #[serde(default, skip_serializing_if = "MultipleRule::is_usual")]
        rule: MultipleRule,
    },
    /// 判断改错: a statement, and where it is wrong what it should be.
    Correction {
        /// Whether the statement is right.
        key: bool,
        /// Everything that puts it right; empty where it is.
        accepted: Vec<String>,
    },
    /// 分步计算: numbers on the way to a result, and the result.
    Calculation {
        /// The steps, in their order.
        steps: Vec<CalculationStep>,
    },
    /// 材料: several questions on one material, which is the stem.
    Composite {
        /// The questions, in their order.
        children: Vec<Child>,
    },
    /// 作文: a text that a person marks by its dimensions.
    Essay {
        /// By what it is marked.
        dimensions: Vec<Dimension>,
        /// How long it should be.
        #[serde(default, skip_serializing_if = "EssayLength::is_free")]
        length: EssayLength,
    },
}

text_enum! {
    #[derive(Default)]
    /// How a multiple choice is scored that is not wholly right.
    MultipleRule {
        #[default]
        /// Everything or nothing.
        AllOrNothing = "all_or_nothing",
        /// Half, rounded down to a hundredth, when something is missing and nothing is wrong.
        PartialNoWrong = "partial_no_wrong",
    }
}

impl MultipleRule {
    /// Whether it is the rule of every item that names none.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

/// How far a number may be off the key; the bounds themselves are right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Tolerance {
    /// By so much, in the unit of the key; `0` if it may not be off.
    Absolute {
        /// A decimal text.
        by: String,
    },
    /// By a part of the key.
    Relative {
        /// Per cent, as a decimal text.
        percent: String,
    },
}

/// A unit in which a number may be given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NumericUnit {
    /// What is written after the number.
    pub name: String,
    /// How much one of it is in the unit of the key, as a decimal text.
    pub factor: String,
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
        /// 数值.
        Numeric = "numeric",
        /// 匹配.
        Matching = "matching",
        /// 排序.
        Ordering = "ordering",
        /// 下拉选择.
        InlineChoice = "inline_choice",
        /// 表格选择.
        Matrix = "matrix",
        /// 点选.
        HotText = "hot_text",
        /// 判断改错.
        Correction = "correction",
        /// 作文.
        Essay = "essay",
        /// 分步计算.
        Calculation = "calculation",
        /// 材料.
        Composite = "composite",
    }
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
            Self::Numeric { .. } => ItemKind::Numeric,
            Self::Matching { .. } => ItemKind::Matching,
            Self::Ordering { .. } => ItemKind::Ordering,
            Self::InlineChoice { .. } => ItemKind::InlineChoice,
            Self::Matrix { .. } => ItemKind::Matrix,
            Self::HotText { .. } => ItemKind::HotText,
            Self::Correction { .. } => ItemKind::Correction,
            Self::Essay { .. } => ItemKind::Essay,
            Self::Calculation { .. } => ItemKind::Calculation,
            Self::Composite { .. } => ItemKind::Composite,
        }
    }

    /// Whether a person marks it, or a question of it: then rules alone do not say what a response is worth.
    #[must_use]
    pub fn is_marked_by_person(&self) -> bool {
        match self {
            Self::ShortAnswer { .. } | Self::Essay { .. } => true,
            Self::Composite { children } => children.iter().any(|child| child.body.is_marked_by_person()),
            _ => false,
        }
    }

    /// What is shown of it beside the stem, in Markdown.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        let texts: Vec<&String> = match self {
            Self::Composite { children } => {
                let texts = children.iter();
                return texts
                    .flat_map(|child| std::iter::once(child.stem.as_str()).chain(child.body.texts()))
                    .collect();
            }
            Self::SingleChoice { options, .. } | Self::MultipleChoice { options, .. } => options.iter().collect(),
            Self::Matching { lefts, rights, .. } => lefts.iter().chain(rights).collect(),
            Self::Ordering { lines, .. } => lines.iter().collect(),
            Self::InlineChoice { menus, .. } => menus.iter().flatten().collect(),
            Self::Calculation { steps } => steps.iter().map(|step| &step.label).collect(),
            Self::Matrix { rows, columns, .. } => rows.iter().chain(columns).collect(),
            Self::TrueFalse { .. }
            | Self::FillIn { .. }
            | Self::ShortAnswer { .. }
            | Self::Numeric { .. }
            | Self::HotText { .. }
            | Self::Correction { .. }
            | Self::Essay { .. } => Vec::new(),
        };
        texts.into_iter().map(String::as_str).collect()
    }
}

#[cfg(test)]
mod tests;
