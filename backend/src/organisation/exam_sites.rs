//! Where unified tests are sat (考点).

use super::{
    entity::exam_site,
    places::{self, Names, PlaceFilter, check_division, none_of},
    store,
};
use crate::{
    access::{Actor, Permit, actions, authorize},
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
};
use sea_orm::Condition;
use shared::{
    ids::ExamSiteId,
    organisation::{ExamSiteEntry, ExamSiteView, validate_exam_site, validate_move},
    page::{Page, PageQuery},
    problem::ProblemCode,
    rights::{Place, Right},
    time::Timestamp,
};

actions! {
    /// Enter or change an exam site.
    EditExamSite(ExamSiteId) = EditExamSite;
}

/// Where a site lies.
pub(super) fn place(row: &exam_site::Model) -> Place {
    Place::Division { code: row.division.clone() }
}

/// Lets the actor enter a site where the entry says.
pub(super) fn permit_new(cx: &Services, actor: &Actor, entry: &ExamSiteEntry) -> AppResult<Permit<EditExamSite>> {
    authorize(actor, cx.ids.new_id(), &entry.division.place())
}

/// Lets the actor change a site, where it lies and where the entry moves it to.
pub(super) async fn permit(
    cx: &Services,
    actor: &Actor,
    id: ExamSiteId,
    entry: &ExamSiteEntry,
) -> AppResult<Permit<EditExamSite>> {
    let row = places::seen::<exam_site::Entity>(cx, actor, id, place).await?;
    if !actor.has_any(&[Right::EditExamSite], &entry.division.place()) {
        return Err(AppError::Problem(ProblemCode::Forbidden));
    }
    authorize(actor, id, &place(&row))
}

/// Enters a site.
pub(super) async fn create(
    cx: &Services,
    permit: &Permit<EditExamSite>,
    key: &IdempotencyKey,
    entry: &ExamSiteEntry,
) -> AppResult<ExamSiteId> {
    let author = permit.person()?;
    cx.db
        .write(permit, async |tx| {
            once(tx, author, key, entry, async || create_exam_site(tx, *permit.target(), entry).await).await
        })
        .await
}

/// Enters a site, within a write.
///
/// # Errors
/// The fields that are wrong.
pub async fn create_exam_site(tx: &Tx, id: ExamSiteId, entry: &ExamSiteEntry) -> AppResult<ExamSiteId> {
    none_of(validate_exam_site(entry))?;
    check_division(tx, entry.division).await?;
    note(tx, entry, 1);
    let row = row(id, tx.now(), 1, entry);
    store::insert::<exam_site::Entity>(tx.conn(), row).await?.or_refuse("/name")?;
    Ok(id)
}

/// The row of a site as the entry says.
fn row(id: ExamSiteId, created_at: Timestamp, version: i32, entry: &ExamSiteEntry) -> exam_site::Model {
    exam_site::Model {
        id,
        name: entry.name.trim().to_owned(),
        division: entry.division.to_string(),
        address: entry.address.trim().to_owned(),
        capacity: i32::try_from(entry.capacity).unwrap_or(i32::MAX),
        is_accessible: entry.is_accessible,
        contact_name: entry.contact_name.trim().to_owned(),
        contact_phone: entry.contact_phone.trim().to_owned(),
        state: entry.state.as_str().to_owned(),
        version,
        created_at,
    }
}

/// Tells the audit log what was entered.
fn note(tx: &Tx, entry: &ExamSiteEntry, version: i32) {
    tx.note("version", version);
    tx.note("state", entry.state.as_str());
    tx.note("division", entry.division.as_str());
    tx.note("capacity", entry.capacity);
}

/// Changes a site over the version that its author has seen.
pub(super) async fn replace(
    cx: &Services,
    permit: &Permit<EditExamSite>,
    seen: i32,
    entry: &ExamSiteEntry,
) -> AppResult<()> {
    none_of(validate_exam_site(entry))?;
    let id = *permit.target();
    cx.db
        .write(permit, async |tx| {
            let before = store::lock::<exam_site::Entity>(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            none_of(validate_move(places::code(&before.division)?, entry.division).into_iter().collect())?;
            check_division(tx, entry.division).await?;
            note(tx, entry, seen + 1);
            let row = row(id, before.created_at, seen + 1, entry);
            store::replace::<exam_site::Entity>(tx.conn(), id, seen, row).await?.or_refuse("/name")
        })
        .await
}

/// The sites that the actor may see.
///
/// # Errors
/// `forbidden` if the actor may see none anywhere.
pub async fn list(
    cx: &Services,
    actor: &Actor,
    (filter, query): (&PlaceFilter, &PageQuery),
) -> AppResult<Page<ExamSiteView>> {
    let key = |row: &exam_site::Model| (row.division.clone(), row.id.0);
    let rows = places::list::<exam_site::Entity>(cx, actor, (filter, query), Condition::all(), key).await?;
    Ok(Page { items: views(cx, rows.items).await?, next_cursor: rows.next_cursor })
}

/// A site that the actor may see.
pub(super) async fn get(cx: &Services, actor: &Actor, id: ExamSiteId) -> AppResult<ExamSiteView> {
    view_of(cx, places::seen::<exam_site::Entity>(cx, actor, id, place).await?).await
}

/// A site that the caller has just written.
pub(super) async fn view(cx: &Services, id: ExamSiteId) -> AppResult<ExamSiteView> {
    let row = store::find::<exam_site::Entity>(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    view_of(cx, row).await
}

async fn view_of(cx: &Services, row: exam_site::Model) -> AppResult<ExamSiteView> {
    views(cx, vec![row]).await?.pop().ok_or_else(AppError::not_found)
}

async fn views(cx: &Services, rows: Vec<exam_site::Model>) -> AppResult<Vec<ExamSiteView>> {
    let names = Names::of(cx, rows.iter().map(|row| row.division.as_str())).await?;
    let view = |row: exam_site::Model| {
        let division = places::code(&row.division)?;
        Ok(ExamSiteView {
            id: row.id,
            name: row.name,
            division,
            division_name: names.path(division),
            address: row.address,
            capacity: u32::try_from(row.capacity).unwrap_or_default(),
            is_accessible: row.is_accessible,
            contact_name: row.contact_name,
            contact_phone: row.contact_phone,
            state: places::state(&row.state)?,
            version: row.version,
        })
    };
    rows.into_iter().map(view).collect()
}
