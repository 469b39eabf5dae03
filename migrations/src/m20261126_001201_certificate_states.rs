//! Certificates are counted by state, for those who submit and audit them.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let by_state = Index::create()
            .name("ix_certificate_state")
            .table("certificate")
            .col("state")
            .col("division")
            .col("id")
            .to_owned();
        manager.create_index(by_state).await
    }
}
