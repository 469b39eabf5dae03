//! Devices on which somebody has logged in before, by the hash of what their cookie holds. Wrong tries elsewhere
//! keep nobody out of an account on a device that it knows.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("known_device")
                    .col(string("device_hash"))
                    .col(uuid("account_id"))
                    .col(big_integer("first_used_at"))
                    .col(big_integer("last_used_at"))
                    .primary_key(Index::create().col("device_hash").col("account_id"))
                    .foreign_key(ForeignKey::create().from("known_device", "account_id").to("account", "id"))
                    .to_owned(),
            )
            .await?;
        let of_account =
            Index::create().name("ix_known_device_account").table("known_device").col("account_id").to_owned();
        manager.create_index(of_account).await
    }
}
