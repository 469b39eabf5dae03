//! How roles are granted and end, where accounts are kept, first passwords and second factors.
//!
//! A grant without `ended_at` is one in force, or one that waits for its second person. `secret` holds a
//! sealed value, `code_index` a blind index (ADR 11).

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        grants(manager).await?;
        accounts(manager).await?;
        second_factors(manager).await
    }
}

async fn add(manager: &SchemaManager<'_>, table: &'static str, column: ColumnDef) -> Result<(), DbErr> {
    manager.alter_table(Table::alter().table(table).add_column(column).to_owned()).await
}

/// Who granted a role, who was the second person, who ended it; and where it is held, to list it by.
async fn grants(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    for column in [
        string_null("division"),
        uuid_null("provider_id"),
        string("state").default("in_force").to_owned(),
        uuid_null("granted_by"),
        uuid_null("confirmed_by"),
        big_integer_null("confirmed_at"),
        uuid_null("ended_by"),
        big_integer_null("ended_at"),
        string_null("ended_because"),
    ] {
        add(manager, "role_grant", column).await?;
    }
    // A place is text of one form each; what stands before the division has one length, for ids do.
    let (id, division, provider) = ("-".repeat(36), r#"","division":""#, r#"","provider":""#);
    for (before, rest) in [
        (r#"{"kind":"division","code":""#, String::new()),
        (r#"{"kind":"provider","id":""#, format!("{id}{division}")),
        (r#"{"kind":"class","id":""#, format!("{id}{provider}{id}{division}")),
    ] {
        let from = before.len() + rest.len() + 1;
        let fill = format!(
            "UPDATE role_grant SET division = REPLACE(SUBSTR(place, {from}), '\"}}', '') WHERE place LIKE '{before}%'"
        );
        manager.get_connection().execute_unprepared(&fill).await?;
    }
    for (name, column) in [("ix_role_grant_division", "division"), ("ix_role_grant_provider", "provider_id")] {
        let index = Index::create().name(name).table("role_grant").col(column).col("id").to_owned();
        manager.create_index(index).await?;
    }
    let once = Index::create()
        .name("ux_role_grant_open")
        .table("role_grant")
        .col("account_id")
        .col("role")
        .col("place")
        .unique()
        .and_where(Expr::col("ended_at").is_null())
        .to_owned();
    manager.create_index(once).await
}

/// Where an account is kept; whether its password was given by somebody else, and until when it is good.
/// A log-in may have something to do first.
async fn accounts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    for column in [string_null("division"), uuid_null("provider_id"), big_integer_null("first_password_until")] {
        add(manager, "account", column).await?;
    }
    add(manager, "login", string_null("need")).await?;
    for (name, column) in [("ix_account_division", "division"), ("ix_account_provider", "provider_id")] {
        let index = Index::create().name(name).table("account").col(column).col("login_name").to_owned();
        manager.create_index(index).await?;
    }
    Ok(())
}

/// The second factor of an account, and its recovery codes. `last_step` is the step of the last code that
/// was used: neither it nor an earlier one is taken again.
async fn second_factors(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("second_factor")
                .col(uuid("account_id").primary_key())
                .col(blob("secret"))
                .col(big_integer("created_at"))
                .col(big_integer_null("confirmed_at"))
                .col(big_integer_null("last_step"))
                .foreign_key(ForeignKey::create().from("second_factor", "account_id").to("account", "id"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("recovery_code")
                .col(uuid("id").primary_key())
                .col(uuid("account_id"))
                .col(blob("code_index"))
                .col(big_integer("created_at"))
                .col(big_integer_null("used_at"))
                .foreign_key(ForeignKey::create().from("recovery_code", "account_id").to("account", "id"))
                .to_owned(),
        )
        .await?;
    let by_code = Index::create()
        .name("ux_recovery_code")
        .table("recovery_code")
        .col("account_id")
        .col("code_index")
        .unique()
        .to_owned();
    manager.create_index(by_code).await
}
