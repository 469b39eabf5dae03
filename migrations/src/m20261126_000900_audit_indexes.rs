//! What the audit log is narrowed down by: who did it, to what, by which right and when. Pages of the log go by
//! `seq`, so each index goes on with it.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, column) in [
            ("ix_audit_entry_actor", "actor_id"),
            ("ix_audit_entry_target", "target"),
            ("ix_audit_entry_right", "right"),
            ("ix_audit_entry_at", "at"),
        ] {
            let index = Index::create().name(name).table("audit_entry").col(column).col("seq").to_owned();
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
