//! What the office writes on its roster by hand: facts that were put right, assignments that were taken back, and why
//! the persons of a list may be kept.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // The surveyor of such a row is the one who is sent no more.
        let is_taken_back = boolean("is_taken_back").default(false).to_owned();
        manager.alter_table(Table::alter().table("roster_assignment").add_column(is_taken_back).to_owned()).await?;
        let legal_basis = string("legal_basis").default("statutory_duty").to_owned();
        manager.alter_table(Table::alter().table("roster_batch").add_column(legal_basis).to_owned()).await?;
        corrections(manager).await
    }
}

/// What stood in an entry before its facts were put right, sealed by the key at rest. `seq` is the version of the entry
/// that was seen, so that a version is put right once.
async fn corrections(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("roster_correction")
                .col(uuid("entry_id"))
                .col(integer("seq"))
                .col(blob("content"))
                .col(uuid("corrected_by"))
                .col(big_integer("corrected_at"))
                .primary_key(Index::create().col("entry_id").col("seq"))
                .foreign_key(ForeignKey::create().from("roster_correction", "entry_id").to("roster_entry", "id"))
                .to_owned(),
        )
        .await
}
