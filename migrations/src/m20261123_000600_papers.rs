//! Papers: chosen items with points. Sealing pins the versions and encrypts the package.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("paper")
                    .col(uuid("id").primary_key())
                    .col(uuid("course_id"))
                    .col(string("title"))
                    .col(uuid("created_by"))
                    .col(big_integer("created_at"))
                    .col(big_integer_null("sealed_at"))
                    .col(string_null("package_sha256"))
                    .col(blob_null("package"))
                    .col(blob_null("content_key"))
                    .foreign_key(ForeignKey::create().from("paper", "course_id").to("course", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("paper_item")
                    .col(uuid("paper_id"))
                    .col(integer("position"))
                    .col(uuid("item_id"))
                    .col(integer_null("item_version"))
                    .col(integer("points"))
                    .primary_key(Index::create().col("paper_id").col("position"))
                    .foreign_key(ForeignKey::create().from("paper_item", "paper_id").to("paper", "id"))
                    .foreign_key(ForeignKey::create().from("paper_item", "item_id").to("item", "id"))
                    .to_owned(),
            )
            .await?;
        Ok(())
    }
}
