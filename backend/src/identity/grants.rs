//! How somebody gets a role and loses it, and who may do what at a place.

use super::{
    entity::role_grant::{self, Column},
    roles, second_factor,
    staff::known_account,
    store,
};
use crate::{
    access::{Actor, Permit, PlaceBook, Scope, actions, authorize, lies_in},
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, decode_cursor, once, page},
    },
};
use sea_orm::{ColumnTrait, Condition};
use serde::Deserialize;
use shared::{
    identity::{NamedPlace, NewRoleGrant, RoleGrantView},
    ids::{AccountId, ProviderId, RoleGrantId, ServicePointId},
    organisation::DivisionCode,
    page::{Page, PageQuery},
    people::check_reason,
    problem::ProblemCode,
    rights::{GrantParties, GrantRefusal, GrantState, GrantStep, Right, Role, RoleAt, judge_grant, next_grant_state},
};
use std::collections::HashMap;

actions! {
    /// Grant a role.
    Grant(RoleGrantId) = GrantRole;
    /// Be the second person of a grant, or take the role back.
    Settle(RoleGrantId) = GrantRole;
}

/// Which grants are listed.
#[derive(Deserialize, utoipa::IntoParams)]
pub struct GrantsQuery {
    /// The division that the roles are held in, at any level.
    #[param(value_type = Option<String>)]
    pub division: Option<DivisionCode>,
    /// The school that they are held at.
    pub provider_id: Option<ProviderId>,
    /// The service point that they are held at; one that is open.
    pub service_point_id: Option<ServicePointId>,
    /// Whose they are.
    pub account_id: Option<AccountId>,
    /// Which role.
    pub role: Option<Role>,
    /// Where they stand; those that have not ended unless told.
    pub state: Option<GrantState>,
}

impl GrantsQuery {
    fn condition(&self) -> Condition {
        let state = match self.state {
            Some(state) => Column::State.eq(state.as_str()),
            None => Column::EndedAt.is_null(),
        };
        Condition::all()
            .add(state)
            .add_option(self.division.map(|code| lies_in(Column::Division, code)))
            .add_option(self.provider_id.map(|id| Column::ProviderId.eq(id)))
            .add_option(self.account_id.map(|id| Column::AccountId.eq(id)))
            .add_option(self.role.map(|role| Column::Role.eq(role.as_str())))
    }
}

/// Grants a role. A powerful one waits for a second person.
///
/// # Errors
/// The fields that are wrong, `forbidden` at another place, or why the role is not granted.
pub(super) async fn grant(
    cx: &Services,
    book: &dyn PlaceBook,
    actor: &Actor,
    key: &IdempotencyKey,
    new: &NewRoleGrant,
) -> AppResult<RoleGrantId> {
    let place = book.find(&new.place).await?.ok_or_else(|| AppError::field("/place", "not-found"))?;
    let permit = authorize::<Grant>(actor, cx.ids.new_id(), &place)?;
    known_account(cx, actor, new.account_id).await.map_err(|error| error.at_field("/account_id"))?;
    let (id, grantor) = (*permit.target(), permit.person()?);
    let wanted = RoleAt { role: new.role, place };
    cx.db
        .write(&permit, async |tx| {
            once(tx, grantor, key, new, async || {
                store::lock_account(tx.conn(), new.account_id).await?.ok_or_else(AppError::not_found)?;
                if !book.hold(tx, &wanted.place).await? {
                    return Err(AppError::field("/place", "not-found"));
                }
                let held = store::list_open_grants(tx.conn(), &[new.account_id]).await?;
                let held = held.iter().map(store::role_at).collect::<AppResult<Vec<_>>>()?;
                let state = judge_grant(&wanted, new.account_id, &held, grantor).map_err(refused)?;
                let row = roles::row(id, new.account_id, &wanted, state, tx.now())?;
                if !store::insert_role(tx.conn(), role_grant::Model { granted_by: Some(grantor), ..row }).await? {
                    return Err(AppError::refused(GrantRefusal::AlreadyHeld));
                }
                if state == GrantState::InForce {
                    ask_for_factor(cx, tx, new.account_id).await?;
                }
                tx.note("account", new.account_id.to_string());
                tx.note("role", wanted.role.as_str());
                tx.note("place", serde_json::to_value(&wanted.place).map_err(AppError::internal)?);
                tx.note("state", state.as_str());
                Ok(id)
            })
            .await
        })
        .await
}

/// Where staff need a second factor, whoever is given a role and has none sets one up first, also in the log-ins that are
/// open. The account is locked by then: none of them is being written.
async fn ask_for_factor(cx: &Services, tx: &Tx, id: AccountId) -> AppResult<()> {
    let is_on = store::find_confirmed_factor(tx.conn(), id).await?.is_some();
    match second_factor::need(cx.config.staff_totp, true, is_on) {
        Some(need) => store::set_need_everywhere(tx.conn(), id, need).await,
        None => Ok(()),
    }
}

fn refused(refusal: GrantRefusal) -> AppError {
    match refusal {
        GrantRefusal::NotHeldThere { .. } => AppError::field("/place", "role-place"),
        other => AppError::refused(other),
    }
}

/// Lets the actor confirm or end a grant at one of their places.
///
/// # Errors
/// `not-found` if it lies elsewhere, `forbidden` if they may only know of it.
pub(super) async fn permit(cx: &Services, actor: &Actor, id: RoleGrantId) -> AppResult<Permit<Settle>> {
    let row = store::find_grant(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let held = store::role_at(&row)?;
    if !actor.has_any(&[Right::ReadRights], &held.place) {
        return Err(AppError::not_found());
    }
    authorize(actor, id, &held.place)
}

/// Confirms a grant.
///
/// # Errors
/// Why the actor is not the second person, or that there is nothing to confirm.
pub(super) async fn confirm(cx: &Services, permit: &Permit<Settle>) -> AppResult<()> {
    let (id, actor) = (*permit.target(), permit.person()?);
    cx.db
        .write(permit, async |tx| {
            let row = store::find_grant(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            judge_step(&row, GrantStep::Confirm, actor)?;
            // Whoever logs in at the same moment waits for this, or is asked by what follows.
            store::lock_account(tx.conn(), row.account_id).await?;
            if !store::confirm_grant(tx.conn(), id, actor, tx.now()).await? {
                return Err(AppError::Problem(ProblemCode::WrongState));
            }
            ask_for_factor(cx, tx, row.account_id).await?;
            tx.note("account", row.account_id.to_string());
            tx.note("role", row.role);
            tx.note("state", GrantState::InForce.as_str());
            Ok(())
        })
        .await
}

/// Takes a role back. It gives nothing from the next request on.
///
/// # Errors
/// The field `/reason`; that it is the actor's own role, or has ended.
pub(super) async fn end(cx: &Services, permit: &Permit<Settle>, reason: &str) -> AppResult<()> {
    let (id, actor) = (*permit.target(), permit.person()?);
    let reason = check_reason(reason, "/reason").map_err(|error| AppError::Invalid(vec![error]))?;
    cx.db
        .write(permit, async |tx| {
            let row = store::find_grant(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            judge_step(&row, GrantStep::End, actor)?;
            store::lock_account(tx.conn(), row.account_id).await?;
            if !store::end_grant(tx.conn(), id, actor, tx.now(), &reason).await? {
                return Err(AppError::Problem(ProblemCode::WrongState));
            }
            tx.note("account", row.account_id.to_string());
            tx.note("role", row.role);
            tx.note("state", GrantState::Ended.as_str());
            tx.note("reason", reason.clone());
            Ok(())
        })
        .await
}

fn judge_step(row: &role_grant::Model, step: GrantStep, actor: AccountId) -> AppResult<GrantState> {
    next_grant_state(store::state_of(row)?, step, parties(row), actor).map_err(refused)
}

const fn parties(row: &role_grant::Model) -> GrantParties {
    GrantParties { holder: row.account_id, granted_by: row.granted_by }
}

/// Grants at the actor's places, the newest first.
///
/// # Errors
/// `forbidden` if the actor may know of rights nowhere.
pub async fn list(
    cx: &Services,
    book: &dyn PlaceBook,
    actor: &Actor,
    (wanted, query): (&GrantsQuery, &PageQuery),
) -> AppResult<Page<RoleGrantView>> {
    let scope = Scope::above_classes(actor, Right::ReadRights)?;
    let before: Option<RoleGrantId> = decode_cursor(query)?;
    let within = wanted.condition().add_option(at_point(book, wanted.service_point_id).await?);
    let rows = store::list_grants(cx.db.read(), &scope, within, before, query.rows() + 1).await?;
    let found = page(rows, query, |row| row.id);
    Ok(Page { items: views(cx, book, actor, found.items).await?, next_cursor: found.next_cursor })
}

/// What is held at the service point to which a list is narrowed down, if it is to one; nothing at one that there is
/// not.
async fn at_point(book: &dyn PlaceBook, point: Option<ServicePointId>) -> AppResult<Option<Condition>> {
    let Some(id) = point else { return Ok(None) };
    let place = book.find(&NamedPlace::ServicePoint { id }).await?;
    let place = place.map(|place| store::stored_place(&place)).transpose()?;
    Ok(Some(Condition::all().add(Column::Place.is_in(place))))
}

/// One grant that the actor has just given or settled.
///
/// # Errors
/// `not-found` if there is none.
pub(super) async fn get(
    cx: &Services,
    book: &dyn PlaceBook,
    actor: &Actor,
    id: RoleGrantId,
) -> AppResult<RoleGrantView> {
    let row = store::find_grant(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    views(cx, book, actor, vec![row]).await?.pop().ok_or_else(AppError::not_found)
}

async fn views(
    cx: &Services,
    book: &dyn PlaceBook,
    actor: &Actor,
    rows: Vec<role_grant::Model>,
) -> AppResult<Vec<RoleGrantView>> {
    let persons: Vec<AccountId> = rows
        .iter()
        .flat_map(|row| [Some(row.account_id), row.granted_by, row.confirmed_by].into_iter().flatten())
        .collect();
    let persons = store::list_accounts(cx.db.read(), &persons).await?;
    let persons: HashMap<_, _> = persons.into_iter().map(|row| (row.id, row)).collect();
    let held = rows.iter().map(store::role_at).collect::<AppResult<Vec<_>>>()?;
    let places = book.names(&held.iter().map(|held| held.place.clone()).collect::<Vec<_>>()).await?;
    let name = |id: Option<AccountId>| persons.get(&id?).map(|person| person.display_name.clone());
    let view = |(row, held): (role_grant::Model, RoleAt)| {
        let state = store::state_of(&row)?;
        let may_grant = actor.has_any(&[Right::GrantRole], &held.place);
        let may = |step| may_grant && next_grant_state(state, step, parties(&row), actor.account_id).is_ok();
        let (may_confirm, may_end) = (may(GrantStep::Confirm), may(GrantStep::End));
        Ok(RoleGrantView {
            id: row.id,
            account_id: row.account_id,
            display_name: name(Some(row.account_id)).unwrap_or_default(),
            login_name: persons.get(&row.account_id).map(|person| person.login_name.clone()).unwrap_or_default(),
            role: held.role,
            place_name: places.get(&held.place).cloned().unwrap_or_default(),
            place: held.place,
            state,
            granted_at: row.granted_at,
            granted_by: name(row.granted_by),
            confirmed_by: name(row.confirmed_by),
            ended_at: row.ended_at,
            ended_because: row.ended_because,
            may_confirm,
            may_end,
        })
    };
    rows.into_iter().zip(held).map(view).collect()
}
