//! Which records an actor may know of.

use super::{
    entity::student_record::{self, Column},
    rows::place_of,
    store,
};
use crate::{
    access::{Action, Actor, Permit, Scope, authorize, lies_in},
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use sea_orm::{ColumnTrait, Condition};
use shared::{
    ids::{ProviderId, StudentRecordId},
    learning::CourseLevel,
    organisation::DivisionCode,
    rights::Right,
};

/// A record of which the actor may know.
///
/// # Errors
/// `not-found` if there is none.
pub(super) async fn seen(cx: &Services, actor: &Actor, id: StudentRecordId) -> AppResult<student_record::Model> {
    let row = store::find_record(cx.db.read(), id).await?;
    row.filter(|row| may_read(actor, row)).ok_or_else(AppError::not_found)
}

pub(super) fn may_read(actor: &Actor, row: &student_record::Model) -> bool {
    actor.has_any(&[Right::ReadEnrolments], &place_of(row))
}

/// Lets the actor do `A` to a record.
///
/// # Errors
/// `not-found` if the actor may not know of it, `forbidden` if they may but lack the right.
pub(super) async fn permit<A: Action<Target = StudentRecordId>>(
    cx: &Services,
    actor: &Actor,
    id: StudentRecordId,
) -> AppResult<(Permit<A>, student_record::Model)> {
    let row = seen(cx, actor, id).await?;
    Ok((authorize(actor, id, &place_of(&row))?, row))
}

/// Which records a list or a count is about.
#[derive(Default)]
pub(super) struct Wanted {
    pub(super) division: Option<DivisionCode>,
    pub(super) provider_id: Option<ProviderId>,
    pub(super) level: Option<CourseLevel>,
}

/// What the actor may see of it; the ranges of divisions are for the indexes.
///
/// # Errors
/// `forbidden` if the actor may see records nowhere.
pub(super) fn readable(actor: &Actor, wanted: &Wanted) -> AppResult<Condition> {
    let scope = Scope::above_classes(actor, Right::ReadEnrolments)?;
    let roots = scope.roots();
    let ranges = roots.into_iter().fold(Condition::any(), |any, root| any.add(lies_in(Column::Division, root)));
    let mut readable = Condition::all().add(ranges).add(scope.within(Column::Division, Some(Column::ProviderId)));
    if let Some(code) = wanted.division {
        readable = readable.add(lies_in(Column::Division, code));
    }
    if let Some(id) = wanted.provider_id {
        readable = readable.add(Column::ProviderId.eq(id));
    }
    if let Some(level) = wanted.level {
        readable = readable.add(Column::Level.eq(level.as_str()));
    }
    Ok(readable)
}
