//! Where the credit bank is served (受理点), and by whom.

use super::{
    entity::service_point,
    places::{self, Names, OfProvider, PlaceFilter, check_division, none_of, of_provider},
    providers::{self, ProviderFacts},
    store,
};
use crate::{
    access::{Actor, Permit, actions, authorize},
    identity,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
};
use sea_orm::{ColumnTrait, Condition};
use shared::{
    ids::{ProviderId, ServicePointId},
    organisation::{OpenState, PointStaff, ServicePointEntry, ServicePointView, validate_service_point},
    page::{Page, PageQuery},
    problem::ProblemCode,
    rights::{Place, Right},
    time::Timestamp,
};

actions! {
    /// Enter or change a service point.
    EditServicePoint(ServicePointId) = EditServicePoint;
}

fn place(row: &service_point::Model) -> Place {
    of_provider(row.provider_id, row.division.clone())
}

/// Where the roles of those who serve at an open service point are held: it serves the division of its provider.
pub(super) async fn open_place(cx: &Services, id: ServicePointId) -> AppResult<Option<Place>> {
    let Some(row) = store::find::<service_point::Entity>(cx.db.read(), id).await? else { return Ok(None) };
    match places::state(&row.state)? {
        OpenState::Open => Ok(Some(served_from(id, providers::provider(cx, row.provider_id).await?))),
        OpenState::Closed => Ok(None),
    }
}

/// Whether a service point is open, within a write until whose end nobody closes it.
pub(super) async fn hold_open(tx: &Tx, id: ServicePointId) -> AppResult<bool> {
    let row = store::lock::<service_point::Entity>(tx.conn(), id).await?;
    let state = row.map(|row| places::state(&row.state)).transpose()?;
    Ok(state == Some(OpenState::Open))
}

fn served_from(id: ServicePointId, provider: ProviderFacts) -> Place {
    Place::ServicePoint { id, provider: provider.id, serves: provider.division }
}

/// The open service points of a provider by name, each with the place at which roles are held there.
///
/// # Errors
/// `not-found` if there is no such provider.
pub async fn places_to_serve(cx: &Services, of: ProviderId) -> AppResult<Vec<(String, Place)>> {
    let provider = providers::provider(cx, of).await?;
    let rows = store::list_open_of::<service_point::Entity>(cx.db.read(), &[of]).await?;
    Ok(rows.into_iter().map(|row| (row.name, served_from(row.id, provider.clone()))).collect())
}

/// Lets the actor enter a service point of a provider that they may know of.
pub(super) async fn permit_new(
    cx: &Services,
    actor: &Actor,
    entry: &ServicePointEntry,
) -> AppResult<Permit<EditServicePoint>> {
    providers::check_seen(cx, actor, entry.provider_id).await?;
    authorize(actor, cx.ids.new_id(), &of_provider(entry.provider_id, entry.division.as_str()))
}

/// Lets the actor change a service point, where it lies and where the entry moves it to.
pub(super) async fn permit(
    cx: &Services,
    actor: &Actor,
    id: ServicePointId,
    entry: &ServicePointEntry,
) -> AppResult<Permit<EditServicePoint>> {
    let row = places::seen::<service_point::Entity>(cx, actor, id, place).await?;
    if !actor.has_any(&[Right::EditServicePoint], &of_provider(row.provider_id, entry.division.as_str())) {
        return Err(AppError::Problem(ProblemCode::Forbidden));
    }
    authorize(actor, id, &place(&row))
}

/// Enters a service point.
pub(super) async fn create(
    cx: &Services,
    permit: &Permit<EditServicePoint>,
    key: &IdempotencyKey,
    entry: &ServicePointEntry,
) -> AppResult<ServicePointId> {
    let author = permit.person()?;
    cx.db
        .write(permit, async |tx| {
            once(tx, author, key, entry, async || create_service_point(tx, *permit.target(), entry).await).await
        })
        .await
}

/// Enters a service point, within a write.
///
/// # Errors
/// The fields that are wrong.
pub async fn create_service_point(tx: &Tx, id: ServicePointId, entry: &ServicePointEntry) -> AppResult<ServicePointId> {
    check(tx, entry).await?;
    note(tx, entry, 1);
    let row = row(id, tx.now(), 1, entry)?;
    store::insert::<service_point::Entity>(tx.conn(), row).await?.or_refuse("/name")?;
    Ok(id)
}

async fn check(tx: &Tx, entry: &ServicePointEntry) -> AppResult<()> {
    let home = providers::home(tx, entry.provider_id, entry.state).await?;
    none_of(validate_service_point(entry, home))?;
    check_division(tx, entry.division).await
}

/// The row of a service point as the entry says.
fn row(
    id: ServicePointId,
    created_at: Timestamp,
    version: i32,
    entry: &ServicePointEntry,
) -> AppResult<service_point::Model> {
    let staff = entry.staff.iter().map(|person| PointStaff { name: person.name.trim().to_owned(), ..*person });
    let staff: Vec<PointStaff> = staff.collect();
    Ok(service_point::Model {
        id,
        provider_id: entry.provider_id,
        name: entry.name.trim().to_owned(),
        division: entry.division.to_string(),
        address: entry.address.trim().to_owned(),
        phone: entry.phone.trim().to_owned(),
        opening_hours: entry.opening_hours.trim().to_owned(),
        staff: serde_json::to_string(&staff).map_err(AppError::internal)?,
        state: entry.state.as_str().to_owned(),
        version,
        created_at,
    })
}

/// Tells the audit log what was entered.
fn note(tx: &Tx, entry: &ServicePointEntry, version: i32) {
    tx.note("version", version);
    tx.note("state", entry.state.as_str());
    tx.note("division", entry.division.as_str());
    tx.note("staff", entry.staff.len());
}

/// Changes a service point over the version that its author has seen. Nobody serves at one that is closed: the roles
/// that are held there end.
pub(super) async fn replace(
    cx: &Services,
    permit: &Permit<EditServicePoint>,
    seen: i32,
    entry: &ServicePointEntry,
) -> AppResult<()> {
    let id = *permit.target();
    cx.db
        .write(permit, async |tx| {
            let before = store::find::<service_point::Entity>(tx.conn(), id).await?;
            let before = before.ok_or_else(AppError::not_found)?;
            if before.provider_id != entry.provider_id {
                return Err(AppError::field("/provider_id", "unchangeable"));
            }
            check(tx, entry).await?;
            note(tx, entry, seen + 1);
            let row = row(id, before.created_at, seen + 1, entry)?;
            store::replace::<service_point::Entity>(tx.conn(), id, seen, row).await?.or_refuse("/name")?;
            if entry.state == OpenState::Closed {
                let provider = providers::provider_within(tx, entry.provider_id).await?;
                identity::end_roles_at(tx, permit.person()?, &served_from(id, provider)).await?;
            }
            Ok(())
        })
        .await
}

/// The service points that the actor may see.
///
/// # Errors
/// `forbidden` if the actor may see none anywhere.
pub async fn list(
    cx: &Services,
    actor: &Actor,
    (filter, of, query): (&PlaceFilter, &OfProvider, &PageQuery),
) -> AppResult<Page<ServicePointView>> {
    let also = of.provider_id.map(|id| service_point::Column::ProviderId.eq(id));
    let also = Condition::all().add_option(also);
    let key = |row: &service_point::Model| (row.division.clone(), row.id.0);
    let rows = places::list::<service_point::Entity>(cx, actor, (filter, query), also, key).await?;
    Ok(Page { items: views(cx, rows.items).await?, next_cursor: rows.next_cursor })
}

/// A service point that the actor may see.
pub(super) async fn get(cx: &Services, actor: &Actor, id: ServicePointId) -> AppResult<ServicePointView> {
    view_of(cx, places::seen::<service_point::Entity>(cx, actor, id, place).await?).await
}

/// A service point that the caller has just written.
pub(super) async fn view(cx: &Services, id: ServicePointId) -> AppResult<ServicePointView> {
    let row = store::find::<service_point::Entity>(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    view_of(cx, row).await
}

async fn view_of(cx: &Services, row: service_point::Model) -> AppResult<ServicePointView> {
    views(cx, vec![row]).await?.pop().ok_or_else(AppError::not_found)
}

async fn views(cx: &Services, rows: Vec<service_point::Model>) -> AppResult<Vec<ServicePointView>> {
    let names = Names::of(cx, rows.iter().map(|row| row.division.as_str())).await?;
    let providers = providers::names(cx, rows.iter().map(|row| row.provider_id)).await?;
    let view = |row: service_point::Model| {
        let division = places::code(&row.division)?;
        Ok(ServicePointView {
            id: row.id,
            provider_id: row.provider_id,
            provider_name: providers.get(&row.provider_id).cloned().unwrap_or_default(),
            name: row.name,
            division,
            division_name: names.path(division),
            address: row.address,
            phone: row.phone,
            opening_hours: row.opening_hours,
            staff: serde_json::from_str(&row.staff).map_err(AppError::internal)?,
            state: places::state(&row.state)?,
            version: row.version,
        })
    };
    rows.into_iter().map(view).collect()
}
