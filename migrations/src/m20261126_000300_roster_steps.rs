//! An entry of a roster is closed by hand, and opened again: each step stays, and the last one counts.
//!
//! `reason` is sealed by the key at rest, as all that somebody writes about a person on a roster.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// `seq` is the version of the entry that the step was taken from, so that a version takes one step.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("roster_step")
                    .col(uuid("entry_id"))
                    .col(integer("seq"))
                    .col(string("step"))
                    .col(blob("reason"))
                    .col(uuid("taken_by"))
                    .col(big_integer("taken_at"))
                    .primary_key(Index::create().col("entry_id").col("seq"))
                    .foreign_key(ForeignKey::create().from("roster_step", "entry_id").to("roster_entry", "id"))
                    .to_owned(),
            )
            .await
    }
}
