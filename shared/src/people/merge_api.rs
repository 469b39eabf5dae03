//! Requests and responses of `/person_merges`, and what `/people` says of merging.

use super::{
    DocumentView, FactKind, LogInFate, MergeGround, MergeObstacle, MergeState, MergeStep, PersonField, PersonView,
    StatedDocument,
};
use crate::{
    ids::{AccountId, PersonId, PersonMergeId, ProviderId},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// Somebody who may be the same human.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PossibleDuplicate {
    /// The person.
    pub person: PersonView,
    /// What both have in common.
    pub same: Vec<PersonField>,
}

/// Persons of one name and birth date, who may be one human: a row of `GET /namesakes`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NamesakeGroup {
    /// Two or more, whoever was added first.
    pub people: Vec<PersonView>,
    /// Where the latest merge of two of them stands, if there was one.
    pub last_merge: Option<MergeState>,
}

/// What a merge would do, and what forbids it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MergePreview {
    /// Who would stay.
    pub survivor: PersonView,
    /// Whose record would end.
    pub merged: PersonView,
    /// Who of the two should rather stay.
    pub suggested_survivor: PersonId,
    /// What is not the same of both.
    pub differs: Vec<PersonField>,
    /// How one human may have come to both records.
    pub grounds: Vec<MergeGround>,
    /// How many facts of each kind there are.
    pub facts: Vec<FactCount>,
    /// What becomes of the merged record's log-in.
    pub log_in: LogInFate,
    /// What forbids it; nothing if it can be proposed.
    pub obstacles: Vec<MergeObstacle>,
}

/// Facts of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FactCount {
    /// The kind.
    pub kind: FactKind,
    /// How many the survivor has.
    pub survivor: u64,
    /// How many the merged one has.
    pub merged: u64,
    /// How many of these stay where they are, because the survivor has the same.
    pub staying: u64,
}

/// Body of `POST /people/{id}/merges`; the person in the path is the survivor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ProposeMerge {
    /// Whose record ends.
    pub merged_id: PersonId,
    /// How one human came to both records.
    pub ground: MergeGround,
    /// How somebody knows that it is one human; no number belongs into it.
    pub reason: String,
}

/// Body of `POST /people/{id}/merge_requests`; the person in the path is the survivor, whom the asking place keeps.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RequestMerge {
    /// The document that they have shown, by which another place keeps them.
    pub document: StatedDocument,
    /// How one human came to both records.
    pub ground: MergeGround,
    /// How somebody knows that it is one human; no number belongs into it.
    pub reason: String,
}

/// Body of `POST /person_merges/{id}/refuse` and of `…/undo`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AnswerMerge {
    /// Why.
    pub reason: String,
}

/// A merge as those see it who may propose or approve one where both persons are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MergeView {
    /// The merge.
    pub id: PersonMergeId,
    /// Grows with each step; the `ETag`.
    pub version: i32,
    /// Where it stands.
    pub state: MergeState,
    /// Whether a place asked for it by a document, without seeing whom another keeps by it: each approves for its own,
    /// and who asked is told nothing of the other before that has agreed.
    pub is_across: bool,
    /// The steps that are the reader's, by their rights and by where it stands.
    pub steps: Vec<MergeStep>,
    /// Who stays.
    pub survivor: MergeSide,
    /// Whose record ends.
    pub merged: MergeSide,
    /// How one human came to both records.
    pub ground: MergeGround,
    /// How somebody knows.
    pub reason: String,
    /// Who proposed it, and when.
    pub proposed: MergeHand,
    /// The approvals that were given, the first first.
    pub approvals: Vec<MergeHand>,
    /// Who refused it or took it back.
    pub closed: Option<MergeHand>,
    /// Why it was refused.
    pub answer: Option<String>,
    /// Until when it can be undone, once it is done.
    pub undo_until: Option<Timestamp>,
    /// Who undid it.
    pub undone: Option<MergeHand>,
    /// Why.
    pub undone_because: Option<String>,
}

/// One of the two persons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MergeSide {
    /// The person, if the reader is told.
    pub person_id: Option<PersonId>,
    /// The name; masked where the other place has not agreed yet, nothing where it is not told.
    pub name: String,
    /// The year of birth, if it is known.
    pub birth_year: Option<i16>,
    /// The document that names them; of the merged one the document that did.
    pub document: Option<DocumentView>,
    /// Significant digits of the place that kept them when it was proposed; nothing where it is not told.
    pub division: String,
    /// The school that kept them then, if one did.
    pub provider_id: Option<ProviderId>,
}

/// Who had a hand in a merge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MergeHand {
    /// The account.
    pub by: AccountId,
    /// The name.
    pub name: String,
    /// When.
    pub at: Timestamp,
}
