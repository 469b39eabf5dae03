//! What has served its time is found by its age.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, table, column) in [
            ("ix_idempotency_key_created_at", "idempotency_key", "created_at"),
            ("ix_outbox_event_sent_at", "outbox_event", "sent_at"),
            ("ix_refresh_token_replaced_at", "refresh_token", "replaced_at"),
            ("ix_refresh_token_login", "refresh_token", "login_id"),
            ("ix_login_last_used_at", "login", "last_used_at"),
        ] {
            let index = Index::create().name(name).table(table).col(column).to_owned();
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
