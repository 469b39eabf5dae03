//! Divisions of GB/T 2260 and providers of education.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("division")
                    .col(string("code").primary_key())
                    .col(string("name"))
                    .col(string("level"))
                    .col(string_null("parent"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("provider")
                    .col(uuid("id").primary_key())
                    .col(string("name"))
                    .col(string("division"))
                    .col(big_integer("created_at"))
                    .to_owned(),
            )
            .await?;
        Ok(())
    }
}
