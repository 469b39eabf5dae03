//! A log-in by an admission ticket is good for the one sitting that the ticket is for.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let sitting = Table::alter().table("login").add_column(uuid_null("sitting_id")).to_owned();
        manager.alter_table(sitting).await
    }
}
