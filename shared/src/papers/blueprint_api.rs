//! Requests and responses of `/blueprints` and `/assemblies`.

use super::{BankItem, BankSummary, Blueprint, Contradiction, Form, PaperItem, PaperSection};
use crate::{
    ids::{AssemblyId, BlueprintId, CourseId, ItemId, PaperId},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// Body of `POST /blueprints` and `PUT /blueprints/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BlueprintDraft {
    /// The course that is tested; it stays.
    pub course_id: CourseId,
    /// The title; forms get theirs from it.
    pub title: String,
    /// What the forms must keep.
    pub blueprint: Blueprint,
}

/// One row of `GET /blueprints`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BlueprintLine {
    /// The blueprint.
    pub id: BlueprintId,
    /// The course that is tested.
    pub course_id: CourseId,
    /// The title.
    pub title: String,
    /// Number of the version, from 1.
    pub version: i32,
    /// How many items a form has.
    pub items: u16,
    /// How many forms are drawn, with the spare one.
    pub forms: u8,
    /// When it was changed last.
    pub changed_at: Timestamp,
}

/// One blueprint: `GET /blueprints/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BlueprintView {
    /// The blueprint.
    pub id: BlueprintId,
    /// Number of the version, from 1.
    pub version: i32,
    /// What was written.
    pub draft: BlueprintDraft,
    /// What the bank has for it now.
    pub bank: BankSummary,
    /// The assemblies from it, the newest first.
    pub assemblies: Vec<AssemblyLine>,
}

/// One assembly of a blueprint, as a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AssemblyLine {
    /// The assembly.
    pub id: AssemblyId,
    /// The version of the blueprint that it was drawn by.
    pub blueprint_version: i32,
    /// The seed.
    pub seed: u32,
    /// How many forms came of it; 0 if there are none.
    pub forms: u8,
    /// When it was drawn.
    pub drawn_at: Timestamp,
    /// Whether papers were made of it.
    pub has_papers: bool,
}

/// Body of `POST /blueprints/{id}/assemblies`; its `If-Match` is the version of the blueprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewAssembly {
    /// The seed; drawn unless told.
    pub seed: Option<u32>,
}

/// One assembly: `GET /assemblies/{id}`. It holds no keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AssemblyView {
    /// The assembly.
    pub id: AssemblyId,
    /// The blueprint.
    pub blueprint_id: BlueprintId,
    /// What it was drawn by, as it stood then.
    pub draft: BlueprintDraft,
    /// The version of the blueprint that it was drawn by.
    pub blueprint_version: i32,
    /// The seed.
    pub seed: u32,
    /// SHA-256 over the bank that it was drawn from, in hex.
    pub bank_sha256: String,
    /// The version of the algorithm.
    pub algorithm: u16,
    /// The forms, the spare one last; none if the blueprint could not be met, or once papers were made of them.
    pub forms: Vec<Form>,
    /// Whether it is certain that there are none.
    pub is_proven: bool,
    /// Why there are none.
    pub because: Vec<Contradiction>,
    /// What the items of the forms ask, in a few words.
    pub titles: Vec<ItemTitle>,
    /// When it was drawn.
    pub drawn_at: Timestamp,
    /// The papers that were made of it, in the order of the forms; none before.
    pub papers: Vec<PaperId>,
    /// What was published when it was drawn; absent for what was drawn before that was done.
    #[serde(default)]
    pub commitment: Option<String>,
    /// Since when everybody may read what was drawn, if they may.
    #[serde(default)]
    pub disclosed_at: Option<Timestamp>,
}

/// The first words of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ItemTitle {
    /// The item.
    pub item_id: ItemId,
    /// The first characters of its stem, plain.
    pub title: String,
}

/// An item that may take the place of another: `GET /assemblies/{id}/substitutes`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Substitute {
    /// The item.
    pub item: BankItem,
    /// The first characters of its stem, plain.
    pub title: String,
    /// Whether it was drawn for one of the forms, so that it may take its place again if nothing else holds it by now.
    pub was_drawn: bool,
}

/// Body of `POST /assemblies/{id}/papers`: the forms as they are to be, drawn or changed by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PapersOfForms {
    /// One for each form, in their order.
    pub forms: Vec<FormPaper>,
}

/// What becomes of one form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FormPaper {
    /// The title of the paper.
    pub title: String,
    /// Its items.
    pub items: Vec<PaperItem>,
    /// Its parts, which hold all items in this order; none if everything is shuffled as one.
    #[serde(default)]
    pub sections: Vec<PaperSection>,
}
