//! Who keeps the system sees the last job of a kind, and how much waits and failed: each by an index.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, name, columns) in [
            ("job", "ix_job_kind", ["kind", "asked_at"]),
            ("job", "ix_job_problem", ["problem", "finished_at"]),
            ("text_message", "ix_text_message_state", ["state", "created_at"]),
        ] {
            let mut index = Index::create().name(name).table(table).to_owned();
            for column in columns {
                index.col(column);
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
