//! Merges as those see them who propose and approve them.

use super::{
    cases::SEEN_WITH,
    steps::{acts_for, done_at, seen, state_of, steps_of},
};
use crate::{
    access::{Actor, Scope},
    identity,
    people::{
        entity::{person, person_document, person_merge},
        fields::birth_date_of,
        store,
        views::document_view,
    },
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{decode_cursor, page},
    },
};
use jiff::civil::Date;
use sea_orm::Condition;
use serde::Deserialize;
use shared::{
    credit_bank::mask_name,
    ids::{AccountId, PersonId, PersonMergeId, ProviderId},
    organisation::DivisionCode,
    page::{MAX_PAGE_ROWS, Page, PageQuery},
    people::{MergeGround, MergeHand, MergeSide, MergeState, MergeView, undo_until},
    problem::ProblemCode,
    time::Timestamp,
};
use std::collections::HashMap;

/// One merge.
///
/// # Errors
/// `not-found` if there is none of which the actor may know.
pub(super) async fn get(cx: &Services, actor: &Actor, id: PersonMergeId) -> AppResult<MergeView> {
    let row = seen(actor, store::find_merge(cx.db.read(), id).await?)?;
    let around = Around::of(cx, actor, std::slice::from_ref(&row)).await?;
    around.view(cx, row)
}

/// Which merges a client asks for.
#[derive(Clone, Debug, Deserialize, utoipa::IntoParams)]
pub(super) struct MergeQuery {
    /// The division in which either person was kept, at any level.
    #[param(value_type = Option<String>)]
    pub(super) division: Option<DivisionCode>,
    /// The school that kept either person.
    pub(super) provider_id: Option<ProviderId>,
    /// Where they stand.
    pub(super) state: Option<MergeState>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Rows wanted; at most 200, 50 unless told.
    limit: Option<u16>,
}

impl MergeQuery {
    /// The same merges, from a cursor on, as many as one page has.
    pub(super) fn from(&self, cursor: Option<String>) -> Self {
        Self { cursor, limit: Some(MAX_PAGE_ROWS), ..self.clone() }
    }
}

/// Merges at the actor's places, the newest first.
///
/// # Errors
/// `forbidden` if the actor proposes and approves nothing anywhere.
pub(super) async fn list(cx: &Services, actor: &Actor, query: MergeQuery) -> AppResult<Page<MergeView>> {
    let scopes: Vec<Scope> = SEEN_WITH.iter().filter_map(|right| Scope::above_classes(actor, *right).ok()).collect();
    if scopes.is_empty() {
        return Err(AppError::Problem(ProblemCode::Forbidden));
    }
    let also = Condition::all()
        .add_option(query.division.map(|code| store::merges_of_division(&scopes, code)))
        .add_option(query.provider_id.map(|id| store::merges_of_school(&scopes, id)))
        .add_option(query.state.map(store::merges_in_state));
    let of_page = PageQuery { cursor: query.cursor, limit: query.limit };
    let after: Option<PersonMergeId> = decode_cursor(&of_page)?;
    let rows = store::list_merges(cx.db.read(), &scopes, also, after, of_page.rows() + 1).await?;
    let found = page(rows, &of_page, |row| row.id);
    let around = Around::of(cx, actor, &found.items).await?;
    let items = found.items.into_iter().map(|row| around.view(cx, row)).collect::<AppResult<_>>()?;
    Ok(Page { items, next_cursor: found.next_cursor })
}

/// What merges speak of, and who reads it.
struct Around<'a> {
    actor: &'a Actor,
    people: HashMap<PersonId, person::Model>,
    documents: Vec<person_document::Model>,
    names: HashMap<AccountId, String>,
}

/// One of the two as the merge's row has them.
struct Side<'a> {
    person_id: PersonId,
    division: &'a str,
    provider_id: Option<ProviderId>,
    document: Option<&'a person_document::Model>,
    told: Told,
}

/// How much of a person the reader is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    All,
    /// What tells whether it is the same human.
    Masked,
    Nothing,
}

impl<'a> Around<'a> {
    async fn of(cx: &Services, actor: &'a Actor, rows: &[person_merge::Model]) -> AppResult<Self> {
        let conn = cx.db.read();
        let survivors: Vec<PersonId> = rows.iter().map(|row| row.survivor_id).collect();
        let ids: Vec<PersonId> = rows.iter().map(|row| row.merged_id).chain(survivors.iter().copied()).collect();
        let people = store::list_by_ids(conn, &ids).await?;
        let mut documents = store::list_in_force(conn, &survivors).await?;
        let of_merged: Vec<_> = rows.iter().map(|row| row.merged_document_id).collect();
        documents.extend(store::list_documents_by_ids(conn, &of_merged).await?);
        let hands = |row: &person_merge::Model| {
            [Some(row.proposed_by), row.approved_by, row.decided_by, row.undone_by].into_iter().flatten()
        };
        let hands: Vec<AccountId> = rows.iter().flat_map(hands).collect();
        let people = people.into_iter().map(|row| (row.id, row)).collect();
        Ok(Self { actor, people, documents, names: identity::names_of(cx, &hands).await? })
    }

    fn view(&self, cx: &Services, row: person_merge::Model) -> AppResult<MergeView> {
        let state = state_of(&row)?;
        let [of_survivor, of_merged] = acts_for(self.actor, &row);
        let has_agreed = !row.is_across || row.approved_by.is_some();
        let naming = |document: &&person_document::Model| {
            document.person_id == row.survivor_id && document.ended_at.is_none() && !document.is_further
        };
        let survivor = Side {
            person_id: row.survivor_id,
            division: &row.survivor_division,
            provider_id: row.survivor_provider_id,
            document: self.documents.iter().find(naming),
            told: if has_agreed || of_survivor { Told::All } else { Told::Masked },
        };
        let merged = Side {
            person_id: row.merged_id,
            division: &row.merged_division,
            provider_id: row.merged_provider_id,
            document: self.documents.iter().find(|document| document.id == row.merged_document_id),
            told: if has_agreed || of_merged { Told::All } else { Told::Nothing },
        };
        let decided = self.hand(row.decided_by, row.decided_at);
        let (second, closed) = match state {
            MergeState::Done | MergeState::Undone => (decided, None),
            // Who refused would tell where.
            MergeState::Refused if merged.told == Told::Nothing => (None, None),
            _ => (None, decided),
        };
        let ground = MergeGround::parse(&row.ground);
        Ok(MergeView {
            id: row.id,
            version: row.version,
            state,
            is_across: row.is_across,
            steps: steps_of(self.actor, &row)?,
            survivor: self.side(cx, &survivor)?,
            merged: self.side(cx, &merged)?,
            ground: ground.ok_or_else(|| AppError::internal(format!("merge on {}", row.ground)))?,
            proposed: MergeHand { by: row.proposed_by, name: self.name(row.proposed_by), at: row.proposed_at },
            approvals: self.hand(row.approved_by, row.approved_at).into_iter().chain(second).collect(),
            closed,
            undo_until: done_at(&row, state).map(undo_until),
            undone: self.hand(row.undone_by, row.undone_at),
            reason: row.reason,
            answer: row.answer,
            undone_because: row.undone_because,
        })
    }

    fn side(&self, cx: &Services, side: &Side<'_>) -> AppResult<MergeSide> {
        let person = self.people.get(&side.person_id).ok_or_else(|| AppError::internal("a merge of nobody"))?;
        let is_told = side.told == Told::All;
        if side.told == Told::Nothing {
            let (name, division) = (String::new(), String::new());
            return Ok(MergeSide {
                person_id: None,
                name,
                birth_year: None,
                document: None,
                division,
                provider_id: None,
            });
        }
        Ok(MergeSide {
            person_id: is_told.then_some(person.id),
            name: if is_told { person.name.clone() } else { mask_name(&person.name) },
            birth_year: birth_date_of(person).map(Date::year),
            document: side.document.cloned().map(|document| document_view(cx, document)).transpose()?,
            division: side.division.to_owned(),
            provider_id: side.provider_id.filter(|_| is_told),
        })
    }

    fn hand(&self, by: Option<AccountId>, at: Option<Timestamp>) -> Option<MergeHand> {
        let by = by?;
        Some(MergeHand { by, name: self.name(by), at: at? })
    }

    fn name(&self, by: AccountId) -> String {
        self.names.get(&by).cloned().unwrap_or_default()
    }
}
