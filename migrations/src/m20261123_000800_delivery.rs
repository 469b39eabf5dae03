//! The append-only journal of answers. The answer in force is the entry with the highest (epoch, seq); rows are never updated or deleted.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("answer_entry")
                    .col(uuid("sitting_id"))
                    .col(integer("epoch"))
                    .col(big_integer("seq"))
                    .col(uuid("item_id"))
                    .col(text("response"))
                    .col(big_integer("monotonic_ms"))
                    .col(string("hash"))
                    .col(string("verdict"))
                    .col(big_integer("received_at"))
                    .primary_key(Index::create().col("sitting_id").col("epoch").col("seq"))
                    .foreign_key(ForeignKey::create().from("answer_entry", "sitting_id").to("sitting", "id"))
                    .to_owned(),
            )
            .await?;
        Ok(())
    }
}
