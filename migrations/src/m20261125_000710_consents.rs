//! What people agreed to and withdrew. Entries are never changed: the last one of a purpose counts.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("consent_entry")
                    .col(uuid("id").primary_key())
                    .col(uuid("account_id"))
                    .col(string("purpose"))
                    .col(boolean("is_given"))
                    .col(integer("notice_version"))
                    .col(big_integer("at"))
                    .foreign_key(ForeignKey::create().from("consent_entry", "account_id").to("account", "id"))
                    .to_owned(),
            )
            .await?;
        let by_account = Index::create()
            .name("ix_consent_entry_account")
            .table("consent_entry")
            .col("account_id")
            .col("id")
            .to_owned();
        manager.create_index(by_account).await
    }
}
