//! Facts of entries that were put right.

use super::super::entity::{
    roster_correction::{self, Column},
    roster_entry,
};
use crate::platform::error::AppResult;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use shared::ids::RosterEntryId;

/// Keeps what stood in an entry, and puts what is right in its place.
pub(in super::super) async fn correct_entry(
    conn: &impl ConnectionTrait,
    before: roster_correction::Model,
    entry: &roster_entry::Model,
) -> AppResult<()> {
    let before = roster_correction::ActiveModel::from(before);
    roster_correction::Entity::insert(before).exec_without_returning(conn).await?;
    roster_entry::Entity::update_many()
        .col_expr(roster_entry::Column::Version, Expr::value(entry.version))
        .col_expr(roster_entry::Column::EducationLevel, Expr::value(entry.education_level.clone()))
        .col_expr(roster_entry::Column::Details, Expr::value(entry.details.clone()))
        .filter(roster_entry::Column::Id.eq(entry.id))
        .exec(conn)
        .await?;
    Ok(())
}

/// The corrections of these entries, the earliest first.
pub(in super::super) async fn list_corrections(
    conn: &impl ConnectionTrait,
    entry_ids: &[RosterEntryId],
) -> AppResult<Vec<roster_correction::Model>> {
    let these = roster_correction::Entity::find().filter(Column::EntryId.is_in(entry_ids.iter().copied()));
    Ok(these.order_by_asc(Column::Seq).all(conn).await?)
}
