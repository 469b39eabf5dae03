//! Requests and responses of `/items`.

use super::{Descriptor, Item, ItemKind, ItemState, ItemView, MeasuredItem};
use crate::{
    ids::{CourseId, ItemId, UnreadItemId},
    points::Points,
    rights::text_enum,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

text_enum! {
    /// A format that items can be imported from.
    ImportFormat {
        /// Numbered Chinese text: `1. … A. … 答案：B 解析：…`.
        ChineseText = "chinese_text",
        /// Moodle's GIFT.
        Gift = "gift",
        /// Aiken: a stem, lettered options, `ANSWER: B`.
        Aiken = "aiken",
        /// Moodle's XML.
        MoodleXml = "moodle_xml",
        /// One item of QTI 2.1, 2.2 or 3.0.
        Qti = "qti",
        /// Our own, as [`super::ExportFormat::Own`] has it.
        Own = "own",
    }
}

/// Body of `POST /items/import`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ImportItems {
    /// The course that the items belong to.
    pub course_id: CourseId,
    /// The format of `text`.
    pub format: ImportFormat,
    /// The items.
    pub text: String,
    /// Only look: store nothing.
    pub dry_run: bool,
    /// Which of the items that were read are taken, by their places from 0, ascending. Unless told, all are, and none
    /// if something could not be read.
    #[serde(default)]
    pub only: Option<Vec<u32>>,
}

/// Reply of `POST /items/import`. With errors, nothing was stored unless items were chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ItemImportReport {
    /// What was read, in the order of the text.
    pub items: Vec<Item>,
    /// What could not be read.
    pub errors: Vec<ImportError>,
    /// What lies in the items that were read, and is not taken.
    pub losses: Vec<ImportError>,
    /// The ids under which the items were stored; empty after a dry run, or if nothing was.
    pub stored: Vec<ItemId>,
    /// Which of them ask nearly the same as others.
    pub alike: Vec<AlikeImport>,
    /// What is said of items beside what they ask; it is stored with those that are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub descriptors: Vec<ReadDescriptor>,
    /// Tests of a package, each as a paper of these items. Once the items are stored, who composes papers finds it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub papers: Vec<DraftPaper>,
    /// How many files that hold no item that there is here are kept as they are, once something is stored.
    #[serde(default)]
    pub kept: u32,
}

/// What is said of an item that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReadDescriptor {
    /// The place of the item among those that were read, from 0.
    pub place: u32,
    /// What it is about and how hard it is.
    pub descriptor: Descriptor,
}

/// An item of another system that is none here yet: `GET /me/unread_items`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnreadItem {
    /// Which.
    pub id: UnreadItemId,
    /// Title of the course that it was brought for.
    pub course_title: String,
    /// Where it lay in its package; empty if it came alone.
    pub file: String,
    /// What of it was not understood.
    pub name: String,
    /// When it was brought.
    pub kept_at: Timestamp,
}

/// Such an item as it came. Every look is audited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnreadItemText {
    /// Where it lay in its package; empty if it came alone.
    pub file: String,
    /// Its XML.
    pub text: String,
}

/// A test of a package, as a paper that can be made of its items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DraftPaper {
    /// What it is called.
    pub title: String,
    /// Its parts; they hold all items in their order.
    pub sections: Vec<DraftSection>,
    /// Its items.
    pub items: Vec<DraftPaperItem>,
}

/// A part of such a paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DraftSection {
    /// What it is called.
    pub title: String,
    /// What candidates are told of it.
    pub instructions: String,
    /// How many items each of its blocks has, in order.
    pub blocks: Vec<u16>,
    /// Whether each candidate has an own order of its blocks.
    pub is_shuffled: bool,
}

/// An item of such a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DraftPaperItem {
    /// Its place among the items that were read, from 0.
    pub place: u32,
    /// What it is worth.
    pub points: Points,
}

/// An item that was read and asks nearly the same as another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AlikeImport {
    /// Its place among what was read, from 0.
    pub place: u32,
    /// The place of the other, if that was read with it.
    pub other_place: Option<u32>,
    /// The other, if it is in the bank.
    pub other: Option<AlikeItem>,
}

/// An item in the bank that asks nearly the same: one of the rows of `GET /items/{id}/alike`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AlikeItem {
    /// The item; nothing where the reader sees only their own.
    pub item_id: Option<ItemId>,
    /// The first characters of its stem; empty where the reader sees only their own.
    pub title: String,
    /// How much the two resemble each other, in thousandths; where the reader sees only their own, no more than the least
    /// that is told.
    pub resemblance: u16,
    /// Whether it was retired.
    pub is_retired: bool,
}

/// One place that could not be read, or is not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportError {
    /// Line of the text, from 1.
    pub line: u32,
    /// What is wrong, as a message key: `no_key`, `key_out_of_range`, `no_options`, `unclosed`, ….
    pub code: String,
    /// What it is called in the text, such as the name of an element; empty if it has no name.
    #[serde(default)]
    pub name: String,
    /// The file of a package that it lies in; empty if there is but one.
    #[serde(default)]
    pub file: String,
    /// The same in the request's language; filled in at the edge.
    #[serde(default)]
    pub detail: String,
}

/// Body of `POST /items/{id}/retire`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RetireItem {
    /// Why.
    pub reason: String,
}

/// One row of `GET /items` and, with its whole content, `GET /items/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ItemRow {
    /// The item.
    pub id: ItemId,
    /// Number of its newest version, from 1.
    pub version: i32,
    /// The course that it belongs to.
    pub course_id: CourseId,
    /// Title of the course.
    pub course_title: String,
    /// Where this version stands.
    pub state: ItemState,
    /// Why it was sent back; empty unless it was.
    pub returned_because: String,
    /// Whether the reader wrote it. Who else did is told to nobody.
    pub is_own: bool,
    /// The kind.
    pub kind: ItemKind,
    /// The first characters of the stem, plain; empty while it stands in a sealed paper that nobody has sat yet, unless the
    /// reader wrote it.
    pub title: String,
    /// When this version was stored.
    pub created_at: Timestamp,
    /// Why no new paper takes it any more, if none does; empty while it stands in a sealed paper that nobody has sat yet,
    /// unless the reader wrote it.
    pub retired_because: Option<String>,
    /// What it is about and how hard it is, if that was said.
    pub descriptor: Option<Descriptor>,
    /// The version of that, for `If-Match`: 1 before anything was said.
    pub descriptor_version: i32,
    /// How this version did in tests whose results are out, if it stood in any.
    #[serde(default)]
    pub measured: Option<MeasuredItem>,
    /// How many items in use ask nearly the same.
    pub alike: u32,
    /// In how many tests candidates saw it, in any version.
    pub uses: u32,
    /// When the last of them began.
    pub last_used_at: Option<Timestamp>,
}

/// An item with its key: `GET /items/{id}`. Every look is audited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ItemDetail {
    /// The row.
    pub row: ItemRow,
    /// The content.
    pub item: Item,
    /// The same as a candidate sees it, to be tried.
    pub view: ItemView,
}

/// Characters of what is said about an item at once.
pub const COMMENT_CHARS: usize = 1_000;

/// Body of `POST /items/{id}/comments`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewComment {
    /// What is said.
    pub text: String,
}

/// What was said about an item: one of the rows of `GET /items/{id}/comments`. Who said it is told to nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ItemComment {
    /// Number of the version that was the newest then.
    pub version: i32,
    /// What was said; empty while it is closed.
    pub text: String,
    /// When.
    pub written_at: Timestamp,
    /// Whether the author of the item said it.
    pub is_of_author: bool,
    /// Whether the reader said it.
    pub is_own: bool,
    /// Whether the version stands in a sealed paper that nobody has sat yet: what is said of it is closed as it is, but
    /// to its author.
    pub is_closed: bool,
}

/// How a version of an item did in one test: one of the rows of `GET /items/{id}/statistics`. Who had no right to a
/// result then is not counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ItemStatistic {
    /// Number of the version.
    pub version: i32,
    /// When the test began.
    pub held_at: Timestamp,
    /// How many candidates are counted.
    pub candidates: u32,
    /// Their points as a share of those that the item is worth, in thousandths: a hard item has a small number.
    pub difficulty: u16,
    /// The correlation of the item's points with those of the rest of the paper, in thousandths; nothing if there is none
    /// because either was the same for everybody.
    pub discrimination: Option<i16>,
    /// How often each option was chosen, in the author's order, of a true or false `true` first; empty for items without
    /// options.
    pub options: Vec<u32>,
    /// How many gave no answer.
    pub unanswered: u32,
}

/// Body of `POST /items/{id}/reviews`; its `If-Match` is the version that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "decision", rename_all = "snake_case", deny_unknown_fields)]
pub enum ReviewDecision {
    /// 通过. The braces make serde refuse unknown fields there, too.
    Approve {},
    /// 先试测: it counts nothing on papers until enough candidates have answered it.
    Try {},
    /// 退回.
    Return {
        /// Why; not empty.
        reason: String,
    },
}
