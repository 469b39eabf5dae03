//! Each heartbeat asks for the last interval of an account, by when it ended and by when it began, whatever the course:
//! both are found without reading what a learner studied in all their years.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["to_at", "from_at"] {
            let by_time = Index::create()
                .name(format!("ix_study_interval_{column}"))
                .table("study_interval")
                .col("account_id")
                .col(column)
                .col("id")
                .to_owned();
            manager.create_index(by_time).await?;
        }
        Ok(())
    }
}
