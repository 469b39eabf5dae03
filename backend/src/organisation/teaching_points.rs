//! Where providers teach (教学点).

use super::{
    closing::check_told,
    entity::teaching_point,
    places::{self, Names, OfProvider, PlaceFilter, check_division, none_of, of_provider},
    providers, store,
};
use crate::{
    access::{Actor, ClassBook, ClassesOf, Permit, actions, authorize},
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
};
use sea_orm::{ColumnTrait, Condition};
use shared::{
    ids::{ProviderId, TeachingPointId},
    organisation::{OpenState, TeachingPointEntry, TeachingPointView, validate_teaching_point},
    page::{Page, PageQuery},
    problem::ProblemCode,
    rights::{Place, Right},
    time::Timestamp,
};

actions! {
    /// Enter or change a teaching point.
    EditTeachingPoint(TeachingPointId) = EditTeachingPoint;
}

/// What other features know of a teaching point.
pub struct TeachingPointFacts {
    /// The teaching point.
    pub id: TeachingPointId,
    /// Whose it is.
    pub provider_id: ProviderId,
    /// What it is called.
    pub name: String,
    /// Where it lies.
    pub place: Place,
    /// Whether it is in use.
    pub state: OpenState,
}

/// One teaching point.
///
/// # Errors
/// `not-found` if there is none.
pub async fn teaching_point(cx: &Services, id: TeachingPointId) -> AppResult<TeachingPointFacts> {
    teaching_points(cx, &[id]).await?.pop().ok_or_else(AppError::not_found)
}

/// These teaching points.
///
/// # Errors
/// If the store fails.
pub async fn teaching_points(cx: &Services, ids: &[TeachingPointId]) -> AppResult<Vec<TeachingPointFacts>> {
    store::list_teaching_points(cx.db.read(), ids).await?.into_iter().map(facts).collect()
}

/// One teaching point within a write, until whose end nobody closes it. Who also holds its provider does so before.
///
/// # Errors
/// `not-found` if there is none.
pub async fn hold_teaching_point(tx: &Tx, id: TeachingPointId) -> AppResult<TeachingPointFacts> {
    facts(store::lock::<teaching_point::Entity>(tx.conn(), id).await?.ok_or_else(AppError::not_found)?)
}

fn facts(row: teaching_point::Model) -> AppResult<TeachingPointFacts> {
    Ok(TeachingPointFacts {
        id: row.id,
        provider_id: row.provider_id,
        place: place(&row),
        state: places::state(&row.state)?,
        name: row.name,
    })
}

fn place(row: &teaching_point::Model) -> Place {
    of_provider(row.provider_id, row.division.clone())
}

/// Lets the actor enter a teaching point of a provider that they may know of.
pub(super) async fn permit_new(
    cx: &Services,
    actor: &Actor,
    entry: &TeachingPointEntry,
) -> AppResult<Permit<EditTeachingPoint>> {
    providers::check_seen(cx, actor, entry.provider_id).await?;
    authorize(actor, cx.ids.new_id(), &of_provider(entry.provider_id, entry.division.as_str()))
}

/// Lets the actor change a teaching point, where it lies and where the entry moves it to.
pub(super) async fn permit(
    cx: &Services,
    actor: &Actor,
    id: TeachingPointId,
    entry: &TeachingPointEntry,
) -> AppResult<Permit<EditTeachingPoint>> {
    let row = places::seen::<teaching_point::Entity>(cx, actor, id, place).await?;
    if !actor.has_any(&[Right::EditTeachingPoint], &of_provider(row.provider_id, entry.division.as_str())) {
        return Err(AppError::Problem(ProblemCode::Forbidden));
    }
    authorize(actor, id, &place(&row))
}

/// Enters a teaching point.
pub(super) async fn create(
    cx: &Services,
    permit: &Permit<EditTeachingPoint>,
    key: &IdempotencyKey,
    entry: &TeachingPointEntry,
) -> AppResult<TeachingPointId> {
    let author = permit.person()?;
    cx.db
        .write(permit, async |tx| {
            once(tx, author, key, entry, async || create_teaching_point(tx, *permit.target(), entry).await).await
        })
        .await
}

/// Enters a teaching point, within a write.
///
/// # Errors
/// The fields that are wrong.
pub async fn create_teaching_point(
    tx: &Tx,
    id: TeachingPointId,
    entry: &TeachingPointEntry,
) -> AppResult<TeachingPointId> {
    check(tx, entry).await?;
    note(tx, entry, 1);
    let row = row(id, tx.now(), 1, entry);
    store::insert::<teaching_point::Entity>(tx.conn(), row).await?.or_refuse("/name")?;
    Ok(id)
}

async fn check(tx: &Tx, entry: &TeachingPointEntry) -> AppResult<()> {
    let home = providers::home(tx, entry.provider_id, entry.state).await?;
    none_of(validate_teaching_point(entry, home))?;
    check_division(tx, entry.division).await
}

/// The row of a teaching point as the entry says.
fn row(id: TeachingPointId, created_at: Timestamp, version: i32, entry: &TeachingPointEntry) -> teaching_point::Model {
    teaching_point::Model {
        id,
        provider_id: entry.provider_id,
        name: entry.name.trim().to_owned(),
        division: entry.division.to_string(),
        address: entry.address.trim().to_owned(),
        phone: entry.phone.trim().to_owned(),
        state: entry.state.as_str().to_owned(),
        version,
        created_at,
    }
}

/// Tells the audit log what was entered.
fn note(tx: &Tx, entry: &TeachingPointEntry, version: i32) {
    tx.note("version", version);
    tx.note("state", entry.state.as_str());
    tx.note("division", entry.division.as_str());
}

/// Changes a teaching point over the version that its author has seen.
pub(super) async fn replace(
    cx: &Services,
    classes: &dyn ClassBook,
    permit: &Permit<EditTeachingPoint>,
    seen: i32,
    entry: &TeachingPointEntry,
) -> AppResult<()> {
    let id = *permit.target();
    cx.db
        .write(permit, async |tx| {
            let before = store::find::<teaching_point::Entity>(tx.conn(), id).await?;
            let before = before.ok_or_else(AppError::not_found)?;
            if before.provider_id != entry.provider_id {
                return Err(AppError::field("/provider_id", "unchangeable"));
            }
            check(tx, entry).await?;
            if entry.state == OpenState::Closed && places::state(&before.state)? == OpenState::Open {
                // Who plans a class holds the point that they choose.
                store::lock::<teaching_point::Entity>(tx.conn(), id).await?;
                check_told(tx, classes, ClassesOf::Point(id), &entry.told_classes).await?;
            }
            note(tx, entry, seen + 1);
            let row = row(id, before.created_at, seen + 1, entry);
            store::replace::<teaching_point::Entity>(tx.conn(), id, seen, row).await?.or_refuse("/name")
        })
        .await
}

/// The teaching points that the actor may see.
///
/// # Errors
/// `forbidden` if the actor may see none anywhere.
pub async fn list(
    cx: &Services,
    actor: &Actor,
    (filter, of, query): (&PlaceFilter, &OfProvider, &PageQuery),
) -> AppResult<Page<TeachingPointView>> {
    let also = of.provider_id.map(|id| teaching_point::Column::ProviderId.eq(id));
    let also = Condition::all().add_option(also);
    let key = |row: &teaching_point::Model| (row.division.clone(), row.id.0);
    let rows = places::list::<teaching_point::Entity>(cx, actor, (filter, query), also, key).await?;
    Ok(Page { items: views(cx, rows.items).await?, next_cursor: rows.next_cursor })
}

/// A teaching point that the actor may see.
pub(super) async fn get(cx: &Services, actor: &Actor, id: TeachingPointId) -> AppResult<TeachingPointView> {
    view_of(cx, places::seen::<teaching_point::Entity>(cx, actor, id, place).await?).await
}

/// A teaching point that the caller has just written.
pub(super) async fn view(cx: &Services, id: TeachingPointId) -> AppResult<TeachingPointView> {
    let row = store::find::<teaching_point::Entity>(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    view_of(cx, row).await
}

async fn view_of(cx: &Services, row: teaching_point::Model) -> AppResult<TeachingPointView> {
    views(cx, vec![row]).await?.pop().ok_or_else(AppError::not_found)
}

async fn views(cx: &Services, rows: Vec<teaching_point::Model>) -> AppResult<Vec<TeachingPointView>> {
    let names = Names::of(cx, rows.iter().map(|row| row.division.as_str())).await?;
    let providers = providers::names(cx, rows.iter().map(|row| row.provider_id)).await?;
    let view = |row: teaching_point::Model| {
        let division = places::code(&row.division)?;
        Ok(TeachingPointView {
            id: row.id,
            provider_id: row.provider_id,
            provider_name: providers.get(&row.provider_id).cloned().unwrap_or_default(),
            name: row.name,
            division,
            division_name: names.path(division),
            address: row.address,
            phone: row.phone,
            state: places::state(&row.state)?,
            version: row.version,
        })
    };
    rows.into_iter().map(view).collect()
}
