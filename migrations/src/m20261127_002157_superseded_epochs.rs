//! Epochs of sittings that another device has continued, with when each began: what was written in them may still arrive,
//! and is judged by that.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("superseded_epoch")
                    .col(uuid("sitting_id"))
                    .col(integer("epoch"))
                    .col(big_integer("opened_at"))
                    .col(big_integer("superseded_at"))
                    .primary_key(Index::create().col("sitting_id").col("epoch"))
                    .foreign_key(ForeignKey::create().from("superseded_epoch", "sitting_id").to("sitting", "id"))
                    .to_owned(),
            )
            .await
    }
}
