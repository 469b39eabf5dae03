//! Schools and other providers of education.

use super::{
    closing::check_told,
    division_merge::former_divisions,
    entity::provider,
    places::{self, Names, PlaceFilter, check_division, none_of, of_provider},
    store,
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
use serde::Deserialize;
use shared::{
    ids::{CourseId, ProviderId},
    organisation::{
        CreditCode, DivisionCode, OpenState, ProviderEntry, ProviderKind, ProviderView, org_code, org_code_prefix,
        validate_provider,
    },
    page::{Page, PageQuery},
    problem::ProblemCode,
    rights::{self, Place, Right},
    time::Timestamp,
};
use std::collections::{BTreeSet, HashMap};

actions! {
    /// Enter or change a provider.
    EditProvider(ProviderId) = EditProvider;
}

/// Which providers are listed.
#[derive(Deserialize, utoipa::IntoParams)]
pub struct OfKind {
    /// What kind they are.
    pub kind: Option<ProviderKind>,
}

/// What is known of a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderFacts {
    /// The provider.
    pub id: ProviderId,
    /// Its name.
    pub name: String,
    /// Significant digits of the division that it lies in.
    pub division: String,
    /// Whether it is in use.
    pub state: OpenState,
}

/// Where the courses, items and papers of the province's catalogue lie.
#[must_use]
pub fn catalogue() -> Place {
    Place::division("33")
}

/// Where one of these courses lies, with its items: a role that is held there reaches no other.
#[must_use]
pub fn catalogue_of(id: CourseId) -> Place {
    Place::Course { id, division: "33".to_owned() }
}

/// Where what is added for a course lies, as far as it concerns an actor: the catalogue, or a course that their right is
/// limited to.
#[must_use]
pub fn catalogue_for(actor: &Actor, right: Right) -> Place {
    let whole = catalogue();
    if actor.has_any(&[right], &whole) {
        return whole;
    }
    let course = rights::places(&actor.roles, right).find(|place| matches!(place, Place::Course { .. })).cloned();
    course.unwrap_or(whole)
}

/// One provider.
///
/// # Errors
/// `not-found` if there is none.
pub async fn provider(cx: &Services, id: ProviderId) -> AppResult<ProviderFacts> {
    facts(store::find::<provider::Entity>(cx.db.read(), id).await?)
}

/// The same within a write, which may have entered it.
///
/// # Errors
/// `not-found` if there is none.
pub async fn provider_within(tx: &Tx, id: ProviderId) -> AppResult<ProviderFacts> {
    facts(store::find::<provider::Entity>(tx.conn(), id).await?)
}

/// The same within a write, until whose end nobody closes it.
///
/// # Errors
/// `not-found` if there is none.
pub async fn hold_provider(tx: &Tx, id: ProviderId) -> AppResult<ProviderFacts> {
    facts(store::lock::<provider::Entity>(tx.conn(), id).await?)
}

fn facts(row: Option<provider::Model>) -> AppResult<ProviderFacts> {
    let row = row.ok_or_else(AppError::not_found)?;
    let state = places::state(&row.state)?;
    Ok(ProviderFacts { id: row.id, name: row.name, division: row.division, state })
}

/// The names of these providers.
///
/// # Errors
/// If the store fails.
pub async fn names(cx: &Services, ids: impl IntoIterator<Item = ProviderId>) -> AppResult<HashMap<ProviderId, String>> {
    let ids: BTreeSet<_> = ids.into_iter().collect();
    let rows = store::list_providers(cx.db.read(), &ids.into_iter().collect::<Vec<_>>()).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// The open providers in this division itself, and in what it lies in, by name.
///
/// # Errors
/// If the store fails.
pub async fn open_around(cx: &Services, code: DivisionCode) -> AppResult<Vec<ProviderFacts>> {
    let rows = store::list_open_providers(cx.db.read(), &code.and_above().collect::<Vec<_>>()).await?;
    rows.into_iter().map(|row| facts(Some(row))).collect()
}

/// What a statement shows: rows whose provider is not closed.
#[must_use]
pub fn of_open_provider<C: ColumnTrait>(provider: C) -> Condition {
    Condition::all().add(provider.not_in_subquery(store::closed_providers()))
}

fn place(row: &provider::Model) -> Place {
    of_provider(row.id, row.division.clone())
}

/// Lets the actor enter a provider where the entry says.
pub(super) fn permit_new(cx: &Services, actor: &Actor, entry: &ProviderEntry) -> AppResult<Permit<EditProvider>> {
    authorize(actor, cx.ids.new_id(), &entry.division.place())
}

/// Lets the actor change a provider, where it lies and where the entry moves it to.
pub(super) async fn permit(
    cx: &Services,
    actor: &Actor,
    id: ProviderId,
    entry: &ProviderEntry,
) -> AppResult<Permit<EditProvider>> {
    let row = seen(cx, actor, id).await?;
    if !actor.has_any(&[Right::EditProvider], &of_provider(id, entry.division.as_str())) {
        return Err(AppError::Problem(ProblemCode::Forbidden));
    }
    authorize(actor, id, &place(&row))
}

async fn seen(cx: &Services, actor: &Actor, id: ProviderId) -> AppResult<provider::Model> {
    places::seen::<provider::Entity>(cx, actor, id, place).await
}

/// Enters a provider.
pub(super) async fn create(
    cx: &Services,
    permit: &Permit<EditProvider>,
    key: &IdempotencyKey,
    entry: &ProviderEntry,
) -> AppResult<ProviderId> {
    let author = permit.person()?;
    cx.db
        .write(permit, async |tx| {
            once(tx, author, key, entry, async || {
                check_division(tx, entry.division).await?;
                create_provider(tx, *permit.target(), entry).await
            })
            .await
        })
        .await
}

/// Enters a provider, within a write. The caller knows that there is its division.
///
/// # Errors
/// The fields that are wrong; `duplicate` if its county knows its credit code.
pub async fn create_provider(tx: &Tx, id: ProviderId, entry: &ProviderEntry) -> AppResult<ProviderId> {
    none_of(validate_provider(entry))?;
    let county = entry.division.county().ok_or_else(|| AppError::field("/division", "division-level"))?;
    let prefix = org_code_prefix(county, entry.kind);
    let number = u16::try_from(store::next_number(tx.conn(), &prefix).await?).ok();
    let org_code = number.and_then(|number| org_code(&prefix, number));
    let org_code = org_code.ok_or_else(|| AppError::field("/kind", "org-codes-used-up"))?;
    tx.note("org_code", org_code.clone());
    let known = Known { id, county: county.to_string(), org_code, created_at: tx.now(), former_division: None };
    note(tx, entry);
    store::insert::<provider::Entity>(tx.conn(), row(known, 1, entry)?).await?.or_refuse("/credit_code")?;
    Ok(id)
}

/// What never changes.
struct Known {
    id: ProviderId,
    county: String,
    org_code: String,
    created_at: Timestamp,
    former_division: Option<String>,
}

/// The row of a provider as the entry says. A reason is kept only where the code needs one.
fn row(known: Known, version: i32, entry: &ProviderEntry) -> AppResult<provider::Model> {
    let code = entry.credit_code.as_deref().map(CreditCode::parse).transpose();
    let code = code.map_err(|refusal| AppError::field("/credit_code", refusal.field_code()))?;
    let is_doubtful = code.as_ref().is_some_and(|code| code.warning().is_some());
    let reason = entry.credit_code_reason.as_deref().map(|reason| reason.trim().to_owned());
    let Known { id, county, org_code, created_at, former_division } = known;
    Ok(provider::Model {
        id,
        name: entry.name.trim().to_owned(),
        division: entry.division.to_string(),
        created_at,
        kind: entry.kind.as_str().to_owned(),
        county,
        org_code,
        credit_code: code.map(|code| code.as_str().to_owned()),
        credit_code_reason: reason.filter(|_| is_doubtful),
        state: entry.state.as_str().to_owned(),
        version,
        former_division,
    })
}

/// Tells the audit log what was entered.
fn note(tx: &Tx, entry: &ProviderEntry) {
    tx.note("state", entry.state.as_str());
    tx.note("division", entry.division.as_str());
    tx.note("credit_code", entry.credit_code.clone());
    tx.note("credit_code_reason", entry.credit_code_reason.clone());
}

/// Changes a provider over the version that its author has seen. It stays in its division: the places of its people,
/// classes and staff name it.
pub(super) async fn replace(
    cx: &Services,
    classes: &dyn ClassBook,
    permit: &Permit<EditProvider>,
    seen: i32,
    entry: &ProviderEntry,
) -> AppResult<()> {
    none_of(validate_provider(entry))?;
    let id = *permit.target();
    cx.db
        .write(permit, async |tx| {
            let before = store::lock::<provider::Entity>(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            if places::code(&before.division)? != entry.division {
                return Err(AppError::field("/division", "unchangeable"));
            }
            if entry.state == OpenState::Closed && places::state(&before.state)? == OpenState::Open {
                if store::has_open_points(tx.conn(), id).await? {
                    return Err(AppError::field("/state", "has-open-points"));
                }
                check_told(tx, classes, ClassesOf::School(id), &entry.told_classes).await?;
            }
            note(tx, entry);
            tx.note("version", seen + 1);
            let provider::Model { county, org_code, created_at, former_division, .. } = before;
            let row = row(Known { id, county, org_code, created_at, former_division }, seen + 1, entry)?;
            store::replace::<provider::Entity>(tx.conn(), id, seen, row).await?.or_refuse("/credit_code")
        })
        .await
}

/// The provider of a point that is being written, if it is there.
pub(super) async fn home(tx: &Tx, id: ProviderId, state: OpenState) -> AppResult<DivisionCode> {
    let row = store::lock::<provider::Entity>(tx.conn(), id).await?;
    let row = row.ok_or_else(|| AppError::field("/provider_id", "not-found"))?;
    if state == OpenState::Open && places::state(&row.state)? == OpenState::Closed {
        return Err(AppError::field("/provider_id", "provider-closed"));
    }
    places::code(&row.division)
}

/// Refuses a provider that the actor may not know of.
pub(super) async fn check_seen(cx: &Services, actor: &Actor, id: ProviderId) -> AppResult<()> {
    seen(cx, actor, id).await.map(drop).map_err(|error| error.at_field("/provider_id"))
}

/// The providers that the actor may see.
///
/// # Errors
/// `forbidden` if the actor may see none anywhere.
pub async fn list(
    cx: &Services,
    actor: &Actor,
    (filter, of, query): (&PlaceFilter, &OfKind, &PageQuery),
) -> AppResult<Page<ProviderView>> {
    let also = of.kind.map(|kind| provider::Column::Kind.eq(kind.as_str()));
    let also = Condition::all().add_option(also);
    let key = |row: &provider::Model| (row.division.clone(), row.id.0);
    let rows = places::list::<provider::Entity>(cx, actor, (filter, query), also, key).await?;
    Ok(Page { items: views(cx, rows.items).await?, next_cursor: rows.next_cursor })
}

/// A provider that the actor may see.
pub(super) async fn get(cx: &Services, actor: &Actor, id: ProviderId) -> AppResult<ProviderView> {
    view_of(cx, seen(cx, actor, id).await?).await
}

/// A provider that the caller has just written.
pub(super) async fn view(cx: &Services, id: ProviderId) -> AppResult<ProviderView> {
    let row = store::find::<provider::Entity>(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    view_of(cx, row).await
}

async fn view_of(cx: &Services, row: provider::Model) -> AppResult<ProviderView> {
    views(cx, vec![row]).await?.pop().ok_or_else(AppError::not_found)
}

async fn views(cx: &Services, rows: Vec<provider::Model>) -> AppResult<Vec<ProviderView>> {
    let names = Names::of(cx, rows.iter().map(|row| row.division.as_str())).await?;
    let former = former_divisions(cx, rows.iter().filter_map(|row| row.former_division.as_deref())).await?;
    let view = |row: provider::Model| {
        let division = places::code(&row.division)?;
        Ok(ProviderView {
            id: row.id,
            org_code: row.org_code,
            kind: ProviderKind::parse(&row.kind).ok_or_else(|| AppError::internal("unknown kind of a provider"))?,
            name: row.name,
            division,
            division_name: names.path(division),
            formerly: row.former_division.as_ref().and_then(|code| former.get(code)).cloned(),
            credit_code: row.credit_code,
            credit_code_reason: row.credit_code_reason,
            state: places::state(&row.state)?,
            version: row.version,
        })
    };
    rows.into_iter().map(view).collect()
}
