//! The hashes of the last passwords of an account, so that none of them is chosen again, and since when an account
//! has the one that it has.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let since = Table::alter().table("account").add_column(big_integer_null("password_set_at")).to_owned();
        manager.alter_table(since).await?;
        manager
            .create_table(
                Table::create()
                    .table("former_password")
                    .col(uuid("account_id"))
                    .col(string("password_hash"))
                    .col(big_integer("replaced_at"))
                    .primary_key(Index::create().col("account_id").col("password_hash"))
                    .foreign_key(ForeignKey::create().from("former_password", "account_id").to("account", "id"))
                    .to_owned(),
            )
            .await
    }
}
