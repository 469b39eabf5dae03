//! Surveys of a season: from when to when each goes, and what it has brought of whom. The visits are the facts: a row
//! beside an entry says what those of one round say together, and who has none was not visited in it.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("roster_round")
                    .col(uuid("id").primary_key())
                    .col(string("division"))
                    .col(uuid_null("provider_id"))
                    .col(string("name"))
                    .col(string("begins_on"))
                    .col(string("ends_on"))
                    .col(uuid("opened_by"))
                    .col(big_integer("opened_at"))
                    .foreign_key(ForeignKey::create().from("roster_round", "provider_id").to("provider", "id"))
                    .to_owned(),
            )
            .await?;
        let place = Index::create().name("ix_roster_round_place").table("roster_round").col("division").to_owned();
        manager.create_index(place).await?;
        standings(manager).await
    }
}

/// What a round has brought of each person who was visited in it.
async fn standings(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("roster_round_entry")
                .col(uuid("round_id"))
                .col(uuid("entry_id"))
                .col(string("standing"))
                .primary_key(Index::create().col("round_id").col("entry_id"))
                .foreign_key(ForeignKey::create().from("roster_round_entry", "round_id").to("roster_round", "id"))
                .foreign_key(ForeignKey::create().from("roster_round_entry", "entry_id").to("roster_entry", "id"))
                .to_owned(),
        )
        .await
}
