//! Photos of papers that have served their time are looked for every hour: those that are there, by kind and age.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let there = Index::create()
            .name("ix_record_attachment_there")
            .table("record_attachment")
            .col("kind")
            .col("added_at")
            .and_where(Expr::col("removed_at").is_null())
            .to_owned();
        manager.create_index(there).await
    }
}
