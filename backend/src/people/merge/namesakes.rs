//! Persons of one name and birth date: nobody has to look for who may have been entered twice.

use super::steps::state_of;
use crate::{
    access::{Actor, Scope},
    people::{
        entity::{person, person_document},
        place::place_of,
        store,
        views::view,
    },
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{decode_cursor, page},
    },
};
use serde::Deserialize;
use shared::{
    ids::{PersonId, ProviderId},
    organisation::DivisionCode,
    page::{Page, PageQuery},
    people::{MergeState, NamesakeGroup},
    rights::Right,
};
use std::collections::HashMap;

/// Whose namesakes a client asks for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub(super) struct NamesakeQuery {
    /// The division that they are kept in, at any level.
    #[param(value_type = Option<String>)]
    division: Option<DivisionCode>,
    /// The school that keeps them.
    provider_id: Option<ProviderId>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Rows wanted; at most 200, 50 unless told.
    limit: Option<u16>,
}

/// Persons of one name and birth date at the places where the actor may say that two are one, by name.
///
/// # Errors
/// `forbidden` if that is nowhere.
pub(super) async fn list(cx: &Services, actor: &Actor, query: NamesakeQuery) -> AppResult<Page<NamesakeGroup>> {
    let scope = Scope::above_classes(actor, Right::ProposeMerge)?;
    let kept = store::kept_at(&scope, query.division, query.provider_id);
    let of_page = PageQuery { cursor: query.cursor, limit: query.limit };
    let after = last_name(cx, &scope, &of_page).await?;
    let names = store::list_shared_names(cx.db.read(), kept.clone(), after.as_ref(), of_page.rows() + 1).await?;
    let people = store::list_named(cx.db.read(), kept, &names).await?;
    let groups = groups(cx, &names, people).await?;
    Ok(page(groups, &of_page, |group| group.people.first().map(|first| first.id)))
}

/// The name and the birth date of the person at whom the page before ended: neither stands in an address.
async fn last_name(cx: &Services, scope: &Scope, of_page: &PageQuery) -> AppResult<Option<(String, String)>> {
    let Some(id) = decode_cursor::<PersonId>(of_page)? else { return Ok(None) };
    let last = store::find(cx.db.read(), id).await?.filter(|row| scope.contains(&place_of(row)));
    let name = last.and_then(|row| Some((row.name, row.birth_date?)));
    name.map(Some).ok_or_else(|| AppError::field("/cursor", "not-found"))
}

/// The persons of each name.
async fn groups(
    cx: &Services,
    names: &[(String, String)],
    people: Vec<person::Model>,
) -> AppResult<Vec<NamesakeGroup>> {
    let ids: Vec<PersonId> = people.iter().map(|row| row.id).collect();
    let documents = store::list_in_force(cx.db.read(), &ids).await?;
    let mut documents: HashMap<_, _> = documents.into_iter().map(|document| (document.person_id, document)).collect();
    let mut merges = Vec::new();
    for merge in store::list_merges_among(cx.db.read(), &ids).await? {
        merges.push(([merge.survivor_id, merge.merged_id], state_of(&merge)?));
    }
    let mut named: HashMap<(String, String), Vec<person::Model>> = HashMap::new();
    for row in people {
        let born = row.birth_date.clone().unwrap_or_default();
        named.entry((row.name.clone(), born)).or_default().push(row);
    }
    let rows = names.iter().map(|name| named.remove(name).unwrap_or_default());
    rows.map(|rows| group(cx, rows, &mut documents, &merges)).collect()
}

/// The persons of one name, and what was said before of two of them; `merges` are the newest first.
fn group(
    cx: &Services,
    rows: Vec<person::Model>,
    documents: &mut HashMap<PersonId, person_document::Model>,
    merges: &[([PersonId; 2], MergeState)],
) -> AppResult<NamesakeGroup> {
    let ids: Vec<PersonId> = rows.iter().map(|row| row.id).collect();
    let last_merge = merges.iter().find(|(pair, _)| pair.iter().all(|id| ids.contains(id))).map(|(_, state)| *state);
    let mut people = Vec::with_capacity(rows.len());
    for row in rows {
        let document = documents.remove(&row.id).into_iter().collect();
        people.push(view(cx, row, document)?);
    }
    Ok(NamesakeGroup { people, last_merge })
}
