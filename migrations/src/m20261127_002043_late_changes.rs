//! Candidates who were added or taken out after registration had ended, and why. A sitting that its candidate was taken
//! out of stays, and counts nowhere; a change names the sitting, which names its candidate.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let withdrawn = Table::alter().table("sitting").add_column(big_integer_null("withdrawn_at")).to_owned();
        manager.alter_table(withdrawn).await?;
        manager
            .create_table(
                Table::create()
                    .table("sitting_change")
                    .col(uuid("id").primary_key())
                    .col(uuid("sitting_id"))
                    .col(string("kind"))
                    .col(text("reason"))
                    .col(uuid("decided_by"))
                    .col(big_integer("decided_at"))
                    .foreign_key(ForeignKey::create().from("sitting_change", "sitting_id").to("sitting", "id"))
                    .to_owned(),
            )
            .await?;
        let of_sitting = Index::create().name("ix_sitting_change").table("sitting_change").col("sitting_id").to_owned();
        manager.create_index(of_sitting).await
    }
}
