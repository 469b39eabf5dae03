//! Requests and responses of `/items/exports`.

use super::{Ability, ItemState, ItemTraits};
use crate::{
    ids::{CourseId, ItemId},
    rights::text_enum,
};
use serde::{Deserialize, Serialize};

text_enum! {
    /// A format that items are written in.
    ExportFormat {
        /// A package of QTI 2.2.
        Qti22 = "qti22",
        /// A package of QTI 3.0.
        Qti30 = "qti30",
        /// Moodle's GIFT.
        Gift = "gift",
        /// Moodle's XML.
        MoodleXml = "moodle_xml",
        /// A workbook in the shape of the template that teachers fill in.
        Workbook = "workbook",
        /// On paper: no system takes them out of it again.
        Pdf = "pdf",
        /// Our own: what comes in again is the same, byte by byte.
        Own = "own",
    }
}

text_enum! {
    /// What an item loses when it is written.
    ExportLossCode {
        /// The format has no such kind: the item is not in the file.
        KindLeftOut = "kind_left_out",
        /// It is in the file, but the import here does not know the kind in this format.
        NotReadBack = "not_read_back",
        /// A statement became a choice of two.
        StatementAsChoice = "statement_as_choice",
        /// The dimensions of an essay, and how long it should be, are told to who marks it as one text.
        DimensionsAsRubric = "dimensions_as_rubric",
        /// Of a statement to be put right the verdict alone is in the file.
        CorrectionLeftOut = "correction_left_out",
        /// A table became pairs.
        TableAsPairs = "table_as_pairs",
        /// Other systems give other points for what is not wholly right.
        ScoredOtherwise = "scored_otherwise",
        /// Half of the points for what is not wholly right is not in the file.
        RuleLeftOut = "rule_left_out",
        /// The same is in the file, but the import here does not take it.
        RuleNotReadBack = "rule_not_read_back",
        /// Texts that may stand in any order have their places in the file.
        AnyOrderLeftOut = "any_order_left_out",
        /// Units of a number are not in the file.
        UnitsLeftOut = "units_left_out",
        /// A tolerance in per cent was written as a number.
        ToleranceAbsolute = "tolerance_absolute",
        /// A picture is told by its words alone.
        PictureLeftOut = "picture_left_out",
        /// A picture is in the file, but the import here does not take it.
        PictureNotReadBack = "picture_not_read_back",
        /// The explanation is in the file for who teaches, but the import here does not take it.
        ExplanationNotReadBack = "explanation_not_read_back",
        /// What a marker looks for is not in the file.
        RubricLeftOut = "rubric_left_out",
        /// The import here would read the text of the item otherwise than it is.
        ReadOtherwise = "read_otherwise",
        /// What is said of the item, such as what it is about and how hard it is, is not in the file, or not all of it.
        DescriptorLeftOut = "descriptor_left_out",
        /// A word that can be chosen is plain in the file: without what stands higher or lower in it, or is bold.
        LooksLeftOut = "looks_left_out",
        /// A text that a spreadsheet program would take for a formula has an apostrophe before it.
        ApostropheAdded = "apostrophe_added",
        /// A text is longer than a cell may be.
        TextCut = "text_cut",
    }
}

/// Body of `POST /items/exports` and `POST /items/exports/preview`: items of a course, either those that are named or
/// those that the list shows with the same filter.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ExportItems {
    /// The course that the items belong to.
    pub course_id: CourseId,
    /// The format of the file.
    pub format: ExportFormat,
    /// Which items, in this order; those of the filter unless told.
    #[serde(default)]
    pub only: Option<Vec<ItemId>>,
    /// Where they stand, which what was retired does not.
    #[serde(default)]
    pub state: Option<ItemState>,
    /// The module that is said of them.
    #[serde(default)]
    pub module: Option<String>,
    /// The ability that is said of them.
    #[serde(default)]
    pub ability: Option<Ability>,
    /// What stands in them.
    #[serde(default)]
    pub text: Option<String>,
    /// Whether another is alike.
    #[serde(default)]
    pub alike: bool,
    /// What else the list is narrowed down to.
    #[serde(default)]
    pub traits: ItemTraits,
}

/// Reply of `POST /items/exports/preview`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportReport {
    /// How many items the file will have.
    pub items: u32,
    /// How many will not be in it.
    pub left_out: u32,
    /// What will be lost, in the order of the items.
    pub losses: Vec<ExportLoss>,
}

/// What one item loses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportLoss {
    /// The place of the item among those that were asked for, from 1.
    pub place: u32,
    /// The item.
    pub item_id: ItemId,
    /// The first characters of its stem.
    pub title: String,
    /// What is lost.
    pub code: ExportLossCode,
    /// The same in the request's language; filled in at the edge.
    #[serde(default)]
    pub detail: String,
}
