//! Statements on the feature's tables.

mod attachments;
mod codes;
mod records;
mod rule_changes;
mod school_changes;

pub(super) use attachments::*;
pub(super) use codes::*;
pub(super) use records::*;
pub(super) use rule_changes::*;
pub(super) use school_changes::*;

use super::entity::learner_number_counter;
use crate::platform::error::{AppError, AppResult};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};

/// Takes the next serial under this name; writers of the same name queue here.
pub(super) async fn next_serial(conn: &impl ConnectionTrait, name: &str) -> AppResult<i32> {
    use learner_number_counter::{ActiveModel, Column, Entity};
    Entity::insert(ActiveModel { name: Set(name.to_owned()), last: Set(0) })
        .on_conflict(OnConflict::column(Column::Name).do_nothing().to_owned())
        .exec_without_returning(conn)
        .await?;
    Entity::update_many()
        .col_expr(Column::Last, Expr::col(Column::Last).add(1))
        .filter(Column::Name.eq(name))
        .exec(conn)
        .await?;
    let counter = Entity::find_by_id(name.to_owned()).one(conn).await?;
    counter.map(|counter| counter.last).ok_or_else(|| AppError::internal("a counter of learners is missing"))
}
