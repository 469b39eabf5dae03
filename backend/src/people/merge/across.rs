//! A place asks that a person of its own and one whom another place keeps become one, by the document that the human
//! has shown. Who asks is told nothing of the other one before that place has agreed.

use super::{
    book::FactBook,
    cases::{New, ProposeMerging, SEEN_WITH},
    preview::naming,
};
use crate::{
    access::Actor,
    people::{
        entity::person,
        fields::document_index,
        place::{permit, place_of},
        store,
        views::find_by_document,
    },
    platform::{
        Services,
        crypto::Column,
        db::Conn,
        error::{AppError, AppResult},
        http::{Allowance, IdempotencyKey, once},
    },
};
use shared::{
    ids::{PersonId, PersonMergeId},
    people::{ProposeMerge, RequestMerge, check_document, check_reason},
    person::IdentityDocument,
};

/// What a repeated request is compared by: it holds a number, so a plain hash would tell too much.
const REQUEST: Column = Column { table: "person_merge", name: "request" };
/// Requests that one account may make in a window: each tells whether somebody is kept elsewhere.
const REQUESTS: Allowance = Allowance::hourly("merge-request", 60);

/// Asks that the person of the path and the holder of a document become one. A repeat with the same key makes no second
/// request.
///
/// # Errors
/// `not-found`, `forbidden`; the fields that are wrong, with `not-recorded` if the document names nobody, `kept-here` if
/// the actor sees who holds it; a refusal of the rules; `too-many`.
pub(super) async fn request(
    cx: &Services,
    book: &FactBook,
    actor: &Actor,
    survivor: PersonId,
    key: &IdempotencyKey,
    request: &RequestMerge,
) -> AppResult<PersonMergeId> {
    let permit = permit::<ProposeMerging>(cx, actor, survivor).await?;
    let reason = check_reason(&request.reason, "/reason").map_err(|error| AppError::Invalid(vec![error]))?;
    let document = check_document(&request.document, "/document", cx.clock.now().date_in_china());
    let document = document.map_err(|error| AppError::Invalid(vec![error]))?;
    REQUESTS.take(cx, actor.account_id).await?;
    let other = named_by(cx, &document).await?;
    if other.id == survivor {
        return Err(AppError::field("/document/number", "same-person"));
    }
    if actor.has_any(&SEEN_WITH, &place_of(&other)) {
        return Err(AppError::field("/document/number", "kept-here"));
    }
    let compared = serde_json::to_string(request).map_err(AppError::internal)?;
    let compared = cx.keys.fields.blind_index(REQUEST, &compared).to_hex();
    let proposal = ProposeMerge { merged_id: other.id, ground: request.ground, reason: request.reason.clone() };
    let (id, proposed_by) = (cx.ids.new_id(), permit.permit.person()?);
    cx.db
        .write(&permit.permit, async |tx| {
            once(tx, proposed_by, key, &(survivor, &compared), async || {
                let own = permit.lock(tx).await?;
                let new = New { id, proposed_by, survivor, proposal: &proposal, reason: &reason, is_across: true };
                new.enter(tx, book, [place_of(&own), place_of(&other)]).await
            })
            .await
        })
        .await
}

/// The person whom a document names.
async fn named_by(cx: &Services, document: &IdentityDocument) -> AppResult<person::Model> {
    let not_recorded = || AppError::field("/document/number", "not-recorded");
    let id = find_by_document(cx, document).await?.ok_or_else(not_recorded)?;
    let row = store::find(cx.db.read(), id).await?.filter(|row| row.merged_into.is_none());
    let row = row.ok_or_else(not_recorded)?;
    let naming = naming(&Conn::from(cx.db.read()), id).await?;
    // A further document of somebody says nothing of the one that would end.
    match naming.number_index == document_index(&cx.keys.fields, document) {
        true => Ok(row),
        false => Err(not_recorded()),
    }
}
