//! Items and their versions; a version is never changed.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("item")
                    .col(uuid("id").primary_key())
                    .col(uuid("course_id"))
                    .col(uuid("created_by"))
                    .col(big_integer("created_at"))
                    .foreign_key(ForeignKey::create().from("item", "course_id").to("course", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("item_version")
                    .col(uuid("item_id"))
                    .col(integer("number"))
                    .col(string("kind"))
                    .col(text("title"))
                    .col(text("content"))
                    .col(uuid("created_by"))
                    .col(big_integer("created_at"))
                    .primary_key(Index::create().col("item_id").col("number"))
                    .foreign_key(ForeignKey::create().from("item_version", "item_id").to("item", "id"))
                    .to_owned(),
            )
            .await?;
        manager.create_index(Index::create().name("ix_item_course").table("item").col("course_id").to_owned()).await?;
        Ok(())
    }
}
