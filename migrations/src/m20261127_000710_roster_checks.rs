//! Rosters that a town says are right, and whom of them the county has looked at. Who is drawn follows from the seed
//! and the roster as it was; of one place one check is open.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("roster_check")
                    .col(uuid("id").primary_key())
                    .col(string("division"))
                    .col(uuid_null("provider_id"))
                    .col(integer("persons"))
                    .col(integer("sample_size"))
                    .col(big_integer("seed"))
                    .col(string("state"))
                    .col(uuid("confirmed_by"))
                    .col(big_integer("confirmed_at"))
                    .col(uuid_null("decided_by"))
                    .col(big_integer_null("decided_at"))
                    .col(text("reason"))
                    .foreign_key(ForeignKey::create().from("roster_check", "provider_id").to("provider", "id"))
                    .to_owned(),
            )
            .await?;
        for (name, place, has_provider) in
            [("ux_roster_check_division", "division", false), ("ux_roster_check_provider", "provider_id", true)]
        {
            let provider = Expr::col("provider_id");
            let of_kind = if has_provider { provider.is_not_null() } else { provider.is_null() };
            let mut open = Index::create();
            open.name(name).table("roster_check").col(place).unique();
            open.and_where(of_kind.and(Expr::col("decided_at").is_null()));
            manager.create_index(open).await?;
        }
        let place = Index::create().name("ix_roster_check_place").table("roster_check").col("division").to_owned();
        manager.create_index(place).await?;
        sample(manager).await
    }
}

/// Who was drawn, in order, and what was found of them.
async fn sample(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("roster_check_entry")
                .col(uuid("check_id"))
                .col(integer("position"))
                .col(uuid("entry_id"))
                .col(string_null("finding"))
                .col(text("note"))
                .col(uuid_null("found_by"))
                .col(big_integer_null("found_at"))
                .primary_key(Index::create().col("check_id").col("position"))
                .foreign_key(ForeignKey::create().from("roster_check_entry", "check_id").to("roster_check", "id"))
                .foreign_key(ForeignKey::create().from("roster_check_entry", "entry_id").to("roster_entry", "id"))
                .to_owned(),
        )
        .await?;
    let mut once = Index::create().name("ux_roster_check_entry").table("roster_check_entry").unique().to_owned();
    manager.create_index(once.col("check_id").col("entry_id").to_owned()).await
}
