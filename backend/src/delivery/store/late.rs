//! Statements on answers that came late: after the end, with proof that they were written before it.

use crate::{
    delivery::entity::answer_entry::{Column, Entity},
    platform::error::AppResult,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, SelectStatement},
};
use shared::ids::SittingId;
use std::collections::HashMap;

/// As their index has it: a value that is bound would not be found there.
const IS_LATE: &str = "verdict = 'store_as_late'";

/// To how many items of each of these sittings an answer came late; nothing of those without any.
pub(in crate::delivery) async fn count_late(
    conn: &impl ConnectionTrait,
    ids: &[SittingId],
) -> AppResult<HashMap<SittingId, i64>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let counted = Entity::find()
        .select_only()
        .column(Column::SittingId)
        .column_as(Expr::col(Column::ItemId).count_distinct(), "late")
        .filter(Expr::cust(IS_LATE))
        .filter(Column::SittingId.is_in(ids.iter().copied()))
        .group_by(Column::SittingId);
    let counted: Vec<(SittingId, i64)> = counted.into_tuple().all(conn).await?;
    Ok(counted.into_iter().collect())
}

/// In how many of these sittings any did.
pub(in crate::delivery) async fn count_with_late(
    conn: &impl ConnectionTrait,
    among: SelectStatement,
) -> AppResult<i64> {
    let counted = Entity::find()
        .select_only()
        .column_as(Expr::col(Column::SittingId).count_distinct(), "sittings")
        .filter(Expr::cust(IS_LATE))
        .filter(Column::SittingId.in_subquery(among));
    let counted: Option<i64> = counted.into_tuple().one(conn).await?;
    Ok(counted.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::delivery::Verdict;

    #[test]
    fn what_is_counted_is_what_was_judged_late() {
        assert_eq!(IS_LATE, format!("verdict = '{}'", Verdict::StoreAsLate));
    }
}
