//! Divisions are founded, renamed and abolished by the province, each change with its day and reason. One that is gone
//! stays, because people and papers name it.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let abolished_on = string_null("abolished_on");
        manager.alter_table(Table::alter().table("division").add_column(abolished_on).to_owned()).await?;
        manager
            .create_table(
                Table::create()
                    .table("division_change")
                    .col(uuid("id").primary_key())
                    .col(string("code"))
                    .col(string("kind"))
                    .col(string("name"))
                    .col(string_null("former_name"))
                    .col(string("effective_on"))
                    .col(string("reason"))
                    .col(uuid("entered_by"))
                    .col(big_integer("entered_at"))
                    .foreign_key(ForeignKey::create().from("division_change", "code").to("division", "code"))
                    .to_owned(),
            )
            .await?;
        let of_division =
            Index::create().name("ix_division_change").table("division_change").col("code").col("id").to_owned();
        manager.create_index(of_division).await
    }
}
