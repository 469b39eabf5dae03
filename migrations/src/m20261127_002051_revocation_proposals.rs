//! One person proposes to make a certificate void, another confirms; what an incident voids is proposed by it.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("revocation_proposal")
            .col(uuid("certificate_id").primary_key())
            .col(uuid("proposed_by"))
            .col(big_integer("proposed_at"))
            .col(text("reason"))
            .col(uuid_null("incident_id"))
            .foreign_key(ForeignKey::create().from("revocation_proposal", "certificate_id").to("certificate", "id"))
            .to_owned();
        manager.create_table(table).await?;
        let mut index = Index::create();
        index.name("ix_revocation_proposal_incident").table("revocation_proposal").col("incident_id");
        manager.create_index(index).await
    }
}
