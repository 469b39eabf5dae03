//! A place asks for a person whom another keeps, by the document that they have shown.

use super::{New, receiving_place, refused};
use crate::{
    access::{Actor, Permit, Scope, actions, authorize},
    people::{store, views::find_by_document},
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
    people::{RequestTransfer, TransferRefusal, check_document, check_reason},
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
        let Self { to, to_residence, reason, .. } = self;
        let new = New { id, to, to_residence, is_asked: true, reason, proposed_by: asked_by };
        new.enter(tx, row, kept_here).await?;
        tx.note("asked", id.to_string());
        Ok(id)
    }
}

/// What is told who asks for a person of their own.
fn kept_here(refusal: TransferRefusal) -> AppError {
    match refusal {
        TransferRefusal::SamePlace => AppError::field("/document/number", "kept-here"),
        other => refused(other),
    }
}
