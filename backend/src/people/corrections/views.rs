//! Requests as the person and their place see them: no number whole.

use super::{content::Content, field_of, state_of};
use crate::{
    access::{Actor, Scope},
    organisation,
    people::{entity::correction_request, store},
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{decode_cursor, page},
    },
};
use serde::Deserialize;
use shared::{
    ids::{CorrectionRequestId, PersonId, ProviderId},
    organisation::DivisionCode,
    page::{MAX_PAGE_ROWS, Page, PageQuery},
    people::{CorrectionField, CorrectionState, CorrectionView, answer_due, is_answer_overdue},
    rights::Right,
    time::read_date,
};
use std::collections::HashMap;

/// Which requests a client asks for.
#[derive(Clone, Debug, Deserialize, utoipa::IntoParams)]
pub(super) struct CorrectionQuery {
    /// The division in which the persons are kept, at any level.
    #[param(value_type = Option<String>)]
    pub(super) division: Option<DivisionCode>,
    /// The school that keeps them.
    pub(super) provider_id: Option<ProviderId>,
    /// Where they stand.
    pub(super) state: Option<CorrectionState>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Rows wanted; at most 200, 50 unless told.
    limit: Option<u16>,
}

impl CorrectionQuery {
    /// The same requests, from a cursor on, as many as one page has.
    pub(super) fn from(&self, cursor: Option<String>) -> Self {
        Self { cursor, limit: Some(MAX_PAGE_ROWS), ..self.clone() }
    }
}

/// Requests of the persons at the places of the actor's roles, the newest first.
///
/// # Errors
/// `forbidden` if the actor answers requests nowhere.
pub(super) async fn list(cx: &Services, actor: &Actor, query: CorrectionQuery) -> AppResult<Page<CorrectionView>> {
    let scope = Scope::above_classes(actor, Right::KeepPeople)?;
    let of_page = PageQuery { cursor: query.cursor, limit: query.limit };
    let after: Option<CorrectionRequestId> = decode_cursor(&of_page)?;
    let kept = store::kept_at(&scope, query.division, query.provider_id);
    let rows = store::list_corrections(cx.db.read(), kept, query.state, after, of_page.rows() + 1).await?;
    let found = page(rows, &of_page, |row| row.id);
    Ok(Page { items: views(cx, found.items).await?, next_cursor: found.next_cursor })
}

/// The requests of a person, the newest first. Whether somebody may know is for the caller to ask.
///
/// # Errors
/// If the store fails.
pub async fn of_person(cx: &Services, id: PersonId) -> AppResult<Vec<CorrectionView>> {
    views(cx, store::list_corrections_of(cx.db.read(), id).await?).await
}

/// One request. Whether somebody may know is for the caller to ask.
///
/// # Errors
/// `not-found` if there is none.
pub(super) async fn get(cx: &Services, id: CorrectionRequestId) -> AppResult<CorrectionView> {
    let row = store::find_correction(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    views(cx, vec![row]).await?.pop().ok_or_else(AppError::not_found)
}

async fn views(cx: &Services, rows: Vec<correction_request::Model>) -> AppResult<Vec<CorrectionView>> {
    let ids: Vec<PersonId> = rows.iter().map(|row| row.person_id).collect();
    let people = store::list_by_ids(cx.db.read(), &ids).await?;
    let names: HashMap<PersonId, String> = people.into_iter().map(|row| (row.id, row.name)).collect();
    let opened = rows.iter().map(|row| Content::open(cx, row.id, &row.content));
    let contents = opened.collect::<AppResult<Vec<Content>>>()?;
    let households = households(cx, &rows, &contents).await?;
    let today = cx.clock.now().date_in_china();
    let view = |(row, content): (correction_request::Model, Content)| {
        let field = field_of(&row)?;
        let in_words = |text: String| match field {
            CorrectionField::Household => households.get(&text).cloned().unwrap_or(text),
            _ => text,
        };
        let state = state_of(&row)?;
        // What came before days were promised has its days counted without holidays.
        let due_on = row.due_on.as_deref().and_then(read_date);
        let due_on = due_on.unwrap_or_else(|| answer_due(row.asked_at.date_in_china(), &[]));
        Ok(CorrectionView {
            id: row.id,
            person_id: row.person_id,
            person_name: names.get(&row.person_id).cloned().unwrap_or_default(),
            field,
            document_kind: content.document_kind(),
            stated: in_words(content.masked()),
            former: in_words(content.former),
            state,
            due_on,
            is_overdue: is_answer_overdue(state, due_on, today),
            reason: row.reason,
            asked_at: row.asked_at,
            decided_at: row.decided_at,
            answer: row.answer,
            // Nobody answers a request of their own.
            is_by_office: state == CorrectionState::Accepted && row.decided_by == Some(row.asked_by),
        })
    };
    rows.into_iter().zip(contents).map(view).collect()
}

/// The registered residences that requests are about, in words.
async fn households(
    cx: &Services,
    rows: &[correction_request::Model],
    contents: &[Content],
) -> AppResult<HashMap<String, String>> {
    let mut codes = Vec::new();
    for (row, content) in rows.iter().zip(contents) {
        if field_of(row)? == CorrectionField::Household {
            codes.extend([content.masked(), content.former.clone()]);
        }
    }
    organisation::division_names(cx, codes.iter().map(String::as_str)).await
}
