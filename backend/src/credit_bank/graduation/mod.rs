//! 毕业: the school proposes graduates of a class, the county confirms, and who issues the diploma approves; the register
//! of diplomas, which anybody may ask about who knows number and name (ADR 38).

mod candidates;
mod decide;
mod export;
mod issue;
mod lists;
mod own;
mod paper;
mod propose;
mod register;
pub(super) mod routes;
mod rules;
mod standing;
mod voiding;
mod work;

pub use own::diplomas_of;
pub(super) use own::own;
pub(super) use work::work;

use super::{
    entity::{diploma, graduation_batch},
    store,
};
use crate::{
    access::{Action, Actor, Permit, actions, authorize},
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    credit_bank::{GraduationState, diploma_issuer},
    ids::{ClassId, DiplomaId, GraduationBatchId},
    learning::CourseLevel,
    organisation::DivisionCode,
    rights::{Place, Right},
};

actions! {
    /// See who of a class may graduate, and what the others lack.
    SeeCandidates(ClassId) = ProposeGraduates;
    /// Propose graduates of a class.
    Propose(ClassId) = ProposeGraduates;
    /// Confirm or return a list for the county.
    Confirm(GraduationBatchId) = ConfirmGraduates;
    /// Approve or return a list for the city.
    Approve(GraduationBatchId) = ApproveGraduates;
    /// Print the register sheet of a list.
    PrintSheet(GraduationBatchId) = ReadDiplomas;
    /// Print the diplomas of a list.
    PrintDiplomas(GraduationBatchId) = KeepDiplomas;
    /// Take lists of graduates away as a file.
    ExportGraduations(&'static str) = ReadDiplomas;
    /// Take a part of the register away as a file.
    ExportDiplomas(&'static str) = ReadDiplomas;
    /// Make a diploma void with another person, let it be, or give an extract.
    Keep(DiplomaId) = KeepDiplomas;
}

/// Where a list lies.
fn place_of(row: &graduation_batch::Model) -> Place {
    Place::Provider { id: row.provider_id, division: row.division.clone() }
}

/// A list of which the actor may know.
///
/// # Errors
/// `not-found` if there is none.
async fn seen(cx: &Services, actor: &Actor, id: GraduationBatchId) -> AppResult<graduation_batch::Model> {
    let row = store::find_batch(cx.db.read(), id).await?;
    row.filter(|row| actor.has_any(&[Right::ReadDiplomas], &place_of(row))).ok_or_else(AppError::not_found)
}

/// Lets the actor do `A` to a list.
///
/// # Errors
/// `not-found` if the actor may not know of it, `forbidden` if they may but lack the right.
async fn permit<A: Action<Target = GraduationBatchId>>(
    cx: &Services,
    actor: &Actor,
    id: GraduationBatchId,
) -> AppResult<Permit<A>> {
    let row = seen(cx, actor, id).await?;
    authorize(actor, id, &place_of(&row))
}

/// Lets the actor keep a diploma, for the bureau that issued it or one above.
///
/// # Errors
/// `not-found` if the actor may not know of it, `forbidden` if they may but lack the right.
async fn permit_keeping(cx: &Services, actor: &Actor, id: DiplomaId) -> AppResult<Permit<Keep>> {
    let row = store::find_diploma(cx.db.read(), id).await?;
    let school = |row: &diploma::Model| Place::Provider { id: row.provider_id, division: row.division.clone() };
    let row = row.filter(|row| actor.has_any(&[Right::ReadDiplomas], &school(row))).ok_or_else(AppError::not_found)?;
    authorize(actor, id, &Place::division(&row.issuer))
}

/// Lets the actor print the diplomas of a list, for the bureau that issues them or one above; with the list.
///
/// # Errors
/// `not-found` if the actor may not know of it, `forbidden` if they may but lack the right.
async fn permit_printing(
    cx: &Services,
    actor: &Actor,
    id: GraduationBatchId,
) -> AppResult<(Permit<PrintDiplomas>, graduation_batch::Model)> {
    let row = seen(cx, actor, id).await?;
    let school = DivisionCode::parse(&row.division).ok_or_else(|| AppError::internal("a list in no division"))?;
    let issuer = diploma_issuer(school, level_of(&row.level)?);
    Ok((authorize(actor, id, &issuer.place())?, row))
}

fn level_of(text: &str) -> AppResult<CourseLevel> {
    CourseLevel::parse(text).ok_or_else(|| AppError::internal(format!("level {text}")))
}

fn state_of(row: &graduation_batch::Model) -> AppResult<GraduationState> {
    state(&row.state)
}

fn state(text: &str) -> AppResult<GraduationState> {
    GraduationState::parse(text).ok_or_else(|| AppError::internal(format!("a list of graduates is {text}")))
}
