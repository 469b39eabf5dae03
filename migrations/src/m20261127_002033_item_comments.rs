//! What authors and reviewers say to each other about an item; never changed.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// `number` is the version that was the newest then.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("item_comment")
                    .col(uuid("id").primary_key())
                    .col(uuid("item_id"))
                    .col(integer("number"))
                    .col(text("text"))
                    .col(uuid("written_by"))
                    .col(big_integer("written_at"))
                    .foreign_key(ForeignKey::create().from("item_comment", "item_id").to("item", "id"))
                    .to_owned(),
            )
            .await?;
        let mut of_item = Index::create().name("ix_item_comment_item").table("item_comment").to_owned();
        manager.create_index(of_item.col("item_id").col("written_at").to_owned()).await
    }
}
