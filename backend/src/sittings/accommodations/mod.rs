//! Accommodations: what a learner needs at tests. They apply with a reason and a paper; the county's bureau decides, and
//! at the senior level the city's after it (DOMAIN §1.4). What is granted is the person's, and every sitting that is made
//! for them, or that they have not opened yet, gets it.

mod decide;
mod grant;
mod list;
mod own;
mod photos;
pub(super) mod routes;
mod views;

pub(super) use grant::{granted_on, reach_sitting};
pub(super) use list::count_waiting;
pub use own::accommodations_of;
pub(super) use photos::SEALED as SEALED_PHOTOS;

use super::{
    entity::accommodation::{self, Column},
    store,
};
use crate::{
    access::{Action, Actor, Permit, actions, authorize},
    platform::{
        Services,
        error::{AppError, AppResult},
        sealed::{SMALL_ROWS, SealedColumn},
    },
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait};
use shared::{
    ids::{AccommodationId, AccountId},
    learning::CourseLevel,
    rights::{Place, Right},
    sittings::{AccommodationFacts, AccommodationOffice, AccommodationState, ExamNeeds},
};

actions! {
    /// Apply for oneself, add a paper, and take it back.
    ApplyForAccommodation(AccommodationId) = RegisterForTest;
    /// See what one has applied for.
    ReadOwnAccommodations(AccountId) = RegisterForTest;
    /// Decide for the county.
    CheckAccommodation(AccommodationId) = CheckAccommodation;
    /// Decide for the city.
    ConfirmAccommodation(AccommodationId) = ConfirmAccommodation;
}

/// Reasons.
pub(super) const SEALED_REASONS: SealedColumn = SealedColumn {
    table: "accommodation",
    name: "reason",
    id: "id",
    number: None,
    bound_to: |row| bound_to(AccommodationId(row.id)),
    open_len: None,
    rows: SMALL_ROWS,
};

/// What a reason is sealed for.
fn bound_to(id: AccommodationId) -> String {
    format!("accommodation {id}")
}

/// Why the offices decided so.
pub(super) const SEALED_ANSWERS: SealedColumn = SealedColumn {
    table: "accommodation_answer",
    name: "reason",
    id: "accommodation_id",
    number: Some("turn"),
    bound_to: |row| answer_bound_to(AccommodationId(row.id), row.number),
    open_len: None,
    rows: SMALL_ROWS,
};

/// What the reason of the office that decides in this turn is sealed for.
fn answer_bound_to(id: AccommodationId, turn: i32) -> String {
    format!("accommodation_answer {id} {turn}")
}

fn place_of(row: &accommodation::Model) -> Place {
    Place::Provider { id: row.provider_id, division: row.division.clone() }
}

fn state_of(row: &accommodation::Model) -> AppResult<AccommodationState> {
    let unknown = || AppError::internal(format!("an accommodation in {}", row.state));
    AccommodationState::parse(&row.state).ok_or_else(unknown)
}

fn level_of(row: &accommodation::Model) -> AppResult<CourseLevel> {
    let unknown = || AppError::internal(format!("an accommodation of level {}", row.level));
    CourseLevel::parse(&row.level).ok_or_else(unknown)
}

fn needs_of(row: &accommodation::Model) -> AppResult<ExamNeeds> {
    Ok(ExamNeeds {
        extra_pct: u8::try_from(row.extra_pct).map_err(AppError::internal)?,
        needs_separate_room: row.needs_separate_room,
        needs_large_print: row.needs_large_print,
        needs_accessible: row.needs_accessible,
    })
}

/// What decides about an accommodation, of which the county's bureau was answered by `checked_by`.
fn facts_of(row: &accommodation::Model, checked_by: Option<AccountId>) -> AppResult<AccommodationFacts> {
    Ok(AccommodationFacts {
        state: state_of(row)?,
        level: level_of(row)?,
        candidate: row.account_id,
        has_paper: row.photo_id.is_some(),
        checked_by,
    })
}

/// Who decided for the county, if anybody has.
async fn checked_by(conn: &impl ConnectionTrait, id: AccommodationId) -> AppResult<Option<AccountId>> {
    let answers = store::list_accommodation_answers(conn, &[id]).await?;
    let of_county = answers.into_iter().find(|answer| answer.office == AccommodationOffice::County.as_str());
    Ok(of_county.map(|answer| answer.decided_by))
}

/// What others applied for. Staff may be learners, too; of their own they are told as a learner is.
fn of_others(actor: &Actor) -> Condition {
    Condition::all().add(Column::AccountId.ne(actor.account_id))
}

/// An accommodation of somebody else that the actor may see: one about which an office of theirs has a say.
///
/// # Errors
/// `not-found`.
async fn visible(cx: &Services, actor: &Actor, id: AccommodationId) -> AppResult<accommodation::Model> {
    let row = store::find_accommodation(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let (level, place) = (level_of(&row)?, place_of(&row));
    let offices = AccommodationOffice::ALL.iter().filter(|office| office.has_a_say(level));
    let rights: Vec<Right> = offices.map(|office| list::right_of(*office)).collect();
    let is_seen = row.account_id != actor.account_id && actor.has_any(&rights, &place);
    if is_seen { Ok(row) } else { Err(AppError::not_found()) }
}

/// Lets the actor do `A` to an accommodation.
///
/// # Errors
/// `not-found` if they may not see it, `forbidden` if they may only do that.
async fn permit<A: Action<Target = AccommodationId>>(
    cx: &Services,
    actor: &Actor,
    id: AccommodationId,
) -> AppResult<Permit<A>> {
    let row = visible(cx, actor, id).await?;
    authorize(actor, id, &place_of(&row))
}

/// Lets who applied go on with what is theirs.
///
/// # Errors
/// `not-found` for another's, `forbidden` for who is no learner.
async fn permit_own(cx: &Services, actor: &Actor, id: AccommodationId) -> AppResult<Permit<ApplyForAccommodation>> {
    let row = store::find_accommodation(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    if row.account_id != actor.account_id {
        return Err(AppError::not_found());
    }
    authorize(actor, id, &Place::Own { account: actor.account_id })
}
