//! A person asks, and takes back what they asked.

use super::{
    content::{Content, stated},
    state_of,
};
use crate::{
    access::{Permit, actions},
    people::{
        changes::check_told,
        entity::{correction_request, person},
        fields::{birth_date_of, open_number, open_phone, sex_of},
        store,
    },
    platform::{
        Services,
        crypto::Column,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
};
use jiff::civil::Date;
use shared::{
    ids::{AccountId, CorrectionRequestId, PersonId},
    people::{
        AskCorrection, CheckedCorrection, CorrectionRefusal, CorrectionState, CorrectionStep, mask_birth_date,
        mask_phone, next_correction_state,
    },
    person::{EducationLevel, mask_number},
    problem::ProblemCode,
    time::write_date,
};

/// What a repeated request is compared by.
const REQUEST: Column = Column { table: "correction_request", name: "request" };

actions! {
    /// Ask for one's own data to be corrected.
    AskForCorrection(AccountId) = AskCorrection;
}

/// The person of an account that asks.
#[derive(Clone, Copy, Debug)]
pub struct AskingPerson {
    /// Who it is.
    pub id: PersonId,
    /// What their record says that they have learnt before.
    pub education: Option<EducationLevel>,
    /// The last day on which what they ask now is answered in time.
    pub answer_due: Date,
}

/// Asks for something of a person to be corrected. Who the account's person is, the caller knows.
///
/// # Errors
/// The fields that are wrong, `duplicate` at what stands there already, or what the number of the document
/// tells otherwise; `wrong-state` while another request for the field is open.
pub async fn ask(
    cx: &Services,
    permit: &Permit<AskForCorrection>,
    key: &IdempotencyKey,
    person: AskingPerson,
    asked: &AskCorrection,
) -> AppResult<CorrectionRequestId> {
    let (checked, reason) = asked.check(cx.clock.now().date_in_china()).map_err(AppError::Invalid)?;
    let asked_by = permit.person()?;
    let request = serde_json::to_string(asked).map_err(AppError::internal)?;
    let request = cx.keys.fields.blind_index(REQUEST, &request).to_hex();
    let (id, person_id): (CorrectionRequestId, _) = (cx.ids.new_id(), person.id);
    cx.db
        .write(permit, async |tx| {
            once(tx, asked_by, key, &request, async || {
                let row = store::lock(tx.conn(), person_id).await?.ok_or_else(AppError::not_found)?;
                let content = Content {
                    former: former(cx, tx, (&row, person.education), &checked).await?,
                    stated: stated(&checked),
                };
                let request = correction_request::Model {
                    id,
                    person_id,
                    field: content.stated.field().as_str().to_owned(),
                    content: content.seal(cx, id)?,
                    reason: reason.clone().unwrap_or_default(),
                    state: CorrectionState::Open.as_str().to_owned(),
                    asked_by,
                    asked_at: tx.now(),
                    decided_by: None,
                    decided_at: None,
                    answer: None,
                    due_on: Some(write_date(person.answer_due)),
                };
                if store::insert_correction(tx.conn(), request).await? == 0 {
                    return Err(AppError::refused(CorrectionRefusal::AlreadyOpen));
                }
                tx.note("request", id.to_string());
                tx.note("field", content.stated.field().as_str());
                Ok(id)
            })
            .await
        })
        .await
}

/// What stands there now, masked.
///
/// # Errors
/// The field, if it is what is stated, or if the number of the document tells it otherwise.
pub(super) async fn former(
    cx: &Services,
    tx: &Tx,
    (row, education): (&person::Model, Option<EducationLevel>),
    checked: &CheckedCorrection,
) -> AppResult<String> {
    let (now, is_same, pointer) = match checked {
        CheckedCorrection::Name(name) => (row.name.clone(), row.name == *name, "/stated/name"),
        CheckedCorrection::Document(document) => {
            let kept = store::find_in_force(tx.conn(), row.id).await?.ok_or_else(AppError::not_found)?;
            let number = open_number(&cx.keys.fields, &kept)?;
            let is_same = kept.kind == document.kind().as_str() && number.reveal() == document.reveal();
            (mask_number(number.reveal()), is_same, "/stated/document/number")
        }
        CheckedCorrection::Phone(phone) => {
            let kept = open_phone(&cx.keys.fields, row)?;
            let is_same = kept.as_ref().is_some_and(|kept| kept.reveal() == phone);
            (kept.map(|kept| mask_phone(kept.reveal())).unwrap_or_default(), is_same, "/stated/phone")
        }
        CheckedCorrection::Sex(sex) => {
            check_told(cx, tx, row, (None, Some(*sex)), "/stated/sex").await?;
            let kept = sex_of(row);
            (kept.map(|kept| kept.as_str().to_owned()).unwrap_or_default(), kept == Some(*sex), "/stated/sex")
        }
        CheckedCorrection::BirthDate(date) => {
            check_told(cx, tx, row, (Some(*date), None), "/stated/birth_date").await?;
            let kept = birth_date_of(row);
            (kept.map(mask_birth_date).unwrap_or_default(), kept == Some(*date), "/stated/birth_date")
        }
        CheckedCorrection::Household(code) => {
            let kept = row.household_division.clone();
            (kept, row.household_division == *code, "/stated/household_division")
        }
        CheckedCorrection::Education(level) => {
            let kept = education.map(|kept| kept.code().to_owned());
            (kept.unwrap_or_default(), education == Some(*level), "/stated/education_level")
        }
    };
    if is_same { Err(AppError::field(pointer, "unchanged")) } else { Ok(now) }
}

/// Takes a request back.
///
/// # Errors
/// `not-found` if it is none of the account's own, `wrong-state` if it has its answer.
pub async fn withdraw(cx: &Services, permit: &Permit<AskForCorrection>, id: CorrectionRequestId) -> AppResult<()> {
    let account = permit.person()?;
    cx.db
        .write(permit, async |tx| {
            let row = store::find_correction(tx.conn(), id).await?.filter(|row| row.asked_by == account);
            let row = row.ok_or_else(AppError::not_found)?;
            let next = next_correction_state(state_of(&row)?, CorrectionStep::Withdraw, row.asked_by, account);
            let next = next.map_err(AppError::refused)?;
            if !store::decide_correction(tx.conn(), id, next, (account, tx.now()), None).await? {
                return Err(AppError::Problem(ProblemCode::WrongState));
            }
            tx.note("request", id.to_string());
            tx.note("state", next.as_str());
            Ok(())
        })
        .await
}
