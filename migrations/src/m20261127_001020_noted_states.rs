//! Status lists tell what became of a certificate for good by the steps that were noted, not by its state alone.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let by_state = Index::create()
            .name("ix_certificate_event_state")
            .table("certificate_event")
            .col("state")
            .col("certificate_id")
            .to_owned();
        manager.create_index(by_state).await
    }
}
