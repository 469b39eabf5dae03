//! A place asks for a person whom another keeps, by the document that they have shown.

use super::{person_transfer, receiving_place, refused};
use crate::{
    access::{Actor, Permit, Scope, actions, authorize},
    people::{
        place::{columns, place_of},
        store,
        views::find_by_document,
    },
    platform::{
        Services,
        crypto::Column,
        db::Tx,
        error::{AppError, AppResult},
        http::{Allowance, IdempotencyKey, once},
    },
};
use shared::{
    ids::{AccountId, PersonId, PersonTransferId},
    people::{RequestTransfer, TransferRefusal, TransferState, check_document, check_reason, may_propose},
    rights::{Place, Right},
};

/// What a repeated request is compared by: it holds a number, so a plain hash would tell too much.
const REQUEST: Column = Column { table: "person_transfer", name: "request" };
/// Requests that one account may make in a window: each tells whether somebody is kept elsewhere.
const REQUESTS: Allowance = Allowance::hourly("transfer-request", 60);

actions! {
    /// Ask for a person whom another place keeps.
    Request(PersonTransferId) = TransferPeople;
}

/// Whom a place asks for, and why.
struct Wanted {
    person_id: PersonId,
    to: Place,
    to_residence: String,
    reason: String,
}

/// Asks for the person with a document, for a place of the actor's. Only who keeps them sees whom. A repeat with the same
/// key makes no second request.
///
/// # Errors
/// `forbidden`; the fields that are wrong, with `not-recorded` if nobody has the document; `wrong-state` while another
/// transfer of the person is open; `too-many`.
pub(in crate::people) async fn request(
    cx: &Services,
    actor: &Actor,
    key: &IdempotencyKey,
    request: &RequestTransfer,
) -> AppResult<PersonTransferId> {
    Scope::above_classes(actor, Right::TransferPeople)?;
    let reason = check_reason(&request.reason, "/reason").map_err(|error| AppError::Invalid(vec![error]))?;
    let document = check_document(&request.document, "/document", cx.clock.now().date_in_china());
    let document = document.map_err(|error| AppError::Invalid(vec![error]))?;
    let (to, to_residence) = receiving_place(cx, &request.division, request.provider_id).await?;
    let permit: Permit<Request> = authorize(actor, cx.ids.new_id(), &to)?;
    REQUESTS.take(cx, actor.account_id).await?;
    let person_id = find_by_document(cx, &document).await?.ok_or_else(not_recorded)?;
    let compared = serde_json::to_string(request).map_err(AppError::internal)?;
    let compared = cx.keys.fields.blind_index(REQUEST, &compared).to_hex();
    let (wanted, asked_by) = (Wanted { person_id, to, to_residence, reason }, permit.person()?);
    cx.db
        .write(&permit, async |tx| {
            let enter = async || wanted.enter(tx, *permit.target(), asked_by).await;
            once(tx, asked_by, key, &compared, enter).await
        })
        .await
}

fn not_recorded() -> AppError {
    AppError::field("/document/number", "not-recorded")
}

impl Wanted {
    async fn enter(&self, tx: &Tx, id: PersonTransferId, asked_by: AccountId) -> AppResult<PersonTransferId> {
        let row = store::lock(tx.conn(), self.person_id).await?.filter(|row| row.merged_into.is_none());
        let row = row.ok_or_else(not_recorded)?;
        let has_open = store::has_open_transfer(tx.conn(), self.person_id).await?;
        may_propose(&place_of(&row), &self.to, has_open).map_err(|refusal| match refusal {
            TransferRefusal::SamePlace => AppError::field("/document/number", "kept-here"),
            other => refused(other),
        })?;
        let (to_division, to_provider_id) = columns(&self.to)?;
        let transfer = person_transfer::Model {
            id,
            person_id: self.person_id,
            from_division: row.division,
            from_provider_id: row.provider_id,
            to_division: to_division.clone(),
            to_provider_id,
            to_residence: self.to_residence.clone(),
            is_asked: true,
            state: TransferState::Proposed.as_str().to_owned(),
            reason: self.reason.clone(),
            proposed_by: asked_by,
            proposed_at: tx.now(),
            decided_by: None,
            decided_at: None,
            answer: None,
        };
        if store::insert_transfer(tx.conn(), transfer).await? == 0 {
            return Err(AppError::refused(TransferRefusal::AlreadyOpen));
        }
        tx.note("asked", id.to_string());
        tx.note("to", to_division);
        Ok(id)
    }
}
