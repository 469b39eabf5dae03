//! Files beside items, as the document or the scan that an item was taken from: sealed by the key at rest, as are their
//! names, and never changed.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// `number` is that of the version that was the newest then, `bytes` the length of the file as it came.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("item_attachment")
            .col(uuid("id").primary_key())
            .col(uuid("item_id"))
            .col(integer("number"))
            .col(string("kind"))
            .col(integer("bytes"))
            .col(blob("name"))
            .col(blob("content"))
            .col(uuid("added_by"))
            .col(big_integer("added_at"))
            .foreign_key(ForeignKey::create().from("item_attachment", "item_id").to("item", "id"))
            .to_owned();
        manager.create_table(table).await?;
        let mut of_item = Index::create();
        of_item.name("ix_item_attachment_item").table("item_attachment").col("item_id");
        manager.create_index(of_item).await
    }
}
