//! The place that keeps a person answers: what was stated holds from then on, or it says why not.

use super::{content::Content, field_of, right::replace, state_of};
use crate::{
    access::{Action, Actor, actions},
    people::{
        changes::Replaced,
        entity::correction_request,
        merge::FactBook,
        place::{self, PersonPermit},
        reveal::count_look,
        store,
    },
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::{AccountId, CorrectionRequestId, PersonId},
    people::{CorrectionField, CorrectionState, CorrectionStep, StatedWhole, check_reason, next_correction_state},
    problem::ProblemCode,
};

actions! {
    /// Answer a request of a person.
    AnswerCorrection(PersonId) = KeepPeople;
    /// See what a person states, whole.
    LookAtCorrection(PersonId) = RevealPerson;
}

/// Lets the actor act on the person of a request, wherever that person is kept now.
///
/// # Errors
/// `not-found` if the actor may not know of the person, `forbidden` if they may but lack the right.
pub(super) async fn permit<A: Action<Target = PersonId>>(
    cx: &Services,
    actor: &Actor,
    id: CorrectionRequestId,
) -> AppResult<PersonPermit<A>> {
    let row = store::find_correction(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    place::permit(cx, actor, row.person_id).await
}

/// Puts what was stated in the place of what stands there. As with every correction of a document, the
/// answer tells whether somebody else holds it: so each try counts like a look at a number, and is in the
/// audit log even when nothing changes.
///
/// # Errors
/// `wrong-state` if it has its answer, `second-person-needed` if the actor asked for it,
/// `document-in-use` if somebody else holds the document, and what the rules of enrolment have against the right
/// schooling; then the request stays open.
pub(super) async fn accept(
    cx: &Services,
    book: &FactBook,
    person: &PersonPermit<AnswerCorrection>,
    id: CorrectionRequestId,
) -> AppResult<()> {
    let actor = person.permit.person()?;
    let asked = store::find_correction(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    if field_of(&asked)? == CorrectionField::Document {
        count_look(cx, actor).await?;
    }
    let replaced = cx
        .db
        .write(&person.permit, async |tx| {
            let kept = person.lock(tx).await?;
            let row = store::find_correction(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            let next = next_correction_state(state_of(&row)?, CorrectionStep::Accept, row.asked_by, actor);
            let next = next.map_err(AppError::refused)?;
            let content = Content::open(cx, id, &row.content)?;
            let checked = content.stated.check(tx.now().date_in_china());
            let checked = checked.map_err(|error| AppError::Invalid(vec![error]))?;
            let replaced = replace((cx, tx, book), &kept, &checked, (actor, &row.reason)).await?;
            note(tx, &row);
            if replaced != Replaced::InUse {
                decide(tx, id, next, actor, None).await?;
            }
            Ok(replaced)
        })
        .await?;
    if replaced == Replaced::InUse { Err(AppError::Problem(ProblemCode::DocumentInUse)) } else { Ok(()) }
}

/// Leaves everything as it is, and says why.
///
/// # Errors
/// The field `/reason`; otherwise as [`accept`].
pub(super) async fn refuse(
    cx: &Services,
    person: &PersonPermit<AnswerCorrection>,
    id: CorrectionRequestId,
    reason: &str,
) -> AppResult<()> {
    let reason = check_reason(reason, "/reason").map_err(|error| AppError::Invalid(vec![error]))?;
    let actor = person.permit.person()?;
    cx.db
        .write(&person.permit, async |tx| {
            person.lock(tx).await?;
            let row = store::find_correction(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            let next = next_correction_state(state_of(&row)?, CorrectionStep::Refuse, row.asked_by, actor);
            note(tx, &row);
            decide(tx, id, next.map_err(AppError::refused)?, actor, Some(reason.clone())).await
        })
        .await
}

async fn decide(
    tx: &Tx,
    id: CorrectionRequestId,
    next: CorrectionState,
    actor: AccountId,
    answer: Option<String>,
) -> AppResult<()> {
    tx.note("state", next.as_str());
    match store::decide_correction(tx.conn(), id, next, (actor, tx.now()), answer).await? {
        true => Ok(()),
        false => Err(AppError::Problem(ProblemCode::WrongState)),
    }
}

fn note(tx: &Tx, row: &correction_request::Model) {
    tx.note("request", row.id.to_string());
    tx.note("field", row.field.clone());
}

/// What a person states, whole. Who looked is audited, and counts like a look at a kept number.
///
/// # Errors
/// `too-many`, or `not-found` if the person has left the place of the permit.
pub(super) async fn look(
    cx: &Services,
    person: &PersonPermit<LookAtCorrection>,
    id: CorrectionRequestId,
) -> AppResult<StatedWhole> {
    count_look(cx, person.permit.person()?).await?;
    cx.db
        .write(&person.permit, async |tx| {
            person.lock(tx).await?;
            let row = store::find_correction(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            note(tx, &row);
            Ok(StatedWhole { stated: Content::open(cx, id, &row.content)?.whole() })
        })
        .await
}
