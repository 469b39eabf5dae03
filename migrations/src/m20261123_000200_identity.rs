//! Accounts, the roles they hold at places, and their log-ins.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("account")
                    .col(uuid("id").primary_key())
                    .col(string_uniq("login_name"))
                    .col(string("display_name"))
                    .col(text("password_hash"))
                    .col(big_integer_null("identity_verified_at"))
                    .col(big_integer("created_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("role_grant")
                    .col(uuid("id").primary_key())
                    .col(uuid("account_id"))
                    .col(string("role"))
                    .col(text("place"))
                    .col(big_integer("granted_at"))
                    .foreign_key(ForeignKey::create().from("role_grant", "account_id").to("account", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("login")
                    .col(uuid("id").primary_key())
                    .col(uuid("account_id"))
                    .col(string("device"))
                    .col(big_integer("created_at"))
                    .col(big_integer("last_used_at"))
                    .col(big_integer_null("ended_at"))
                    .foreign_key(ForeignKey::create().from("login", "account_id").to("account", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("refresh_token")
                    .col(string("token_hash").primary_key())
                    .col(uuid("login_id"))
                    .col(big_integer("issued_at"))
                    .col(big_integer_null("replaced_at"))
                    .foreign_key(ForeignKey::create().from("refresh_token", "login_id").to("login", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create().name("ix_role_grant_account").table("role_grant").col("account_id").to_owned(),
            )
            .await?;
        manager
            .create_index(Index::create().name("ix_login_account").table("login").col("account_id").to_owned())
            .await?;
        Ok(())
    }
}
