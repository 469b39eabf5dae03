//! Pictures, named by their content.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("picture")
                    .col(string("sha256").primary_key())
                    .col(string("media_type"))
                    .col(blob("content"))
                    .col(integer("width"))
                    .col(integer("height"))
                    .col(uuid_null("added_by"))
                    .col(big_integer("added_at"))
                    .to_owned(),
            )
            .await
    }
}
