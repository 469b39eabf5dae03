//! Study that a phone tells of when it is back: an interval knows the entry of the device that it came from, so that
//! an entry counts once. Intervals of heartbeats have none. Tries at exercises carry the device's id as their own.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let entry = Table::alter().table("study_interval").add_column(uuid_null("entry_id")).to_owned();
        manager.alter_table(entry).await?;
        let by_entry =
            Index::create().name("ix_study_interval_entry").table("study_interval").col("entry_id").to_owned();
        manager.create_index(by_entry).await
    }
}
