//! Which marker has which response, and until when at least.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("marking_claim")
                    // One claim a response: who takes it over takes the row.
                    .col(uuid("response_id").primary_key())
                    .col(uuid("exam_session_id"))
                    .col(uuid("marker_id"))
                    .col(big_integer("lease_until"))
                    .foreign_key(ForeignKey::create().from("marking_claim", "response_id").to("scored_response", "id"))
                    .to_owned(),
            )
            .await?;
        let mut held = Index::create().name("ix_marking_claim_held").table("marking_claim").to_owned();
        manager.create_index(held.col("exam_session_id").col("marker_id").to_owned()).await
    }
}
