//! What is right takes the place of what stands there: at a person's request, or because their office found it wrong.

use super::{
    ask::former,
    content::{Content, stated},
};
use crate::{
    access::actions,
    people::{
        changes::{Replaced, rename, replace_document, replace_phone, set_household, set_told},
        entity::{correction_request, person},
        merge::{FactBook, RightEducation},
        place::PersonPermit,
        reveal::count_look,
        store,
    },
    platform::{
        Services,
        db::{Conn, Tx},
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::{AccountId, CorrectionRequestId, PersonId},
    people::{CheckedCorrection, CorrectionRefusal, CorrectionState, PutRight},
    problem::ProblemCode,
};

actions! {
    /// Put right what the office found wrong of a person.
    PutPersonRight(PersonId) = KeepPeople;
}

/// Puts something of a person right that nobody asked for. What stood there is kept, masked, beside the requests of
/// the person, who reads it. What they have learnt before is put right of who learns; of anybody else it stands on the
/// roster alone. As with every correction of a document, each try counts like a look at a number.
///
/// # Errors
/// The fields that are wrong; `stale` if the person changed since `seen`; `second-person-needed` if they are the
/// actor; `document-in-use`; `too-many`; what the rules of enrolment have against the right schooling.
pub(super) async fn put_right(
    cx: &Services,
    book: &FactBook,
    person: &PersonPermit<PutPersonRight>,
    seen: i32,
    wanted: &PutRight,
) -> AppResult<()> {
    let (checked, reason) = wanted.check(cx.clock.now().date_in_china()).map_err(AppError::Invalid)?;
    let (actor, id): (_, CorrectionRequestId) = (person.permit.person()?, cx.ids.new_id());
    if matches!(checked, CheckedCorrection::Document(_)) {
        count_look(cx, actor).await?;
    }
    let replaced = cx
        .db
        .write(&person.permit, async |tx| {
            let kept = person.lock(tx).await?;
            if kept.version != seen {
                return Err(AppError::Problem(ProblemCode::Stale));
            }
            let account = book.learning_of(&Conn::from(tx.conn()), kept.id).await?.account;
            check_account(account, actor, &checked)?;
            let content = Content { former: former(cx, tx, (&kept, None), &checked).await?, stated: stated(&checked) };
            let replaced = replace((cx, tx, book), &kept, &checked, (actor, &reason)).await?;
            tx.note("field", content.stated.field().as_str());
            if replaced == Replaced::Done {
                tx.note("request", id.to_string());
                tx.note("reason", reason.clone());
                store::insert_correction(tx.conn(), done(cx, tx, (kept.id, id), &content, (actor, &reason))?).await?;
            }
            Ok(replaced)
        })
        .await?;
    if replaced == Replaced::InUse { Err(AppError::Problem(ProblemCode::DocumentInUse)) } else { Ok(()) }
}

/// Whether the actor may put this right of who learns by this account.
fn check_account(account: Option<AccountId>, actor: AccountId, checked: &CheckedCorrection) -> AppResult<()> {
    match (account, checked) {
        (Some(account), _) if account == actor => Err(AppError::refused(CorrectionRefusal::SecondPersonNeeded)),
        (None, CheckedCorrection::Education(_)) => Err(AppError::field("/stated/education_level", "not-enrolled")),
        _ => Ok(()),
    }
}

/// What was put right, as a request that had its answer at once.
fn done(
    cx: &Services,
    tx: &Tx,
    (person_id, id): (PersonId, CorrectionRequestId),
    content: &Content,
    (actor, reason): (AccountId, &str),
) -> AppResult<correction_request::Model> {
    Ok(correction_request::Model {
        id,
        person_id,
        field: content.stated.field().as_str().to_owned(),
        content: content.seal(cx, id)?,
        reason: reason.to_owned(),
        state: CorrectionState::Accepted.as_str().to_owned(),
        asked_by: actor,
        asked_at: tx.now(),
        decided_by: Some(actor),
        decided_at: Some(tx.now()),
        answer: None,
        due_on: None,
    })
}

/// Puts what is right in the place of what stands there, within the write that has locked the person.
///
/// # Errors
/// The field that the number of the document tells otherwise; what the rules of enrolment have against the right
/// schooling.
pub(super) async fn replace(
    (cx, tx, book): (&Services, &Tx, &FactBook),
    kept: &person::Model,
    checked: &CheckedCorrection,
    (actor, reason): (AccountId, &str),
) -> AppResult<Replaced> {
    match checked {
        CheckedCorrection::Name(name) => rename(tx, kept, name).await,
        CheckedCorrection::Document(document) => replace_document(cx, tx, kept, document, (actor, reason)).await,
        CheckedCorrection::Phone(phone) => replace_phone(cx, tx, kept, Some(phone)).await,
        CheckedCorrection::Sex(sex) => set_told(cx, tx, kept, (None, Some(*sex))).await,
        CheckedCorrection::BirthDate(date) => set_told(cx, tx, kept, (Some(*date), None)).await,
        CheckedCorrection::Household(code) => set_household(tx, kept, code).await,
        CheckedCorrection::Education(level) => {
            let right = RightEducation { person_id: kept.id, level: *level, by: actor, reason: reason.to_owned() };
            book.correct_education(cx, tx, &right).await?;
            Ok(Replaced::Done)
        }
    }
}
