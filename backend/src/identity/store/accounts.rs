//! Statements on accounts.

use crate::{
    access::{Scope, lies_in},
    identity::entity::{account, role_grant, second_factor},
    platform::{
        crypto::BlindIndex,
        db::contains,
        error::{AppError, AppResult},
    },
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    SqlErr, UpdateResult,
    sea_query::{Expr, OnConflict, SelectStatement},
};
use shared::{
    identity::AccountState,
    ids::{AccountId, ProviderId},
    organisation::DivisionCode,
    time::Timestamp,
};

/// Accounts that one statement asks for.
const IDS: usize = 500;

pub(in crate::identity) async fn find_account_by_name(
    conn: &impl ConnectionTrait,
    login_name: &str,
) -> AppResult<Option<account::Model>> {
    Ok(account::Entity::find().filter(account::Column::LoginName.eq(login_name)).one(conn).await?)
}

pub(in crate::identity) async fn find_account_by_phone(
    conn: &impl ConnectionTrait,
    index: &BlindIndex,
) -> AppResult<Option<account::Model>> {
    Ok(account::Entity::find().filter(account::Column::LoginPhoneIndex.eq(index.clone())).one(conn).await?)
}

pub(in crate::identity) async fn find_account(
    conn: &impl ConnectionTrait,
    id: AccountId,
) -> AppResult<Option<account::Model>> {
    Ok(account::Entity::find_by_id(id).one(conn).await?)
}

pub(in crate::identity) async fn list_accounts(
    conn: &impl ConnectionTrait,
    ids: &[AccountId],
) -> AppResult<Vec<account::Model>> {
    let mut found = Vec::with_capacity(ids.len());
    for ids in ids.chunks(IDS) {
        let these = account::Entity::find().filter(account::Column::Id.is_in(ids.iter().copied()));
        found.extend(these.all(conn).await?);
    }
    Ok(found)
}

/// Inserts an account, unless somebody has its name; whether it did.
pub(in crate::identity) async fn insert_account(conn: &impl ConnectionTrait, row: account::Model) -> AppResult<bool> {
    let unless_taken = OnConflict::column(account::Column::LoginName).do_nothing().to_owned();
    let insert = account::Entity::insert(account::ActiveModel::from(row)).on_conflict(unless_taken);
    Ok(insert.exec_without_returning(conn).await? == 1)
}

/// The account; nobody else changes it or its roles until the write ends.
pub(in crate::identity) async fn lock_account(
    conn: &impl ConnectionTrait,
    id: AccountId,
) -> AppResult<Option<account::Model>> {
    Ok(account::Entity::find_by_id(id).lock_exclusive().one(conn).await?)
}

/// The place to which a list of accounts is narrowed down.
#[derive(Clone, Copy, Default)]
pub(in crate::identity) struct Narrowed {
    pub(in crate::identity) division: Option<DivisionCode>,
    pub(in crate::identity) provider_id: Option<ProviderId>,
}

impl Narrowed {
    /// What lies at a place of the scope and at this one, by these columns.
    fn within<C: ColumnTrait>(self, scope: &Scope, (division, provider): (C, C)) -> Condition {
        Condition::all()
            .add(scope.within(division, Some(provider)))
            .add_option(self.division.map(|code| lies_in(division, code)))
            .add_option(self.provider_id.map(|id| provider.eq(id)))
    }
}

/// Accounts that are kept, or whose owners hold roles, at those places of this scope. What is held outside the scope
/// finds nobody.
fn at(scope: &Scope, narrowed: Narrowed) -> Condition {
    Condition::any()
        .add(narrowed.within(scope, (account::Column::Division, account::Column::ProviderId)))
        .add(account::Column::Id.in_subquery(holders(scope, narrowed)))
}

/// Those who hold roles at these places of this scope.
fn holders(scope: &Scope, narrowed: Narrowed) -> SelectStatement {
    let held = (role_grant::Column::Division, role_grant::Column::ProviderId);
    role_grant::Entity::find()
        .select_only()
        .column(role_grant::Column::AccountId)
        .filter(narrowed.within(scope, held))
        .filter(role_grant::Column::EndedAt.is_null())
        .into_query()
}

/// Those whose log-in takes a second factor.
fn with_factor() -> SelectStatement {
    second_factor::Entity::find()
        .select_only()
        .column(second_factor::Column::AccountId)
        .filter(second_factor::Column::ConfirmedAt.is_not_null())
        .into_query()
}

/// Accounts of which this is to be looked at. What is held outside the scope is no role here.
fn in_state(scope: &Scope, state: AccountState) -> Condition {
    use account::Column::{FirstPasswordUntil, Id};
    Condition::all().add(match state {
        AccountState::FirstPassword => FirstPasswordUntil.is_not_null(),
        AccountState::PasswordAlone => Id.not_in_subquery(with_factor()),
        AccountState::WithoutRole => Id.not_in_subquery(holders(scope, Narrowed::default())),
    })
}

/// What somebody looks for among accounts.
pub(in crate::identity) struct Sought<'a> {
    /// A part of the name or of the account name.
    pub(in crate::identity) text: Option<&'a str>,
    pub(in crate::identity) state: Option<AccountState>,
}

pub(in crate::identity) async fn find_account_at(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    id: AccountId,
) -> AppResult<Option<account::Model>> {
    Ok(account::Entity::find_by_id(id).filter(at(scope, Narrowed::default())).one(conn).await?)
}

/// Accounts of a scope by account name, from after `after`; of those, the ones that are sought.
pub(in crate::identity) async fn list_accounts_at(
    conn: &impl ConnectionTrait,
    (scope, narrowed): (&Scope, Narrowed),
    Sought { text, state }: Sought<'_>,
    after: Option<String>,
    rows: u64,
) -> AppResult<Vec<account::Model>> {
    use account::Column::{DisplayName, LoginName};
    let mut query = account::Entity::find().filter(at(scope, narrowed));
    if let Some(state) = state {
        query = query.filter(in_state(scope, state));
    }
    if let Some(text) = text {
        query = query.filter(Condition::any().add(contains(LoginName, text)).add(contains(DisplayName, text)));
    }
    if let Some(after) = after {
        query = query.filter(LoginName.gt(after));
    }
    Ok(query.order_by_asc(LoginName).limit(rows).all(conn).await?)
}

/// Gives an account another name to be shown.
pub(in crate::identity) async fn set_display_name(
    conn: &impl ConnectionTrait,
    id: AccountId,
    name: &str,
) -> AppResult<()> {
    use account::Column;
    let update = account::Entity::update_many().col_expr(Column::DisplayName, Expr::value(name));
    update.filter(Column::Id.eq(id)).exec(conn).await?;
    Ok(())
}

/// Says since when nobody logs in by an account.
pub(in crate::identity) async fn set_closed(
    conn: &impl ConnectionTrait,
    id: AccountId,
    closed_at: Option<Timestamp>,
) -> AppResult<()> {
    use account::Column;
    let update = account::Entity::update_many().col_expr(Column::ClosedAt, Expr::value(closed_at.map(|at| at.0)));
    update.filter(Column::Id.eq(id)).exec(conn).await?;
    Ok(())
}

/// A password that is to be an account's.
pub(in crate::identity) struct NewPassword<'a> {
    /// Its hash.
    pub(in crate::identity) hash: &'a str,
    /// Until when it can be used, if somebody else gave it.
    pub(in crate::identity) first_until: Option<Timestamp>,
}

/// Puts another password in the place of the one that was read; whether it still was there.
pub(in crate::identity) async fn replace_password(
    conn: &impl ConnectionTrait,
    read: &account::Model,
    new: &NewPassword<'_>,
    now: Timestamp,
) -> AppResult<bool> {
    use account::Column;
    let update = account::Entity::update_many()
        .col_expr(Column::PasswordHash, Expr::value(new.hash))
        .col_expr(Column::FirstPasswordUntil, Expr::value(new.first_until.map(|until| until.0)))
        .col_expr(Column::PasswordSetAt, Expr::value(now.0))
        .filter(Column::Id.eq(read.id))
        .filter(Column::PasswordHash.eq(read.password_hash.as_str()));
    Ok(update.exec(conn).await?.rows_affected == 1)
}

/// Sets the name; from then on nobody logs in to the account by a phone.
///
/// # Errors
/// The field `/login_name` if somebody took the name at the same moment.
pub(in crate::identity) async fn set_login_name(
    conn: &impl ConnectionTrait,
    id: AccountId,
    login_name: &str,
) -> AppResult<()> {
    use account::Column;
    let update = account::Entity::update_many()
        .col_expr(Column::LoginName, Expr::value(login_name))
        .col_expr(Column::LoginPhoneIndex, Expr::value(None::<BlindIndex>));
    unless_taken(update.filter(Column::Id.eq(id)).exec(conn).await, "duplicate")
}

/// Sets by which phone somebody logs in.
///
/// # Errors
/// The field `/login_name` if somebody else does.
pub(in crate::identity) async fn set_login_phone(
    conn: &impl ConnectionTrait,
    id: AccountId,
    index: BlindIndex,
) -> AppResult<()> {
    use account::Column;
    let update = account::Entity::update_many().col_expr(Column::LoginPhoneIndex, Expr::value(index));
    unless_taken(update.filter(Column::Id.eq(id)).exec(conn).await, "phone-taken")
}

/// Takes a phone from the account that is closed, if one has it.
pub(in crate::identity) async fn release_login_phone(conn: &impl ConnectionTrait, index: &BlindIndex) -> AppResult<()> {
    use account::Column;
    let update = account::Entity::update_many().col_expr(Column::LoginPhoneIndex, Expr::value(None::<BlindIndex>));
    let closed = update.filter(Column::LoginPhoneIndex.eq(index.clone())).filter(Column::ClosedAt.is_not_null());
    closed.exec(conn).await?;
    Ok(())
}

fn unless_taken(outcome: Result<UpdateResult, DbErr>, code: &str) -> AppResult<()> {
    match outcome {
        Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => {
            Err(AppError::field("/login_name", code))
        }
        outcome => Ok(outcome.map(drop)?),
    }
}
