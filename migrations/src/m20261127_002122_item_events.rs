//! What happened to items that no other table tells: what came in out of files, was changed together with others, looked
//! at with its key, or taken away; never changed.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// `number` is the version that it was about, or the newest then.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("item_event")
                    .col(uuid("id").primary_key())
                    .col(uuid("item_id"))
                    .col(text("kind"))
                    .col(integer("number"))
                    .col(uuid("done_by"))
                    .col(big_integer("done_at"))
                    .foreign_key(ForeignKey::create().from("item_event", "item_id").to("item", "id"))
                    .to_owned(),
            )
            .await?;
        let mut of_item = Index::create().name("ix_item_event_item").table("item_event").to_owned();
        manager.create_index(of_item.col("item_id").col("done_at").to_owned()).await
    }
}
