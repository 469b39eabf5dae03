//! Survey lists on their way in, part by part, until each is whole: where the line is weak, only the part that broke off
//! is sent again. Parts are forgotten after a day.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("roster_upload_part")
                    .col(uuid("upload_id"))
                    .col(integer("part"))
                    .col(blob("content"))
                    .col(big_integer("received_at"))
                    .primary_key(Index::create().col("upload_id").col("part"))
                    .to_owned(),
            )
            .await?;
        let by_age = Index::create()
            .name("ix_roster_upload_part_received_at")
            .table("roster_upload_part")
            .col("received_at")
            .to_owned();
        manager.create_index(by_age).await
    }
}
