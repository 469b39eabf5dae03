//! What waits for somebody who grants roles.

use super::{entity::role_grant::Column, store};
use crate::{
    access::{Actor, Scope},
    platform::{Services, error::AppResult},
};
use sea_orm::{ColumnTrait, Condition};
use shared::{
    rights::{GrantState, Right},
    work::{WorkKind, WorkLine},
};

/// The roles that wait for the actor as the second person.
///
/// # Errors
/// If the store fails.
pub async fn work(cx: &Services, actor: &Actor) -> AppResult<Vec<WorkLine>> {
    let Ok(scope) = Scope::above_classes(actor, Right::GrantRole) else { return Ok(Vec::new()) };
    let others = Condition::all()
        .add(Column::State.eq(GrantState::Proposed.as_str()))
        .add(Column::AccountId.ne(actor.account_id))
        .add(Condition::any().add(Column::GrantedBy.is_null()).add(Column::GrantedBy.ne(actor.account_id)));
    let waiting = store::count_grants(cx.db.read(), &scope, others).await?;
    Ok(WorkLine::some(WorkKind::RolesToConfirm, waiting).into_iter().collect())
}
