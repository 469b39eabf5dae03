//! The accommodations that a bureau may see, and those that wait for it.

use super::{of_others, views::views, visible};
use crate::{
    access::{Actor, Scope},
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{decode_cursor, page},
    },
    sittings::{entity::accommodation::Column, store},
};
use sea_orm::{ColumnTrait, Condition};
use serde::Deserialize;
use shared::{
    ids::AccommodationId,
    learning::CourseLevel,
    page::{Page, PageQuery},
    problem::ProblemCode,
    rights::Right,
    sittings::{AccommodationOffice, AccommodationState, AccommodationView},
};

/// Which accommodations a client asks for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub(super) struct AccommodationQuery {
    /// Only those that wait for this office.
    waits: Option<AccommodationOffice>,
    /// Only those that stand there.
    state: Option<AccommodationState>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Rows wanted; at most 200, 50 unless told.
    limit: Option<u16>,
}

/// The accommodations that the actor may see, the newest first.
///
/// # Errors
/// `forbidden` if there can be none.
pub(super) async fn list(
    cx: &Services,
    actor: &Actor,
    query: AccommodationQuery,
) -> AppResult<Page<AccommodationView>> {
    let within = Condition::all()
        .add(seen(actor)?)
        .add(of_others(actor))
        .add_option(query.waits.map(waits_for))
        .add_option(query.state.map(|state| Column::State.eq(state.as_str())));
    let of_page = PageQuery { cursor: query.cursor, limit: query.limit };
    let rows = store::list_accommodations(cx.db.read(), within, decode_cursor(&of_page)?, of_page.rows() + 1).await?;
    let found = page(rows, &of_page, |row| row.id);
    Ok(Page { items: views(cx, Some(actor), found.items).await?, next_cursor: found.next_cursor })
}

/// One accommodation.
///
/// # Errors
/// `not-found`.
pub(super) async fn get(cx: &Services, actor: &Actor, id: AccommodationId) -> AppResult<AccommodationView> {
    let row = visible(cx, actor, id).await?;
    views(cx, Some(actor), vec![row]).await?.pop().ok_or_else(AppError::not_found)
}

/// How many accommodations wait for the actor at this office; those without a paper do not.
pub(in crate::sittings) async fn count_waiting(
    cx: &Services,
    actor: &Actor,
    office: AccommodationOffice,
) -> AppResult<u64> {
    let Ok(scope) = Scope::of(actor, right_of(office)) else { return Ok(0) };
    let within = waits_for(office).add(scope.within(Column::Division, Some(Column::ProviderId))).add(of_others(actor));
    store::count_accommodations(cx.db.read(), within).await
}

/// Who decides for an office.
pub(super) const fn right_of(office: AccommodationOffice) -> Right {
    match office {
        AccommodationOffice::County => Right::CheckAccommodation,
        AccommodationOffice::City => Right::ConfirmAccommodation,
    }
}

/// What an office can decide now: it is its turn, and there is a paper to decide by.
fn waits_for(office: AccommodationOffice) -> Condition {
    let turns = AccommodationState::ALL.iter().filter(|state| state.turn() == Some(office));
    let turns = Column::State.is_in(turns.map(|state| state.as_str()));
    Condition::all().add(turns).add(Column::PhotoId.is_not_null())
}

/// What a statement shows to the actor: what lies at the places of their offices and is of a level at which these have a
/// say.
fn seen(actor: &Actor) -> AppResult<Condition> {
    let shown = |office: &AccommodationOffice| {
        let scope = Scope::of(actor, right_of(*office)).ok()?;
        let levels = CourseLevel::ALL.iter().filter(|level| office.has_a_say(**level));
        let of_level = Column::Level.is_in(levels.map(|level| level.as_str()));
        Some(Condition::all().add(scope.within(Column::Division, Some(Column::ProviderId))).add(of_level))
    };
    let seen: Vec<_> = AccommodationOffice::ALL.iter().filter_map(shown).collect();
    if seen.is_empty() {
        return Err(AppError::Problem(ProblemCode::Forbidden));
    }
    Ok(seen.into_iter().fold(Condition::any(), Condition::add))
}
