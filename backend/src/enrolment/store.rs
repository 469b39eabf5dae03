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

use super::entity::{enrolment_rule, learner_number_counter};
use crate::platform::error::{AppError, AppResult};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};
use shared::organisation::DivisionCode;

/// Every row of the rules whose region is one of these.
pub(super) async fn list_rules(
    conn: &impl ConnectionTrait,
    regions: impl Iterator<Item = DivisionCode>,
) -> AppResult<Vec<enrolment_rule::Model>> {
    let these = enrolment_rule::Column::Region.is_in(regions.map(|code| code.as_str().to_owned()));
    Ok(enrolment_rule::Entity::find().filter(these).all(conn).await?)
}

/// The row that a record keeps.
pub(super) async fn find_rule(
    conn: &impl ConnectionTrait,
    (region, level, valid_from): (&str, &str, &str),
) -> AppResult<enrolment_rule::Model> {
    let key = (region.to_owned(), level.to_owned(), valid_from.to_owned());
    let row = enrolment_rule::Entity::find_by_id(key).one(conn).await?;
    row.ok_or_else(|| AppError::internal("the rule of a record is gone"))
}

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
